"""Details without a shape: what the network's hearing makes of them."""

from __future__ import annotations

import pytest

from alongside.scan import heard as heard_module
from alongside.scan.finder import Window
from alongside.scan.finders.home_address import INVITATION
from alongside.scan.fold import fold
from alongside.scan.heard import LEAST, OFFICIAL, SURER, heard
from alongside.scan.known import Details, Known
from alongside.scan.meaning.kinds import KINDS
from alongside.scan.meaning.units import sentences
from alongside.scan.meant import LOUD
from alongside.scan.reading import Piece
from alongside.scan.sighting import Confidence, Type, Zone
from tests.scan.looking import TODAY

TEXT = "We start at six. It's the end cottage past the chapel, knock twice. Bring a coat."
COTTAGE = TEXT.index("It's"), TEXT.index(" Bring")
KNOWN = Known(today=TODAY)


class Told:
    """A network that hears one kind, so loudly, in every sentence that names a cottage."""

    def __init__(self, text: str, kind: Type, logit: float) -> None:
        self.sentences = sentences(text)
        self._text, self._kind, self._logit = text, kind, logit

    def around(self, start: int, end: int) -> tuple[float, ...]:
        said = self._text[start:end]
        loud = self._logit if "cottage" in said else -12.0
        return tuple(loud if kind is self._kind else -12.0 for kind in KINDS)

    def hopeful(self):
        return [(s, self.around(s.start, s.end)) for s in self.sentences]


def listen(
    monkeypatch, logit, *, kind=Type.HOME_ADDRESS, text=TEXT, seen=(), known=KNOWN, zone=Zone.BODY
):
    monkeypatch.setattr(heard_module, "meaning", lambda said: Told(said, kind, logit))
    window = Window(folded=fold(text), piece=Piece(start=0, end=len(text), zone=zone))
    return heard(window, known, [window.see(*one) for one in seen])


def at(sure, kind=Type.HOME_ADDRESS):
    return kind, *COTTAGE, "seen", sure


def test_a_home_that_has_no_shape_is_likely(monkeypatch):
    (one,) = listen(monkeypatch, LOUD)
    assert (one.type, one.start, one.end, one.confidence) == (
        Type.HOME_ADDRESS,
        *COTTAGE,
        Confidence.LIKELY,
    )
    assert listen(monkeypatch, LOUD - 0.1) == []


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_what_sounds_like_a_halls_or_a_teams_is_only_possible(monkeypatch, kind):
    def sure(logit):
        (one,) = listen(monkeypatch, logit, kind=kind, seen=[at(Confidence.LIKELY, kind)])
        return one.confidence

    assert sure(LEAST[kind]) is Confidence.LIKELY
    assert sure(LEAST[kind] - 0.1) is Confidence.POSSIBLE


def test_an_address_that_imitates_ours_stays_likely(monkeypatch):
    ours = Known(today=TODAY, domains=frozenset({"activetogether.example"}))
    spoof = "sam@activetogether.example.evil.test"
    for understood, sure in (("print@inkwell.example", 0), (spoof, 1)):
        seen = [(Type.EMAIL_ADDRESS, *COTTAGE, understood, Confidence.LIKELY)]
        (one,) = listen(monkeypatch, -9.0, kind=Type.EMAIL_ADDRESS, seen=seen, known=ours)
        assert one.confidence == sure


def test_even_a_plain_account_is_only_possible_where_it_sounds_like_a_bodys(monkeypatch):
    kind = Type.HANDLE

    def sure(logit):
        (one,) = listen(monkeypatch, logit, kind=kind, seen=[at(Confidence.CERTAIN, kind)])
        return one.confidence

    assert sure(OFFICIAL[kind]) is Confidence.CERTAIN
    assert sure(OFFICIAL[kind] - 0.1) is Confidence.POSSIBLE


@pytest.mark.parametrize("kind", [Type.PHONE, Type.IMAGE_LINK, Type.PROFILE_LINK])
def test_what_only_a_rule_can_see_becomes_no_surer(monkeypatch, kind):
    (one,) = listen(monkeypatch, 9.0, kind=kind, seen=[at(Confidence.POSSIBLE, kind)])
    assert one.confidence is Confidence.POSSIBLE


@pytest.mark.parametrize(
    ("logit", "before", "after"),
    [
        (SURER, Confidence.POSSIBLE, Confidence.LIKELY),
        (SURER - 0.1, Confidence.POSSIBLE, Confidence.POSSIBLE),
        (LEAST[Type.HOME_ADDRESS], Confidence.LIKELY, Confidence.LIKELY),
        (LEAST[Type.HOME_ADDRESS] - 0.1, Confidence.LIKELY, Confidence.POSSIBLE),
        (-20.0, Confidence.CERTAIN, Confidence.CERTAIN),
    ],
)
def test_what_a_rule_saw_becomes_surer_or_less_sure(monkeypatch, logit, before, after):
    (one,) = listen(monkeypatch, logit, seen=[at(before)])
    assert one.confidence is after


@pytest.mark.parametrize("kind", [Type.PROFILE_LINK, Type.EMAIL_ADDRESS, Type.PERSONAL_SITE])
def test_an_account_is_not_heard_where_a_rule_has_seen_a_link(monkeypatch, kind):
    seen = [at(Confidence.CERTAIN, kind)]
    assert [s.type for s in listen(monkeypatch, 9.0, kind=Type.HANDLE, seen=seen)] == [kind]


def test_an_invitation_home_stays_likely(monkeypatch):
    seen = [(Type.HOME_ADDRESS, *COTTAGE, INVITATION, Confidence.LIKELY)]
    assert [s.confidence for s in listen(monkeypatch, -20.0, seen=seen)] == [Confidence.LIKELY]


def test_other_kinds_are_left_as_they_are(monkeypatch):
    seen = [at(Confidence.LIKELY, Type.PASSWORD)]
    assert [s.confidence for s in listen(monkeypatch, -20.0, seen=seen)] == [Confidence.LIKELY]


def test_a_name_of_the_register_is_nobodys_secret(monkeypatch):
    text = "Find the cottage pictures at exampleactive there."
    ours = Known(today=TODAY, ours=Details(profiles=frozenset({"instagram:exampleactive"})))
    assert listen(monkeypatch, 9.0, kind=Type.HANDLE, text=text, known=ours) == []
    assert listen(monkeypatch, 9.0, kind=Type.HANDLE, text=text)


@pytest.mark.parametrize("zone", [Zone.QUOTED, Zone.SIGNATURE])
def test_only_what_is_written_now_is_listened_to(monkeypatch, zone):
    assert listen(monkeypatch, 9.0, zone=zone) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Type.HOME_ADDRESS, "We have your new address as 14 Larkfield Road, the cottage."),
        (Type.HANDLE, "Well done @cottage for the run."),
        (Type.PERSONAL_SITE, "The cottage is on www.trains.example with its times."),
    ],
)
def test_what_a_rule_judged_and_where_the_reader_lives_is_not_heard(monkeypatch, kind, text):
    assert listen(monkeypatch, 9.0, kind=kind, text=text) == []
