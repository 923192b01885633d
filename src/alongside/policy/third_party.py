"""Who may be the third party for one service user: the whole ranking, with reasons (law 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from .address import key
from .candidates import Candidate, candidates, colleagues, recipients
from .conversation import Conversation, Subject
from .decision import ThirdParty
from .people import Mailbox, Person
from .vocabulary import KIND_OF_SEAT, Channel, Kind, Seat
from .weighing import weigh


def ranking(
    service_user: str, c: Conversation, order: tuple[Seat, ...], via: tuple[str, ...] = ()
) -> tuple[ThirdParty, ...]:
    """All candidates for one service user, best first; the ineligible ones with their reason.

    ``via``: the groups through which this message reaches them. Present recipients come before
    those named in a header, and these before whoever the rulebook's order says.
    """
    subject = Subject.of(c, service_user)
    place = _places(order)
    found = _now(c, subject, _standing(c, subject, order, via))
    if c.told:
        found = _with_recipients(c, subject, found, place)
    eligible = [t for t in found if t.eligible]
    if len(eligible) < _ENOUGH:
        # Hardly anybody who has to do with them: then anybody of the workforce who may, too.
        known = {(t.address, t.person) for t in eligible}
        more = _weighed(c, subject, colleagues(c.people, subject), place)
        eligible += (t for who, t in more.items() if t.eligible and who not in known)
        now = {(t.address, t.person) for t in eligible}
        found = [t for t in found if t.eligible or (t.address, t.person) not in now]
    if c.told:
        eligible.sort(key=lambda t: (not t.present, not t.named, _stands(t, place)))
    # In order already, but for whom this message makes ineligible.
    return (*eligible, *(t for t in found if not t.eligible))


def _with_recipients(
    c: Conversation, s: Subject, found: list[ThirdParty], place: Mapping[Seat, int]
) -> list[ThirdParty]:
    """Whoever the envelope or a header names counts too, at the better of two seats."""
    best = {(t.address, t.person): t for t in found}
    for who, one in _weighed(c, s, recipients(c, s), place).items():
        known = best.get(who)
        if known is None or _worth(one, place) < _worth(known, place):
            best[who] = one
    return sorted(best.values(), key=lambda t: _stands(t, place))


_ENOUGH = 3
"""So many candidates that one refused copy or two do not leave a service user alone."""


@dataclass(frozen=True, slots=True)
class _Candidacy:
    """A candidate as they stand whoever writes, and what could change that in one message."""

    third_party: ThirdParty
    seat: Seat
    candidate: Candidate
    key: str
    touched: frozenset[str]
    """Persons behind it: where one of them is in this message's way, it is weighed again."""
    households: frozenset[str]
    candidate_id: str
    """The person, where nothing but who writes and who is named decides how they stand; or none."""


def _standing(
    c: Conversation, s: Subject, order: tuple[Seat, ...], via: tuple[str, ...]
) -> tuple[_Candidacy, ...]:
    """Whoever has to do with the service user; the same until the register or the day changes."""
    theirs = tuple(g for g in via if g in s.person.groups)
    known = c.people.memo.of(c.today)
    asked = (s.person.id, c.channel, order, theirs)
    found: tuple[_Candidacy, ...] | None = known.get(asked)
    if found is None:
        nobody = c.without_message(s.restricted)
        best = _best(candidates(nobody, s, theirs), _places(order))
        place = _places(order)
        made = [
            _candidacy(nobody, t, seat, candidate)
            for seat, candidate in best
            for t in weigh(nobody, s, seat, candidate)
        ]
        once: dict[tuple[str, str], _Candidacy] = {}
        for x in sorted(made, key=lambda x: _worth(x.third_party, place)):
            once.setdefault((x.third_party.address, x.third_party.person), x)
        in_order = sorted(once.values(), key=lambda x: _stands(x.third_party, place))
        found = known[asked] = tuple(in_order)
    return found


def _candidacy(c: Conversation, t: ThirdParty, seat: Seat, candidate: Candidate) -> _Candidacy:
    k = key(t.address)
    touched = c.readers(k) | ({candidate.id} if isinstance(candidate, Person) else set())
    known = (c.people.persons.get(p) for p in touched)
    homes = frozenset(p.household for p in known if p is not None and p.household)
    return _Candidacy(t, seat, candidate, k, frozenset(touched), homes, _plainly(c, candidate, k))


def _plainly(c: Conversation, candidate: Candidate, k: str) -> str:
    """Whose candidacy is the same at this address in every message they write."""
    if isinstance(candidate, Mailbox) or c.channel is Channel.SOCIAL:
        return ""
    return candidate.id if [key(x.address) for x in candidate.contacts].count(k) == 1 else ""


@lru_cache(maxsize=16_384)
def _of_the_writer(t: ThirdParty) -> ThirdParty:
    """The same in a message that they write themselves: as ``weigh`` would find it."""
    return replace(t, eligible=False, why="is_the_writer")


def _now(c: Conversation, s: Subject, standing: Iterable[_Candidacy]) -> list[ThirdParty]:
    """The standing candidates in this message: weighed again where it touches them."""
    keys, sensitive, homes = c.keys, c.sensitive, c.writer_households
    shared = s.person.id in c.beside
    found: list[ThirdParty] = []
    for x in standing:
        if (
            x.key in keys
            or not x.touched.isdisjoint(sensitive)
            or (homes and not x.households.isdisjoint(homes))
            or (shared and x.seat is Seat.SUPPORTER)
        ):
            if x.candidate_id in c.writers and x.key not in c.present and x.key not in c.named:
                found.append(_of_the_writer(x.third_party))
                continue
            found += (t for t in weigh(c, s, x.seat, x.candidate) if key(t.address) == x.key)
        else:
            found.append(x.third_party)
    return found


def _weighed(
    c: Conversation,
    subject: Subject,
    offered: Iterable[tuple[Seat, Candidate]],
    place: Mapping[Seat, int],
) -> dict[tuple[str, str], ThirdParty]:
    """Each candidate once, as they stand in this message."""
    found: dict[tuple[str, str], ThirdParty] = {}
    for seat, candidate in _best(offered, place):
        for one in weigh(c, subject, seat, candidate):
            other = found.get((one.address, one.person))
            if other is None or (one.eligible and not other.eligible):
                found[one.address, one.person] = one
    return found


def _best(
    offered: Iterable[tuple[Seat, Candidate]], place: Mapping[Seat, int]
) -> Iterable[tuple[Seat, Candidate]]:
    """Each candidate once: an officer as an officer, otherwise at the best seat offered."""

    best: dict[tuple[str, bool], tuple[Seat, Candidate]] = {}
    for seat, candidate in offered:
        who = candidate.id if isinstance(candidate, Person) else candidate.address
        known = best.get((who, seat is Seat.SUPPORTER))
        if known is None or _rank(seat, place) < _rank(known[0], place):
            best[who, seat is Seat.SUPPORTER] = seat, candidate
    return best.values()


def _rank(seat: Seat, place: Mapping[Seat, int]) -> tuple[bool, int]:
    return KIND_OF_SEAT[seat] is not Kind.OFFICER, place[seat]


def _worth(t: ThirdParty, place: Mapping[Seat, int]) -> tuple[bool, bool, int]:
    """Lower is better: an eligible one, then an officer, then the better seat."""
    return not t.eligible, *_rank(t.seat, place)


def _stands(t: ThirdParty, place: Mapping[Seat, int]) -> int:
    """Where in the order: a role's own address before any one officer's."""
    return place[Seat.GROUP_OFFICER] - 1 if _of_role(t) else place[t.seat]


@lru_cache
def _places(order: tuple[Seat, ...]) -> dict[Seat, int]:
    return {seat: 2 * at for at, seat in enumerate(order, 1)}


def _of_role(t: ThirdParty) -> bool:
    """A role's own address stands before any one officer's: copies of the role go there."""
    return not t.person and t.seat is Seat.ORGANISATION_OFFICER


def kinds(ranked: Iterable[ThirdParty]) -> tuple[frozenset[Kind], frozenset[Kind]]:
    """The kinds of which an eligible third party can be had, and of which one is there already."""
    to_be_had: set[Kind] = set()
    there: set[Kind] = set()
    for t in ranked:
        if not t.eligible:
            break  # the eligible ones come first
        to_be_had.add(t.kind)
        if t.present:
            there.add(t.kind)
    return frozenset(to_be_had), frozenset(there)
