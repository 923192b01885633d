"""Pitfalls 18 to 27 and 33: mail mechanics, at the running gateway."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.actor import Person
from alongside.mail.smtp.replies import Reply
from alongside.policy.decide import judge
from alongside.policy.people import Link
from alongside.policy.rules import RULES
from alongside.policy.vocabulary import Relationship
from alongside.records import api
from alongside.records.ledger import SqliteLedger
from tests.gateway.rig import Arrived, letter, running
from tests.world import (
    CARL,
    CARLA,
    CHLOE,
    DINA,
    FRANK,
    HOME,
    JUNIORS,
    LINKS,
    MARY,
    OWEN,
    STRANGER,
    WELFARE,
    people,
)

pytestmark = pytest.mark.asyncio
OLIVIA = Person(
    id="olivia",
    roles=frozenset({"safeguarding_officer"}),
    reach=frozenset({"charity", "club"}),
)


def to(arrived: list[Arrived]) -> list[str]:
    return [a for m in arrived for a in m.to]


def content_of(arrived: list[Arrived], address: str) -> bytes:
    return next(m.content for m in arrived if address in m.to)


# 18. Copied is not received.


@pytest.mark.pitfall(18)
@pytest.mark.law("no_message_leaves_one_to_one")
async def test_the_childs_leg_waits_until_the_copy_was_taken(database):
    async with running(database) as rig:
        rig.sink.script.recipients = {OWEN: Reply(550, "5.1.1", "no such user")}
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        arrived = await rig.settled(2)
    assert to(arrived) == [WELFARE, CHLOE]


@pytest.mark.pitfall(18)
async def test_a_copy_that_bounces_later_is_made_again_for_somebody_else(database):
    async with running(database) as rig:
        await rig.send(CARLA, CHLOE)
        copy, _ = await rig.settled(2)
        report = bounced(copy.sender)
        code, text = await rig.send("", copy.sender, raw=report)
        assert code == 250, text
        arrived = await rig.settled(3)
    assert to(arrived)[:3] == [OWEN, CHLOE, WELFARE]
    with sqlite3.connect(database) as connection:
        kinds = {k for (k,) in connection.execute("SELECT kind FROM records_incident")}
    assert "copy_bounced" in kinds
    assert rig.bounced == [OWEN]


def bounced(sender: str) -> bytes:
    return (
        f"From: MAILER-DAEMON@mail.test\r\nTo: {sender}\r\nSubject: Undelivered\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.test\r\n\r\n"
        f"Final-Recipient: rfc822; {OWEN}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()


# 19. Blind copies.


@pytest.mark.pitfall(19)
async def test_the_copy_is_visible_and_answers_keep_it_in(database):
    async with running(database) as rig:
        await rig.send(CARLA, CHLOE)
        _, message = await rig.settled(2)
    assert OWEN in message.header("Cc")
    assert OWEN in message.header("Reply-To") and CARLA in message.header("Reply-To")


@pytest.mark.pitfall(19)
async def test_a_colleague_in_blind_copy_does_not_take_the_place_of_a_visible_one(database):
    async with running(database) as rig:
        await rig.send(CARLA, CHLOE, CARL, raw=letter(CARLA, [CHLOE]))
        arrived = await rig.settled(2)
    seen = content_of(arrived, CHLOE)
    assert CARL.encode() in seen or OWEN.encode() in seen


# 20. A visible group is a breach.


@pytest.mark.pitfall(20)
@pytest.mark.law("members_of_a_group_never_learn_each_other")
async def test_children_of_different_homes_never_see_each_other(database):
    async with running(database) as rig:
        code, text = await rig.send(CARLA, CHLOE, DINA, MARY)
        assert code == 250, text
        await rig.settled(3)
        await asyncio.sleep(0.2)
        arrived = await rig.settled()
    for_chloe, for_dina = content_of(arrived, CHLOE), content_of(arrived, DINA)
    assert DINA.encode() not in for_chloe and CHLOE.encode() not in for_dina
    assert MARY.encode() not in for_dina


@pytest.mark.pitfall(20)
async def test_each_member_of_a_group_gets_it_alone(database):
    async with running(database) as rig:
        await rig.send(CARLA, JUNIORS)
        arrived = await rig.settled(4)
    members = {CHLOE, DINA, HOME}
    assert Counter(to(arrived)) == Counter({OWEN: 1, CHLOE: 1, DINA: 1, HOME: 1})
    for child in members:
        seen = content_of(arrived, child)
        assert not [other for other in members - {child} if other.encode() in seen]


# 22. Failing open.


@pytest.mark.pitfall(22)
@pytest.mark.law("any_surprise_is_temporary")
async def test_an_error_of_ours_is_temporary_and_nothing_leaves(database, monkeypatch):
    async with running(database) as rig:

        def broken(*_):
            raise RuntimeError("nobody thought of this")

        monkeypatch.setattr("alongside.enforcement.line.decide", broken)
        code, text = await rig.send(CARLA, CHLOE)
        assert 400 <= code < 500
        assert "nobody thought" not in text
        assert await rig.settled() == []


@pytest.mark.pitfall(22)
@pytest.mark.law("a_failing_rule_holds")
async def test_a_rule_that_fails_holds_and_lets_a_childs_message_pass(database, monkeypatch):
    def broken(facts, rulebook):
        raise ZeroDivisionError

    rules = tuple(
        replace(r, check=broken) if r.name in ("copy_email", "child_writes") else r for r in RULES
    )
    monkeypatch.setattr(judge, "__defaults__", (rules,))
    async with running(database) as rig:
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250 and "held for the safeguarding team" in text
        assert CHLOE not in to(await rig.settled())
        code, _ = await rig.send(CHLOE, CARLA, message_id="<2@family.example>")
        assert code == 250
        await asyncio.sleep(0.2)
        assert CARLA in to([m for m in await rig.settled() if m.sender == CHLOE])


@pytest.mark.pitfall(22)
@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\r\n\r\n\xff", b"From: \xe9\r\nTo: x\r\n\r\nHi\r\n"]
)
async def test_what_can_not_be_read_never_reaches_a_child_uncopied(database, raw):
    async with running(database) as rig:
        code, _ = await rig.send(CARLA, CHLOE, raw=raw)
        arrived = await rig.settled()
        await asyncio.sleep(0.2)
        arrived = [m for m in await rig.settled() if b"waiting" not in m.content]
    if CHLOE in to(arrived):
        assert to(arrived).index(OWEN) < to(arrived).index(CHLOE)
    assert code < 500 or not arrived


@pytest.mark.pitfall(22)
async def test_a_locked_database_is_temporary(database):
    async with running(database) as rig:
        with sqlite3.connect(database, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            code, _ = await rig.send(CARLA, CHLOE)
            other.execute("ROLLBACK")
        assert 400 <= code < 500
        assert await rig.settled() == []


# 23. The silent hold.


@pytest.mark.pitfall(23)
async def test_a_hold_has_a_notice_an_owner_and_a_time_after_which_it_escalates(database):
    async with running(database) as rig:
        _, text = await rig.send(CARLA, CHLOE, FRANK)
        reference = text.rpartition("reference ")[2].strip()
        (notice,) = await rig.settled(1)
    assert notice.to == (CARLA,) and reference.encode() in notice.content
    with sqlite3.connect(database) as connection:
        held, due = connection.execute("SELECT at, expires FROM records_hold").fetchone()
    assert datetime.fromisoformat(due) - datetime.fromisoformat(held) == timedelta(days=3)


@pytest.mark.pitfall(23)
async def test_a_hold_that_nobody_decides_is_handed_on_and_never_ends(database):
    async with running(database) as rig:
        await rig.send(CARLA, CHLOE, FRANK)
        await rig.settled(1)
        ledger: SqliteLedger = rig.ledger
        handed_on = await ledger.overdue_holds(datetime.now(UTC) + timedelta(days=4))
        assert len(handed_on) == 1
        with sqlite3.connect(database) as connection:
            states = connection.execute("SELECT state FROM records_hold").fetchall()
            kinds = {k for (k,) in connection.execute("SELECT kind FROM records_incident")}
    assert states == [("held",)]
    assert "hold_overdue" in kinds


# 24. Time of check, time of use.


@pytest.mark.pitfall(24)
async def test_a_release_is_judged_again_by_the_register_of_that_day(database, monkeypatch):
    """Between hold and release the officer was barred from Chloe's affairs."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    async with running(database) as rig:
        _, text = await rig.send(CARLA, CHLOE, FRANK)
        await rig.settled(1)
        barred = Link(supporter="owen", relationship=Relationship.OTHER, restricted=True)
        rig.people.people = people(links={**LINKS, "chloe": (*LINKS["chloe"], barred)})
        api.release_hold(OLIVIA, text.rpartition("reference ")[2].strip(), "about the match")
        arrived = await rig.settled(3)
        await asyncio.sleep(0.3)
        arrived = await rig.settled()
    assert OWEN not in to(arrived) and FRANK not in to(arrived)
    assert to(arrived)[1:3] == [WELFARE, CHLOE]


@pytest.mark.pitfall(24)
async def test_each_decision_names_its_rulebook_and_version(database):
    async with running(database) as rig:
        await rig.send(CARLA, CHLOE)
        await rig.settled(2)
    with sqlite3.connect(database) as connection:
        (body,) = connection.execute(
            "SELECT body FROM records_entry WHERE kind = 'decided'"
        ).fetchone()
    assert '"rulebook":"online-safeguarding"' in body.replace(" ", "")
    assert '"version":"1.0"' in body.replace(" ", "")


# 25. Lists that expand after the gateway.


@pytest.mark.pitfall(25)
async def test_the_group_is_expanded_by_us_from_the_register_and_its_address_is_never_passed_on(
    database,
):
    async with running(database) as rig:
        await rig.send(CARLA, JUNIORS)
        arrived = await rig.settled(4)
        code, _ = await rig.send(STRANGER, JUNIORS, message_id="<2@mail.test>")
        assert code == 250
        await asyncio.sleep(0.3)
        later = (await rig.settled())[len(arrived) :]
    assert JUNIORS not in to(arrived) and JUNIORS not in to(later)
    assert set(to(later)) == {CARLA, OWEN}


# 26. Signatures and encryption.


@pytest.mark.pitfall(26)
async def test_the_body_is_passed_on_to_the_last_byte_and_encrypted_mail_is_held(database):
    body = b"See you  at ten.\t\r\n\r\n.dots and trailing space \r\n"
    async with running(database) as rig:
        head = letter(CARLA, [CHLOE]).partition(b"\r\n\r\n")[0]
        await rig.send(CARLA, CHLOE, raw=head + b"\r\n\r\n" + body)
        arrived = await rig.settled(2)
        sealed = head.replace(b"text/plain", b"application/pkcs7-mime")
        sealed = sealed.replace(b"<1@", b"<2@")
        code, text = await rig.send(CARLA, CHLOE, raw=sealed + b"\r\n\r\nAAAA\r\n")
    for message in arrived:
        assert message.content.endswith(b"\r\n\r\n" + body)
    assert code == 250 and "held for the safeguarding team" in text


# 27. Smuggling.


@pytest.mark.pitfall(27)
@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\0"])
async def test_no_second_message_is_smuggled_in_behind_a_false_end(database, end):
    hidden = (
        b"MAIL FROM:<carla@club.example>\r\nRCPT TO:<chloe@family.example>\r\nDATA\r\nhi\r\n.\r\n"
    )
    async with running(database) as rig:
        wire = letter(CARLA, [CARL]) + end + hidden
        said = await asyncio.to_thread(converse, rig.port, wire)
        assert await rig.settled() == []
    assert b"550 5.6.11" in said and b"421 " in said


def converse(port: int, content: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        s.sendall(
            b"EHLO client.example\r\nMAIL FROM:<carla@club.example>\r\n"
            b"RCPT TO:<carl@club.example>\r\nDATA\r\n"
        )
        said = b""
        while b"354" not in said:
            said += s.recv(4096)
        s.sendall(content)
        while part := s.recv(4096):
            said += part
        return said


# 33. An emergency must never wait.


@pytest.mark.pitfall(33)
@pytest.mark.law("an_emergency_never_waits")
async def test_an_emergency_leaves_at_once_with_the_copy_down_the_whole_ranking(database):
    async with running(database) as rig:
        rig.sink.script.recipients = {OWEN: Reply(450, "4.2.0", "later")}
        code, text = await rig.send(CARLA, CHLOE.replace("@", "+urgent@"))
        assert code == 250, text
        await rig.sink.wait(3)
        rig.sink.script.recipients = {}
        await asyncio.sleep(0.3)
        arrived = [Arrived.of(m) for m in rig.sink.messages]
    assert CHLOE in to(arrived) and WELFARE in to(arrived)
    assert b"+urgent" not in content_of(arrived, CHLOE)
    with sqlite3.connect(database) as connection:
        kinds = {k for (k,) in connection.execute("SELECT kind FROM records_incident")}
    assert "emergency" in kinds


@pytest.mark.pitfall(33)
async def test_it_passes_the_gates_and_tells_no_restricted_father(database):
    async with running(database) as rig:
        code, text = await rig.send("ursula@club.example", CHLOE.replace("@", "+urgent@"), FRANK)
        assert code == 250, text
        await rig.sink.wait(3)
        await asyncio.sleep(0.3)
        arrived = [Arrived.of(m) for m in rig.sink.messages]
    assert CHLOE in to(arrived)
    assert FRANK not in to(arrived)
    assert FRANK.encode() not in content_of(arrived, CHLOE)
