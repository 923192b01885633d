"""What arrives in real mailboxes when a coach, a child and a colleague write to each other."""

from __future__ import annotations

import asyncio
import re
import time

import pytest

from tests.world import (
    CARL,
    CARLA,
    CHLOE,
    DINA,
    FRANK,
    HOME,
    JUNIORS,
    MARY,
    OWEN,
    SID,
    WELFARE,
)

from .beside import beside, letter

pytestmark = [pytest.mark.peer, pytest.mark.asyncio]


@pytest.mark.law("no_message_leaves_one_to_one")
@pytest.mark.clause("E3")
async def test_a_coachs_mail_to_a_child_arrives_after_the_officers_copy(chain, database):
    async with beside(chain, database) as club:
        word = await club.submit(CARLA, CHLOE, raw=letter(CARLA, [CHLOE]))
        assert word.startswith("250"), word
        mail = await club.arrived()
        first, second = club.accepted()
    assert set(mail) == {OWEN, CHLOE}
    (copy,), (message,) = mail[OWEN], mail[CHLOE]
    assert copy["Return-Path"].startswith("<copy+") and first == copy["Return-Path"].strip("<>")
    assert message["Return-Path"] == f"<{CARLA}>" and second == CARLA
    assert message["Cc"] == copy["Cc"] == f"Safeguarding officer <{OWEN}>"
    assert message.named("Reply-To") == {CARLA, OWEN}
    assert message.text.endswith("\r\n\r\nSee you on Saturday at ten.\r\n")


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
@pytest.mark.pitfall(1)
async def test_a_restricted_father_gets_nothing_and_is_named_nowhere(chain, database):
    async with beside(chain, database) as club:
        word = await club.submit(CARLA, CHLOE, raw=letter(CARLA, [CHLOE]))
        mail = await club.arrived()
        seen = [m.text for messages in mail.values() for m in messages]
        log = chain.postfix.log.read_text()
    assert FRANK not in mail
    assert len(seen) == 2
    assert not [text for text in (*seen, word, log) if "frank" in text.lower()]


@pytest.mark.law("guarded_causes_look_alike")
async def test_a_child_and_that_father_together_are_held_in_neutral_words(chain, database):
    async with beside(chain, database) as club:
        guarded = await club.submit(CARLA, CHLOE, FRANK, raw=letter(CARLA, [CHLOE, FRANK]))
        other = await club.submit(SID, CHLOE, raw=letter(SID, [CHLOE]))
        mail = await club.arrived()
    assert "held for the safeguarding team, reference" in guarded
    assert alike(guarded) == alike(other)
    assert set(mail) == {CARLA, SID}
    (told,), (other_told,) = mail[CARLA], mail[SID]
    assert alike(told.text, CARLA) == alike(other_told.text, SID)
    assert not re.search("frank|chloe|father|restrict", told.text, re.IGNORECASE)


def alike(text: str, reader: str = "") -> str:
    """Without what differs between any two holds: reference, reader, ids and times of transport."""
    body = text.partition("\r\n\r\n")[2] or text
    subject = re.findall(r"(?m)^Subject:.*$", text)
    plain = "\n".join([*subject, body]).replace(reader or "\0", "READER")
    plain = re.sub(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", "REFERENCE", plain)
    return re.sub(r"\d\d:\d\d", "TIME", plain)


@pytest.mark.pitfall(6)
async def test_where_the_childs_address_is_the_familys_somebody_else_is_copied(chain, database):
    async with beside(chain, database) as club:
        word = await club.submit(CARLA, HOME, raw=letter(CARLA, [HOME]))
        assert word.startswith("250"), word
        mail = await club.arrived()
    assert {user: len(messages) for user, messages in mail.items()} == {OWEN: 1, HOME: 1}
    assert mail[HOME][0].named("Cc") == {OWEN}


@pytest.mark.law("what_a_service_user_writes_arrives")
@pytest.mark.pitfall(12)
async def test_a_childs_reply_reaches_the_coach_and_the_officer_and_no_parent(chain, database):
    raw = letter(CHLOE, [CARLA], In_Reply_To="<1@charity.example>", message_id="<2@family.example>")
    async with beside(chain, database) as club:
        word = await club.from_outside(CHLOE, CARLA, raw=raw)
        assert word.startswith("250"), word
        mail = await club.arrived()
    assert set(mail) == {OWEN, CARLA}
    assert [len(messages) for messages in mail.values()] == [1, 1]
    assert mail[CARLA][0].came_as(raw), "inbound mail is altered by nothing but trace fields"
    assert MARY not in mail


@pytest.mark.law("members_of_a_group_never_learn_each_other")
@pytest.mark.pitfall(21)
async def test_a_childs_reply_to_all_reaches_leads_and_officer_and_no_child(chain, database):
    raw = letter(CHLOE, [CARLA, JUNIORS], message_id="<3@family.example>")
    async with beside(chain, database) as club:
        word = await club.from_outside(CHLOE, CARLA, JUNIORS, raw=raw)
        assert word.startswith("250"), word
        mail = await club.arrived()
    assert set(mail) == {OWEN, CARLA}
    assert not {DINA, HOME, MARY} & set(mail)


@pytest.mark.clause("E2")
@pytest.mark.pitfall(20)
@pytest.mark.law("members_of_a_group_never_learn_each_other")
async def test_mail_to_a_group_arrives_one_by_one_within_two_seconds(chain, database):
    children = {CHLOE, DINA, HOME}
    async with beside(chain, database) as club:
        word = await club.submit(CARLA, JUNIORS, raw=letter(CARLA, [JUNIORS]))
        begun = time.monotonic()
        assert word.startswith("250"), word
        while not children <= set(chain.mailboxes.used()):
            assert time.monotonic() - begun < 2.0, chain.mailboxes.used()
            await asyncio.sleep(0.02)
        mail = await club.arrived()
        order = club.accepted()
    assert set(mail) == {*children, OWEN}
    assert order[0].startswith("copy+")
    for child in children:
        (message,) = mail[child]
        assert message.named("To") == {JUNIORS}
        assert message.named("Cc") == {OWEN}
        assert not [other for other in children - {child} if other in message.text]


@pytest.mark.law("a_third_party_is_someone_else")
@pytest.mark.pitfall(3)
async def test_when_the_only_officer_writes_somebody_else_is_copied(chain, database):
    async with beside(chain, database) as club:
        word = await club.submit(OWEN, CHLOE, raw=letter(OWEN, [CHLOE]))
        assert word.startswith("250"), word
        mail = await club.arrived()
    assert set(mail) == {WELFARE, CHLOE}
    assert mail[CHLOE][0].named("Cc") == {WELFARE}


@pytest.mark.law("what_involves_no_service_user_or_supporter_passes_untouched")
async def test_mail_between_colleagues_is_the_same_to_the_last_byte(chain, database):
    raw = (
        b"From: Carla  <carla@club.example>\r\nTo:Carl <carl@club.example>  ,\r\n"
        b"\tOwen <owen@club.example>\r\nX-Odd:   \tkept as it is \r\n"
        b"SUBJECT: =?utf-8?q?Tea=3F?=\r\n"
        b"Message-Id: <5@club.example>\r\nDate: Sun, 22 Nov 2026 15:00:00 +0000\r\n"
        b"DKIM-Signature: v=1; d=club.example; h=from:to; s=x; bh=; b=\r\n\r\n"
        b"trailing blanks   \r\n\r\n.\r\n..dots\r\n\r\n\r\nFrom here on: \x0c\t.\r\n\r\n"
    )
    async with beside(chain, database) as club:
        word = await club.submit(CARLA, CARL, OWEN, raw=raw)
        assert word.startswith("250"), word
        mail = await club.arrived()
        tables = ("entry", "text", "content", "copy", "incident", "hold", "unknown", "count")
        kept = [t for t in tables if club.rows(f"SELECT 1 FROM records_{t}")]
    assert set(mail) == {CARL, OWEN}
    for (message,) in mail.values():
        assert message.came_as(raw), message.text
        assert message.text.count("(Alongside)") == 1
    on_disk = [file.read_bytes() for file in chain.mailboxes.files()]
    assert len(on_disk) == 2
    assert all(raw in d or raw.replace(b"\r\n", b"\n") in d for d in on_disk)
    assert kept == []


@pytest.mark.law("no_message_leaves_one_to_one")
async def test_a_stranger_who_claims_to_be_the_coach_is_not_believed(chain, database):
    """From the Internet, with the coach's own address in envelope and header."""
    async with beside(chain, database) as club:
        word = await club.from_outside(CARLA, JUNIORS, raw=letter(CARLA, [JUNIORS]))
        mail = await club.arrived()
    assert word.startswith("250"), word
    assert set(mail) == {OWEN}, "a stranger's mail to a group goes to its leads and officer"
