"""Which sightings count, by zone and signature; what a writer is shown of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.enforcement.learning import Learned, learned
from alongside.enforcement.reading import what_counts
from alongside.enforcement.values import Judged, Parcel, Words
from alongside.mail.quoting import LONGEST, quotes, unread_parts
from alongside.policy.decide import decide
from alongside.policy.facts import Seen
from alongside.policy.register import Signature, SignatureStanding
from alongside.policy.vocabulary import Sight, Sureness
from alongside.scan.reading import Unread
from alongside.scan.sighting import Confidence, Sighting, Type, Zone
from tests.world import CARLA, CHLOE, PEOPLE, TODAY, mail, people

from .rig import shipped

BOOK = shipped()


def seen(
    text: str = "07700 900123",
    *,
    type: Type = Type.PHONE,
    zone: Zone = Zone.BODY,
    confidence: Confidence = Confidence.CERTAIN,
    own: bool = False,
    understood: str = "+447700900123",
) -> Sighting:
    return Sighting(
        type=type,
        start=0,
        end=len(text),
        text=text,
        understood=understood,
        confidence=confidence,
        zone=zone,
        own=own,
    )


@pytest.mark.parametrize(
    ("sighting", "signature", "counts"),
    [
        (seen(), Learned.UNKNOWN, Seen(Sight.PHONE, Sureness.CERTAIN)),
        (seen(zone=Zone.QUOTED), Learned.UNKNOWN, None),
        (seen(zone=Zone.QUOTED, own=True), Learned.UNKNOWN, Seen(Sight.PHONE, Sureness(2), True)),
        (seen(zone=Zone.ATTACHMENT), Learned.APPROVED, Seen(Sight.PHONE, Sureness.CERTAIN)),
        (seen(zone=Zone.SIGNATURE), Learned.APPROVED, None),
        (seen(zone=Zone.SIGNATURE), Learned.ASKED, None),
        (seen(zone=Zone.SIGNATURE), Learned.ASK, Seen(Sight.PHONE, Sureness.POSSIBLE)),
        (seen(zone=Zone.SIGNATURE), Learned.UNKNOWN, Seen(Sight.PHONE, Sureness.CERTAIN)),
        (
            seen(zone=Zone.SIGNATURE, own=True),
            Learned.APPROVED,
            Seen(Sight.PHONE, Sureness(2), True),
        ),
    ],
)
def test_what_counts_hangs_on_whose_words_they_are(sighting, signature, counts):
    assert what_counts([sighting], signature) == (frozenset({counts}) if counts else frozenset())


def test_the_surest_of_each_type_counts_once():
    some = [seen(confidence=c) for c in Confidence] + [seen(type=Type.GAME)]
    assert what_counts(some, Learned.UNKNOWN) == {
        Seen(Sight.PHONE, Sureness.CERTAIN),
        Seen(Sight.GAME, Sureness.CERTAIN),
    }


KEY = "a" * 64


def with_signatures(*kept: tuple[str, SignatureStanding, date]):
    made = tuple(Signature(key=k, standing=s, since=d) for k, s, d in kept)
    return people(carla={"signatures": made})


LONG_AGO = TODAY - timedelta(days=400)


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ([], Learned.ASK),
        ([(KEY, SignatureStanding.ASKED, TODAY)], Learned.ASKED),
        ([(KEY, SignatureStanding.APPROVED, LONG_AGO)], Learned.APPROVED),
        ([(KEY, SignatureStanding.REFUSED, TODAY)], Learned.UNKNOWN),
        ([(KEY, SignatureStanding.ASKED, LONG_AGO)], Learned.UNKNOWN),
        ([("b" * 64, SignatureStanding.APPROVED, LONG_AGO)], Learned.UNKNOWN),
        ([("b" * 64, SignatureStanding.APPROVED, TODAY - timedelta(days=29))], Learned.ASK),
        ([("b" * 64, SignatureStanding.APPROVED, TODAY - timedelta(days=30))], Learned.UNKNOWN),
    ],
)
def test_a_signature_is_learned_in_the_first_weeks(kept, says):
    assert learned(KEY, ("carla",), with_signatures(*kept), BOOK, TODAY) is says


def test_nobody_learns_for_a_mailbox_or_for_two():
    for writers in ((), ("carla", "carl"), ("nobody",)):
        assert learned(KEY, writers, PEOPLE, BOOK, TODAY) is Learned.UNKNOWN
    assert learned("", ("carla",), PEOPLE, BOOK, TODAY) is Learned.UNKNOWN
    never = replace(BOOK, learning_days=0)
    assert learned(KEY, ("carla",), PEOPLE, never, TODAY) is Learned.UNKNOWN


def judged(*sightings: Sighting, unread: tuple[Unread, ...] = ()) -> Judged:
    message = mail(CARLA, CHLOE)
    return Judged(
        parcel=Parcel(message=message, content=b"", fingerprint=""),
        decision=decide(message, PEOPLE, BOOK),
        reference="A7K3-9QXM",
        words=Words(sightings=sightings, unread=unread),
    )


def test_the_writer_is_shown_the_words_and_how_they_were_read():
    number = seen("oh seven seven double oh nine hundred one two three")
    assert quotes(judged(number), "seen_phone") == (f"`{number.text}` (read as +447700900123)",)
    plain = seen("+44 7700 900123")
    assert quotes(judged(plain), "seen_phone") == ("`+44 7700 900123`",)


def test_a_password_and_what_is_an_officer_s_are_never_shown():
    pin = seen("pin is 4821", type=Type.PASSWORD, understood="pin")
    assert quotes(judged(pin), "seen_password") == ("pin",)
    secret = seen("our secret", type=Type.SECRECY, understood="secret")
    assert quotes(judged(secret), "secrecy") == ()


def test_what_is_shown_is_short_one_line_and_visible():
    odd = seen("07700\n\u200b900123 " + "x" * 200)
    (shown,) = quotes(judged(odd), "seen_phone")
    words = shown.partition("`")[2].partition("`")[0]
    assert len(words) == LONGEST and "\n" not in words and "\u200b" not in words


def test_quoted_words_are_not_shown_and_three_are_enough():
    five = [seen(f"07700 90012{n}", understood=f"+44770090012{n}") for n in range(5)]
    assert len(quotes(judged(*five), "seen_phone")) == 3
    assert quotes(judged(seen(zone=Zone.QUOTED)), "seen_phone") == ()
    assert quotes(judged(seen()), "copied") == ()


def test_parts_that_were_not_read_are_named_once():
    parts = tuple(Unread(part=p, why="broken") for p in ("a.pdf", "a.pdf", "b.pdf"))
    assert unread_parts(judged(unread=parts)) == ("a.pdf", "b.pdf")
