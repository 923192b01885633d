"""A client's retry copies nobody again: the copies that were accepted for the same bytes.

The record remembers them for days. Here they are kept from the moment in which a copy was accepted
until the record has them: a client may come again while its first try is still under way, or while
the record can't be written.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from alongside.policy.address import key
from alongside.policy.decision import Decision

from . import entries
from .delivery import Step
from .house import House
from .progress import Copied, Progress
from .values import Bundle, CopyMark, Judged

_AT_MOST = 10_000
"""Messages whose copies are kept in memory; the oldest go first."""


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted: int = 0


class Remembered:
    """One for all sessions of a gateway."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._unwritten: dict[str, tuple[CopyMark, ...]] = {}
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def in_turn(self, judged: Judged) -> AsyncIterator[None]:
        """One delivery of the same bytes at a time: whoever comes again waits for the first."""
        fingerprint = judged.parcel.fingerprint
        turn = self._turns.setdefault(fingerprint, _Turn())
        turn.wanted += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.wanted -= 1
            if not turn.wanted:
                del self._turns[fingerprint]

    async def begin(self, judged: Judged, bundle: Bundle) -> Progress:
        """Put the decision on the record; where its delivery begins. Raises ``Unavailable``.

        To be called in turn: then whatever the record does not have yet is in mind here.
        """
        if not judged.decision.obligations:
            await self._house.ledger.append(bundle)
            return Progress()
        fingerprint = judged.parcel.fingerprint
        since = self._house.clock() - self._house.remember_copies
        in_mind = self._unwritten.get(fingerprint, ())
        written = await self._house.ledger.append_and_recall(bundle, fingerprint, since)
        there = {m.leg for m in written}
        unwritten = [m for m in in_mind if m.leg not in there]
        copies = [*_still_count(judged, written, new=False)]
        copies += _still_count(judged, unwritten, new=True)
        recipients = {key(r.address) for r in judged.decision.routes}
        return Progress(copies=copies, done={key(c.address) for c in copies} & recipients)

    def step(self, judged: Judged) -> Step:
        """Called after each leg: keeps the new copies in mind."""

        async def step(progress: Progress) -> None:
            marks = entries.marks(progress, judged.parcel, judged.reference, self._house.clock())
            if marks:
                self._unwritten[judged.parcel.fingerprint] = marks
                if len(self._unwritten) > _AT_MOST:
                    del self._unwritten[next(iter(self._unwritten))]

        return step

    def unwritten(self, judged: Judged) -> tuple[CopyMark, ...]:
        """What the record does not have yet."""
        return self._unwritten.get(judged.parcel.fingerprint, ())

    def forget(self, judged: Judged) -> None:
        """The record has them now."""
        self._unwritten.pop(judged.parcel.fingerprint, None)


def still_counting(progress: Progress, decision: Decision) -> Progress:
    """The same with what its copies are worth today: people change while a message waits.

    A copy whose reader is no longer eligible for a service user serves and names nobody for them.
    """
    progress.copies = [
        replace(c, serves=serves, shown=c.shown if serves else "")
        for c in progress.copies
        for serves in [_served(decision, c.address, c.serves)]
    ]
    return progress


def _still_count(judged: Judged, marks: Iterable[CopyMark], *, new: bool) -> Iterator[Copied]:
    """Those whose reader is eligible for what is judged now."""
    known = {key(t.address): t for t in judged.decision.third_parties if t.eligible}
    for m in marks:
        serves = _served(judged.decision, m.address, m.serves)
        if not serves:
            continue
        t = known[key(m.address)]
        yield Copied(
            leg=m.leg,
            person=m.person,
            address=m.address,
            serves=serves,
            shown=t.shown,
            seat=str(t.seat),
            new=new,
        )


def _served(decision: Decision, address: str, serves: tuple[str, ...]) -> tuple[str, ...]:
    """For whom of these the copy at this address counts now."""
    eligible = {
        t.service_user
        for t in decision.third_parties
        if t.eligible and key(t.address) == key(address)
    }
    return tuple(s for s in serves if s in eligible)
