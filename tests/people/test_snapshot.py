"""The snapshot: what the register says, and that following it is the same as reading it."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.people.marks import mark_bouncing
from alongside.people.snapshot import SnapshotSource, build, delta
from alongside.policy.people import Concern, Link, Organisation, People
from alongside.policy.vocabulary import Category, ContactKind, Hat, Mode, Relationship, Role

from .registers import Scribe, open_register, schema

PERSONS = ["ann", "ben", "cat", "dan"]
GROUPS = ["juniors", "seniors"]
ADDRESSES = ["a@family.example", "b@mail.test", "A@family.example", "b+tag@mail.test"]
ORGANISATIONS = ["charity", "club"]
ROLES = ["safeguarding_officer", "safeguarding_lead", "deputy_officer", "communications"]


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2)


EDITS = st.one_of(
    st.tuples(
        st.just("person"),
        st.sampled_from(PERSONS),
        some(ORGANISATIONS),
        some(GROUPS),
        some(ROLES),
        some(ADDRESSES[:2]),
    ),
    st.tuples(st.just("link"), st.sampled_from(PERSONS), st.sampled_from(PERSONS), st.booleans()),
    st.tuples(st.just("unlink"), st.sampled_from(PERSONS)),
    st.tuples(
        st.just("group"), st.sampled_from(GROUPS), some(["j@club.example", "k@club.example"])
    ),
    st.tuples(st.just("ungroup"), st.sampled_from(GROUPS)),
    st.tuples(
        st.just("organisation"),
        st.sampled_from(ORGANISATIONS),
        some(["club.example", "charity.example"]),
        some(["+441632960100", "+441632960101"]),
    ),
    st.tuples(
        st.just("signature"),
        st.sampled_from(PERSONS),
        st.sampled_from(["1", "2"]),
        st.sampled_from(["asked", "approved", "refused"]),
    ),
    st.tuples(st.just("mailbox"), st.sampled_from(ADDRESSES), some(PERSONS)),
)


@pytest.fixture
def statements(db: None) -> list[str]:
    return schema()


@pytest.fixture
def raw(statements: list[str]) -> sqlite3.Connection:
    return open_register(statements)


def edit(scribe: Scribe, what: str, name: str, *rest: object) -> None:
    """One random edit; a link to nobody is left out, as the database would."""
    known = {row[0] for row in scribe.raw.execute("SELECT id FROM people_person")}
    match what, rest:
        case "person", (organisations, groups, roles, contacts):
            scribe.person(
                name,
                organisations=organisations,  # type: ignore[arg-type] # drawn as lists of words
                groups=groups,  # type: ignore[arg-type]
                roles=roles,  # type: ignore[arg-type]
                contacts=contacts,  # type: ignore[arg-type]
            )
        case "link", (other, restricted) if {name, other} <= known:
            scribe.link(name, str(other), restricted=bool(restricted))
        case "unlink", ():
            scribe.unlink(name)
        case "group", (addresses,):
            scribe.group(name, *addresses)  # type: ignore[misc]
        case "ungroup", ():
            scribe.remove("group", "group", name)
        case "organisation", (domains, phones):
            scribe.organisation(name, *domains, phones=phones)  # type: ignore[misc, arg-type]
        case "signature", (key, standing) if name in known:
            scribe.signature(name, str(key), str(standing))
        case "mailbox", (readers,):
            scribe.mailbox(name, readers)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_following_the_changes_always_equals_reading_everything() -> None:
    statements = schema()

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=8), st.data())
    def follows(transactions: list[list[tuple[str, ...]]], choice: st.DataObject) -> None:
        raw = open_register(statements)
        domains = {"charity.example": "configured", "town.example": "configured"}
        followed = build(raw, domains=domains)
        seen = [followed]
        for edits in transactions:
            with Scribe(raw) as scribe:
                for one in edits:
                    edit(scribe, *one)
            if choice.draw(st.booleans()):
                followed = delta(raw, followed, domains=domains)
                seen.append(followed)
        whole = build(raw, domains=domains)
        assert delta(raw, followed, domains=domains) == whole
        # An old snapshot stays what it was, and can still be followed from.
        assert delta(raw, choice.draw(st.sampled_from(seen)), domains=domains) == whole
        raw.close()

    follows()


def test_a_snapshot_says_what_the_register_says(raw: sqlite3.Connection) -> None:
    with Scribe(raw) as scribe:
        scribe.organisation("charity", "charity.example", mode="teach")
        scribe.organisation("club", "club.example", parent="charity")
        scribe.person(
            "mia",
            categories=["child"],
            organisations=["club"],
            groups=["juniors"],
            born="2014-02-03",
            contacts=["Mia@Family.example"],
        )
        scribe.person("dan", categories=["parent"], contacts=["dan@mail.test"])
        scribe.person("sam", organisations=["club"], roles=["safeguarding_officer"])
        scribe.link("mia", "dan", restricted=True)
        scribe.group("juniors", "juniors@club.example", officers=["sam"])
        scribe.mailbox("office@club.example", ["sam"])
    people = build(raw)
    mia = people.persons["mia"]
    assert mia.categories == {Category.CHILD}
    assert mia.born is not None and mia.born.isoformat() == "2014-02-03"
    (point,) = mia.contacts
    assert (point.kind, point.hat, point.reachable) == (ContactKind.EMAIL, Hat.PARTICIPANT, True)
    assert people.at["mia@family.example"] == (("mia", point),)
    assert people.links["mia"] == (
        Link(supporter="dan", relationship=Relationship.PARENT, restricted=True),
    )
    assert people.restricted_for("mia") == {"dan"}
    assert people.supported["dan"] == {"mia"}
    assert people.groups["juniors"].members == ("mia",)
    assert people.group_at["juniors@club.example"] == "juniors"
    assert people.organisations["charity"].mode is Mode.TEACH
    assert people.lineage("club") == ("club", "charity")
    assert people.local("x@club.example")
    assert people.mailboxes["office@club.example"].readers == {"sam"}
    assert people.revision == 1


def test_who_holds_a_role_in_an_organisation_follows_those_whom_it_names(
    raw: sqlite3.Connection,
) -> None:
    with Scribe(raw) as scribe:
        scribe.organisation("club")
        scribe.raw.execute("UPDATE people_organisation SET officers = ?", (json.dumps(["zoe"]),))
        for id in ("zoe", "ann"):
            scribe.person(id, organisations=["club"], roles=["safeguarding_officer"])
        scribe.person("dee", organisations=["club"], roles=["deputy_officer"])
    people = build(raw)
    assert people.offices["club", Role.SAFEGUARDING_OFFICER] == ("zoe", "ann")
    assert people.offices["club", Role.DEPUTY_OFFICER] == ("dee",)
    with Scribe(raw) as scribe:
        scribe.person("ann", organisations=["club"])
    assert delta(raw, people).offices["club", Role.SAFEGUARDING_OFFICER] == ("zoe",)


def test_nothing_changed_gives_the_same_snapshot(raw: sqlite3.Connection) -> None:
    with Scribe(raw) as scribe:
        scribe.person("ann")
    people = build(raw)
    assert delta(raw, people) is people


def test_a_delta_shares_what_did_not_change(raw: sqlite3.Connection) -> None:
    with Scribe(raw) as scribe:
        scribe.person("ann", contacts=["ann@mail.test"])
        scribe.person("ben", contacts=["ben@mail.test"])
        scribe.link("ann", "ben")
    before = build(raw)
    with Scribe(raw) as scribe:
        scribe.person("ben", contacts=["ben@family.example"])
    after = delta(raw, before)
    assert after.persons["ann"] is before.persons["ann"]
    assert after.links is before.links
    assert "ben@mail.test" in before.at and "ben@mail.test" not in after.at


def test_a_log_that_does_not_reach_back_means_reading_everything(raw: sqlite3.Connection) -> None:
    with Scribe(raw) as scribe:
        scribe.person("ann")
    old = build(raw)
    for _ in range(3):
        with Scribe(raw) as scribe:
            scribe.person("ben")
    raw.execute("DELETE FROM people_change WHERE revision <= 3")
    raw.execute("UPDATE people_revision SET complete_since = 3")
    assert delta(raw, old) == build(raw)


def test_a_restored_older_register_is_read_anew(raw: sqlite3.Connection) -> None:
    with Scribe(raw) as scribe:
        scribe.person("ann")
    assert delta(raw, People(revision=99)) == build(raw)


def test_the_domain_that_an_organisation_claims_wins_over_the_configuration(
    raw: sqlite3.Connection,
) -> None:
    with Scribe(raw) as scribe:
        scribe.organisation("club", "Club.example")
    people = build(raw, domains={"club.example": "", "town.example": ""})
    assert people.domains == {"club.example": "club", "town.example": ""}


@pytest.mark.pitfall(18)
def test_a_mark_commits_by_itself_or_with_its_callers_transaction(
    raw: sqlite3.Connection,
) -> None:
    with Scribe(raw) as scribe:
        scribe.person("ann", contacts=["a@family.example"])
    before = build(raw)
    raw.execute("BEGIN IMMEDIATE")
    assert mark_bouncing(raw, "A@family.example") == {"ann"}
    raw.execute("ROLLBACK")
    assert delta(raw, before) is before
    assert mark_bouncing(raw, "A@family.example") == {"ann"}
    assert not raw.in_transaction
    assert delta(raw, before) == build(raw) != before
    raw.execute("DROP TABLE people_change")
    raw.execute("UPDATE people_contactpoint SET bouncing = 0")
    with pytest.raises(sqlite3.OperationalError):
        mark_bouncing(raw, "a@family.example")
    assert raw.execute("SELECT bouncing FROM people_contactpoint").fetchone() == (0,)


def test_more_changes_than_are_worth_following_are_read_anew(
    raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(raw)
    with Scribe(raw) as scribe:
        for name in PERSONS:
            scribe.person(name)
    monkeypatch.setattr("alongside.people.snapshot.following.MOST", 2)
    assert delta(raw, before) == build(raw)


def test_open_concerns_are_taken_over(raw: sqlite3.Connection) -> None:
    concerns = {"<1@charity.example>": Concern(id="c1", named=frozenset({"ann"}))}
    before = replace(build(raw), concerns=concerns)
    with Scribe(raw) as scribe:
        scribe.person("ann")
    assert delta(raw, before).concerns == concerns
    assert delta(raw, replace(before, revision=77)).concerns == concerns


def test_what_is_configured_is_taken_over(raw: sqlite3.Connection) -> None:
    own = Organisation(id="", phones=("+441632960123",))
    before = replace(build(raw), configured=own)
    with Scribe(raw) as scribe:
        scribe.person("ann")
        scribe.organisation("club")
    assert delta(raw, before) == replace(build(raw), configured=own)
    assert delta(raw, replace(before, revision=77)).configured == own


def test_a_snapshot_has_what_is_the_organisations_own(raw: sqlite3.Connection) -> None:
    with Scribe(raw) as scribe:
        scribe.organisation(
            "club",
            phones=["+441632960100"],
            profiles=["instagram:exampleactive"],
            websites=["club.example"],
        )
    club = build(raw).organisations["club"]
    assert club.phones == ("+441632960100",)
    assert club.profiles == ("instagram:exampleactive",)
    assert club.websites == ("club.example",)


def test_fifty_thousand_people_are_read_in_well_under_two_seconds(raw: sqlite3.Connection) -> None:
    chance = random.Random(5)
    raw.execute("BEGIN")
    raw.executemany(
        "INSERT INTO people_person (id, name, categories, roles, organisations, groups, born,"
        " standing, standing_kept, household, needs, objection, at_risk)"
        """ VALUES (?, ?, '["child"]', '[]', '["club"]', ?, ?, 'active', 0, ?, '[]', 0, 0)""",
        (
            (
                f"p{n}",
                f"Person {n}",
                json.dumps([f"g{n % 500}"]),
                f"20{chance.randrange(10, 20)}-0{chance.randrange(1, 9)}-11",
                f"h{n // 2}",
            )
            for n in range(50_000)
        ),
    )
    raw.executemany(
        'INSERT INTO people_contactpoint (person_id, "column", position, kind, address, key,'
        " organisational, hat, readers, active, bouncing, opted_out)"
        " VALUES (?, 'email', 0, 'email', ?, ?, 0, 'participant', '[]', 1, 0, 0)",
        ((f"p{n}", f"p{n}@family.example", f"p{n}@family.example") for n in range(50_000)),
    )
    raw.execute("COMMIT")
    started = time.process_time()
    people = build(raw)
    spent = time.process_time() - started
    assert len(people.persons) == len(people.at) == 50_000
    assert spent < 5, f"{spent:.2f} s of processor time"


@pytest.fixture
def file(statements: list[str], tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    raw = open_register(statements, path)
    with Scribe(raw) as scribe:
        scribe.person("ann")
    raw.close()
    return path


async def test_an_edit_is_in_force_within_two_seconds(file: Path) -> None:
    source = SnapshotSource(file)
    await source.start()
    try:
        assert set(source.current().persons) == {"ann"} and source.confirmed
        raw = sqlite3.connect(file, isolation_level=None)
        with Scribe(raw) as scribe:
            scribe.person("ben")
        raw.close()
        deadline = time.monotonic() + 2
        while "ben" not in source.current().persons and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        assert "ben" in source.current().persons
    finally:
        await source.stop()


async def test_a_register_that_is_gone_is_no_longer_confirmed_and_heals(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("alongside.people.snapshot.source.POLL", 0.02)
    monkeypatch.setattr("alongside.people.snapshot.source.FRESH", 0.1)
    source = SnapshotSource(file)
    await source.start()
    try:
        away = file.with_suffix(".away")
        file.rename(away)
        await asyncio.sleep(0.4)
        gone = source.confirmed
        assert set(source.current().persons) == {"ann"}
        away.rename(file)
        await asyncio.sleep(0.4)
        assert (gone, source.confirmed) == (False, True)
    finally:
        await source.stop()
    assert [r.getMessage() for r in caplog.records] == [
        "the register can't be read: FileNotFoundError"
    ]


async def test_a_source_that_can_not_read_does_not_start(tmp_path: Path) -> None:
    source = SnapshotSource(tmp_path / "none.db")
    with pytest.raises(FileNotFoundError):
        await source.start()
    assert not source.confirmed
    await source.stop()
