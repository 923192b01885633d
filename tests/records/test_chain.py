"""The canonical form and the hashes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.vocabulary import Channel, Verdict
from alongside.records.chain import (
    canonical,
    commitment,
    detached,
    entry_hash,
    entry_id,
    instant,
    sequence_of,
    timestamp,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(PLAIN)
def test_the_canonical_form_can_be_read_back_and_written_again(value):
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(st.text(), st.integers()))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_times_sets_and_words_of_the_house_have_one_form():
    at = datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    value = {"at": at, "on": date(2026, 7, 1), "who": frozenset("ba"), "c": Channel.EMAIL}
    assert canonical({**value, "v": Verdict.HOLD}) == (
        '{"at":"2026-07-01T09:00:00.000000Z","c":"email","on":"2026-07-01","v":1,"who":["a","b"]}'
    )


def test_bytes_that_were_no_utf8_can_be_recorded():
    assert canonical("\udcff\x00é") == '"\\udcff\\u0000\\u00e9"'


@pytest.mark.parametrize(
    "bad",
    [1.5, float("nan"), {1: "a"}, b"raw", object(), datetime(2026, 1, 1)],  # noqa: DTZ001
)
def test_what_has_no_single_form_is_refused(bad):
    with pytest.raises(ValueError):
        canonical({"key": bad})


def test_a_detached_part_may_hold_floats_but_not_nan():
    assert detached({"share": 0.5}) == '{"share":0.5}'
    with pytest.raises(ValueError):
        detached(float("nan"))


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_comes_back_as_it_was(at):
    assert instant(timestamp(at)) == at


@given(st.integers(1, 2**20), st.integers(1, 2**40 - 1))
def test_a_key_knows_its_number_and_keeps_chains_apart(number, seq):
    key = entry_id(number, seq)
    assert sequence_of(key) == seq
    assert entry_id(number - 1, 2**40 - 1) < key < entry_id(number + 1, 0) < 2**63


def test_every_part_of_an_entry_changes_its_hash():
    first = entry_hash("a", "desk", 1, "{}")
    others = [("b", "desk", 1, "{}"), ("a", "gate", 1, "{}"), ("a", "desk", 2, "{}")]
    assert len({first, entry_hash("a", "desk", 1, "[]"), *(entry_hash(*o) for o in others)}) == 5


def test_a_commitment_needs_its_salt():
    assert commitment(b"1", b"text") != commitment(b"2", b"text")
