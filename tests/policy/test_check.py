"""``policy check`` proves both rulebooks, and finds what is planted in a changed copy."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

from alongside.policy import check
from alongside.policy.facts import Facts, Served, Writer
from alongside.policy.floors import FLOORS, below, lowered
from alongside.policy.rulebook_file import InvalidRulebook, load, shipped
from alongside.policy.vocabulary import Channel, Kind, Level, Mode
from alongside.site.cli import alongside

from .planting import TEXT, planted, sample, section, thinned

WHOLE = pytest.mark.skipif(
    not os.environ.get("CI") and os.environ.get("HYPOTHESIS_PROFILE") == "dev",
    reason="the whole table takes half a minute",
)


@WHOLE
@pytest.mark.parametrize("name", shipped())
def test_the_whole_table_proves_a_shipped_rulebook(name):
    told: list[int] = []
    report = check.run(load(name), told.append)
    assert report.proved, report.counterexamples
    assert report.laws == tuple(check.PROVED)
    assert 500_000 < report.rows <= 2_000_000
    assert told == list(range(10_000, report.rows, 10_000)) or told[-1] <= report.rows


def test_the_floors_are_the_shipped_rulebooks():
    rulebook = load("online-safeguarding")
    marked = {c for c, kept in rulebook.clauses.items() if kept.floor}
    assert marked == set(FLOORS)
    for clause, floor in FLOORS.items():
        kept = rulebook.clauses[clause]
        assert (kept.level, kept.third_parties) == (floor.level, floor.third_parties), clause
    for name in shipped():
        assert list(lowered(load(name))) == []


def test_levels_bind_in_their_order():
    strongest_first = [Level.NEVER, Level.MUST, Level.SHOULD, Level.PREFER, Level.OFF]
    for at, level in enumerate(strongest_first):
        for weaker in strongest_first[at + 1 :]:
            assert below(weaker, level) and not below(level, weaker)


def lower(clause: str, old: str, new: str) -> tuple[str, str]:
    text = section(f"clauses.{clause}")
    assert old in text
    return text, text.replace(old, new)


LOWERED = {
    "clauses.E3.level": lower("E3", '"must"', '"prefer"'),
    "clauses.G1.level": lower("G1", '"never"', '"should"'),
    "clauses.S4.level": lower("S4", '"must"', '"off"'),
    "clauses.S3.third_parties": lower("S3", '"parent"]', '"parent", "colleague"]'),
    "clauses.G3.third_parties": lower("G3", '["officer"]', '["officer", "colleague"]'),
    "clauses.G2.floor": lower("G2", "floor = true", "floor = false"),
    "clauses.P5.level": lower("P5", '"must"', '"off"'),
    "clauses.P5.floor": lower("P5", "floor = true", "floor = false"),
}
INVALID = {
    "clauses.E3": (section("clauses.E3"), ""),
    "clauses.S2.third_parties": lower("S2", '["officer", "colleague"', '["service_user"'),
    "groups.smallest": ("smallest = 2", "smallest = 1"),
    "gates.agreed.grace_days": ("grace_days = 28", 'grace_days = "a while"'),
    "confidential.destinations": ('"childline.org.uk"', '"gmail.com"'),
    "clauses.E3.levl": lower("E3", "level", "levl"),
    "third_parties.order": ('"group_officer", "org', '"org'),
    "clauses.I1": lower("I1", '"never"', '"must"'),
}


@pytest.mark.parametrize("key", LOWERED)
def test_a_planted_mistake_below_a_floor_fails_and_names_its_key(key, monkeypatch):
    report = thinned(planted(LOWERED[key]), step=1_009, monkeypatch=monkeypatch)
    assert not report.proved
    assert key in {k for k, _ in report.lowered}


@pytest.mark.parametrize("key", INVALID)
def test_a_planted_mistake_that_makes_no_sense_is_refused_and_names_its_key(key):
    with pytest.raises(InvalidRulebook) as caught:
        planted(INVALID[key])
    assert key in {p.key for p in caught.value.problems}
    assert key in str(caught.value)


@pytest.mark.parametrize(
    ("change", "law", "clause"),
    [
        (LOWERED["clauses.E3.level"], "no_message_leaves_one_to_one", "E3"),
        (LOWERED["clauses.S3.third_parties"], "a_third_party_is_of_an_allowed_kind", "S3"),
        (LOWERED["clauses.G3.third_parties"], "a_third_party_is_of_an_allowed_kind", "G3"),
    ],
    ids=["E3", "S3", "G3"],
)
def test_the_table_shows_what_it_would_come_to(change, law, clause, monkeypatch):
    report = thinned(planted(change), monkeypatch=monkeypatch)
    found = {c.law: c for c in report.counterexamples}
    assert clause in found[law].clauses
    assert found[law].said


def test_instant_messaging_in_small_groups_with_a_colleague_is_what_a_pack_may_say(monkeypatch):
    """No floor of the source is on I1: a pack may allow it in groups. Two is the least."""
    text = section("clauses.I1")
    pack = text.replace('"never"', '"must"\nthird_parties = ["officer", "colleague"]')
    report = thinned(planted((text, pack)), monkeypatch=monkeypatch)
    assert report.proved, report
    loose = text.replace('"never"', '"prefer"\nthird_parties = ["officer", "colleague"]')
    broken = thinned(planted((text, loose)), monkeypatch=monkeypatch)
    (found,) = broken.counterexamples
    assert (found.law, found.clauses[0]) == ("no_message_leaves_one_to_one", "I1")
    parents = text.replace('"never"', '"must"\nthird_parties = ["parent"]')
    (found,) = thinned(planted((text, parents)), monkeypatch=monkeypatch).counterexamples
    assert found.law == "a_third_party_is_of_an_allowed_kind"


def test_the_smallest_counterexample_is_the_one_that_is_kept(monkeypatch):
    """Only what differs from an ordinary message is said of it."""
    report = thinned(planted(LOWERED["clauses.E3.level"]), step=1_009, monkeypatch=monkeypatch)
    (found,) = [c for c in report.counterexamples if c.law == "no_message_leaves_one_to_one"]
    assert len(found.said) <= 5
    assert "channel = email" in found.said


def test_the_differences_of_a_row_are_said_in_words():
    row = Facts(
        channel=Channel.TEXT,
        writer=Writer.AUTOMATIC,
        emergency=True,
        mode=Mode.TEACH,
        served=(Served(child=True, age=9, eligible=frozenset({Kind.PARENT, Kind.OFFICER})),),
    )
    assert list(check._differences(row)) == [
        "channel = text",
        "mode = teach",
        "writer = automatic",
        "emergency = True",
        "service user 1: child = True",
        "service user 1: age = 9",
        "service user 1: eligible = officer, parent",
    ]


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ((), 0, "proved"),
        (LOWERED["clauses.E3.level"], 1, "clauses.E3.level"),
        (INVALID["clauses.E3"], 2, "clauses.E3"),
    ],
    ids=["proved", "counterexample", "invalid"],
)
def test_the_command_says_so_by_its_status(tmp_path, monkeypatch, change, status, said):
    monkeypatch.setattr(check, "rows", lambda rulebook: sample(rulebook, 1_009))
    file = tmp_path / "ours.toml"
    file.write_text(TEXT.replace(*change) if change else TEXT)
    done = CliRunner().invoke(alongside, ["policy", "check", str(file)])
    assert done.exit_code == status, done.output
    assert said in done.output
    done = CliRunner().invoke(alongside, ["policy", "check", str(file), "--json"])
    assert done.exit_code == status
    if status < 2:
        told = json.loads(done.stdout)
        assert told["proved"] is (status == 0)
        if status:
            assert told["lowered"][0]["key"] == said
