"""What is written, through the running gateway: the words decide, the answer quotes them."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from zipfile import ZipFile

import pytest

from alongside.enforcement.opening import Opener
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Mode
from tests.world import (
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    HOME,
    JUNIORS,
    MARY,
    ORGANISATIONS,
    OWEN,
    people,
)

from .rig import CONTACT, Rig, running, shipped

pytestmark = pytest.mark.asyncio

SIGNATURE = "-- \nCarla Coach, Example Club\nMobile 07700 900001\ncarla@club.example\n"


def mail(sender: str, to: str, text: str, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = "Training"
    message["Message-ID"] = "<1@club.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes().replace(b"\n", b"\r\n")


async def sent(database, sender: str, to: str, text: str, **options):
    headers = options.pop("headers", {})
    async with running(database, **options) as rig:
        return await rig.send(sender, to, raw=mail(sender, to, text, **headers))


# One found and one hard negative of each clause, to a service user and to a parent.

FOUND = {
    "N1": "Ring me on 07700 900123 tonight.",
    "N4": "The pictures are on https://www.facebook.com/carla.made.up now.",
    "N5": "I've sent you a friend request on Facebook, please accept it.",
    "N7": "Fancy a game of Fortnite later? I'm on from 8.",
    "I1": "Easier to chat on WhatsApp, message me there.",
}
CLEAN = {
    "N1": "Kick-off is at 10.30, pitch 4. We won 21-19, 18-21, 21-17. The club has 07700 900001.",
    "N4": "The story is on https://news.example/2026/11/gold, a video on https://youtu.be/made00000up",
    "N5": "Bring a friend on Thursday, and follow the signs to the small pool.",
    "N7": "The game on Saturday starts at ten. There is a games night at the hall after it.",
    "I1": "Coaches never use WhatsApp with swimmers. Please tell us if anybody does.",
    "N3": "You were brilliant in the relay today. Well done! See you on Thursday at training.",
}


@pytest.mark.parametrize("to", [CHLOE, MARY], ids=["service user", "parent"])
@pytest.mark.parametrize("clause", FOUND)
async def test_what_is_certain_is_refused_with_clause_words_and_mend(database, clause, to):
    async with running(database) as rig:
        code, text = await rig.send(CARLA, to, raw=mail(CARLA, to, FOUND[clause]))
        arrived = await rig.settled()
    assert (code, arrived) == (550, [])
    assert f"{clause} (" in text and "This is about: " in text and CONTACT in text


@pytest.mark.parametrize("to", [CHLOE, MARY], ids=["service user", "parent"])
@pytest.mark.parametrize("clause", CLEAN)
async def test_what_only_looks_like_it_passes(database, clause, to):
    async with running(database) as rig:
        code, text = await rig.send(CARLA, to, raw=mail(CARLA, to, CLEAN[clause]))
        arrived = await rig.settled(2 if to == CHLOE else 1)
    assert code == 250, text
    assert {a.to for a in arrived} == ({(OWEN,), (CHLOE,)} if to == CHLOE else {(MARY,)})


@pytest.mark.parametrize("to", [CHLOE, MARY], ids=["service user", "parent"])
async def test_a_mailbox_of_ones_own_is_refused_and_a_work_mailbox_is_not(database, to):
    code, text = await sent(database, CARLA_PRIVATE, to, "See you on Saturday.")
    assert code == 550 and "N2 (" in text and "Send it from your work address." in text
    assert (await sent(database, CARLA, to, "See you on Saturday."))[0] == 250


@pytest.mark.parametrize("to", [CHLOE, MARY], ids=["service user", "parent"])
async def test_private_talk_goes_and_its_writer_is_told(database, to):
    talk = "can't sleep, been thinking about you all evening. you looked so pretty today x"
    async with running(database) as rig:
        code, _ = await rig.send(CARLA, to, raw=mail(CARLA, to, talk))
        assert code == 250
        arrived = await rig.settled(3 if to == CHLOE else 2)
    (told,) = [a for a in arrived if a.to == (CARLA,)]
    words = " ".join(message_from_bytes(told.content, policy=default).get_content().split())
    assert "rule N3" in words and "Your message is on its way." in words
    assert to in {a.to[0] for a in arrived}


async def test_platforms_are_for_those_who_are_old_enough(database):
    wrote = "Sign up to TikTok and post your best dance for the club challenge."
    code, text = await sent(database, CARLA, HOME, wrote)
    assert code == 550 and "D10 (" in text
    assert (await sent(database, CARLA, CHLOE, wrote))[0] == 250
    assert (await sent(database, CARLA, MARY, wrote))[0] == 250
    club = replace(ORGANISATIONS[1], profiles=("facebook:exampleclub",))
    register = people(organisations=(ORGANISATIONS[0], club))
    ours = "Results are on https://www.facebook.com/exampleclub"
    assert (await sent(database, CARLA, MARY, ours, people=register))[0] == 250


# The writer's tricks, and the writer's right.


async def test_a_number_in_words_and_with_marks_that_nobody_sees_is_refused(database):
    wrote = (
        "Ring me if you get lost, it's oh seven seven\u200b oh oh, nine hun\u200bdred,"
        " double one\u200b three."
    )
    code, text = await sent(database, CARLA, CHLOE, wrote)
    assert code == 550
    assert "N1 (private details stay private)" in text
    assert "+447700900113" in text and "Take it out, or give a work number" in text


async def test_the_same_coach_s_work_signature_passes(database):
    wrote = "See you on Saturday.\n\n" + SIGNATURE
    assert (await sent(database, CARLA, CHLOE, wrote))[0] == 250


async def test_a_child_s_own_number_quoted_back_passes(database):
    wrote = (
        "Thank you, I have put it on the list.\n\n"
        "On Sat, 21 Nov 2026 at 10:00, Chloe <chloe@family.example> wrote:\n"
        "> my new number is 07700 900777, the old one is 07700 900010\n"
    )
    answer = {"In_Reply_To": "<0@family.example>", "References": "<0@family.example>"}
    assert (await sent(database, CARLA, CHLOE, wrote, headers=answer))[0] == 250


async def test_one_s_own_words_are_not_hidden_behind_a_quotation_mark(database):
    code, _ = await sent(database, CARLA, CHLOE, "> ring me on 07700 900123\n")
    assert code == 550


async def test_an_emergency_goes_whatever_stands_in_it(database):
    async with running(database) as rig:
        to = CHLOE.replace("@", "+urgent@")
        wrote = "The pool is closed. Ring me on 07700 900123."
        code, _ = await rig.send(CARLA, to, raw=mail(CARLA, to, wrote))
        arrived = await rig.settled(2)
    assert code == 250
    assert (CHLOE,) in {a.to for a in arrived}


async def test_what_a_child_writes_is_not_read(database):
    async with running(database) as rig:
        code, _ = await rig.send(CHLOE, CARLA, raw=mail(CHLOE, CARLA, FOUND["N1"]))
        await rig.settled(2)
    assert code == 250
    assert facts_of(database)["sightings"] == []


async def test_a_call_for_secrecy_is_a_hold_like_any_other_and_an_officer_hears_of_it(database):
    wrote = "Don't tell your mum about this, it's our secret."
    code, text = await sent(database, CARLA, CHLOE, wrote)
    assert code == 250 and "held for the safeguarding team" in text and "secret" not in text
    with sqlite3.connect(database) as connection:
        kinds = [k for (k,) in connection.execute("SELECT kind FROM records_incident")]
    assert kinds == ["secrecy"]


async def test_in_teach_it_is_one_step_softer(database):
    code, text = await sent(database, CARLA, CHLOE, FOUND["N1"], rulebook=shipped(Mode.TEACH))
    assert code == 250 and "held for the safeguarding team" in text


async def test_shadow_says_what_would_have_been(database):
    async with running(database, rulebook=shipped(Mode.SHADOW)) as rig:
        code, _ = await rig.send(CARLA, CHLOE, raw=mail(CARLA, CHLOE, FOUND["I1"]))
        await rig.settled(1)
    assert code == 250
    assert decided(database)["would_be"] == "refuse"


# Files.


def docx(text: str) -> bytes:
    """A Word file with one paragraph."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{body}</w:document>')
    return packed.getvalue()


def with_file(name: str, kind: str, content: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = CARLA, CHLOE, "The flyer"
    message["Message-ID"] = "<1@club.example>"
    message.set_content("The flyer is attached.\n")
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes().replace(b"\n", b"\r\n")


async def with_opener(database, raw: bytes):
    async with running(database) as rig:
        opener = Opener()
        rig.gateway.house = replace(rig.gateway.house, opener=opener)
        rig.gateway.line.house = rig.gateway.house
        try:
            return await rig.send(CARLA, CHLOE, raw=raw)
        finally:
            await opener.close()


async def test_a_number_in_a_word_file_is_read(database):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    raw = with_file("flyer.docx", kind, docx("Ring me on 07700 900123"))
    code, text = await with_opener(database, raw)
    assert code == 550 and "N1 (" in text


async def test_what_can_t_be_read_is_said(database):
    async with running(database) as rig:
        raw = with_file("flyer.pdf", "application/pdf", b"%PDF-1.7 nothing of the sort")
        code, _ = await rig.send(CARLA, CHLOE, raw=raw)
        assert code == 250
        arrived = await rig.settled(3)
    (told,) = [a for a in arrived if a.to == (CARLA,)]
    assert "flyer.pdf" in told.content.decode()
    assert facts_of(database)["unread"] == "part"


class NeverOpens:
    """Would keep a message waiting for ever."""

    async def open(self, attachments):
        await asyncio.Event().wait()


async def test_an_emergency_waits_for_no_file(database):
    raw = with_file("flyer.pdf", "application/pdf", b"%PDF-1.7 nothing of the sort")
    async with running(database) as rig:
        rig.gateway.house = replace(rig.gateway.house, opener=NeverOpens())
        rig.gateway.line.house = rig.gateway.house
        code, _ = await rig.send(CARLA, CHLOE.replace("@", "+urgent@"), raw=raw)
        arrived = await rig.settled(2)
    assert code == 250
    assert (CHLOE,) in {a.to for a in arrived}
    assert facts_of(database)["unread"] == "part"


async def test_a_long_message_is_read_to_its_end(database):
    wrote = "We meet at the pool as always.\n" * 8_000 + "Ring me on 07700 900123.\n"
    code, text = await sent(database, CARLA, CHLOE, wrote)
    assert code == 550 and "N1 (" in text


async def test_where_reading_fails_the_message_waits(database, monkeypatch):
    from alongside.enforcement import reading

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(reading, "scan", broken)
    code, text = await sent(database, CARLA, CHLOE, "See you on Saturday.")
    assert code == 250 and "held for the safeguarding team" in text


# The record.


def decided(database):
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT body FROM records_entry WHERE kind='decided'").fetchall()
    return json.loads(rows[-1][0])["body"]


def facts_of(database):
    return decided(database)["facts"]


async def test_the_record_holds_what_was_seen_apart_from_its_words(database):
    await sent(database, CARLA, CHLOE, "My locker PIN is 4821, and ring me on 07700 900123.")
    body = json.dumps(decided(database))
    assert "900123" not in body and "4821" not in body
    seen = {(s["sight"], s["sureness"]) for s in facts_of(database)["sightings"]}
    assert ("phone", 2) in seen and "password" in {s for s, _ in seen}
    with sqlite3.connect(database) as connection:
        texts = [v for (v,) in connection.execute("SELECT value FROM records_text")]
    kept = [t for t in texts if '"sightings"' in (t if isinstance(t, str) else t.decode())]
    assert len(kept) == 1
    assert "900123" in str(kept[0]) and "4821" not in str(kept[0])


# Signatures.


async def noted(rig: Rig) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    rig.gateway.house = replace(rig.gateway.house, note_signature=lambda *s: found.append(s))
    rig.gateway.line.house = rig.gateway.house
    return found


NEW = "See you on Saturday.\n\n-- \nCarla Coach\nExample Club\nTel 07700 900124\n"


async def test_a_new_signature_is_asked_about_once_and_goes(database):
    async with running(database) as rig:
        asked = await noted(rig)
        code, _ = await rig.send(CARLA, CHLOE, raw=mail(CARLA, CHLOE, NEW))
        await rig.settled(3)
    assert code == 250
    ((person, key, text, reference),) = asked
    assert person == "carla" and len(key) == 64 and "07700 900124" in text and reference


async def test_after_the_first_weeks_what_stands_in_it_waits(database):
    book: Rulebook = replace(shipped(), learning_days=0)
    code, text = await sent(database, CARLA, CHLOE, NEW, rulebook=book)
    assert code == 250 and "held for the safeguarding team" in text


async def test_an_approved_signature_passes(database):
    from alongside.policy.register import Signature, SignatureStanding
    from alongside.scan.signature import signature_key
    from tests.world import TODAY

    key = signature_key("Carla Coach\nExample Club\nTel 07700 900124")
    approved = Signature(key=key, standing=SignatureStanding.APPROVED, since=TODAY)
    register = people(carla={"signatures": (approved,)})
    book = replace(shipped(), learning_days=0)
    async with running(database, people=register, rulebook=book) as rig:
        code, text = await rig.send(CARLA, CHLOE, raw=mail(CARLA, CHLOE, NEW))
        arrived = await rig.settled(2)
    assert code == 250 and "held" not in text
    assert {a.to for a in arrived} == {(OWEN,), (CHLOE,)}


async def test_a_group_is_read_for_its_youngest(database):
    wrote = "Sign up to Instagram and follow the challenge."
    code, text = await sent(database, CARLA, JUNIORS, wrote)
    assert code == 550 and "D10 (" in text
