"""An e-mail to one person we serve is copied to somebody else, whose copy is accepted first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from alongside.policy.people import Group, Link
from alongside.policy.vocabulary import Category, Exemption, Mode, Relationship, Verdict
from tests.world import (
    ADA,
    BOOKINGS,
    CARL,
    CARLA,
    CHLOE,
    DINA,
    HOME,
    LINKS,
    MARY,
    OFFICE,
    OSCAR,
    OWEN,
    PAIR,
    PAT,
    PIP,
    UNKNOWN_LOCAL,
    WELFARE,
    YARA,
    mail,
    people,
)

from .told import SECTOR, Teller

pytestmark = pytest.mark.clause("E3")
CHAPTER = "E-mail"


def test_one_child(tell: Teller):
    """The safeguarding officer of the child's group is copied first."""
    tell("Carla writes to Chloe alone", mail(CARLA, CHLOE)).sent(copy="owen", cites="E3")
    tell("The same under the second rulebook", mail(CARLA, CHLOE), rulebook=SECTOR).sent(
        copy="owen", cites="E3"
    )
    tell("Carla writes to the group in which only Chloe is", mail(CARLA, PAIR)).sent(
        copy="owen", cites="E3"
    )
    tell("Carla writes to Chloe and her mother Mary", mail(CARLA, CHLOE, MARY)).sent(
        copy="mary", cites="E3"
    )


def test_the_copy_is_somebody_who_is_there_already(tell: Teller):
    """Whoever is in the envelope and may be the third party is the copy; nobody else is needed."""
    tell("Carla writes to Chloe and her colleague Carl", mail(CARLA, CHLOE, CARL)).sent(
        copy="carl", cites="E3"
    )
    tell(
        "Carl is named in the header only, as hosted mail splits envelopes",
        mail(CARLA, CHLOE, named=(CHLOE, CARL)),
    ).sent(copy="carl", cites="E3")
    tell("Carla writes to Chloe and the young leader Yara", mail(CARLA, CHLOE, YARA)).sent(
        copy={"chloe": "owen", "yara": "owen"}, cites="G2"
    )


def test_who_comes_next(tell: Teller):
    """Where the first may not be the copy, the next of the ranking is; never the writer."""
    tell("Owen, the officer, writes to Chloe himself", mail(OWEN, CHLOE)).sent(
        copy=WELFARE, cites="E3"
    ).never_copies("owen")
    bouncing = tuple(replace(c, bouncing=True) for c in people().persons["owen"].contacts)
    tell(
        "Owen's mailbox bounces", mail(CARLA, CHLOE), people=people(owen={"contacts": bouncing})
    ).sent(copy=WELFARE, cites="E3")
    small = people(without=("owen", "olivia", "lena", "dev"), groups=_LEADERLESS, mailboxes=())
    tell("There is no officer left to copy", mail(CARLA, CHLOE), people=small).sent(
        copy="mary", cites="E3"
    )
    none = {"chloe": (Link(supporter="frank", restricted=True),)}
    alone = people(
        without=("owen", "olivia", "lena", "dev"), groups=_LEADERLESS, mailboxes=(), links=none
    )
    tell("Nor anybody in Chloe's family", mail(CARLA, CHLOE), people=alone).sent(
        copy="carl", cites="E3"
    )


_LEADERLESS = (Group(id="juniors", organisation="club"), Group(id="pair", organisation="club"))
_NOBODY = people(
    without=("owen", "olivia", "lena", "dev", "carl", "nora", "pat", "mary", "ursula"),
    groups=_LEADERLESS,
    mailboxes=(),
    links={},
)


def test_nobody_can_be_copied(tell: Teller):
    """A must that can't be met is refused, with the way to meet it; in teach as well."""
    tell("Carla is the only one left at the club", mail(CARLA, CHLOE), people=_NOBODY).refused(
        cites="E3", reason="no_third_party", fix="add_third_party"
    )
    tell("The same in teach", mail(CARLA, CHLOE), people=_NOBODY, mode=Mode.TEACH).refused(
        cites="E3", reason="no_third_party", fix="add_third_party"
    )
    tell("The same in shadow", mail(CARLA, CHLOE), people=_NOBODY, mode=Mode.SHADOW).sent(
        cites="E3", reason="no_third_party"
    ).would_be(Verdict.REFUSE)
    tell("In shadow, where Owen could be copied", mail(CARLA, CHLOE), mode=Mode.SHADOW).sent(
        cites="E3"
    )


def test_a_parent_is_copied_only_where_the_register_says_so(tell: Teller):
    """A parent counts for their own child only, marked as copied, and never where restricted."""
    case = tell("Carla writes to Chloe, whose father is restricted", mail(CARLA, CHLOE))
    case.sent(copy="owen", cites="E3").never_copies("frank")
    assert "mary" in case.owed["chloe"]
    tell("Carla writes to Finn at the address that his mother reads too", mail(CARLA, HOME)).sent(
        copy="owen", cites="E3"
    ).never_copies("gail")
    unasked = {**LINKS, "chloe": (Link(supporter="mary"),)}
    tell("Mary is not marked as copied", mail(CARLA, CHLOE), people=people(links=unasked)).sent(
        copy="owen", cites="E3"
    ).never_copies("mary")
    assistant = Link(supporter="sam", relationship=Relationship.PERSONAL_ASSISTANT, copied=True)
    tell(
        "An assistant is linked to Chloe as if she were an adult",
        mail(CARLA, CHLOE),
        people=people(links={**LINKS, "chloe": (assistant,)}),
    ).sent(copy="owen", cites="E3").never_copies("sam")


def test_an_adult(tell: Teller):
    """An adult's third party is the one they chose; never a parent by default."""
    tell("Carla writes to Ada, who chose Sam", mail(CARLA, ADA)).sent(copy="sam", cites="E3")
    unchosen = {**LINKS, "ada": (Link(supporter="sam", relationship=Relationship.PARENT),)}
    tell(
        "Sam is Ada's parent, and she chose nobody",
        mail(CARLA, ADA),
        people=people(links=unchosen),
    ).sent(copy=OFFICE, cites="E3").never_copies("sam")
    tell(
        "There is a recorded reason why the officer comes first for Ada",
        mail(CARLA, ADA),
        people=people(ada={"at_risk": True}),
    ).sent(copy="owen", cites="E3")
    tell("Carla writes to Oscar, whose objection was approved", mail(CARLA, OSCAR)).sent(
        cites="E3", reason="objection", uncopied=Exemption.OBJECTION
    )
    tell(
        "Dina's birth date is unknown, and somebody recorded an objection: a child has none",
        mail(CARLA, DINA),
        people=people(dina={"born": None, "objection": True}),
    ).sent(copy="owen", cites="E3")


def test_unknown_things(tell: Teller):
    """What is not known is read in the way that protects most."""
    tell(
        "Chloe's birth date is unknown",
        mail(CARLA, CHLOE),
        people=people(chloe={"born": None}),
    ).sent(copy="owen", cites="E3")
    tell(
        "Ada's birth date is unknown: an adult participant is an adult",
        mail(CARLA, ADA),
        people=people(ada={"born": None}),
    ).sent(copy="sam", cites="E3")
    tell("Nobody knows whose the writing address is", mail(UNKNOWN_LOCAL, CHLOE)).sent(
        copy="owen", cites="E3"
    ).never_copies("mary", "carl")
    tell(
        "Nobody knows in which household Mary lives",
        mail(CARLA, CHLOE),
        people=people(mary={"household": ""}),
    ).sent(copy="owen", cites="E3")
    tell(
        "Owen's vetting is unknown",
        mail(CARLA, CHLOE),
        people=people(owen={"vetted_until": None}),
    ).sent(copy=WELFARE, cites="E3").never_copies("owen")
    tell(
        "Carla writes to an outside address that nobody knows", mail(CARLA, "x@mail.test")
    ).passes()


def test_who_needs_no_copy(tell: Teller):
    """The exemptions, each named in the decision."""
    tell("Pat, a coach, writes to his own child Pip", mail(PAT, PIP)).sent(
        cites="E3", reason="own_child", uncopied=Exemption.OWN_CHILD
    )
    tell("The booking system writes to Chloe", mail(BOOKINGS, CHLOE)).sent(
        cites="E3", reason="automatic_mailbox", uncopied=Exemption.AUTOMATIC_MAILBOX
    )
    tell(
        "The booking system writes, and answers go to Carla",
        mail(BOOKINGS, CHLOE, reply_to=(CARLA,)),
    ).sent(copy="owen", cites="E3")


def test_birthdays(tell: Teller):
    """At eighteen a parent's copy stops, unless the adult chooses it; the day before, not yet."""
    only_family = people(
        without=("owen", "olivia", "lena", "dev"),
        groups=_LEADERLESS,
        chloe={"born": date(2008, 11, 22)},
    )
    yesterday = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    tell(
        "Chloe will be eighteen tomorrow, and no officer can be copied",
        mail(CARLA, CHLOE, at=yesterday),
        people=only_family,
    ).sent(copy="mary", cites="E3")
    tell("Chloe is eighteen today", mail(CARLA, CHLOE), people=only_family).sent(
        copy=OFFICE, cites="E3"
    ).never_copies("mary")
    chosen = {
        "born": date(2008, 11, 22),
        "categories": frozenset({Category.ADULT_PARTICIPANT}),
    }
    tell(
        "She is an adult participant now, and chose her mother",
        mail(CARLA, CHLOE),
        people=people(chloe=chosen),
    ).sent(copy="mary", cites="E3")
