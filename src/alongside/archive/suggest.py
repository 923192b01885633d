"""Addresses that the register does not know and that behave like those of service users: for a
person to classify. Only addresses and company count; nothing that anybody wrote is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from alongside.policy.address import domain_of, key
from alongside.policy.people import People, Person
from alongside.policy.vocabulary import ContactKind

from .rows import Judgement

MOST = 50_000
"""Addresses that are kept in mind at a time; the weakest are forgotten first."""


class Like(StrEnum):
    """What an address looks like."""

    SERVICE_USER = "service_user"
    """A child's, a participant's or their family's."""
    OWN_MAILBOX = "own_mailbox"
    """A private one of somebody of the workforce (N2)."""


class Reason(StrEnum):
    """Why it is suggested."""

    SCHOOL = "school"
    FAMILY_NAME = "family_name"
    """It holds the family name of a service user whom the register knows."""
    HOUSEHOLD = "household"
    """It holds a word of a known household's name, or is at a family's own domain."""
    WITH_GROUP = "with_group"
    """Written to together with known service users of one group, by that group's lead."""
    WITH_KNOWN = "with_known"
    """Written to together with known service users."""
    NAME_OF_OURS = "name_of_ours"
    """It holds the first and the family name of somebody of the workforce."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One unknown address, and what speaks for asking whose it is."""

    address: str
    like: Like
    reasons: tuple[tuple[Reason, int], ...]
    """Strongest first, each with the number of messages that it rests on."""
    strength: int
    """Higher is surer; only good for putting suggestions in order."""
    messages: int
    """In which the address stands."""
    first: datetime
    last: datetime
    person: str = ""
    """Of the workforce, where it looks like their own mailbox."""


_WEIGHT = {
    Reason.NAME_OF_OURS: 60,
    Reason.SCHOOL: 40,
    Reason.HOUSEHOLD: 40,
    Reason.WITH_GROUP: 35,
    Reason.FAMILY_NAME: 30,
    Reason.WITH_KNOWN: 10,
}
_LEAST = 30
"""Below this strength nobody is asked."""
_WORD = re.compile(r"[^\W\d_]+")
_SCHOOL_WORD = re.compile(
    r"\b(?:school|academy|academies|college|sixthform|primary|grammar|nursery|pupils?|students?)\b"
    r"|(?:school|academy|college|primary)(?=[.-]|\Z)"
)
_LIKE_ANY = frozenset({"and", "the", "family", "home", "house", "mail", "mum", "dad", "alone"})


@dataclass(slots=True)
class _Known:
    """One address so far."""

    first: datetime
    last: datetime
    messages: int = 0
    with_group: int = 0
    with_known: int = 0
    fixed: tuple[Reason, ...] = ()
    person: str = ""

    @property
    def strength(self) -> int:
        found = sum(_WEIGHT[r] for r in self.fixed)
        if self.with_group:
            found += _WEIGHT[Reason.WITH_GROUP] + min(self.with_group, 20)
        elif self.with_known:
            found += _WEIGHT[Reason.WITH_KNOWN] + min(self.with_known, 20)
        return found


class _Words:
    """What the register's people are called, as far as it can stand in an address."""

    def __init__(self, people: People) -> None:
        self.families: set[str] = set()
        self.households: set[str] = set()
        self.domains: set[str] = set()
        self.ours: dict[frozenset[str], str] = {}
        domains: Counter[str] = Counter()
        home: Counter[str] = Counter()
        for person in people.persons.values():
            self._add(person)
            for domain in {
                domain_of(c.address) for c in person.contacts if c.kind is ContactKind.EMAIL
            }:
                domains[domain] += 1
                home[domain] += bool(person.household) and not person.workforce
        self.households -= self.families
        # A domain that few known people have, all of them families: no provider, and no employer.
        self.domains = {
            d for d, n in domains.items() if n <= 6 and home[d] == n and d not in people.domains
        }

    def _add(self, person: Person) -> None:
        names = [w for w in _words(person.name) if len(w) > 1]
        if person.workforce and len(names) > 1:
            self.ours[frozenset((names[0], names[-1]))] = person.id
        if person.service_user or person.supporter:
            if len(names) > 1 and len(names[-1]) > 3:
                self.families.add(names[-1])
            self.households.update(
                w for w in _words(person.household) if len(w) > 3 and w not in _LIKE_ANY
            )


class Gatherer:
    """Add every judgement, then ask for the suggestions."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._words = _Words(people)
        self._found: dict[str, _Known] = {}
        self._spelt: dict[str, str] = {}

    def add(self, judgement: Judgement) -> None:
        """Take in the unknown addresses of one message."""
        if not judgement.unknown:
            return
        known = {c.service_user for c in judgement.contacts}
        together = bool(known) and self._one_group(judgement.writer, known)
        for address in judgement.unknown:
            k = key(address)
            one = self._found.get(k)
            if one is None:
                one = self._begun(k, address, judgement.at)
            one.messages += 1
            one.first = min(one.first, judgement.at)
            one.last = max(one.last, judgement.at)
            one.with_known += bool(known)
            one.with_group += together

    def suggestions(self) -> list[Suggestion]:
        """Strongest first; each address once."""
        found = [
            self._suggestion(k, one) for k, one in self._found.items() if one.strength >= _LEAST
        ]
        found.sort(key=lambda s: (-s.strength, -s.messages, s.address))
        return found

    def _begun(self, k: str, address: str, at: datetime) -> _Known:
        if len(self._found) >= MOST:
            self._forget()
        fixed, person = self._by_itself(k)
        one = self._found[k] = _Known(first=at, last=at, fixed=fixed, person=person)
        self._spelt[k] = address
        return one

    def _forget(self) -> None:
        """Make room: the weaker half goes. What comes again is counted from then on."""
        found = self._found
        ranked = sorted(found, key=lambda k: (found[k].strength, found[k].messages))
        for k in ranked[: MOST // 2]:
            del self._found[k], self._spelt[k]

    def _one_group(self, writer: str, service_users: Iterable[str]) -> bool:
        """Whether they share a group that the writer leads, or may write to."""
        shared: frozenset[str] | None = None
        for s in service_users:
            person = self._people.persons.get(s)
            groups = person.groups if person is not None else frozenset[str]()
            shared = groups if shared is None else shared & groups
        groups_of = self._people.groups
        return any(g in groups_of and groups_of[g].may_write(writer) for g in shared or ())

    def _by_itself(self, k: str) -> tuple[tuple[Reason, ...], str]:
        """What the address alone says."""
        local, _, domain = k.rpartition("@")
        words = _words(local)
        found: list[Reason] = []
        pairs = (frozenset(pair) for pair in combinations(words[:6], 2))
        if person := next((self._words.ours[p] for p in pairs if p in self._words.ours), ""):
            return (Reason.NAME_OF_OURS,), person
        if domain.endswith(".sch.uk") or _SCHOOL_WORD.search(domain):
            found.append(Reason.SCHOOL)
        if any(w in self._words.families for w in words):
            found.append(Reason.FAMILY_NAME)
        if domain in self._words.domains or any(w in self._words.households for w in words):
            found.append(Reason.HOUSEHOLD)
        return tuple(found), ""

    def _suggestion(self, k: str, one: _Known) -> Suggestion:
        reasons: list[tuple[Reason, int]] = [(r, one.messages) for r in one.fixed]
        if one.with_group:
            reasons.append((Reason.WITH_GROUP, one.with_group))
        elif one.with_known:
            reasons.append((Reason.WITH_KNOWN, one.with_known))
        reasons.sort(key=lambda r: -_WEIGHT[r[0]])
        return Suggestion(
            address=self._spelt[k],
            like=Like.OWN_MAILBOX if one.person else Like.SERVICE_USER,
            reasons=tuple(reasons),
            strength=one.strength,
            messages=one.messages,
            first=one.first,
            last=one.last,
            person=one.person,
        )


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text.casefold())
