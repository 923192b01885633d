"""Who may be the third party for one service user: the whole ranking, with reasons (law 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .address import key
from .candidates import Candidate, candidates, colleagues, recipients
from .conversation import Conversation, Subject
from .decision import ThirdParty
from .facts import Served
from .people import Mailbox, Person
from .rulebook import Rulebook
from .vocabulary import KIND_OF_SEAT, Channel, Kind, Seat
from .weighing import weigh


@dataclass(frozen=True, slots=True)
class Ranked:
    """All candidates for one service user, best first; the ineligible ones with their reason."""

    third_parties: tuple[ThirdParty, ...]
    eligible: frozenset[Kind]
    """The kinds of which an eligible third party can be had."""
    present: frozenset[Kind]
    """The kinds of which one is there already."""
    served: dict[bool, Served] = field(default_factory=dict, compare=False)
    """The facts of the service user where these write; by whether they stand there ambiguously."""


def ranking(
    service_user: str, c: Conversation, rulebook: Rulebook, via: tuple[str, ...] = ()
) -> Ranked:
    """Who may be copied for one service user.

    ``via``: the groups through which this message reaches them. Present recipients come before
    those named in a header, and these before whoever the rulebook's order says.
    """
    subject = Subject.of(c, service_user)
    independent = subject.adult and not subject.person.at_risk
    order = rulebook.order_for_adults if independent else rulebook.order
    standing = _standing(c, subject, order, via)
    usual = bool(c.writers) and standing.only_writers_matter(c, subject)
    asked = (c.writers, c.writer_keys)
    if usual and (known := standing.usual.get(asked)) is not None:
        return known
    place = _places(order)
    found = _now(c, subject, standing.candidacies)
    if c.told:
        found = _with_recipients(c, subject, found, place)
    eligible = [t for t in found if t.eligible]
    if len(eligible) < _ENOUGH:
        # Hardly anybody who has to do with them: then anybody of the workforce who may, too.
        return _ranked(c, *_with_colleagues(c, subject, found, eligible, place), place)
    ranked = _ranked(c, found, eligible, place)
    if usual:
        if len(standing.usual) > _MOST_USUAL:
            standing.usual.clear()
        standing.usual[asked] = ranked
    return ranked


def _ranked(
    c: Conversation,
    found: Iterable[ThirdParty],
    eligible: list[ThirdParty],
    place: Mapping[Seat, int],
) -> Ranked:
    if c.told:
        eligible.sort(key=lambda t: (not t.present, not t.named, _stands(t, place)))
    # In order already, but for whom this message makes ineligible.
    return Ranked(
        third_parties=(*eligible, *(t for t in found if not t.eligible)),
        eligible=frozenset(t.kind for t in eligible),
        present=frozenset(t.kind for t in eligible if t.present),
    )


def _with_colleagues(
    c: Conversation,
    s: Subject,
    found: list[ThirdParty],
    eligible: list[ThirdParty],
    place: Mapping[Seat, int],
) -> tuple[list[ThirdParty], list[ThirdParty]]:
    known = {(t.address, t.person) for t in eligible}
    more = _weighed(c, s, colleagues(c.people, s), place)
    eligible = [*eligible, *(t for who, t in more.items() if t.eligible and who not in known)]
    now = {(t.address, t.person) for t in eligible}
    return [t for t in found if t.eligible or (t.address, t.person) not in now], eligible


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
_MOST_USUAL = 64
"""Writers of one service user whose rankings are kept."""


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


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whoever has to do with a service user, and what a message would have to touch."""

    candidacies: tuple[_Candidacy, ...]
    keys: frozenset[str]
    persons: frozenset[str]
    usual: dict[tuple[frozenset[str], frozenset[str]], Ranked] = field(default_factory=dict)
    """By the writers and their addresses: the ranking where nothing else touches anybody."""

    @classmethod
    def of(cls, candidacies: Iterable[_Candidacy]) -> _Standing:
        found = tuple(candidacies)
        return cls(
            found,
            frozenset(x.key for x in found),
            frozenset[str]().union(*(x.touched for x in found)),
        )

    def only_writers_matter(self, c: Conversation, s: Subject) -> bool:
        """Whether the message says nothing of anybody here but by who writes it."""
        return (
            c.channel is not Channel.SOCIAL
            and not c.told
            and s.person.id not in c.beside
            and self.keys.isdisjoint(c.addressed)
            and (not c.unwelcome or self.persons.isdisjoint(c.unwelcome))
            and (not c.named_in_concern or self.persons.isdisjoint(c.named_in_concern))
        )


def _standing(
    c: Conversation, s: Subject, order: tuple[Seat, ...], via: tuple[str, ...]
) -> _Standing:
    """Whoever has to do with the service user; the same until the register or the day changes."""
    theirs = tuple(g for g in via if g in s.person.groups) if via else ()
    known = s.standings
    asked = (c.channel, order, theirs)
    found: _Standing | None = known.get(asked)
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
        found = known[asked] = _Standing.of(in_order)
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
