"""The desk's door: who sees what, and a person's word on a hold."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from alongside.access.actor import Person, System
from alongside.enforcement.values import Bundle, Entry, Text
from alongside.records import api, pen, retention
from alongside.records.batch import HeadMoved, Stale
from alongside.records.desk import write
from alongside.records.ledger import SqliteLedger
from alongside.records.models import Content, Copy, Count, Head, Hold, Incident, Unknown
from alongside.records.models import Entry as EntryRow
from alongside.records.verify import verify

from .test_ledger import rows
from .world import NOW, RAW, bounced, decided, dispatch, held, mark, outcome

pytestmark = pytest.mark.usefixtures("database")

OLIVE = Person(id="olive", roles=frozenset({"safeguarding_officer"}), reach=frozenset({"club"}))
DORA = Person(id="dora", roles=frozenset({"deputy_officer"}), reach=frozenset({"club"}))
MAYA = Person(id="maya", roles=frozenset({"manager"}), reach=frozenset({"club"}))
FAR = Person(id="far", roles=frozenset({"safeguarding_lead"}), reach=frozenset({"other"}))
SYSTEM = System("retention")
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - what is to be refused
LATER = NOW + timedelta(days=9)


def append(database, *bundles):
    """As the gateway does."""

    async def all_of_them():
        async with SqliteLedger(database, chain="gateway/host/1") as ledger:
            for bundle in bundles:
                await ledger.append(bundle)

    asyncio.run(all_of_them())


def as_gateway(database, ask):
    async def once():
        async with SqliteLedger(database, chain="gateway/host/1") as ledger:
            return await ask(ledger)

    return asyncio.run(once())


def as_person(person, **changes):
    return replace(OLIVE, id=person, **changes)


# Holds


@pytest.mark.law("guarded_causes_look_alike")
def test_a_guarded_and_an_ordinary_hold_look_alike_to_whoever_is_not_eligible(database):
    append(database, held("ORDINARY"), held("GUARDED", guarded=True))
    for actor in (MAYA, replace(OLIVE, roles=frozenset()), replace(DORA, roles=frozenset({"x"}))):
        ordinary, guarded = api.holds(actor)
        assert replace(ordinary, reference="") == replace(guarded, reference="")
        assert not ordinary.eligible and not ordinary.clauses and not ordinary.cause
    assert api.holds(FAR) == [] == api.holds(replace(MAYA, active=False))


@pytest.mark.law("guarded_causes_look_alike")
def test_refusing_to_decide_sounds_alike(database):
    append(database, held("ORDINARY"), held("GUARDED", guarded=True))
    said = set()
    for reference in ("ORDINARY", "GUARDED"):
        with pytest.raises(api.NotAllowed) as refusal:
            api.release_hold(MAYA, reference, "please")
        said.add(str(refusal.value))
    assert len(said) == 1


def test_an_eligible_officer_sees_the_cause(database):
    append(database, held("GUARDED", guarded=True))
    [hold] = api.holds(OLIVE)
    assert hold.eligible and hold.guarded and hold.clauses == ("G2",)
    assert (hold.writers, hold.persons) == (("carl",), ("frank", "tess"))
    assert hold.due == NOW + timedelta(days=3) and hold.cause["rulebook"]


@pytest.mark.law("nobody_reviews_themselves")
@pytest.mark.parametrize("person", ["carl", "tess", "frank"])
def test_whom_it_concerns_sees_and_decides_nothing(database, person):
    append(database, held("GUARDED", guarded=True))
    actor = as_person(person)
    assert api.holds(actor) == [] == api.find(actor)
    asked = {
        "release": lambda reference: api.release_hold(actor, reference, "mine"),
        "refuse": lambda reference: api.refuse_hold(actor, reference, "mine"),
        "hand over": lambda reference: api.hand_over_hold(actor, reference, "dora", "mine"),
        "content": lambda reference: api.content(actor, reference, "mine"),
    }
    for ask in asked.values():
        said = []
        for reference in ("GUARDED", "UNKNOWN"):
            with pytest.raises(api.NotFound) as refusal:
                ask(reference)
            said.append(str(refusal.value).replace(reference, ""))
        assert said[0] == said[1]
    assert Hold.objects.get().state == "held"


def test_a_released_hold_goes_to_a_gateway_with_who_and_why(database):
    append(database, held("H1"))
    api.release_hold(OLIVE, "H1", " her mother agreed ")
    [taken] = as_gateway(database, lambda ledger: ledger.lease("one", LATER, 9))
    assert (taken.kind, taken.reference, taken.channel, taken.content) == (
        "release", "H1", "email", RAW,
    )  # fmt: skip
    assert taken.plan == {
        "hold": "H1",
        "message": {"channel": "email", "recipients": ["tess@home.example"]},
        "by": "olive",
        "reason": "her mother agreed",
    }
    assert as_gateway(database, lambda ledger: ledger.lease("two", LATER, 9)) == []
    [again] = as_gateway(
        database, lambda ledger: ledger.lease("two", LATER + timedelta(minutes=5), 9)
    )
    assert again == taken
    append(database, Bundle(entry=outcome("H1"), finished=(taken.id,)))
    assert verify(database).problems == []


def test_a_message_held_again_after_its_release_can_be_decided_again(database):
    append(database, held("H1"))
    api.release_hold(OLIVE, "H1", "seen")
    append(database, held("H1", at=LATER))
    api.refuse_hold(OLIVE, "H1", "no")
    with pytest.raises(api.Decided):
        api.release_hold(OLIVE, "H1", "after all")
    assert verify(database).problems == []


def test_a_refused_hold_is_not_delivered(database):
    append(database, held("H1"))
    api.refuse_hold(OLIVE, "H1", "not appropriate")
    assert as_gateway(database, lambda ledger: ledger.lease("one", LATER, 9)) == []
    assert api.holds(OLIVE) == []
    [hold] = api.holds(OLIVE, open_only=False, reference="H1")
    assert hold.state == "refused"
    assert api.holds(MAYA, open_only=False) == []


def test_a_hold_handed_over_stays_held_and_names_the_person(database):
    append(database, held("H1"))
    api.hand_over_hold(OLIVE, "H1", "dora", "I know the family")
    [hold] = api.holds(DORA)
    assert (hold.state, hold.with_person) == ("held", "dora")
    with pytest.raises(api.NotAllowed):
        api.hand_over_hold(OLIVE, "H1", "carl", "he wrote it")
    with pytest.raises(ValueError):
        api.hand_over_hold(OLIVE, "H1", "", "nobody")
    api.release_hold(DORA, "H1", "fine")
    assert verify(database).problems == []


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_decision_needs_a_reason_and_a_person(database, reason):
    append(database, held("H1"))
    with pytest.raises(ValueError):
        api.release_hold(OLIVE, "H1", reason)
    with pytest.raises(api.NotAllowed):
        api.release_hold(SYSTEM, "H1", "because")
    with pytest.raises(api.NotAllowed):
        api.release_hold(FAR, "H1", "because")


def test_a_hold_never_ends_silently(database):
    append(database, held("H1"), held("H2"))
    assert api.overdue_holds(SYSTEM, NOW) == []
    due = NOW + timedelta(days=3)
    assert api.overdue_holds(SYSTEM, due) == ["H1", "H2"]
    assert api.overdue_holds(SYSTEM, due) == []
    next_day = due + timedelta(days=1)
    assert as_gateway(database, lambda ledger: ledger.overdue_holds(next_day)) == ["H1", "H2"]
    assert {i.kind for i in api.incidents(OLIVE)} == {"hold_overdue"}
    assert len(api.incidents(OLIVE)) == 4
    assert [h.state for h in api.holds(OLIVE)] == ["held", "held"]
    assert verify(database).problems == []


# Incidents


@pytest.mark.law("nobody_reviews_themselves")
def test_incidents_are_for_officers_and_never_about_themselves(database):
    append(database, bounced())
    assert api.incidents(OLIVE) == [] == api.incidents(MAYA) == api.incidents(FAR)
    [incident] = api.incidents(DORA)
    assert (incident.kind, incident.detail["code"]) == ("copy_bounced", 550)
    with pytest.raises(api.NotFound):
        api.close_incident(OLIVE, incident.id, "mine")
    with pytest.raises(api.NotAllowed):
        api.close_incident(MAYA, incident.id, "not mine to close")
    api.close_incident(DORA, incident.id, "address corrected")
    with pytest.raises(api.NotFound):
        api.close_incident(DORA, incident.id, "twice")
    assert api.incidents(DORA) == [] == api.incidents(DORA, open_only=False, kind="other")
    assert api.incidents(DORA, open_only=False)[0].closed
    assert verify(database).problems == []


# Reading


def test_entries_are_found_by_person_time_clause_and_verdict(database):
    append(
        database,
        Bundle(entry=decided("A1")),
        Bundle(entry=outcome("A1")),
        Bundle(entry=decided("B2", LATER, verdict="refuse", clauses=("S1",))),
    )

    def found(**asked):
        return [entry.reference for entry in api.find(OLIVE, **asked)]

    assert found() == ["B2", "A1", "A1"]
    assert found(person="tess") == ["B2", "A1"] and found(person="nobody") == []
    assert found(since=LATER) == ["B2"] and found(until=LATER) == ["A1", "A1"]
    assert found(clause="S1") == ["B2"] and found(clause="E3") == ["A1"]
    assert found(verdict="refuse") == ["B2"] and found(kind="outcome") == ["A1"]
    assert found(reference="A1", limit=1) == ["A1"]
    first = api.find(OLIVE, reference="A1")[1]
    assert ("carl", "writer") in first.persons and first.clauses == ("E3", "G1")
    assert "tess@home.example" not in repr(first)


@pytest.mark.law("nobody_reviews_themselves")
def test_nobody_finds_entries_about_themselves_or_beyond_their_reach(database):
    append(database, Bundle(entry=decided("A1")), Bundle(entry=outcome("A1")))
    assert api.find(as_person("carl")) == []
    assert api.find(FAR) == []
    with pytest.raises(api.NotAllowed):
        api.find(MAYA)


def test_content_is_read_with_a_reason_that_is_recorded(database):
    append(database, Bundle(entry=decided("A1"), content=RAW))
    seen = api.content(OLIVE, "A1", "a parent asked")
    assert seen.raw == RAW and ("subject", "Training") in seen.texts
    [read] = api.find(OLIVE, kind="read")
    assert (read.by, read.reference) == ("olive", "A1")
    with pytest.raises(ValueError):
        api.content(OLIVE, "A1", " ")
    with pytest.raises(api.NotAllowed):
        api.content(MAYA, "A1", "curious")
    with pytest.raises(api.NotFound):
        api.content(OLIVE, "B2", "nothing there")


def test_sealed_mail_is_for_those_it_was_written_to(database):
    sealed = decided(
        "S1",
        sealed=True,
        persons=(("tess", "writer"), ("olive", "recipient"), ("carl", "about")),
    )
    append(database, Bundle(entry=sealed, content=RAW), Bundle(entry=outcome("S1")))
    assert api.content(OLIVE, "S1", "she wrote to me").raw == RAW
    assert api.find(DORA) == []
    with pytest.raises(api.NotAllowed):
        api.content(DORA, "S1", "curious")
    append(database, Bundle(entry=decided("S2", sealed=True, persons=()), content=RAW))
    with pytest.raises(api.NotAllowed):
        api.content(OLIVE, "S2", "nobody's")


# Writing with others


def test_an_entry_is_there_with_the_change_or_not_at_all(database):
    class Stop(Exception):
        """for this test"""

    entry = Entry(kind="people", at=NOW, reference="", body={"added": 3})
    with pytest.raises(Stop), transaction.atomic():
        api.append(OLIVE, entry)
        raise Stop
    assert not EntryRow.objects.exists()
    with transaction.atomic():
        first = api.append(OLIVE, entry)
        second = api.append(SYSTEM, entry, RAW, dispatches=(dispatch(),))
    assert (first.chain, first.seq, second.seq) == ("desk", 1, 2)
    assert [e.by for e in api.find(OLIVE)] == ["system:retention", "olive"]
    assert len(as_gateway(database, lambda ledger: ledger.lease("one", NOW, 9))) == 1
    assert verify(database).problems == []


def test_an_outcome_at_the_desk_ends_a_doubt(database):
    append(database, Bundle(entry=decided("A1")), Bundle(entry=decided("B2")))
    api.append(OLIVE, outcome("A1"))
    doubts = as_gateway(database, lambda ledger: ledger.in_doubt())
    assert [doubt.reference for doubt in doubts] == ["B2"]
    assert verify(database).problems == []


def test_a_time_without_a_zone_is_refused(database):
    with pytest.raises(ValueError):
        api.append(OLIVE, Entry(kind="people", at=NAIVE, reference=""))
    with pytest.raises(ValueError):
        api.append(OLIVE, decided(), dispatches=(dispatch(due=NAIVE),))


# Erasure


def alone_and_in_company():
    company = decided(
        "MANY", persons=(("carl", "writer"), ("tess", "service_user"), ("sam", "service_user"))
    )
    return (
        Bundle(entry=decided("ALONE"), content=RAW),
        Bundle(entry=outcome("ALONE")),
        Bundle(entry=company, content=RAW),
    )


def test_erasing_a_person_takes_their_texts_and_messages_and_keeps_the_chain(database):
    append(database, *alone_and_in_company())
    done = api.erase_person(DORA, "tess", "she asked")
    assert (done.texts, done.contents, done.kept) == (4, 1, ())
    alone = api.content(DORA, "ALONE", "to see")
    assert alone.raw is None
    assert alone.texts == (("subject", None), ("from", "carl@club.example"), ("to", None))
    assert api.content(DORA, "MANY", "to see").raw == RAW
    assert rows(database, "SELECT DISTINCT salt FROM records_text WHERE value IS NULL") == [(None,)]
    assert b"tess@home" not in b"".join(
        r[0] for r in rows(database, "SELECT value FROM records_text WHERE value IS NOT NULL")
    )
    assert verify(database).problems == []
    assert api.erase_person(DORA, "tess", "again").texts == 2, "why her messages were read"
    assert api.erase_person(DORA, "tess", "again").texts == 0
    assert verify(database).problems == []


def test_a_writer_s_messages_go_with_them(database):
    append(database, *alone_and_in_company())
    assert api.erase_person(DORA, "carl", "left long ago").contents == 2


def test_what_is_held_or_on_its_way_is_left_alone(database):
    append(
        database,
        held("HELD"),
        Bundle(entry=decided("GOING"), content=RAW, dispatches=(dispatch(reference="GOING"),)),
        *alone_and_in_company(),
    )
    assert api.erase_person(DORA, "tess", "she asked").kept == ("GOING", "HELD")
    api.release_hold(OLIVE, "HELD", "seen")
    assert "HELD" in api.erase_person(DORA, "tess", "again").kept
    [taken, _] = as_gateway(database, lambda ledger: ledger.lease("one", LATER, 9))
    assert taken.content == RAW
    append(database, Bundle(finished=("d1", "release-" + taken.id.partition("-")[2])))
    assert verify(database).problems == []


def test_a_decided_hold_and_a_closed_incident_are_erased_too(database):
    append(database, held("HELD"), bounced("HELD"))
    api.refuse_hold(DORA, "HELD", "no")
    api.close_incident(DORA, api.incidents(DORA)[0].id, "done")
    api.erase_person(DORA, "tess", "she asked")
    assert Hold.objects.get().message is None
    api.erase_person(DORA, "olive", "left")
    assert Incident.objects.get().detail is None
    assert api.incidents(SYSTEM, open_only=False)[0].detail == {}
    assert verify(database).problems == []


@pytest.mark.law("nobody_reviews_themselves")
def test_nobody_erases_the_traces_of_their_own(database):
    append(database, *alone_and_in_company())
    for actor in (as_person("tess"), as_person("carl"), MAYA, FAR):
        with pytest.raises(api.NotAllowed):
            api.erase_person(actor, "tess", "I would rather")
    with pytest.raises(ValueError):
        api.erase_person(DORA, "tess", "")


def test_hundreds_of_texts_are_erased_in_several_transactions(database):
    append(database, *(Bundle(entry=decided(f"R{n}"), content=RAW) for n in range(150)))
    done = api.erase_person(DORA, "tess", "she asked")
    assert (done.texts, done.contents) == (300, 150)
    assert EntryRow.objects.filter(kind="erased").count() == 3
    assert verify(database).problems == []


# Retention and reports


def test_what_is_kept_for_a_time_only_is_purged(database):
    append(database, Bundle(copies=(mark("old"), mark("new", at=LATER))))
    for address, last in (("old@home.example", 61), ("new@home.example", 59)):
        day = (LATER - timedelta(days=last)).date()
        Unknown.objects.create(address=address, count=1, first=day, last=day)
    with pytest.raises(api.NotAllowed):
        api.purge(MAYA, LATER)
    assert api.purge(SYSTEM, LATER) == {"copies": 1, "unknown": 1}
    assert api.purge(SYSTEM, LATER) == {"copies": 0, "unknown": 0}
    assert Copy.objects.get().leg == "new" and Unknown.objects.get().address == "new@home.example"
    assert EntryRow.objects.filter(kind="purged").count() == 1


def test_packed_content_is_read_as_before(database):
    long = RAW * 100
    append(database, *(Bundle(entry=decided(f"R{n}"), content=long) for n in range(30)))
    append(database, Bundle(entry=decided("SHORT"), content=RAW))
    append(database, Bundle(entry=decided("NEW", LATER), content=long))
    append(database, Bundle(entry=decided("D"), dispatches=(dispatch(content=long),)))
    assert api.compress(SYSTEM, LATER) == 31
    assert api.compress(SYSTEM, LATER) == 0
    sizes = rows(database, "SELECT DISTINCT compressed, length(raw)=size FROM records_content")
    assert sorted(sizes) == [(0, 1), (1, 0)]
    assert api.content(OLIVE, "R7", "to see").raw == long
    [sent] = as_gateway(database, lambda ledger: ledger.lease("one", LATER, 9))
    assert sent.content == long
    assert verify(database).problems == []
    with pytest.raises(api.NotAllowed):
        api.compress(MAYA, LATER)


def test_what_does_not_get_smaller_or_was_erased_meanwhile_is_not_packed(database):
    noise = random.Random(3).randbytes(2000)
    append(database, Bundle(entry=decided("A1"), content=noise))
    assert api.compress(SYSTEM, LATER) == 0
    places = [(row.entry_id, row.position) for row in Content.objects.all()]
    api.erase_person(DORA, "tess", "she asked")
    assert retention._compress_some(SYSTEM, places) == 0
    assert not EntryRow.objects.filter(kind="compressed").exists()


def test_the_shadow_report_counts_with_denominators(database):
    append(
        database,
        Bundle(entry=decided("A1", body={"would_be": "refuse"})),
        Bundle(entry=decided("B2", body={"would_be": "permit"}, clauses=("E3",))),
        Bundle(entry=decided("C3", LATER, verdict="hold", persons=(("cleo", "writer"),))),
        Bundle(entry=outcome("A1")),
    )
    Count.objects.create(day=date(2026, 3, 2), what="untouched", key="", count=40)
    report = api.shadow_report(System("command line"))
    assert (report.total.judged, report.untouched) == (3, 40)
    assert report.total.verdicts == {"hold": 1, "permit": 1, "refuse": 1}
    assert report.clauses["G1"].verdicts == {"hold": 1, "refuse": 1}
    assert report.clauses["E3"].judged == 3
    assert report.persons["carl"].verdicts == {"permit": 1, "refuse": 1}
    assert {week: tally.judged for week, tally in report.weeks.items()} == {
        "2026-W10": 2,
        "2026-W11": 1,
    }
    assert api.shadow_report(OLIVE, LATER).total.judged == 1
    assert "carl" not in api.shadow_report(as_person("carl")).persons
    with pytest.raises(api.NotAllowed):
        api.shadow_report(MAYA)


def test_texts_come_back_as_they_were(database):
    odd = Text(name="subject", value="caf\udce9 ☺", persons=("tess",))
    append(database, Bundle(entry=decided("A1", texts=(odd,)), content=b""))
    assert api.content(OLIVE, "A1", "to see").texts == (("subject", "caf\udce9 ☺"),)


def test_what_goes_beyond_a_page_is_still_found(database):
    append(database, *(held(f"H{n}") for n in range(5)), *(bounced() for _ in range(5)))
    assert len(api.holds(OLIVE, limit=2)) == 2 == len(api.incidents(DORA, limit=2))
    assert api.incidents(OLIVE, limit=2) == []


def test_two_officers_at_once_make_one_decision(database, monkeypatch):
    append(database, held("H1"))
    found = pen._decidable(OLIVE, "H1")
    api.refuse_hold(DORA, "H1", "no")
    monkeypatch.setattr(pen, "_decidable", lambda *_: found)
    with pytest.raises(api.Decided):
        api.release_hold(OLIVE, "H1", "yes")
    assert Hold.objects.get().state == "refused"


def test_a_hold_decided_while_it_escalates_stays_decided(database, monkeypatch):
    append(database, held("H1"))

    def decided_first(*args):
        raise Stale

    monkeypatch.setattr(pen, "write", decided_first)
    assert api.overdue_holds(SYSTEM, LATER) == []


def test_a_desk_whose_head_was_removed_takes_nothing_more(database):
    api.append(OLIVE, decided("A1"))
    Head.objects.filter(chain="desk").delete()
    with pytest.raises(HeadMoved):
        api.append(OLIVE, decided("B2"))


def test_a_dispatch_can_be_finished_at_the_desk(database):
    append(database, Bundle(entry=decided("A1"), dispatches=(dispatch(),)))
    append(database, Bundle(dispatches=(dispatch("loose"),)))
    write(OLIVE, Bundle(entry=decided("B2"), finished=("d1", "loose")))
    assert as_gateway(database, lambda ledger: ledger.lease("one", LATER, 9)) == []
    assert verify(database).problems == []


def test_a_sealed_hold_is_handed_over_to_its_readers_only(database):
    bundle = held("H1")
    assert bundle.entry is not None
    entry = replace(bundle.entry, sealed=True, persons=(("tess", "writer"), ("olive", "recipient")))
    append(database, replace(bundle, entry=entry))
    with pytest.raises(api.NotAllowed):
        api.hand_over_hold(OLIVE, "H1", "dora", "leave")


def test_a_message_is_kept_with_its_bytes_until_it_is_erased(database):
    said = json.dumps({"message": {"subject": "caf\udce9"}}, ensure_ascii=False)
    texts = (Text(name="message", value=said, persons=("tess",)),)
    append(database, Bundle(entry=decided("A1", texts=texts), content=RAW * 99))
    append(database, Bundle(entry=decided("B2", texts=texts)))
    api.compress(SYSTEM, LATER)

    def kept(reference):
        return as_gateway(database, lambda ledger: ledger.kept(reference))

    found = kept("A1")
    assert (found.message, found.content) == (json.loads(said), RAW * 99)
    assert kept("B2") is None is kept("C3")
    api.erase_person(DORA, "tess", "she asked")
    assert kept("A1") is None
