"""The register changes while a message waits: what was right then is judged by what is so now."""

from __future__ import annotations

import pytest

from alongside.policy.people import Link
from alongside.policy.vocabulary import Relationship
from tests.world import CARLA, CHLOE, JUNIORS, LINKS, OWEN, people

from .hop import LATER, Hop
from .observer import is_copy, sound
from .rig import Clock, gateway_on, until_idle
from .test_next_hop import RANKING


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
async def test_who_may_no_longer_know_is_neither_the_copy_nor_named_when_a_leg_is_tried_again(
    database,
):
    """The officer was copied; then he is barred from Chloe's affairs, while her leg waits."""
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        hop.refuse(LATER, CHLOE)
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await rig.settled(3)
        barred = Link(supporter="owen", relationship=Relationship.OTHER, restricted=True)
        rig.people.people = people(links={**LINKS, "chloe": (*LINKS["chloe"], barred)})
        hop.refuse(LATER)
        clock.jump(hours=1)
        await until_idle(database)
    copy, late = hop.arrived[-2:]
    assert (is_copy(copy), copy.to) == (True, (RANKING[1],))
    assert late.to == (CHLOE,) and OWEN not in late.head and RANKING[1] in late.head
    sound(hop.arrived, database)


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
async def test_who_may_no_longer_know_does_not_count_as_copied_for_a_clients_retry(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(LATER, CHLOE)
        assert (await rig.send(CARLA, CHLOE))[0] // 100 == 4
        barred = Link(supporter="owen", relationship=Relationship.OTHER, restricted=True)
        rig.people.people = people(links={**LINKS, "chloe": (*LINKS["chloe"], barred)})
        hop.refuse(LATER)
        assert (await rig.send(CARLA, CHLOE))[0] == 250
        await rig.settled(3)
    assert [m.to for m in hop.arrived] == [(OWEN,), (RANKING[1],), (CHLOE,)]
    assert OWEN not in hop.arrived[-1].head
    sound(hop.arrived, database)
