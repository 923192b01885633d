"""A rulebook file: every mistake is an error that names line and key and says how to mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.policy import rulebook_file
from alongside.policy.address import key
from alongside.policy.rulebook import CLAUSES
from alongside.policy.rulebook_file import InvalidRulebook, Problem, load, parse, shipped
from alongside.policy.vocabulary import Level, Seat

FOLDER = Path(rulebook_file.__file__).parent / "rulebooks"
TEXT = (FOLDER / "online-safeguarding.toml").read_text("utf-8")


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidRulebook) as caught:
        parse(text, "changed.toml")
    return caught.value.problems


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def line_of(text: str, fragment: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if fragment in line)


def test_both_shipped_rulebooks_can_be_read():
    assert shipped() == ("online-safeguarding", "sector-guidance")
    for name in shipped():
        rulebook = load(name)
        assert rulebook.name == name
        assert set(rulebook.clauses) == set(CLAUSES)


def test_a_rulebook_is_found_by_path_too(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text(changed('name = "online-safeguarding"', 'name = "ours"'))
    assert load(str(file)).name == "ours"


@pytest.mark.parametrize(
    ("old", "new", "where", "said", "mend"),
    [
        ("[clauses.E3]", "[clauses.E9]", "clauses.E3", "is missing", "[clauses.E3]"),
        ("[clauses.E3]", "[clauses.E9]", "clauses.E9", "is not a key", ""),
        ("smallest = 2", "smalest = 2", "groups.smalest", "is not a key", "`smallest`"),
        ("smallest = 2", "smalest = 2", "groups.smallest", "is missing", "add it"),
        ("smallest = 2", "smallest = 1", "groups.smallest", "`1`", ""),
        ("smallest = 2", "smallest = true", "groups.smallest", "`True`", ""),
        ("smallest = 2", 'smallest = "two"', "groups.smallest", "`two`", ""),
        ('level = "never"', 'level = "nevr"', "clauses.G1.level", "`nevr`", "never"),
        ("floor = true", 'floor = "yes"', "clauses.G1.floor", "`yes`", "true"),
        (
            'third_parties = ["officer"]',
            'third_parties = ["service_user"]',
            "clauses.G3.third_parties",
            "`service_user`",
            "officer",
        ),
        (
            'third_parties = ["officer"]',
            'third_parties = "officer"',
            "clauses.G3.third_parties",
            "officer",
            "",
        ),
        (
            'third_parties = ["officer"]\n',
            "third_parties = []\n",
            "clauses.G3",
            "names no third parties",
            '["officer"]',
        ),
        (
            '[clauses.S1]                         # text is the second choice\nlevel = "prefer"',
            '[clauses.S1]\nlevel = "prefer"\nthird_parties = ["officer"]',
            "clauses.S1.third_parties",
            "no meaning",
            "take it out",
        ),
        (
            '[clauses.I1]                         # instant messaging\nlevel = "never"',
            '[clauses.I1]\nlevel = "must"',
            "clauses.I1",
            "names no third parties",
            "",
        ),
        ("grace_days = 28", "grace_days = -1", "gates.agreed.grace_days", "`-1`", ""),
        ("grace_days = 28", 'grace_days = "soon"', "gates.agreed.grace_days", "`soon`", ""),
        ("required = true", "required = 1", "gates.agreed.required", "`1`", ""),
        ("[gates.agreed]", "[gates.agree]", "gates.agreed.required", "is missing", ""),
        ("direct_from = 0", "direct_from = 19", "ages.direct_from", "`19`", ""),
        (
            "emergency_review_hours = 24",
            "emergency_review_hours = 0",
            "clocks.emergency_review_hours",
            "`0`",
            "",
        ),
        ('start = "20:00"', 'start = "25:00"', "quiet_hours.start", "`25:00`", ""),
        ('start = "20:00"', "start = 20", "quiet_hours.start", "`20`", ""),
        ('zone = "Europe/London"', 'zone = "Mars/Base"', "quiet_hours.zone", "`Mars/Base`", ""),
        ('encrypted = "hold"', 'encrypted = "drop"', "recipients.encrypted", "`drop`", "hold"),
        (
            'visible_to_each_other = "individualise"',
            'visible_to_each_other = "show"',
            "recipients.visible_to_each_other",
            "`show`",
            "individualise",
        ),
        ('"group_officer", "organ', '"grup_officer", "organ', "third_parties.order", "grup", ""),
        ('"childline.org.uk"', '"gmail.com"', "confidential.destinations", "`gmail.com`", ""),
        ('"childline.org.uk"', '"uk"', "confidential.destinations", "`uk`", ""),
        ('"childline.org.uk"', '"not a domain"', "confidential.destinations", "not a d", ""),
        ('name = "online-safeguarding"', "name = 7", "name", "must be a text", "quotes"),
        ('version = "1.0"', 'version = ""', "version", "", ""),
    ],
    ids=lambda v: v[:28] if isinstance(v, str) else str(v),
)
def test_a_mistake_names_its_line_and_key_and_how_to_mend_it(old, new, where, said, mend):
    text = changed(old, new)
    found = {p.key: p for p in problems(text)}
    assert where in found, found
    problem = found[where]
    assert said in problem.what and mend in problem.mend, problem
    assert problem.what and problem.mend
    assert 1 <= problem.line <= len(text.splitlines())
    if "is missing" not in problem.what:
        fragment = where.rpartition(".")[2]
        assert fragment in text.splitlines()[problem.line - 1] or problem.line == line_of(
            text, f"[{where.rpartition('.')[0] or where}]"
        ), text.splitlines()[problem.line - 1]


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file():
    text = TEXT.replace('level = "never"', 'level = "nope"').replace("smallest = 2", "smallest = 0")
    found = problems(text)
    never = ["G1", "I1", "N1", "N2", "N3", "N4", "N5", "N7"]
    assert [p.key for p in found] == [*(f"clauses.{c}.level" for c in never), "groups.smallest"]
    assert [p.line for p in found] == sorted(p.line for p in found)


def test_what_is_not_toml_names_its_line():
    (problem,) = problems(changed("smallest = 2", "smallest = = 2"))
    assert problem.line == line_of(TEXT, "smallest = 2")
    assert "not TOML" in problem.what


def test_a_file_that_ends_in_the_middle_names_its_last_line():
    (problem,) = problems('name = "x"\nversion = """unended\n')
    assert problem.line >= 2


def test_a_section_that_is_a_value_is_said():
    text = re.sub(r"\[groups\].*?\n\n", "", TEXT, flags=re.DOTALL)
    found = {p.key for p in problems("groups = 5\n" + text)}
    assert "groups" in found


def test_clauses_that_are_no_table_are_all_missing():
    text = re.sub(r"\[clauses\.\w+\].*?\n\n", "", TEXT, flags=re.DOTALL)
    found = {p.key for p in problems('clauses = "all"\n' + text)}
    assert {f"clauses.{c}" for c in CLAUSES} <= found


def test_quiet_hours_must_end_some_time():
    text = changed("on = false", "on = true").replace('end = "08:00"', 'end = "20:00"')
    assert [p.key for p in problems(text)] == ["quiet_hours.end"]


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path):
    for file, what in ((tmp_path / "none.toml", "can't be read"), (tmp_path, "can't be read")):
        with pytest.raises(InvalidRulebook, match=what):
            load(str(file))
    bad = tmp_path / "latin.toml"
    bad.write_bytes(b'name = "\xe9"')
    with pytest.raises(InvalidRulebook, match="not UTF-8") as caught:
        load(str(bad))
    assert "online-safeguarding" in str(caught.value)


def test_what_the_file_says_is_what_the_rulebook_holds():
    r = load("online-safeguarding")
    assert r.clauses["G3"].level is Level.SHOULD
    assert (r.smallest_group, r.group_households, r.quiet) == (2, 2, None)
    assert r.order[0] is Seat.GROUP_OFFICER and r.order_for_adults[0] is Seat.SUPPORTER
    assert r.agreed.valid_days == 0 and r.trained.grace_days == 28
    s = load("sector-guidance")
    assert s.quiet is not None and (s.quiet.start, s.quiet.end) == (1200, 480)
    assert (s.smallest_group, s.direct_from_age, s.vetted_adults) == (5, 13, 2)


def test_quiet_hours_within_one_day_end_on_that_day():
    text = changed("on = false", "on = true")
    text = text.replace('start = "20:00"', 'start = "12:00"').replace('"08:00"', '"14:00"')
    quiet = parse(text, "noon").quiet
    assert quiet is not None
    assert [quiet.wait_until(m) for m in (719, 720, 839, 840)] == [None, 840, 840, None]


def test_confidential_destinations_may_be_addresses_and_domains_with_all_below_them():
    text = changed('"childline.org.uk"', '"LADO+x@Council.Example", "Police.Example"')
    r = parse(text, "ours")
    assert r.is_confidential(key("lado@council.example"))
    assert r.is_confidential(key("anybody@north.police.example"))
    assert not r.is_confidential(key("other@council.example"))
    assert not r.is_confidential("07700 900123")


@pytest.mark.parametrize("wide", ["hotmail.com", "Yahoo.co.uk.", "icloud.com", "sch.uk"])
def test_a_provider_at_which_children_have_mailboxes_is_no_confidential_destination(wide):
    (problem,) = problems(changed('"childline.org.uk"', f'"{wide}"'))
    assert problem.key == "confidential.destinations"
    assert wide in problem.what
