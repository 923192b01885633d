"""Signatures: noted once, asked about, approved or refused by somebody else, and followed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from alongside.access.actor import System
from alongside.access.checks import NotAllowed
from alongside.people import api
from alongside.people.models import Signature as Row
from alongside.people.snapshot import SnapshotSource, build, delta
from alongside.policy.register import Signature, SignatureStanding
from alongside.policy.vocabulary import Standing
from alongside.records.models import Entry, Text

from .lists import Lists, snapshot
from .registers import Scribe, open_register, schema

GATEWAY = System("gateway")
APPROVED, REFUSED, ASKED = (
    SignatureStanding.APPROVED,
    SignatureStanding.REFUSED,
    SignatureStanding.ASKED,
)
TEXT = "Priya Nair\nRiverside Club, 01632 960140"
MORE = """
id,name,category,organisation,roles,email
olive,Olive Ray,staff,charity,safeguarding_lead,olive@charity.example
otto,Otto Fell,staff,other,safeguarding_officer,otto@other.example
miles,Miles Ferro,staff,club,manager,miles@club.example
nomad,Nia Nomad,volunteer,,,nia@mail.test
"""


@pytest.fixture
def club(lists: Lists) -> Lists:
    lists.club()
    assert lists.take_in(MORE).ok
    return lists


def note(person: str = "priya", key: str = "k1", text: str = TEXT) -> int:
    """The number of the signature that the gateway saw."""
    api.note_signature(GATEWAY, person, key=key, text=text, reference="ABCD-EFGH")
    return Row.objects.get(person=person, key=key).id


def entries() -> list[tuple[Entry, dict[str, Any]]]:
    found = [(row, json.loads(row.body)["body"]) for row in Entry.objects.order_by("id")]
    return [(row, body) for row, body in found if body["what"] != "imported"]


def kept(person: str = "priya") -> tuple[Signature, ...]:
    return snapshot().persons[person].signatures


def numbers(actor: str, **options: bool) -> list[int]:
    return [s.number for s in api.signatures(api.actor(actor), **options)]


def test_a_new_signature_is_noted_asked_about_and_on_the_record(club: Lists) -> None:
    before = snapshot()
    number = note()
    today = timezone.localdate()
    assert kept() == (Signature(key="k1", standing=ASKED, since=today),)
    assert delta(connection.connection, before) == snapshot() != before
    (listed,) = api.signatures(api.actor("sam"))
    assert listed == api.Listed(
        number=number,
        person="priya",
        standing="asked",
        since=today,
        reference="ABCD-EFGH",
        text=TEXT,
    )
    ((entry, body),) = entries()
    assert body == {"what": "signature_asked", "person": "priya", "signature": number}
    assert entry.organisation == "club" and "01632" not in entry.body
    assert [t.name for t in Text.objects.filter(entry=entry)] == ["signature"]


def test_it_is_noted_once_and_what_was_decided_stays(club: Lists) -> None:
    number = note()
    api.decide_signature(api.actor("sam"), number, REFUSED, "a number of her own")
    revision, told = snapshot().revision, len(entries())
    api.note_signature(GATEWAY, "priya", key="k1", text="other words", reference="JKLM-NPQR")
    assert (snapshot().revision, len(entries())) == (revision, told)
    assert [s.standing for s in kept()] == [REFUSED]
    (listed,) = api.signatures(api.actor("sam"), undecided_only=False)
    assert (listed.text, listed.reference) == (TEXT, "ABCD-EFGH")


def test_one_text_of_two_people_is_two_signatures(club: Lists) -> None:
    first, second = note("priya"), note("miles")
    api.decide_signature(api.actor("sam"), first, APPROVED, "the club's number")
    assert [s.standing for s in kept("priya")] == [APPROVED]
    assert [s.standing for s in kept("miles")] == [ASKED]
    assert numbers("sam") == [second]


def test_nobody_s_signature_is_not_noted(club: Lists) -> None:
    with pytest.raises(api.Unknown, match="there is nobody with the id `nobody`"):
        api.note_signature(GATEWAY, "nobody", key="k1", text=TEXT, reference="ABCD-EFGH")
    assert not Row.objects.exists() and not entries()


def test_they_are_listed_for_whoever_oversees_and_never_to_oneself(club: Lists) -> None:
    priya, sam, miles = note("priya"), note("sam"), note("miles")
    assert numbers("sam") == [priya, miles]
    assert numbers("olive") == [priya, sam, miles]
    for stranger in ("otto", "priya", "miles", "jo"):
        assert numbers(stranger) == []


def test_whoever_is_suspended_sees_and_decides_nothing(club: Lists) -> None:
    number = note()
    api.set_standing(api.actor("olive"), "sam", Standing.SUSPENDED)
    assert numbers("sam") == []
    with pytest.raises(NotAllowed):
        api.decide_signature(api.actor("sam"), number, APPROVED, "why not")


def test_somebody_s_in_no_organisation_is_for_every_officer(club: Lists) -> None:
    number = note("nomad")
    assert numbers("sam") == numbers("otto") == [number]
    assert numbers("miles") == []
    api.decide_signature(api.actor("otto"), number, APPROVED, "known to us")
    assert entries()[-1][0].organisation == ""


def test_the_longest_waiting_comes_first_and_what_is_decided_last_on_request(club: Lists) -> None:
    old, new = note(key="k1"), note(key="k2")
    Row.objects.filter(id=new).update(since=timezone.localdate() - timedelta(days=9))
    assert numbers("sam") == [new, old]
    api.decide_signature(api.actor("sam"), new, APPROVED, "the club's number")
    assert numbers("sam") == [old]
    assert numbers("sam", undecided_only=False) == [new, old]


@pytest.mark.parametrize("standing", [APPROVED, REFUSED])
def test_an_officer_decides_and_everybody_hears_of_it(
    club: Lists, standing: SignatureStanding
) -> None:
    number = note()
    before = snapshot()
    api.decide_signature(api.actor("sam"), number, standing, "asked her on the telephone")
    assert [s.standing for s in kept()] == [standing]
    assert delta(connection.connection, before) == snapshot() != before
    entry, body = entries()[-1]
    assert body == {"what": f"signature_{standing}", "person": "priya", "signature": number}
    assert "telephone" not in entry.body
    assert {t.name for t in Text.objects.filter(entry=entry)} == {"signature", "reason"}


def test_a_decision_can_be_changed(club: Lists) -> None:
    number = note()
    api.decide_signature(api.actor("sam"), number, APPROVED, "the club's number")
    api.decide_signature(api.actor("olive"), number, REFUSED, "it is her own after all")
    assert [s.standing for s in kept()] == [REFUSED]
    assert [body["what"] for _, body in entries()] == [
        "signature_asked",
        "signature_approved",
        "signature_refused",
    ]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_it_takes_a_reason(club: Lists, reason: str) -> None:
    number = note()
    with pytest.raises(api.Impossible, match="there is no reason"):
        api.decide_signature(api.actor("sam"), number, APPROVED, reason)
    assert [s.standing for s in kept()] == [ASKED] and len(entries()) == 1


@pytest.mark.law("nobody_reviews_themselves")
def test_nobody_decides_about_their_own(club: Lists) -> None:
    number = note("sam")
    with pytest.raises(NotAllowed, match="nobody reviews themselves"):
        api.decide_signature(api.actor("sam"), number, APPROVED, "it is mine")
    assert [s.standing for s in kept("sam")] == [ASKED]
    api.decide_signature(api.actor("olive"), number, APPROVED, "his work number")
    assert [s.standing for s in kept("sam")] == [APPROVED]


@pytest.mark.parametrize("actor", ["otto", "priya", "miles", "jo"])
def test_only_who_oversees_the_person_decides(club: Lists, actor: str) -> None:
    number = note("mia" if actor == "priya" else "priya")
    with pytest.raises(NotAllowed):
        api.decide_signature(api.actor(actor), number, APPROVED, "why not")
    assert len(entries()) == 1


def test_a_number_that_nobody_has_is_told(club: Lists) -> None:
    with pytest.raises(api.Unknown, match="there is no signature `77`"):
        api.decide_signature(api.actor("sam"), 77, APPROVED, "why not")


def test_an_import_leaves_signatures_alone(club: Lists) -> None:
    number = note()
    api.decide_signature(api.actor("sam"), number, APPROVED, "the club's number")
    club.club()
    club.take_in("id,name\nsam,Sam O\n", complete=True)
    assert [s.standing for s in kept()] == [APPROVED]


def test_a_change_and_its_entry_stand_or_fall_together(
    club: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = note()

    def full(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("alongside.records.api.append", full)
    before = snapshot()
    with pytest.raises(OSError, match="full"):
        api.decide_signature(api.actor("sam"), number, APPROVED, "the club's number")
    with pytest.raises(OSError, match="full"):
        note("miles")
    assert snapshot() == before


async def test_a_gateway_knows_of_a_decision_within_two_seconds(
    statements: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "register.db"
    raw = open_register(statements, path)
    with Scribe(raw) as scribe:
        scribe.person("ann")
        scribe.signature("ann", "k1")
    source = SnapshotSource(path)
    await source.start()
    try:
        assert [s.standing for s in source.current().persons["ann"].signatures] == [ASKED]
        with Scribe(raw) as scribe:
            scribe.signature("ann", "k1", "refused")
        deadline = time.monotonic() + 2
        while standing(source) is ASKED and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        assert standing(source) is REFUSED
    finally:
        await source.stop()
        raw.close()


def standing(source: SnapshotSource) -> SignatureStanding:
    (only,) = source.current().persons["ann"].signatures
    return only.standing


@pytest.fixture
def statements(db: None) -> list[str]:
    return schema()


def test_a_register_of_signatures_is_read_as_it_is_written(statements: list[str]) -> None:
    raw: sqlite3.Connection = open_register(statements)
    with Scribe(raw) as scribe:
        scribe.person("ann")
        scribe.person("ben")
        scribe.signature("ann", "k2", "approved")
        scribe.signature("ann", "k1")
    people = build(raw)
    assert [(s.key, s.standing) for s in people.persons["ann"].signatures] == [
        ("k2", APPROVED),
        ("k1", ASKED),
    ]
    assert people.persons["ben"].signatures == ()
