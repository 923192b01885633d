"""``decide`` alone, with a large register: process time for one message."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from alongside.policy.decide import decide
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook
from alongside.policy.rulebook_file import load
from alongside.policy.vocabulary import Channel, Verdict
from alongside.site import garbage

from .clubs import PEOPLE_OF_A_CLUB, Club, club, register

PEOPLE = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One kind of message: over batches, in microseconds of process time."""

    what: str
    best: float
    """Of all rounds: what a busy machine does to the others is none of our code's."""
    median: float
    first: float
    """The first message about these people after the register changed."""
    goal: float | None


def timings(*, people: int = PEOPLE, rounds: int = 21) -> list[Timing]:
    """Each message of a round concerns another club. Raises ``ValueError`` for a wrong verdict."""
    at = datetime.now(UTC).replace(hour=12)
    whole = register(people, at.date())
    garbage.settle()  # as the gateway does
    clubs = [club(n) for n in range(people // PEOPLE_OF_A_CLUB)]
    return [
        _timing(what, [make(c, at) for c in clubs], whole, rounds, goal, in_scope=in_scope)
        for what, make, goal, in_scope in _KINDS
    ]


def _staff(c: Club, at: datetime) -> Message:
    """One writer and five recipients."""
    return _message(at, c.coaches[0], *c.coaches[1:5], c.staff[0])


def _child(c: Club, at: datetime) -> Message:
    """To one of the coach's own group, in which the coach is a candidate to be weighed again."""
    return _message(at, c.coaches[1], c.children[1])


def _children(c: Club, at: datetime) -> Message:
    return _message(at, c.coaches[1], *(c.children[n] for n in (1, 5, 9, 13, 17)))


_KINDS: tuple[tuple[str, Callable[[Club, datetime], Message], float | None, bool], ...] = (
    ("out of scope", _staff, 15.0, False),
    ("one service user", _child, None, True),
    ("five service users", _children, 150.0, True),
)


def _message(at: datetime, sender: str, *to: str) -> Message:
    return Message(
        channel=Channel.EMAIL,
        at=at,
        recipients=to,
        envelope_from=sender,
        authors=(sender,),
        named=to,
        thread=("<1@mail.example>",),
        trusted=True,
    )


def _timing(
    what: str,
    messages: Sequence[Message],
    people: People,
    rounds: int,
    goal: float | None,
    *,
    in_scope: bool,
) -> Timing:
    book = load("online-safeguarding")
    first = _round(messages, people, book)
    for message in messages:
        decision = decide(message, people, book)
        if decision.verdict is not Verdict.PERMIT or decision.in_scope is not in_scope:
            raise ValueError(f"`{what}` was decided as {decision.verdict.word} {decision.klass}")
    took = [_round(messages, people, book) for _ in range(rounds)]
    median = statistics.median(took)
    return Timing(what=what, best=min(took), median=median, first=first, goal=goal)


def _round(messages: Sequence[Message], people: People, book: Rulebook) -> float:
    begun = time.process_time_ns()
    for message in messages:
        decide(message, people, book)
    return (time.process_time_ns() - begun) / len(messages) / 1000
