"""The random worlds themselves: repeatable, nasty enough, and the model has a word on each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from alongside.policy.people import People
from alongside.policy.vocabulary import Channel, Class, Mode, Verdict

from .naive import OPEN_QUESTIONS, Need, expect
from .worlds import as_csv, message, organisation, people_of, world

MANY = 60


@cache
def register() -> People:
    return world(Random(1), MANY)


def test_the_same_seed_gives_the_same_world_and_the_same_message():
    assert world(Random(3), 5) == world(Random(3), 5)
    one, other = (message(Random(9), register(), 4) for _ in range(2))
    assert one == other


def test_no_organisation_shares_a_person_domain_or_address_with_another():
    pieces = [organisation(Random(n), n) for n in range(MANY)]
    people = people_of(pieces)
    for held in people.at.values():
        assert len({p.split("-")[0] for p, _ in held}) == 1


def test_the_worlds_reach_every_class_and_verdict():
    seen: Counter[object] = Counter()
    for seed in range(1500):
        expected = expect(message(Random(seed), register(), seed % MANY), register())
        if len(expected.outcomes) == 1:
            seen.update(expected.verdicts)
            seen.update(expected.classes)
    assert all(seen[v] > 20 for v in Verdict), seen
    assert all(seen[c] for c in Class), seen


@pytest.mark.law("deciding_again_after_composing_changes_nothing")
def test_the_order_of_recipients_changes_nothing_in_the_model():
    for seed in range(300):
        given = message(Random(seed), register(), seed % MANY)
        turned = replace(given, recipients=given.recipients[::-1], named=tuple(sorted(given.named)))
        ways = [expect(m, register()) for m in (given, turned)]
        assert set(ways[0].verdicts) == set(ways[1].verdicts)
        assert all(o in ways[1].outcomes for o in ways[0].outcomes), given


@pytest.mark.law("no_message_leaves_one_to_one")
def test_the_model_leaves_no_service_user_of_the_workforces_without_a_word_on_their_copy():
    for seed in range(600):
        expected = expect(message(Random(seed), register(), seed % MANY), register())
        for outcome in expected.where(Verdict.PERMIT):
            assert outcome.must_reach <= set(outcome.copies)
            for copy in outcome.copies.values():
                if copy.need is Need.REQUIRED:
                    assert copy.persons and copy.addresses
                if copy.need is Need.NONE:
                    assert not copy.persons


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_no_copy_that_the_model_accepts_is_read_by_somebody_restricted():
    people = register()
    for seed in range(600):
        expected = expect(message(Random(seed), people, seed % MANY), people)
        for outcome in expected.outcomes:
            for s, copy in outcome.copies.items():
                restricted = people.restricted_for(s)
                assert not copy.persons & restricted
                for address in copy.addresses:
                    held = people.at.get(address, ())
                    assert not {p for p, _ in held} & restricted
                    assert not {r for _, c in held for r in c.readers} & restricted


def test_teach_is_never_stricter_and_shadow_stops_nothing():
    for seed in range(300):
        given = message(Random(seed), register(), seed % MANY)
        enforce, teach, shadow = (
            expect(given, register(), mode) for mode in (Mode.ENFORCE, Mode.TEACH, Mode.SHADOW)
        )
        assert max(teach.verdicts) <= max(enforce.verdicts)
        assert shadow.verdicts == {Verdict.PERMIT}
        assert {o.would_be for o in shadow.outcomes} == enforce.verdicts


def test_only_known_questions_are_asked():
    asked: set[str] = set()
    for seed in range(1500):
        asked |= expect(message(Random(seed), register(), seed % MANY), register()).asked
    assert asked <= set(OPEN_QUESTIONS)
    assert len(asked) > 25


def test_a_channel_can_be_chosen():
    for channel in Channel:
        assert message(Random(1), register(), 0, channel=channel).channel is channel


def test_a_plain_world_can_be_written_as_the_files_of_the_import(tmp_path: Path):
    people = world(Random(5), 20, plain=True)
    files = as_csv(people, tmp_path)
    assert set(files) == {"people", "links", "groups", "organisations", "mailboxes"}
    lines = files["people"].read_text().splitlines()
    assert len(lines) == len(people.persons) + 1


def test_what_no_column_can_say_is_not_written_silently(tmp_path: Path):
    with pytest.raises(ValueError, match="plain"):
        as_csv(register(), tmp_path)
