"""A third party is copied: an officer, a colleague, or a parent of theirs; always somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.obligations import AlsoCopySupporters, Individualise
from alongside.policy.people import Link
from alongside.policy.vocabulary import Mode, Relationship
from tests.world import (
    CARL,
    CARLA,
    CHLOE,
    DINA,
    HOME,
    JUNIORS,
    LINKS,
    MARY,
    NORA,
    ORGANISATIONS,
    OWEN,
    PIP,
    WELFARE,
    YARA,
    mail,
    people,
)

from .told import SECTOR, Teller

pytestmark = pytest.mark.clause("G2")
CHAPTER = "Good practice"


def test_a_group(tell: Teller):
    """A group is copied too, and each member gets it alone."""
    case = tell("Carla writes to the juniors: Chloe, Dina and Finn", mail(CARLA, JUNIORS))
    case.sent(copy={"chloe": "owen", "dina": "owen", "finn": "owen"}, cites="G2")
    case.reaches(CHLOE, DINA, HOME)
    tell("Carla writes to Chloe and Pip at once", mail(CARLA, CHLOE, PIP)).sent(
        copy="owen", cites="G2"
    ).owes(Individualise())
    tell(
        "Under the second rulebook two are no group",
        mail(CARLA, CHLOE, DINA),
        rulebook=SECTOR,
    ).sent(copy="owen", cites="E3")


def test_somebody_else(tell: Teller):
    """Never the writer, a child, another household member, nor anybody unfit."""
    case = tell("Carla writes to Chloe", mail(CARLA, CHLOE))
    case.sent(copy="owen", cites="E3").never_copies(
        "carla", "frank", "yara", "sid", "ursula", "dora", "ada", "gail"
    )
    tell(
        "Owen lives with Carla",
        mail(CARLA, CHLOE),
        people=people(owen={"household": "of carla"}),
    ).sent(copy=WELFARE, cites="E3").never_copies("owen")
    tell(
        "Owen may have no contact with Chloe",
        mail(CARLA, CHLOE),
        people=people(links=_without_owen()),
    ).sent(copy=WELFARE, cites="E3").never_copies("owen")
    tell(
        "Carl, who would be the copy, is sixteen",
        mail(CARLA, CHLOE, CARL),
        people=people(carl={"born": date(2010, 3, 3)}),
    ).sent(copy="owen", cites="G2").never_copies("carl")
    tell(
        "Carla writes on behalf of Owen: both are writers",
        mail(OWEN, CHLOE, senders=(CARLA,), login=CARLA, envelope_from=CARLA),
    ).sent(copy=WELFARE, cites="E3").never_copies("owen", "carla")


def _without_owen() -> dict[str, tuple[Link, ...]]:
    barred = Link(supporter="owen", relationship=Relationship.OTHER, restricted=True)
    return {**LINKS, "chloe": (*LINKS["chloe"], barred)}


def test_each_service_user_has_their_own(tell: Teller):
    """One copy serves all for whom its reader is eligible; a parent serves their own child."""
    tell("Carla writes to Chloe, Dina and Mary", mail(CARLA, CHLOE, DINA, MARY)).sent(
        copy={"chloe": "mary", "dina": "owen"}, cites="G2"
    )


def test_a_young_leader(tell: Teller):
    """To a young leader, who is a child, a second vetted adult is enough."""
    tell("Carla writes to Yara", mail(CARLA, YARA)).sent(copy="owen", cites="E3")
    tell("Carla and Carl write with Yara", mail(CARLA, YARA, CARL)).sent(copy="carl", cites="E3")
    tell("Yara writes to Chloe: the workforce's mail", mail(YARA, CHLOE)).sent(
        copy="owen", cites="E3"
    )
    tell("Yara writes to Carla: a child's mail", mail(YARA, CARLA)).arrives(copy="owen")


def test_supporters_as_well(tell: Teller):
    """Where the organisation says so, under-16s' supporters marked as copied get one as well."""
    asks = tuple(replace(o, copy_supporters=o.id == "club") for o in ORGANISATIONS)
    tell(
        "The club asks for it, and Chloe is fourteen",
        mail(CARLA, CHLOE),
        people=people(organisations=asks),
    ).sent(copy="owen", cites="E3").owes(AlsoCopySupporters(0))
    sixteen = tell(
        "The club asks for it, and Chloe is sixteen",
        mail(CARLA, CHLOE),
        people=people(organisations=asks, chloe={"born": date(2010, 6, 1)}),
    ).sent(copy="owen", cites="E3")
    assert AlsoCopySupporters(0) not in sixteen.decision.obligations
    unknown = tell(
        "The club asks for it, and nobody knows Chloe's age",
        mail(CARLA, CHLOE),
        people=people(organisations=asks, chloe={"born": None}),
    ).sent(copy="owen", cites="E3")
    assert AlsoCopySupporters(0) not in unknown.decision.obligations


def test_who_may_not_be_in_it_is_left_out_of_a_group(tell: Teller):
    """Expansion leaves out whoever is restricted for a member, silently."""
    tell("Nora, who may not write to Finn, writes to the juniors", mail(NORA, JUNIORS)).sent(
        copy={"chloe": "owen", "dina": "owen"}, cites="G2"
    ).reaches(CHLOE, DINA)


def test_modes(tell: Teller):
    """Teach copies as enforce does; shadow copies nobody."""
    tell("In teach", mail(CARLA, CHLOE, PIP), mode=Mode.TEACH).sent(copy="owen", cites="G2")
    tell("In shadow", mail(CARLA, CHLOE, PIP), mode=Mode.SHADOW).sent(cites="G2")
