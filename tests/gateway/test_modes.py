"""Shadow watches, teach copies and tells, enforce acts."""

from __future__ import annotations

import json
import sqlite3

import pytest

from alongside.mail.smtp.replies import Reply
from alongside.policy.vocabulary import Mode
from tests.world import CARLA, CHLOE, FRANK, JUNIORS, OWEN, SID

from .rig import running, shipped

pytestmark = pytest.mark.asyncio


def recorded(database, kind="decided"):
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT body FROM records_entry WHERE kind=?", (kind,))
        return [json.loads(body)["body"] for (body,) in rows]


@pytest.mark.parametrize("to", [(CHLOE,), (CHLOE, FRANK), (JUNIORS,)])
async def test_shadow_lets_everything_go_on_as_it_came_and_says_what_would_have_been(database, to):
    async with running(database, rulebook=shipped(Mode.SHADOW)) as rig:
        code, _ = await rig.send(CARLA, *to)
        assert code == 250
        (arrived,) = await rig.settled(1)
    assert arrived.to == to
    assert arrived.sender == CARLA
    assert arrived.content.count(b"Received:") == 1
    (body,) = recorded(database)
    assert body["mode"] == "shadow"
    assert body["verdict"] == "permit"
    assert body["would_be"] == ("hold" if FRANK in to else "permit")


async def test_what_shadow_could_not_deliver_at_once_is_tried_again_as_it_came(database):
    async with running(database, rulebook=shipped(Mode.SHADOW)) as rig:
        rig.sink.script.recipients = {JUNIORS: Reply(450, "4.2.0", "later")}
        code, _ = await rig.send(CARLA, CHLOE, JUNIORS)
        assert code == 250
        await rig.settled(1)
        rig.sink.script.recipients = {}
        arrived = await rig.settled(2)
    assert [a.to for a in arrived] == [(CHLOE,), (JUNIORS,)]


async def test_teach_copies_and_holds_what_is_guarded(database):
    async with running(database, rulebook=shipped(Mode.TEACH)) as rig:
        code, _ = await rig.send(CARLA, CHLOE)
        assert code == 250
        copy, message = await rig.settled(2)
        _, text = await rig.send(SID, CHLOE, message_id="<2@charity.example>")
    assert (copy.to, message.to) == ((OWEN,), (CHLOE,))
    assert "held for the safeguarding team" in text
