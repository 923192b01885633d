"""Instant messages with those we serve: never, in emergencies neither. Another rulebook may allow
them in groups, with two vetted adults who see all of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alongside.policy.vocabulary import Mode, Verdict
from tests.casting import phone
from tests.world import CARLA, CHLOE, DINA_PHONE, MARY, mail, people

from .told import (
    CARL_PHONE,
    CARLA_PHONE,
    CHLOE_PHONE,
    MARY_PHONE,
    OWEN_PHONE,
    SECTOR,
    Teller,
    chat,
)

pytestmark = pytest.mark.clause("I1")
CHAPTER = "Instant messaging"
REFUSED = {"cites": "I1", "fix": "use_email_or_text"}


def test_never(tell: Teller):
    """In every mode that acts, to one and to many, copied or not."""
    tell("Carla writes to Chloe", chat(CARLA_PHONE, CHLOE_PHONE)).refused(
        reason="instant_messaging", **REFUSED
    )
    tell(
        "Carla writes to Chloe and Dina, with Owen",
        chat(CARLA_PHONE, CHLOE_PHONE, DINA_PHONE, OWEN_PHONE),
    ).refused(reason="instant_messaging", **REFUSED)
    tell("As an emergency", chat(CARLA_PHONE, CHLOE_PHONE, urgent=True)).refused(
        reason="instant_messaging", **REFUSED
    )
    tell("In teach", chat(CARLA_PHONE, CHLOE_PHONE), mode=Mode.TEACH).refused(
        reason="instant_messaging", **REFUSED
    )
    tell("In shadow", chat(CARLA_PHONE, CHLOE_PHONE), mode=Mode.SHADOW).sent(
        cites="I1", reason="instant_messaging"
    ).would_be(Verdict.REFUSE)


def test_a_rulebook_that_allows_groups(tell: Teller):
    """Five of different homes, two vetted adults, and an officer or colleague among them."""
    more = tuple(f"+4477009000{n}" for n in (31, 32, 33))
    phones: dict[str, Any] = {
        "pip": {"contacts": (phone(more[0]),)},
        "finn": {"contacts": (phone(more[1]),), "born": date(2013, 4, 4)},
        "bea": {"contacts": (phone(more[2]),)},
    }
    register = people(**phones)
    five = (CHLOE_PHONE, DINA_PHONE, *more)
    tell(
        "Carla writes to five, with Carl among them",
        chat(CARLA_PHONE, *five, CARL_PHONE),
        people=register,
        rulebook=SECTOR,
    ).sent(copy="carl", cites="I1")
    tell(
        "Nobody else of the workforce sees it",
        chat(CARLA_PHONE, *five),
        people=register,
        rulebook=SECTOR,
    ).refused(reason="too_few_vetted_adults", **REFUSED)
    tell(
        "Carl's vetting is unknown",
        chat(CARLA_PHONE, *five, CARL_PHONE),
        people=people(carl={"vetted_until": None}, **phones),
        rulebook=SECTOR,
    ).refused(reason="too_few_vetted_adults", **REFUSED)
    tell(
        "Carla writes to Chloe with Carl",
        chat(CARLA_PHONE, CHLOE_PHONE, CARL_PHONE),
        rulebook=SECTOR,
    ).refused(reason="group_too_small", **REFUSED)
    tell(
        "A parent in it is no vetted adult",
        chat(CARLA_PHONE, CHLOE_PHONE, MARY_PHONE),
        rulebook=SECTOR,
    ).refused(reason="too_few_vetted_adults", **REFUSED)


def test_what_a_child_writes(tell: Teller):
    """A child's own instant message is never refused: there is nobody to teach."""
    tell("Chloe writes to Carla on a messenger", chat(CHLOE_PHONE, CARLA_PHONE)).arrives()


def test_an_invitation_to_it(tell: Teller):
    """In a mail, as a link or in words; to say that it is never used is no invitation."""
    wrote = "Easier to chat on WhatsApp, message me there"
    said = {"cites": "I1", "reason": "seen_instant_messaging", "fix": "use_email_or_text"}
    tell("To Chloe", mail(CARLA, CHLOE), wrote=wrote).refused(**said)
    tell("To her mother", mail(CARLA, MARY), wrote=wrote).refused(**said)
    tell("Asked for", mail(CARLA, CHLOE), wrote="whats ur snap?").refused(**said)
    tell("A link", mail(CARLA, MARY), wrote="https://chat.whatsapp.com/MadeUp0000Link").refused(
        **said
    )
    tell(
        "The rule itself",
        mail(CARLA, MARY),
        wrote="Coaches never use WhatsApp with swimmers. Please tell us if anybody does.",
    ).clean()
