"""What the judge says of one old message."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.archive import past
from alongside.archive.judge import factory
from alongside.archive.rows import Contact, Judgement, Raw, Unreadable
from alongside.policy.rulebook import QuietHours
from alongside.policy.vocabulary import Mode, Standing
from tests.world import (
    ADA,
    BOOKINGS,
    CARL,
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    DINA,
    FRANK,
    HOME,
    JUNIORS,
    LADO,
    LENA,
    MARY,
    NORA,
    NOW,
    OFFICE,
    OLIVIA,
    ORGANISATIONS,
    OSCAR,
    OWEN,
    PAT,
    PEOPLE,
    PIP,
    SID,
    STRANGER,
    UNKNOWN_LOCAL,
    URSULA,
    people,
)

from .letters import BOOK, EVERYTHING, bench, judged, letter, unread, what

WHOLE = letter(CARLA, CHLOE, Cc=OWEN, Received="from a by b; x", Reply_To="b", id_="<a@b>").octets


def fields(name: str, value: str) -> dict[str, Any]:
    return {name: value}


ALONE = ("one_to_one", "G1", "carla", "chloe")


class TestWhoWasThere:
    def test_one_adult_and_one_child_and_nobody_else_is_one_to_one(self):
        found = judged(letter(CARLA, CHLOE))
        assert what(found) == [ALONE]
        assert found.contacts == (Contact(writer="carla", service_user="chloe", covered=False),)
        assert (found.writer, found.writer_address) == ("carla", CARLA)
        assert found.findings[0].address == CHLOE

    @pytest.mark.parametrize("where", ["Cc", "Bcc", "Delivered_To", "X_Original_To", "Envelope_To"])
    def test_an_officer_in_any_field_is_the_third_party(self, where):
        found = judged(letter(CARLA, CHLOE, **fields(where, OWEN)))
        assert what(found) == []
        assert found.contacts == (Contact(writer="carla", service_user="chloe", covered=True),)

    @pytest.mark.parametrize("other", [STRANGER, CARLA_PRIVATE, DINA, SID, MARY.upper()])
    def test_only_an_eligible_person_is(self, other):
        found = judged(letter(CARLA, CHLOE, Cc=other))
        alone = [
            f for f in found.findings if f.service_user == "chloe" and f.clause in ("G1", "G2")
        ]
        assert bool(alone) is (other != MARY.upper())

    def test_two_families_and_nobody_else_are_not_copied(self):
        found = judged(letter(CARLA, "", Bcc=f"{CHLOE}, {DINA}"))
        assert what(found) == [
            ("not_copied", "G2", "carla", "chloe"),
            ("not_copied", "G2", "carla", "dina"),
        ]

    def test_a_group_is_one_finding_and_no_contact(self):
        found = judged(letter(CARLA, JUNIORS))
        assert what(found) == [("not_copied", "G2", "carla", "")]
        assert found.findings[0].address == JUNIORS
        assert found.contacts == ()
        assert what(judged(letter(CARLA, JUNIORS, Cc=OWEN))) == []

    def test_a_colleague_in_the_group_is_there(self):
        with_carl = people(carl={"groups": frozenset({"juniors"})})
        assert what(judged(letter(CARLA, JUNIORS), people=with_carl)) == []

    def test_from_a_shared_mailbox_nobody_knows_who_wrote(self):
        found = judged(letter(OFFICE, CHLOE))
        assert what(found) == [("one_to_one", "G1", "", "chloe")]
        assert found.findings[0].writer_address == OFFICE

    def test_from_a_local_address_that_is_nobody_s_only_an_officer_will_do(self):
        assert what(judged(letter(UNKNOWN_LOCAL, CHLOE, Cc=CARL)))
        assert not what(judged(letter(UNKNOWN_LOCAL, CHLOE, Cc=OWEN)))

    def test_both_of_two_writers_are_named(self):
        found = judged(letter(CARLA, CHLOE, Sender=CARL))
        assert {f.writer for f in found.findings} == {"carla", "carl"}


class TestExemptions:
    @pytest.mark.parametrize(
        ("from_", "to"),
        [(PAT, PIP), (BOOKINGS, CHLOE), (CARLA, OSCAR), (CARLA, LADO), (CARLA, CARL)],
        ids=["own child", "automatic", "objection", "confidential", "colleagues"],
    )
    def test_nothing_is_found(self, from_, to):
        assert what(judged(letter(from_, to, at=NOW.replace(hour=12)))) == []

    def test_a_parent_and_their_child_are_no_contact_and_write_at_night(self):
        found = judged(letter(PAT, PIP, at=NOW.replace(hour=23)))
        assert (found.findings, found.contacts) == ((), ())

    @pytest.mark.parametrize("from_", [CHLOE, MARY])
    def test_what_is_sealed_stays_sealed(self, from_):
        found = judged(letter(from_, f"{OLIVIA}, {LENA}"))
        assert found.judged
        assert (found.findings, found.contacts, found.unknown) == ((), (), ())

    def test_gates_of_the_past_are_unknown(self):
        assert what(judged(letter(URSULA, CHLOE, Cc=OWEN))) == []

    def test_what_a_child_writes_is_no_finding_and_tells_who_with_whom(self):
        found = judged(letter(CHLOE, CARLA, at=NOW.replace(hour=23)))
        assert found.findings == ()
        assert found.contacts == (Contact(writer="carla", service_user="chloe", covered=False),)
        assert found.writer == "chloe"
        seen_by_two = judged(letter(CHLOE, CARLA, Cc=CARL)).contacts
        assert {(c.writer, c.covered) for c in seen_by_two} == {("carla", True), ("carl", True)}

    def test_mail_among_the_workforce_is_not_judged(self):
        found = judged(letter(CARLA, CARL))
        assert found.in_scope and not found.judged
        assert found.writer == "carla"


class TestWhatElseIsWrong:
    def test_a_private_mailbox(self):
        found = judged(letter(CARLA_PRIVATE, CHLOE, Cc=OWEN))
        assert what(found) == [("personal_mailbox", "N2", "carla", "chloe")]
        assert found.findings[0].writer_address == CARLA_PRIVATE

    @pytest.mark.parametrize("where", ["Reply_To", "Return_Path", "Sender"])
    def test_through_a_private_mailbox(self, where):
        found = judged(letter(CARLA, CHLOE, Cc=OWEN, **fields(where, f"<{CARLA_PRIVATE}>")))
        assert [f.what.value for f in found.findings] == ["personal_mailbox"]

    def test_a_private_mailbox_to_a_parent_and_not_to_a_colleague(self):
        assert [w[0] for w in what(judged(letter(CARLA_PRIVATE, MARY)))] == ["personal_mailbox"]
        assert what(judged(letter(CARLA_PRIVATE, CARL))) == []

    def test_families_that_see_each_other(self):
        found = judged(letter(CARLA, f"{CHLOE}, {DINA}", Cc=OWEN))
        assert what(found) == [("mutual_sight", "T3", "carla", "")]

    def test_blind_copies_see_nobody_and_see_who_is_named(self):
        assert what(judged(letter(CARLA, OWEN, Bcc=f"{CHLOE}, {DINA}"))) == []
        assert what(judged(letter(CARLA, f"{OWEN}, {CHLOE}", Bcc=DINA))) == [
            ("mutual_sight", "T3", "carla", "")
        ]
        assert what(judged(letter(CARLA, f"{OWEN}, {CHLOE}", Bcc=MARY))) == []

    def test_a_child_and_a_restricted_parent(self):
        found = judged(letter(CARLA, CHLOE, Cc=f"{FRANK}, {OWEN}"))
        assert ("restricted", "T1", "carla", "chloe") in what(found)

    def test_a_writer_who_is_restricted(self):
        found = judged(letter(NORA, HOME, Cc=OWEN))
        assert ("restricted", "T1", "nora", "finn") in what(found)

    def test_a_restricted_parent_who_writes_to_both_is_named(self):
        found = judged(letter(FRANK, CARLA, Cc=CHLOE))
        assert what(found) == [("restricted", "T1", "frank", "chloe")]

    @pytest.mark.parametrize(
        ("at", "late"),
        [
            (datetime(2026, 1, 12, 21, 59, tzinfo=UTC), False),
            (datetime(2026, 1, 12, 22, 0, tzinfo=UTC), True),
            (datetime(2026, 1, 12, 6, 59, tzinfo=UTC), True),
            (datetime(2026, 1, 12, 7, 0, tzinfo=UTC), False),
            (datetime(2026, 7, 13, 21, 0, tzinfo=UTC), True),  # 22:00 in summer
            (datetime(2026, 7, 13, 6, 30, tzinfo=UTC), False),
        ],
    )
    def test_late_by_the_local_clock(self, at, late):
        found = what(judged(letter(CARLA, CHLOE, at=at, Cc=OWEN)))
        assert found == ([("late", "N3", "carla", "chloe")] if late else [])

    def test_late_by_the_rulebook(self):
        book = replace(BOOK, quiet=QuietHours(start=15 * 60, end=16 * 60))
        found = judged(letter(CARLA, CHLOE, at=NOW, Cc=OWEN), book=book)
        assert what(found) == [("late", "N3", "carla", "chloe")]


class TestThePast:
    def test_ages_are_those_of_the_day(self):
        young_then = people(carl={"born": date(2005, 3, 1)})
        then = datetime(2020, 5, 4, 12, tzinfo=UTC)
        assert what(judged(letter(CARLA, CARL, at=then), people=young_then)) == [
            ("one_to_one", "G1", "carla", "carl")
        ]
        assert what(judged(letter(CARLA, CARL), people=young_then)) == []

    def test_a_colleague_who_has_left_was_there_and_one_who_is_suspended_does_not_count(self):
        left = people(carl={"standing": Standing.LEFT})
        assert what(judged(letter(CARLA, CHLOE, Cc=CARL), people=left)) == []
        suspended = people(carl={"standing": Standing.SUSPENDED})
        assert what(judged(letter(CARLA, CHLOE, Cc=CARL), people=suspended)) == [ALONE]

    def test_an_address_that_bounces_now_did_not_then(self):
        contacts = tuple(replace(c, bouncing=True) for c in PEOPLE.persons["carl"].contacts)
        bouncing = people(carl={"contacts": contacts})
        assert what(judged(letter(CARLA, CHLOE, Cc=CARL), people=bouncing)) == []

    def test_a_mode_of_today_judges_nothing_softer(self):
        watching = tuple(replace(o, mode=Mode.SHADOW) for o in ORGANISATIONS)
        shadow = BOOK.with_modes(Mode.SHADOW)
        found = judged(letter(CARLA, CHLOE), people=people(organisations=watching), book=shadow)
        assert what(found) == [ALONE]

    def test_the_order_of_days_changes_nothing(self):
        days = [NOW - timedelta(days=37 * n) for n in range(12)]
        letters = [
            letter(CARLA, CHLOE, at=at, Cc=OWEN if n % 3 else "") for n, at in enumerate(days)
        ]
        one = bench()
        forward = [one.judge(raw) for raw in letters]
        assert [one.judge(raw) for raw in reversed(letters)] == forward[::-1]

    def test_no_more_days_are_kept_than_fit_in_memory(self, monkeypatch):
        monkeypatch.setattr(past, "MOST", 150)
        days = past.Days(PEOPLE)
        for n in range(64):
            day = NOW.date() - timedelta(days=n)
            days.on(day).memo.of(day).update(dict.fromkeys(range(20), ""))
        assert sum(len(p.memo.of(d)) for d, p in days._kept.items()) <= 150 + 16 * 20
        assert days.on(NOW.date()).memo.of(NOW.date()) == {}  # forgotten, and made again


class TestScope:
    def test_what_is_out_of_scope_is_not_judged(self):
        scope = replace(EVERYTHING, everything=False, persons=frozenset({"carl"}))
        outside = judged(letter(CARLA, CHLOE), scope=scope)
        assert (outside.in_scope, outside.judged) == (False, False)
        assert (outside.findings, outside.contacts, outside.unknown) == ((), (), ())
        assert (outside.writer, outside.writer_address) == ("", "")
        assert judged(letter(CARL, CHLOE), scope=scope).judged

    def test_dates_are_local_days_and_inclusive(self):
        scope = replace(EVERYTHING, first=date(2026, 7, 2), last=date(2026, 7, 3))
        inside = {
            datetime(2026, 7, 1, 22, 59, tzinfo=UTC): False,
            datetime(2026, 7, 1, 23, 0, tzinfo=UTC): True,  # 00:00 on the 2nd in London
            datetime(2026, 7, 3, 22, 59, tzinfo=UTC): True,
            datetime(2026, 7, 3, 23, 0, tzinfo=UTC): False,
        }
        found = {at: judged(letter(CARLA, CHLOE, at=at), scope=scope).in_scope for at in inside}
        assert found == inside


class TestUnknown:
    def test_outside_addresses_that_nobody_knows_are_told(self):
        assert judged(letter(CARLA, CHLOE, Cc=f"{STRANGER}, {OWEN}")).unknown == (STRANGER,)
        assert judged(letter(STRANGER, CARLA)).unknown == (STRANGER,)
        assert judged(letter(CARLA, CARL)).unknown == ()


class TestUnreadable:
    @pytest.mark.parametrize(
        ("octets", "why"),
        [
            (b"", "not_a_message"),
            (b"\n\nhello\n", "not_a_message"),
            (b"%PDF-1.4 \x00\x01", "not_a_message"),
            (b"To: a@b.test\nDate: Sun, 22 Nov 2026 15:00:00 +0000\n\nx", "no_writer"),
            (b"From: carla@club.example\nTo: chloe@family.example\n\nx", "no_date"),
            (b"From: carla@club.example\nDate: yesterday\n\nx", "no_date"),
            (b"From: carla@club.example\nDate: Thu, 1 Jan 1970 00:00:00 +0000\n\nx", "no_date"),
        ],
    )
    def test_it_is_said_why(self, octets, why):
        found = unread(Raw(file="f", place="7", octets=octets))
        assert (found.why, found.file, found.place) == (why, "f", "7")

    def test_the_newest_received_stands_in_for_the_date(self):
        hops = "from a by b; Mon, 2 Mar 2026 10:00:00 +0000"
        raw = letter(CARLA, CHLOE, at=None, Received=hops)
        more = b"Received: from b by c; Mon, 2 Mar 2026 11:30:00 +0100\n"
        raw = replace(raw, octets=more + raw.octets)
        assert judged(raw).at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)

    def test_so_does_the_line_of_an_mbox(self):
        raw = letter(CARLA, CHLOE, at=None)
        raw = replace(
            raw, octets=b"From carla@club.example Mon Mar  2 10:00:00 2026\n" + raw.octets
        )
        assert judged(raw).at == datetime(2026, 3, 2, 10, tzinfo=UTC)

    def test_an_error_of_ours_is_told_and_not_raised(self, monkeypatch, caplog):
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("alongside.archive.judge.decide", broken)
        found = unread(letter(CARLA, CHLOE))
        assert (found.why, found.detail) == ("not_a_message", "ZeroDivisionError")
        assert "was not judged" in caplog.text

    @given(st.binary(max_size=400))
    def test_whatever_the_octets_are_there_is_one_answer(self, octets):
        assert isinstance(
            bench().judge(Raw(file="f", place="", octets=octets)), Unreadable | Judgement
        )

    @given(st.data())
    def test_so_there_is_for_a_message_with_wounds(self, data):
        whole = WHOLE
        at = data.draw(st.integers(0, len(whole)))
        wound = data.draw(st.binary(max_size=12))
        cut = data.draw(st.integers(0, 30))
        raw = Raw(file="f", place="", octets=whole[:at] + wound + whole[at + cut :])
        assert isinstance(bench().judge(raw), Unreadable | Judgement)


class TestCopies:
    """The same message, kept in different ways, has one digest."""

    def of(self, octets: bytes) -> str:
        return judged(Raw(file="f", place="", octets=octets)).digest

    HEAD = (
        b"From: carla@club.example\nTo: chloe@family.example\n"
        b"Date: Sun, 22 Nov 2026 15:00:00 +0000\nMessage-ID: <one@club.example>\n"
        b"Content-Type: text/plain; charset=utf-8\n"
    )

    def test_line_ends_carriers_and_mailboxes_change_nothing(self):
        text = "The café is open.\nFrom noon on.\n"
        plain = self.HEAD + b"Content-Transfer-Encoding: 8bit\n\n" + text.encode()
        quoted = (
            self.HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n"
            b"The caf=C3=A9 is=\n open.\nFrom noon on.\n"
        )
        base64 = (
            self.HEAD + b"Content-Transfer-Encoding: base64\n\n"
            b"VGhlIGNhZsOpIGlzIG9wZW4uCkZyb20gbm9vbiBvbi4K\n"
        )
        mbox = plain.replace(b"\nFrom noon", b"\n>From noon") + b"\n"
        copies = {
            plain,
            plain.replace(b"\n", b"\r\n"),
            quoted,
            base64,
            mbox,
            b"From MAILER-DAEMON Sun Nov 22 15:00:00 2026\n" + mbox,
            b"Delivered-To: chloe@family.example\n" + plain,
            b"Bcc: owen@club.example\n" + plain,
        }
        assert len({self.of(octets) for octets in copies}) == 1

    def test_another_text_or_another_id_is_another_message(self):
        one = self.of(self.HEAD + b"\nSee you at six.\n")
        assert one != self.of(self.HEAD + b"\nSee you at seven.\n")
        assert one != self.of(self.HEAD.replace(b"<one@", b"<two@") + b"\nSee you at six.\n")

    def test_without_an_id_date_and_subject_tell_messages_apart(self):
        def found(at: datetime) -> Judgement:
            return judged(letter(CARLA, CHLOE, at=at, id_=""))

        one, other = found(NOW), found(NOW + timedelta(minutes=1))
        assert one.digest != other.digest
        assert one.message_id == f"<{one.digest[:32]}@no-message-id.invalid>"
        assert found(NOW).message_id == one.message_id


class TestWhatWasWritten:
    def test_the_reader_s_sightings_are_findings(self):
        def reads(octets, known, reply, approved):
            assert known.today == NOW.date() and known.youngest == 14 and reply
            return [("phone", "N1", "certain", "07700 900123")], ["plan.jpg: picture"]

        found = judged(letter(CARLA, CHLOE, Cc=OWEN, In_Reply_To="<x@y>"), read=reads)
        assert what(found) == [("sighting", "N1", "carla", "chloe")]
        one = found.findings[0]
        assert (one.type, one.confidence, one.excerpt) == ("phone", "certain", "07700 900123")
        assert found.unread == ("plan.jpg: picture",)

    @pytest.mark.parametrize("raw", [letter(CHLOE, CARLA), letter(CARLA, CARL), letter(PAT, PIP)])
    def test_nothing_else_is_read(self, raw):
        def never(*_: object) -> object:
            raise AssertionError("it was read")

        assert judged(raw, read=never).unread == ()

    def test_a_reader_that_fails_takes_nothing_away(self, caplog):
        def fails(*_: object) -> object:
            raise ValueError("secret words")

        found = judged(letter(CARLA, CHLOE), read=fails)
        assert what(found) == [ALONE]
        assert found.unread == ("text: broken",)
        assert "secret words" not in caplog.text

    def test_the_real_reader_and_a_factory_that_travels(self):
        make = pickle.loads(pickle.dumps(factory(PEOPLE, BOOK, EVERYTHING, attachments=False)))
        judge = make()
        body = "Hi Chloe, ring me on 07700 900777 any time.\n\n> 07700 900888 is my old one"
        found = judge(letter(CARLA, CHLOE, body=body, Cc=OWEN, Subject="Re: Training"))
        assert isinstance(found, Judgement)
        numbers = [f.excerpt for f in found.findings if f.type == "phone"]
        assert numbers == ["07700 900777"]
        clean = judge(letter(CARLA, ADA, body="See you on Tuesday at 6.", Cc=OWEN))
        assert isinstance(clean, Judgement) and clean.findings == ()
