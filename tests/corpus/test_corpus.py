"""The corpus is what its README says, and the measure measures."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from click.testing import CliRunner

from alongside.scan.message import read_message
from alongside.scan.sighting import Confidence, Sighting, Type, Zone

from . import FOLDER, SPLITS, content, entry, files, measure, quotes
from .measure import compare, details, main, measured, report, stretches, wilson

KEYS = {
    "mail": "id kind to youngest subject text theirs labels hard note".split(),
    "text": "id kind to youngest text theirs labels hard note".split(),
}
READERS = {"child", "young_person", "adult", "group", "parent"}
LEAST = 1_500

LINES = [
    (path, number, line)
    for split in SPLITS
    for path in files(split)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    if line
]
ALL = [json.loads(line) for _, _, line in LINES]
WHERE = [f"{path.parent.name}/{path.name}:{number}" for path, number, _ in LINES]
SPLIT_OF = [path.parent.name for path, _, _ in LINES]


def written(one: dict[str, Any]) -> str:
    """Everything of an entry that somebody reads."""
    return f"{one.get('subject', '')}\n{one['text']}"


def seen_by_eye(text: str) -> str:
    """Without what only a machine sees, and with digits of one width."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) != "Cf")


def test_every_line_has_the_keys_of_its_kind_in_order():
    wrong = [w for w, one in zip(WHERE, ALL, strict=True) if list(one) != KEYS[one["kind"]]]
    assert wrong == []


def test_every_value_is_of_its_kind():
    wrong = [
        w
        for w, one in zip(WHERE, ALL, strict=True)
        if not (
            one["to"] in READERS
            and (one["youngest"] is None or (one["to"] != "parent" and 5 <= one["youngest"] <= 99))
            and one["text"].strip()
            and all(isinstance(one[key], str) for key in KEYS[one["kind"]] if key in _STRINGS)
            and all(isinstance(their, str) for their in one["theirs"])
        )
    ]
    assert wrong == []


_STRINGS = {"id", "subject", "text", "hard", "note"}


@pytest.mark.parametrize(("ages", "to"), [((5, 13), "child"), ((13, 17), "young_person")])
def test_readers_have_the_age_that_they_are_called(ages, to):
    wrong = [
        w
        for w, one in zip(WHERE, ALL, strict=True)
        if one["to"] == to and one["youngest"] is not None
        if not ages[0] <= one["youngest"] <= ages[1] + (4 if to == "child" else 1)
    ]
    assert wrong == []


def _written_as(path: Path) -> str:
    """The file that its entries were written in: some were moved from the hold-out to tune."""
    return path.stem.removesuffix("-second").removesuffix("-unseen")


def test_ids_are_those_of_their_file_and_are_given_once():
    ids = [one["id"] for one in ALL]
    assert [i for i, times in Counter(ids).items() if times > 1] == []
    stray = [
        one["id"]
        for (path, _, _), one in zip(LINES, ALL, strict=True)
        if not re.fullmatch(re.escape(_written_as(path)) + r"(-[a-z]+)*-\d+", one["id"])
    ]
    assert stray == []


def test_every_label_stands_in_its_text_as_it_is_written():
    stray = [
        (w, label)
        for w, one in zip(WHERE, ALL, strict=True)
        for label in one["labels"]
        if list(label) != ["type", "text"]
        or label["type"] not in set(Type)
        or not label["text"].strip()
        or not (label["text"] in one["text"] or label["text"] in one.get("subject", ""))
    ]
    assert stray == []


def test_a_labelled_message_is_no_hard_negative():
    assert [w for w, one in zip(WHERE, ALL, strict=True) if one["labels"] and one["hard"]] == []


def test_the_recipients_own_details_can_be_read_and_have_no_label():
    for one in ALL:
        details(one["theirs"])
        assert not {label["text"] for label in one["labels"]} & set(one["theirs"]), one["id"]


_ADDRESS = re.compile(r"[\w.+%-]+@((?:[\w-]+\.)+[a-z]{2,})\b", re.I)


def test_addresses_are_under_example_domains_only():
    real = [
        (w, match[0])
        for w, one in zip(WHERE, ALL, strict=True)
        for match in _ADDRESS.finditer(
            seen_by_eye(" ".join([written(one), one["note"], *one["theirs"]]))
        )
        if not match[1].lower().endswith((".example", ".test"))
    ]
    assert real == []


_NUMBER = re.compile(
    r"(?<![\d+])(?:(?:\+|00)\s?\d(?:[ ()./-]{0,3}\d){8,13}|0(?:[ ()./-]{0,3}\d){9,10})(?!\d)"
)
_DRAMA = re.compile(
    r"\+44(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|8081570\d{3}|9098790\d{3}|306999\d{4}"
    r"|1(?:1[3-8]|[2-6]1)4960\d{3}|2920180\d{3}|289649 ?6\d{3}|1914980\d{3})"
    # The like of other countries: America's 555-01, Australia's and France's numbers for fiction.
    r"|\+1\d{3}55501\d\d|\+61491570\d{3}|\+33[1-5]99\d{6}"
)

_HELPLINES = {"+448088005000", "+448001111", "+44116123"}
"""National helplines that stand on every club's notice board."""


def bare(number: str) -> str:
    """A number that was written out, as E.164; empty where no such number can be."""
    plain = number.replace("(0)", "")
    try:
        parsed = phonenumbers.parse(re.sub(r"^00", "+", plain), "GB")
    except phonenumbers.NumberParseException:
        return ""
    # Drama numbers are not "valid": whatever begins as a British one does is taken for one.
    digits = str(parsed.national_number)
    if parsed.country_code == 44:
        possible = bool(
            re.fullmatch(r"1\d{8,9}|[23]\d{9}|7[1-9]\d{8}|8\d{6}(\d\d\d?)?|9\d{9}", digits)
        )
    else:
        possible = phonenumbers.is_valid_number(parsed)
    if not possible:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def test_numbers_are_made_for_drama():
    found = [
        (w, number)
        for w, one in zip(WHERE, ALL, strict=True)
        for match in _NUMBER.finditer(seen_by_eye(" ".join([written(one), *one["theirs"]])))
        if (number := bare(match[0]))
    ]
    assert len(found) > 100
    assert [
        (w, number)
        for w, number in found
        if not _DRAMA.fullmatch(number) and number not in _HELPLINES
    ] == []


def squeezed(text: str) -> str:
    """What is left of a text without its digits, its names and its punctuation."""
    words = re.findall(r"[^\W\d_]+", seen_by_eye(text))
    return " ".join(word.casefold() for word in words if not word[:1].isupper())


def test_no_text_is_written_twice():
    texts = Counter(one["text"] for one in ALL)
    assert [text for text, times in texts.items() if times > 1] == []


def test_tune_and_hold_out_are_not_near_duplicates():
    """Fewer than half of the runs of four words are shared, numbers and names left out."""
    shingles = []
    holders = defaultdict(set)
    for index, one in enumerate(ALL):
        words = squeezed(one["text"].split("\n-- \n")[0]).split()
        runs = {tuple(words[i : i + 4]) for i in range(len(words) - 3)} or {tuple(words)} - {()}
        shingles.append(runs)
        for run in runs:
            holders[run].add(index)
    alike = set()
    for index, runs in enumerate(shingles):
        shared = Counter(chain.from_iterable(holders[run] for run in runs))
        for other, both in shared.items():
            if SPLIT_OF[other] == SPLIT_OF[index] or len(runs) < 2 or len(shingles[other]) < 2:
                continue
            if both * 2 > len(runs | shingles[other]):
                alike.add(tuple(sorted((ALL[index]["id"], ALL[other]["id"]))))
    assert alike == set()


def test_the_corpus_is_as_large_as_was_promised():
    assert len(ALL) >= LEAST


def test_both_splits_hold_every_type_and_enough_that_holds_nothing():
    for split in SPLITS:
        of = [one for s, one in zip(SPLIT_OF, ALL, strict=True) if s == split]
        types = Counter(label["type"] for one in of for label in one["labels"])
        assert min(types[t.value] for t in Type) >= 10, (split, types)
        empty = sum(not one["labels"] for one in of)
        assert min(empty, len(of) - empty) >= 350, (split, empty, len(of))


def test_every_message_can_be_put_on_the_wire():
    for one in map(entry, ALL):
        if one.kind == "mail":
            octets = content(one)
            assert (b"In-Reply-To" in octets) is quotes(one), one.id


def test_every_label_is_found_again_in_the_message_as_it_is_decoded():
    lost = []
    for one in map(entry, ALL):
        if one.kind == "mail" and one.labels:
            text = read_message(content(one)).text
            lost += [(one.id, label) for label in one.labels if not stretches(label[1], text)]
    assert lost == []


# --- the measure ---------------------------------------------------------------------------------

ONE = entry(
    {
        "id": "x-1",
        "kind": "text",
        "to": "child",
        "youngest": 12,
        "text": "ring 07700 900123 or insta sam.made.up",
        "theirs": [],
        "labels": [
            {"type": "phone", "text": "07700 900123"},
            {"type": "handle", "text": "insta sam.made.up"},
        ],
        "hard": "",
    }
)


def sighting(kind: Type, text: str, **kw) -> Sighting:
    start = ONE.text.index(text)
    values = {"confidence": Confidence.LIKELY, "understood": text, **kw}
    return Sighting(type=kind, start=start, end=start + len(text), text=text, **values)


def test_a_sighting_of_the_type_that_overlaps_finds_the_label():
    outcome = compare(ONE, ONE.text, [sighting(Type.PHONE, "900123 or")])
    assert outcome.found == ONE.labels[:1]
    assert outcome.missed == ONE.labels[1:]
    assert outcome.false == outcome.misnamed == ()


def test_a_sighting_elsewhere_or_of_another_type_is_false_and_a_sister_is_misnamed():
    elsewhere = sighting(Type.PHONE, "ring")
    other = sighting(Type.HOME_ADDRESS, "07700")
    sister = sighting(Type.FRIEND_REQUEST, "sam.made.up")
    outcome = compare(ONE, ONE.text, [elsewhere, other, sister])
    assert outcome.false == (elsewhere, other)
    assert outcome.misnamed == (sister,)
    assert outcome.missed == ONE.labels


def test_what_is_only_possible_is_a_warning_and_what_is_quoted_counts_where_it_is_the_writer_s():
    possible = sighting(Type.PHONE, "07700 900123", confidence=Confidence.POSSIBLE)
    quoted = sighting(Type.HANDLE, "sam.made.up", zone=Zone.QUOTED)
    outcome = compare(ONE, ONE.text, [possible, quoted])
    assert (outcome.warnings, outcome.found, outcome.false) == (1, (), ())
    owned = sighting(Type.HANDLE, "sam.made.up", zone=Zone.QUOTED, own=True)
    assert compare(ONE, ONE.text, [owned]).found == ONE.labels[1:]


def test_goals_are_missed_by_what_is_missed_and_by_false_alarms():
    everything = [sighting(t, text) for t, text in ONE.labels]
    assert report([compare(ONE, ONE.text, everything)])["goals_missed"] == []
    nothing = report([compare(ONE, ONE.text, [])])
    assert nothing["goals_missed"] == ["recall of details is 0.0000, under 0.95"]
    ordinary = entry({**ALL[0], "text": ONE.text, "labels": [], "hard": ""})
    alarmed = report([compare(ordinary, ONE.text, everything)])
    assert alarmed["ordinary"]["false_alarms"] == 1
    assert alarmed["goals_missed"] == [
        "precision of details is 0.0000, under 0.98",
        "false alarms on ordinary messages: 2.0 in 1,000 or more",
    ]


def test_the_misses_of_the_hold_out_are_listed_to_nobody_who_does_not_insist():
    refused = CliRunner().invoke(main, ["--split", "holdout", "--misses"])
    assert refused.exit_code == 2
    assert "the hold-out is only ever measured" in refused.output


def test_a_message_goes_all_the_way_from_the_wire_to_its_label(monkeypatch):
    mail = replace(ONE, kind="mail", subject="Saturday", labels=ONE.labels[:1])
    ours = replace(ONE, text="ring the office, 01632 960100", labels=())
    monkeypatch.setattr(measure, "entries", lambda split: [mail, ONE, ours])
    first, second, third = measured(["tune"])
    assert first.found == second.found[:1] == ONE.labels[:1]
    assert (third.false, third.warnings) == ((), 0)


def test_a_label_is_found_again_whatever_became_of_its_spaces():
    assert stretches("0770 090\n0123", "x 0770  090\r\n0123 y") == [(2, 17)]


def test_wilson_s_interval_is_the_one_in_the_books():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == pytest.approx(1.0)


def test_details_are_told_apart_by_their_looks():
    of = details(["07700 900123", "Mum@Home.example", "Instagram:made.up"])
    assert of.numbers == {"+447700900123"}
    assert of.addresses == {"mum@home.example"}
    assert of.profiles == {"instagram:made.up"}


def test_the_corpus_lies_where_it_is_said_to():
    assert {path.parent for path, _, _ in LINES} == {FOLDER / split for split in SPLITS}
