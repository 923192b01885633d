"""What is done about a concern: by whom, in which order, and what the record hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.access.actor import System
from alongside.access.checks import NotAllowed
from alongside.access.waiting import Urgency
from alongside.concerns import api
from alongside.concerns.clocks import ALLOWED, running, urgency
from alongside.concerns.kinds import Body, Clock, Kind, Outcome, State
from alongside.concerns.models import Concern, Note
from alongside.concerns.moves import MOVES, check_move
from alongside.people.api import import_files
from alongside.records import api as records

from .told import PNG, about_officer, entries, everything_recorded, report, seen_by, texts, who

pytestmark = pytest.mark.usefixtures("club")
WHY = "Because we have thought about it."

WRITES: dict[str, Callable[[str, str], None]] = {
    "add_action": lambda by, ref: api.add_action(who(by), ref, WHY),
    "decide": lambda by, ref: api.decide(who(by), ref, WHY),
    "refer": lambda by, ref: api.refer(who(by), ref, Body.POLICE, WHY),
    "start_clock": lambda by, ref: api.start_clock(who(by), ref, Clock.ICO, WHY),
    "add_evidence": lambda by, ref: api.add_evidence(who(by), ref, api.Upload("a.png", PNG)),
    "mark_adult": lambda by, ref: api.mark_adult(who(by), ref, "carla", WHY),
    "conclude": lambda by, ref: api.conclude(who(by), ref, Outcome.ADVICE, WHY),
    "give_access": lambda by, ref: api.give_access(who(by), ref, "dev", WHY),
    "take_access": lambda by, ref: api.take_access(who(by), ref, "lena", WHY),
}


@pytest.mark.parametrize("write", WRITES)
def test_each_thing_done_is_a_row_and_an_entry_by_whoever_did_it(write: str) -> None:
    reference = report(excluded=frozenset())
    if write == "give_access":
        api.take_access(who("lena"), reference, "dev", WHY)
    before = len(entries())
    WRITES[write]("owen", reference)
    (entry,) = entries()[before:]
    row = Note.objects.order_by("-id")[0]
    assert (row.by, entry["by"], entry["reference"]) == ("owen", "owen", reference)
    assert (entry["body"]["what"], entry["body"]["number"]) == (row.kind, row.number)
    assert WHY not in everything_recorded()
    assert write == "add_evidence" or WHY in texts()


@pytest.mark.law("guarded_causes_look_alike")
@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("by", ["owen", "hal", "carla", "ada", "tess"])
def test_nobody_without_access_does_anything_and_all_hear_the_same(write: str, by: str) -> None:
    reference = about_officer(about="Owen Pike")
    before = len(entries())
    with pytest.raises(api.NotFound) as refused:
        WRITES[write](by, reference)
    with pytest.raises(api.NotFound) as unknown:
        WRITES[write](by, "NONE-NONE")
    assert str(refused.value).replace(reference, "NONE-NONE") == str(unknown.value)
    assert len(entries()) == before


@pytest.mark.parametrize("write", [w for w in WRITES if "access" not in w])
def test_nothing_is_added_to_what_is_closed(write: str) -> None:
    reference = closed()
    with pytest.raises(api.Impossible):
        WRITES[write]("owen", reference)


def test_a_row_needs_its_words() -> None:
    reference = report()
    for wrong in (
        lambda: api.add_action(who("owen"), reference, " "),
        lambda: api.decide(who("owen"), reference, ""),
        lambda: api.give_access(who("owen"), reference, "dev", " "),
        lambda: api.take_access(who("owen"), reference, "dev", " "),
    ):
        with pytest.raises(api.Impossible):
            wrong()
    assert Concern.objects.get().state == State.NEW


def test_the_first_thing_done_opens_it() -> None:
    reference = report()
    assert api.shown(who("owen"), reference).line.state == "New"
    api.add_action(who("owen"), reference, WHY)
    assert api.shown(who("owen"), reference).line.state == "Open"


# Clocks


@pytest.mark.parametrize("clock", Clock)
def test_a_clock_stops_by_telling_them_or_by_saying_why_not(clock: Clock) -> None:
    for stop in (
        lambda ref: api.refer(who("owen"), ref, Body(clock.value), WHY),
        lambda ref: api.decide(who("owen"), ref, WHY, not_to=clock),
    ):
        reference = report()
        api.start_clock(who("owen"), reference, clock, WHY)
        (runs,) = api.shown(who("owen"), reference).line.clocks
        assert runs.clock is clock
        api.refer(who("owen"), reference, Body.POLICE, WHY)
        api.decide(who("owen"), reference, WHY)
        assert api.shown(who("owen"), reference).line.clocks == (runs,)
        stop(reference)
        assert api.shown(who("owen"), reference).line.clocks == ()


def test_a_clock_runs_from_when_the_organisation_knew() -> None:
    reference, knew = report(), timezone.now() - timedelta(hours=70)
    api.start_clock(who("owen"), reference, Clock.ICO, WHY, knew)
    (runs,) = api.shown(who("owen"), reference).line.clocks
    assert runs.due == knew + timedelta(hours=72)
    with pytest.raises(api.Impossible):
        api.start_clock(who("owen"), reference, Clock.ICO, WHY, timezone.now() + timedelta(hours=1))
    assert {ALLOWED[c] for c in Clock} == {timedelta(days=1), timedelta(days=3)}


moments = st.integers(0, 200).map(lambda h: timezone.now() + timedelta(hours=h))
rows = st.lists(
    st.builds(
        Note,
        kind=st.sampled_from(["action", "referral", "decision"]),
        what=st.sampled_from(["clock", "not_referred", ""]),
        clock=st.sampled_from(["", *Clock.values]),
        due=moments,
    ),
    max_size=8,
)


@given(rows)
def test_starting_again_never_gives_more_time(history: list[Note]) -> None:
    found = {each.clock: each.due for each in running(history)}
    later = timezone.now() + timedelta(days=99)
    again = [Note(kind="action", what="clock", clock=c, due=later) for c in found]
    assert {each.clock: each.due for each in running([*history, *again])} == found


def test_what_is_new_or_in_its_last_day_comes_first() -> None:
    now = timezone.now()
    last_day, later = (
        running([Note(kind="action", what="clock", clock="ico", due=now + timedelta(hours=h))])
        for h in (23, 30)
    )
    assert urgency(State.NEW, (), now) is Urgency.NOW
    assert urgency(State.OPEN, last_day, now) is Urgency.NOW
    assert urgency(State.OPEN, later, now) is Urgency.TODAY
    assert urgency(State.OPEN, (), now) is Urgency.SOON
    assert urgency(State.CLOSED, (), now) is Urgency.SOMETIME


def test_the_list_is_by_urgency_then_by_age() -> None:
    calm, new, pressing = report(), report(), report(kind=Kind.COLLEAGUE)
    newer = report()
    for reference in (calm, pressing):
        api.add_action(who("owen"), reference, WHY)
    assert [line.reference for line in api.listed(who("owen"))] == [new, pressing, newer, calm]


# Access


def test_access_is_given_and_taken_with_a_reason() -> None:
    reference = about_officer("I told Dev.", about="a coach")
    assert seen_by(reference) == {"lena"}
    assert [m.id for m in api.could_have_access(who("lena"), reference)] == ["dev", "owen"]
    api.give_access(who("lena"), reference, "dev", "he only heard of it")
    assert seen_by(reference) == {"lena", "dev"}
    api.take_access(who("dev"), reference, "lena", "she is away")
    assert seen_by(reference) == {"dev"}
    assert [e["body"].get("detail") for e in entries()][-2:] == ["given", "taken"]
    assert records.find(who("lena"), kind="concern") == []


def test_whom_it_is_kept_from_never_gets_access() -> None:
    reference = report(excluded=frozenset({"dev"}), about="Owen Pike")
    assert api.could_have_access(who("lena"), reference) == ()
    told = set()
    for person in ("dev", "owen", "hal", "carla", "mary", "nobody"):
        with pytest.raises(NotAllowed) as refused:
            api.give_access(who("lena"), reference, person, WHY)
        told.add(str(refused.value))
    assert len(told) == 1
    assert seen_by(reference) == {"lena"}


def test_somebody_always_keeps_access() -> None:
    reference = about_officer(about="Owen Pike")
    with pytest.raises(api.Impossible):
        api.take_access(who("lena"), reference, "lena", WHY)
    with pytest.raises(api.Impossible):
        api.take_access(who("lena"), reference, "dev", WHY)
    with pytest.raises(api.Impossible):
        api.give_access(who("lena"), reference, "lena", WHY)


# Low-level concerns


@pytest.mark.pitfall(16)
def test_low_level_concerns_about_one_adult_add_up_and_start_the_lado_s_clock() -> None:
    first, second, other = report(), report(), report()
    api.mark_adult(who("owen"), first, "carla", WHY)
    shown = api.shown(who("owen"), first)
    assert (shown.subject, shown.times, shown.line.clocks) == ("Carla Nunn", 1, ())
    api.mark_adult(who("owen"), other, "cora", WHY)
    api.mark_adult(who("owen"), second, "carla", WHY)
    shown = api.shown(who("owen"), second)
    assert shown.times == 2 and shown.repeated
    assert [c.clock for c in shown.line.clocks] == [Clock.LADO]
    assert api.shown(who("owen"), other).times == 1


def test_a_clock_that_runs_is_not_started_twice() -> None:
    first, second = report(), report(kind=Kind.COLLEAGUE)
    for reference in (first, second):
        api.mark_adult(who("owen"), reference, "carla", WHY)
    assert Note.objects.filter(clock=Clock.LADO).count() == 1


def test_whoever_lives_with_the_adult_loses_it_too(tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    rows = [
        "id,name,category,organisation,roles,household,email",
        "carla,Carla Nunn,volunteer,club,,the mill,carla@club.example",
        "dev,Dev Malik,volunteer,club,deputy_officer,the mill,dev@club.example",
    ]
    listed.write_text("\n".join(rows) + "\n", encoding="utf-8")
    import_files(System("test"), listed, None)
    reference = report()
    with pytest.raises(NotAllowed):
        api.mark_adult(who("dev"), reference, "carla", WHY)
    api.mark_adult(who("owen"), reference, "carla", WHY)
    assert seen_by(reference) == {"owen", "lena"}


def test_only_low_level_ones_of_twelve_months_count() -> None:
    first, second, third = report(), report(), report()
    api.mark_adult(who("owen"), first, "carla", WHY)
    Concern.objects.filter(reference=first).update(opened=timezone.now() - timedelta(days=367))
    api.mark_adult(who("owen"), second, "carla", WHY, low_level=False)
    assert api.shown(who("owen"), second).times == 0
    api.mark_adult(who("owen"), third, "carla", WHY)
    assert api.shown(who("owen"), third).times == 1


def test_a_count_does_not_tell_of_what_is_kept_from_somebody() -> None:
    hidden, open_to_all = report(excluded=frozenset({"owen"})), report()
    api.mark_adult(who("lena"), hidden, "carla", WHY)
    api.mark_adult(who("owen"), open_to_all, "carla", WHY)
    assert api.shown(who("owen"), open_to_all).times == 1
    assert api.shown(who("owen"), open_to_all).line.clocks == ()
    assert api.shown(who("lena"), open_to_all).times == 2


@pytest.mark.law("nobody_reviews_themselves")
def test_the_adult_it_is_about_loses_it() -> None:
    reference = report()
    api.mark_adult(who("lena"), reference, "owen", WHY)
    assert seen_by(reference) == {"dev", "lena"}
    assert records.find(who("owen"), kind="concern") == []
    with pytest.raises(NotAllowed):
        api.mark_adult(who("lena"), reference, "lena", WHY)
    for nobody in ("chloe", "nobody"):
        with pytest.raises(api.Impossible):
            api.mark_adult(who("lena"), reference, nobody, WHY)


def test_adults_are_found_by_part_of_a_name_in_reach() -> None:
    reference = report()
    assert [m.id for m in api.adults(who("owen"), reference, "nu")] == ["carla"]
    assert api.adults(who("owen"), reference, "chloe") == ()
    assert api.adults(who("owen"), reference, "hal") == ()
    assert api.adults(who("owen"), reference, " ") == ()
    assert [m.id for m in api.adults(who("lena"), reference, "hal")] == ["hal"]


# Closing


def closed() -> str:
    reference = report()
    api.conclude(who("owen"), reference, Outcome.ADVICE, WHY)
    api.sign_off(who("dev"), reference, WHY)
    return reference


def test_a_second_person_with_access_closes_it() -> None:
    reference = report()
    api.conclude(who("owen"), reference, Outcome.ADVICE, WHY)
    assert not api.shown(who("owen"), reference).may_sign
    assert api.shown(who("dev"), reference).may_sign
    with pytest.raises(NotAllowed):
        api.sign_off(who("owen"), reference, WHY)
    with pytest.raises(api.NotFound):
        api.sign_off(who("hal"), reference, WHY)
    api.sign_off(who("dev"), reference, WHY)
    assert api.shown(who("owen"), reference).line.state == "Closed"
    assert api.listed(who("owen")) == []
    assert [line.reference for line in api.listed(who("owen"), closed=True)] == [reference]
    with pytest.raises(api.Impossible):
        api.sign_off(who("lena"), reference, WHY)


def test_the_second_person_may_send_it_back_and_anybody_open_it_again() -> None:
    reference = report()
    api.conclude(who("owen"), reference, Outcome.ADVICE, WHY)
    api.sign_off(who("dev"), reference, WHY, agreed=False)
    assert api.shown(who("owen"), reference).line.state == "Open"
    with pytest.raises(api.Impossible):
        api.reopen(who("owen"), reference, WHY)
    api.conclude(who("dev"), reference, Outcome.ADVICE, WHY)
    api.sign_off(who("owen"), reference, WHY)
    api.reopen(who("owen"), reference, WHY)
    assert api.shown(who("owen"), reference).line.state == "Open"


def test_it_is_not_closed_while_a_clock_runs() -> None:
    reference = report(kind=Kind.COLLEAGUE)
    with pytest.raises(api.Impossible):
        api.conclude(who("owen"), reference, Outcome.ADVICE, WHY)
    assert api.shown(who("owen"), reference).line.state == "New"


def test_only_the_steps_of_the_table_are_taken() -> None:
    for before in State:
        for after in State:
            if after in MOVES[before]:
                check_move(before, after)
            else:
                with pytest.raises(api.Impossible):
                    check_move(before, after)
    reached = {after for afters in MOVES.values() for after in afters} | {State.NEW}
    assert reached == set(State) == set(MOVES)


# What waits


def test_what_waits_is_new_ones_clocks_and_sign_offs() -> None:
    assert list(api.waiting(who("owen"))) == []
    report()
    (new,) = api.waiting(who("owen"))
    assert (new.urgency, new.count, new.view) == (Urgency.NOW, 1, "concerns")
    reference = report(kind=Kind.COLLEAGUE)
    api.add_action(who("owen"), reference, WHY)
    assert [w.urgency for w in api.waiting(who("owen"))] == [Urgency.NOW, Urgency.TODAY]
    api.start_clock(who("owen"), reference, Clock.ICO, WHY, timezone.now() - timedelta(hours=100))
    assert [w.what for w in api.waiting(who("owen"))][1].startswith("outside bodies should")
    for clock in (Clock.ICO, Clock.LADO):
        api.decide(who("owen"), reference, WHY, not_to=clock)
    api.conclude(who("owen"), reference, Outcome.ADVICE, WHY)
    assert [w.urgency for w in api.waiting(who("owen"))] == [Urgency.NOW]
    assert [w.urgency for w in api.waiting(who("dev"))] == [Urgency.NOW, Urgency.SOON]
    assert list(api.waiting(who("carla"))) == []
