"""Replay: recorded facts under another rulebook, with denominators; nobody sees their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.actor import System
from alongside.enforcement.values import Bundle, Entry
from alongside.policy.decide import combine, judge
from alongside.policy.facts import Facts, Seen, Served
from alongside.policy.rulebook_file import load
from alongside.policy.vocabulary import Kind, Mode, Sight, Sureness, Verdict
from alongside.records import api

from .test_api import MAYA, OLIVE, append, as_person

SHIPPED, SECTOR = load("online-safeguarding"), load("sector-guidance")
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SYSTEM = System("command line")
FOURTEEN = Served(child=True, age=14, eligible=frozenset(Kind))
TWELVE = replace(FOURTEEN, age=12)


def entry(reference: str, facts: Facts, *, writer: str = "carl", at: datetime = AT) -> Bundle:
    """What the line records of these facts under the shipped rulebook."""
    findings = judge(facts, SHIPPED)
    verdict = combine(findings)
    body = {
        "verdict": verdict.word,
        "would_be": max((f.told or f.verdict for f in findings), default=Verdict.PERMIT).word,
        "facts": facts.as_json(),
        "findings": [
            {
                "clause": f.clause,
                "reason": f.reason,
                "verdict": f.verdict.word,
                "told": f.told.word if f.told is not None else None,
            }
            for f in findings
        ],
    }
    return Bundle(
        entry=Entry(
            kind="decided",
            at=at,
            reference=reference,
            body=body,
            persons=((writer, "writer"), ("tess", "service_user")),
            clauses=tuple(dict.fromkeys(f.clause for f in findings)),
            verdict=verdict.word,
        )
    )


def record(database) -> None:
    day = Facts(served=(FOURTEEN,))
    append(
        database,
        entry("SAME-0001", day),
        entry("YOUN-0001", replace(day, served=(TWELVE,)), writer="cleo"),
        entry("LATE-0001", replace(day, minute=22 * 60), at=AT + timedelta(weeks=1)),
        entry("GATE-0001", replace(day, agreed=None)),
        entry("SHAD-0001", replace(day, served=(TWELVE,), mode=Mode.SHADOW)),
    )


def test_what_would_change_and_what_would_not(database):
    record(database)
    report = api.replay(SYSTEM, SECTOR)
    assert (report.rulebook, report.total.judged, report.undecided) == ("sector-guidance", 5, 0)
    assert report.total.what == {"later": 1, "permit to refuse": 2}
    assert {c.reference: c.what for c in report.changed} == {
        "YOUN-0001": "permit to refuse",
        "LATE-0001": "later",
        "SHAD-0001": "permit to refuse",
    }
    assert {w: (c.judged, c.changed) for w, c in report.weeks.items()} == {
        "2026-W10": (4, 2),
        "2026-W11": (1, 1),
    }
    assert (report.persons["cleo"].judged, report.persons["cleo"].changed) == (1, 1)
    assert (report.persons["carl"].judged, report.persons["carl"].changed) == (4, 2)
    assert report.clauses["N3"].what == {"later": 1}
    assert report.clauses["A1"].changed == 0 and report.clauses["A1"].judged == 1


def test_under_its_own_rulebook_nothing_changes(database):
    record(database)
    report = api.replay(SYSTEM, SHIPPED)
    assert report.total.changed == 0 and report.changed == ()
    assert report.total.judged == 5


def test_what_was_seen_is_decided_again_too(database):
    number = frozenset({Seen(Sight.PHONE, Sureness.LIKELY)})
    append(database, entry("HELD-0001", Facts(served=(FOURTEEN,), sightings=number)))
    stricter = replace(
        SHIPPED, actions={**SHIPPED.actions, Sight.PHONE: (SHIPPED.actions[Sight.PHONE][0],) * 3}
    )
    (change,) = api.replay(SYSTEM, stricter).changed
    assert (change.what, change.why) == ("hold to refuse", (("N1", "seen_phone"),))


def test_since_leaves_out_what_is_older(database):
    record(database)
    assert api.replay(SYSTEM, SECTOR, AT + timedelta(days=3)).total.judged == 1


def test_nobody_is_shown_what_they_wrote_themselves(database):
    record(database)
    report = api.replay(as_person("carl"), SECTOR)
    assert report.total.judged == 5
    assert "carl" not in report.persons
    assert {c.reference for c in report.changed} == {"YOUN-0001"}


def test_only_the_safeguarding_team_may(database):
    record(database)
    assert api.replay(OLIVE, SECTOR).total.judged == 5
    with pytest.raises(api.NotAllowed):
        api.replay(MAYA, SECTOR)


def test_facts_of_an_older_version_are_counted_and_not_guessed(database):
    old = entry("OLD1-0001", Facts(served=(FOURTEEN,)))
    assert old.entry is not None
    strange = {**old.entry.body, "facts": {"moon": "full"}}
    append(database, replace(old, entry=replace(old.entry, body=strange)))
    report = api.replay(SYSTEM, SECTOR)
    assert (report.undecided, report.total.judged) == (1, 0)
