"""The counting: one pass over the messages, in memory that grows with people and not with mail."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import NamedTuple

from alongside.policy.address import key
from alongside.policy.people import People
from alongside.policy.vocabulary import MailboxKind

from ..rows import Finding, Judgement
from ..suggest import Gatherer
from . import words
from .naming import AT, writer_id
from .view import Shown

MOST_OF_A_KIND = 12
"""Findings of one kind that the page lists one by one."""
POSSIBLE = "possible"
"""The confidence of what is told apart: the reader was not sure."""


class Month(NamedTuple):
    year: int
    month: int


class Listed(NamedTuple):
    """One finding in the list of the most serious."""

    order: tuple[float, str, str, int]
    """How late, where, and which of its message: no two are alike."""
    at: datetime
    message_id: str
    finding: Finding

    @property
    def file(self) -> str:
        return self.order[1]

    @property
    def place(self) -> str:
        return self.order[2]


@dataclass(slots=True)
class Tally:
    """Of one kind of finding."""

    messages: int = 0
    findings: int = 0
    possible: int = 0
    """Messages in which it was only perhaps so."""
    writers: set[str] = field(default_factory=set)
    service_users: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Pair:
    """A writer of the workforce and a service user."""

    sent: int = 0
    alone: int = 0
    """Of those sent: nobody else who may be the third party was there."""
    received: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def messages(self) -> int:
        return self.sent + self.received


@dataclass(slots=True)
class Numbers:
    """Everything that the page says in figures."""

    people: People
    zone: tzinfo
    gatherer: Gatherer
    judged: int = 0
    ours: int = 0
    """Judged messages that the workforce wrote."""
    to_served: int = 0
    """Of those: written to a service user's own address."""
    theirs: int = 0
    """Judged messages that a service user wrote to somebody of the workforce."""
    with_findings: int = 0
    """Of ours, with something that is sure or likely."""
    findings: int = 0
    possible: int = 0
    hidden: int = 0
    """Findings that this viewer may not see."""
    clauses: Counter[str] = field(default_factory=Counter)
    """Clause -> messages."""
    kinds: dict[str, Tally] = field(default_factory=dict)
    persons: dict[str, Counter[str]] = field(default_factory=dict)
    """Writer -> kind -> messages."""
    wrote: Counter[str] = field(default_factory=Counter)
    """Writer -> judged messages."""
    months: dict[Month, Counter[str]] = field(default_factory=dict)
    """Month -> kind -> messages; ``""`` counts messages with a finding, ``ours`` all of ours."""
    hours: Counter[tuple[int, int]] = field(default_factory=Counter)
    """(weekday from Monday 0, hour) -> messages that the workforce wrote to service users."""
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    """Why -> parts of messages that could not be read."""
    first: datetime | None = None
    last: datetime | None = None
    serious: dict[str, list[Listed]] = field(default_factory=dict)
    """Kind -> the latest of them."""

    def add(self, shown: Shown) -> None:
        """Take in one message."""
        j = shown.judgement
        self.hidden += shown.hidden
        if not shown.touched:
            self.gatherer.add(j)
        self.unread.update(why_of(part) for part in j.unread)
        if not j.judged or (shown.touched and not j.findings and not j.contacts):
            return
        self.judged += 1
        self.first = min(self.first or j.at, j.at)
        self.last = max(self.last or j.at, j.at)
        local = j.at.astimezone(self.zone)
        month = self.months.setdefault(Month(local.year, local.month), Counter())
        if ours(j, self.people):
            self.ours += 1
            month["ours"] += 1
            self.wrote[_wrote(j)] += 1
        self._contacts(j, local)
        self._findings(j, month)

    def _contacts(self, j: Judgement, local: datetime) -> None:
        inbound = {c.service_user for c in j.contacts} & {j.writer}
        for c in j.contacts:
            pair = self.pairs.setdefault((c.writer or _mailbox(j), c.service_user), Pair())
            pair.first = min(pair.first or j.at, j.at)
            pair.last = max(pair.last or j.at, j.at)
            if inbound:
                pair.received += 1
            else:
                pair.sent += 1
                pair.alone += not c.covered
        if inbound:
            self.theirs += 1
        elif j.contacts:
            self.to_served += 1
            self.hours[local.weekday(), local.hour] += 1

    def _findings(self, j: Judgement, month: Counter[str]) -> None:
        sure = [f for f in j.findings if f.confidence != POSSIBLE]
        self.findings += len(sure)
        self.possible += len(j.findings) - len(sure)
        if sure:
            self.with_findings += 1
            month[""] += 1
        kinds = {words.kind_of(f) for f in sure}
        self.clauses.update({f.clause for f in sure})
        month.update(kinds)
        for id_ in {words.kind_of(f) for f in j.findings} - kinds:
            self.kinds.setdefault(id_, Tally()).possible += 1
        for id_ in kinds:
            self.kinds.setdefault(id_, Tally()).messages += 1
        once: set[tuple[str, str]] = set()
        for number, f in enumerate(sure):
            tally, writer = self.kinds[words.kind_of(f)], writer_id(f)
            tally.findings += 1
            tally.writers.add(writer)
            if f.service_user:
                tally.service_users.add(f.service_user)
            once.add((writer, words.kind_of(f)))
            self._list(j, f, number)
        for writer, id_ in once:
            self.persons.setdefault(writer, Counter())[id_] += 1
        for writer in {w for w, _ in once}:
            self.persons[writer][""] += 1

    def _list(self, j: Judgement, f: Finding, number: int) -> None:
        """Keep it if it is among the latest of its kind: the heap's first is the oldest kept."""
        one = Listed((j.at.timestamp(), j.file, j.place, -number), j.at, j.message_id, f)
        kept = self.serious.setdefault(words.kind_of(f), [])
        if len(kept) < MOST_OF_A_KIND:
            heapq.heappush(kept, one)
        elif kept[0].order < one.order:
            heapq.heapreplace(kept, one)


def of(messages: Iterable[Shown], people: People, zone: tzinfo) -> Numbers:
    """Count these messages."""
    numbers = Numbers(people=people, zone=zone, gatherer=Gatherer(people))
    for shown in messages:
        numbers.add(shown)
    return numbers


def ours(j: Judgement, people: People) -> bool:
    """Whether the workforce wrote it."""
    if not j.judged:
        return False
    if j.writer:
        writer = people.persons.get(j.writer)
        inbound = any(c.service_user == j.writer for c in j.contacts)
        return writer is not None and writer.workforce and not inbound
    mailbox = people.mailboxes.get(key(j.writer_address))
    if mailbox is not None:
        return mailbox.kind is not MailboxKind.AUTOMATIC
    return people.local(j.writer_address)


def _wrote(j: Judgement) -> str:
    return j.writer or f"{AT}{key(j.writer_address)}"


def _mailbox(j: Judgement) -> str:
    """A contact without a person: of the mailbox that wrote; where it was written to, of many."""
    return f"{AT}{key(j.writer_address)}"


def why_of(part: str) -> str:
    """The code in ``part: why (more)``."""
    return part.rpartition(": ")[2].partition(" ")[0]
