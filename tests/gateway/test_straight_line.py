"""Copies first, then service users, then the rest; and the true answer."""

from __future__ import annotations

import pytest

from tests.world import CARL, CARLA, CHLOE, FRANK, JUNIORS, MARY, OWEN, SID

from .rig import running

pytestmark = pytest.mark.asyncio


@pytest.mark.law("no_message_leaves_one_to_one")
@pytest.mark.clause("E3")
async def test_the_officers_copy_is_accepted_before_the_child_gets_the_message(database):
    async with running(database) as rig:
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        copy, message = await rig.settled(2)
    assert copy.to == (OWEN,)
    assert message.to == (CHLOE,)
    assert copy.sender.startswith("copy+") and copy.sender.endswith("@bounces.charity.example")
    assert message.sender == CARLA
    assert OWEN.encode() in message.content


@pytest.mark.law("what_involves_no_service_user_or_supporter_passes_untouched")
async def test_mail_between_colleagues_passes_byte_for_byte(database):
    async with running(database) as rig:
        code, _ = await rig.send(CARLA, CARL)
        assert code == 250
        (message,) = await rig.settled(1)
    received, _, _rest = message.content.partition(b"\r\nFrom: ")
    assert received.startswith(b"Received: ")


async def test_a_child_and_the_father_who_must_not_know_are_held(database):
    async with running(database) as rig:
        code, text = await rig.send(CARLA, CHLOE, FRANK)
        assert code == 250
        assert "held for the safeguarding team, reference" in text
        notices = await rig.settled(1)
    assert [n.to for n in notices] == [(CARLA,)]


async def test_a_suspended_writer_hears_the_same_as_anybody_held(database):
    async with running(database) as rig:
        code, text = await rig.send(SID, CHLOE)
    assert code == 250
    assert "held for the safeguarding team" in text


async def test_a_childs_answer_reaches_coach_and_officer_and_no_parent(database):
    async with running(database) as rig:
        code, text = await rig.send(CHLOE, CARLA)
        assert code == 250, text
        messages = await rig.settled(2)
    assert [m.to for m in messages] == [(OWEN,), (CARLA,)]
    assert not [m for m in messages if MARY in m.to]


async def test_a_group_is_written_to_one_by_one(database):
    async with running(database) as rig:
        code, text = await rig.send(CARLA, JUNIORS)
        assert code == 250, text
        messages = await rig.settled(4)
    by_recipient = {m.to[0]: m for m in messages}
    assert next(iter(by_recipient)) == OWEN
    for address, message in by_recipient.items():
        others = [a for a in by_recipient if a not in (address, OWEN)]
        assert not [o for o in others if o in message.head]
