"""A hold never ends silently: released, it is judged again; refused, its writer hears of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alongside.access.actor import Person
from alongside.enforcement.codec import from_json
from alongside.records import api
from tests.world import CARLA, CHLOE, FRANK, OWEN

from .rig import running

pytestmark = pytest.mark.asyncio

OFFICER = Person(
    id="olivia",
    roles=frozenset({"safeguarding_officer"}),
    reach=frozenset({"charity", "club"}),
)


@pytest.fixture(autouse=True)
def desk_in_the_same_thread(monkeypatch):
    """The desk's door is Django's; the test's connection lives in this thread."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def reference_of(text: str) -> str:
    return text.rpartition("reference ")[2].strip()


@pytest.mark.pitfall(24)
@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
async def test_a_released_message_goes_to_the_child_and_not_to_the_restricted_father(database):
    async with running(database) as rig:
        _, text = await rig.send(CARLA, CHLOE, FRANK)
        await rig.settled(1)
        api.release_hold(OFFICER, reference_of(text), "her mother agreed")
        arrived = await rig.settled(4)
    assert [a.to for a in arrived[1:]] == [(OWEN,), (CHLOE,), (CARLA,)]
    assert b"has now been sent" in arrived[3].content
    assert not [a for a in arrived if FRANK in a.to or FRANK in a.head]


@pytest.mark.pitfall(23)
async def test_a_refused_hold_tells_its_writer_and_nobody_else(database):
    async with running(database) as rig:
        _, text = await rig.send(CARLA, CHLOE, FRANK)
        await rig.settled(1)
        letters = rig.gateway.house.notices

        def tell(reference, kept):
            return letters.hold_refused(reference, from_json(kept["message"]), datetime.now(UTC))

        api.refuse_hold(OFFICER, reference_of(text), "they are not to meet", tell=tell)
        arrived = await rig.settled(2)
    assert [a.to for a in arrived] == [(CARLA,), (CARLA,)]
    assert b"will not be sent" in arrived[1].content
    assert b"meet" not in arrived[1].content
