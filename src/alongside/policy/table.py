"""The whole table of facts, gone through once: what ``check`` proves the laws over.

The full product is taken of everything that decides copying. What stops a message (a doubtful
writer, a restriction, a closed gate, an hour ...) is taken one and two at a time with every sort of
writer, channel and mode: findings are independent and combine by their maximum, so that a third
stopper can change nothing that two did not. Service users beyond the second stand to the others
as the second does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from typing import Any

from .facts import ConcernTie, Facts, Identity, Restriction, Seen, Served, Unread, Writer
from .rule import OURS
from .rulebook import Rulebook
from .vocabulary import Channel, Kind, Mode, Sight, Sureness

_SETS = tuple(
    frozenset(k for k, there in zip(Kind, bits, strict=True) if there)
    for bits in product((False, True), repeat=len(Kind))
)
_PAIRS = tuple((e, p) for e in _SETS for p in _SETS if p <= e)
"""Kinds that could be copied, and those of them present already."""


def rows(rulebook: Rulebook) -> Iterator[Facts]:
    """Every combination, simplest first within its part; under 2,000,000 of them."""
    yield from _copying(rulebook)
    yield from _stopping(rulebook)
    yield from _two_at_once(rulebook)
    yield from _reading(rulebook)


def _copying(rulebook: Rulebook) -> Iterator[Facts]:
    profiles = tuple(_profiles(rulebook))
    sizes = _sizes(rulebook)
    for channel, mode, writer in product(Channel, reversed(Mode), sorted(OURS)):
        for marks in _marks(channel, writer, rulebook):
            for people, households in sizes:
                for served in profiles:
                    yield Facts(
                        channel=channel,
                        mode=mode,
                        writer=writer,
                        people=people,
                        households=households,
                        served=(served,),
                        **marks,
                    )


def _marks(channel: Channel, writer: Writer, rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    """What else bears on copying, where it can make a difference."""
    emergencies = (False, True) if writer is Writer.WORKFORCE else (False,)
    for emergency in emergencies:
        if channel is Channel.SOCIAL:
            for reason, can in product((False, True), (True, False)):
                yield {"emergency": emergency, "reason": reason, "site_can_copy": can}
        elif channel is Channel.INSTANT_MESSAGE:
            for adults in (rulebook.vetted_adults - 1, rulebook.vetted_adults):
                yield {"emergency": emergency, "vetted_adults": adults}
        else:
            yield {"emergency": emergency}


def _sizes(rulebook: Rulebook) -> tuple[tuple[int, int], ...]:
    s, h = rulebook.smallest_group, rulebook.group_households
    return tuple(dict.fromkeys([(1, 1), (s, 1), (max(s - 1, 1), 1), (max(s, h), h)]))


def _profiles(rulebook: Rulebook) -> Iterator[Served]:
    """One service user, in every way that matters."""
    for eligible, present in _PAIRS:
        for need, objection, ambiguous in product((False, True), repeat=3):
            yield Served(
                child=False,
                age=30,
                need_text=need,
                objection=objection,
                ambiguous=ambiguous,
                eligible=eligible,
                present=present,
            )
        for age, leader, own, need in product(
            _ages(rulebook), (False, True), (False, True), (False, True)
        ):
            young = age is not None and age < rulebook.supporters_too_under
            for supporters_too in (False, True) if young else (False,):
                yield Served(
                    child=True,
                    age=age,
                    young_leader=leader,
                    own_child=own,
                    need_text=need,
                    supporters_too=supporters_too,
                    eligible=eligible,
                    present=present,
                )


def _ages(rulebook: Rulebook) -> tuple[int | None, ...]:
    """Unknown, and the years on both sides of each border."""
    borders = {rulebook.direct_from_age, rulebook.supporters_too_under} - {0}
    around = {a for b in borders for a in (b - 1, b)} | {17}
    return (None, *sorted(a for a in around if a < 18))


def _stoppers(rulebook: Rulebook) -> tuple[dict[str, Any], ...]:
    grace = rulebook.agreed.grace_days + rulebook.agreed.valid_days
    singles: list[dict[str, Any]] = [
        *({"identity": i} for i in Identity if i is not Identity.SOUND),
        *({"restriction": r} for r in Restriction if r is not Restriction.NONE),
        *({"concern": c} for c in ConcernTie if c is not ConcernTie.NONE),
        {"stopped": True},
        {"unsafe_role_address": True},
        {"sealed": True},
        {"nobody": True},
        {"encrypted": True},
        {"mutual": True},
        {"released": True},
        *({"agreed": d} for d in (None, -1, grace, grace + 1)),
        *(
            {"vetted": d}
            for d in (None, rulebook.vetted.grace_days, rulebook.vetted.grace_days + 1)
        ),
        *({"trained": d} for d in _around(rulebook.trained.grace_days)),
    ]
    if rulebook.quiet is not None:
        singles += [
            {"minute": m % 1440}
            for b in (rulebook.quiet.start, rulebook.quiet.end)
            for m in (b - 1, b)
        ]
    return tuple(singles)


def _around(days: int) -> tuple[int | None, ...]:
    """Never, the last day that counts, and the day after."""
    return (None, days, days + 1)


def _stopping(rulebook: Rulebook) -> Iterator[Facts]:
    """Nothing, one and two stoppers, with every writer."""
    singles = _stoppers(rulebook)
    marks = [{}, *singles, *({**a, **b} for a, b in combinations(singles, 2) if not a.keys() & b)]
    people = max(rulebook.smallest_group, rulebook.group_households)
    for channel, mode, writer in product(Channel, reversed(Mode), Writer):
        for emergency in (False, True) if writer is Writer.WORKFORCE else (False,):
            for served in _plain():
                for size in (1, people):
                    base = Facts(
                        channel=channel,
                        mode=mode,
                        writer=writer,
                        emergency=emergency,
                        people=size,
                        households=min(size, rulebook.group_households),
                        served=(served,),
                    )
                    for mark in marks:
                        yield replace(base, **mark)


def _plain() -> tuple[Served, ...]:
    """A child, an adult, and a deaf child whom nobody could be copied for."""
    everybody = frozenset(Kind)
    return (
        Served(child=True, age=14, eligible=everybody),
        Served(child=False, age=30, eligible=everybody, present=frozenset({Kind.COLLEAGUE})),
        Served(child=True, age=None, need_text=True),
    )


def _two_at_once(rulebook: Rulebook) -> Iterator[Facts]:
    officer, colleague = frozenset({Kind.OFFICER}), frozenset({Kind.COLLEAGUE})
    kinds = (frozenset[Kind](), officer, colleague)
    some = [
        Served(child=child, age=age, own_child=own and child, eligible=e, need_text=need)
        for (child, age), own, need, e in product(
            ((True, 14), (True, None), (False, 30)), (False, True), (False, True), kinds
        )
    ]
    for channel, mode, emergency in product(Channel, reversed(Mode), (False, True)):
        for pair in product(some, repeat=2):
            for people, households in _sizes(rulebook)[1:]:
                yield Facts(
                    channel=channel,
                    mode=mode,
                    emergency=emergency,
                    people=people,
                    households=households,
                    served=pair,
                )


def _reading(rulebook: Rulebook) -> Iterator[Facts]:
    """What was written: each thing seen, by itself and beside each other thing and each stopper."""
    seen = [
        *(Seen(s, sure) for s, sure in product(Sight, Sureness)),
        *(Seen(s, Sureness.POSSIBLE, own=True) for s in (Sight.PHONE, Sight.PROFILE_LINK)),
    ]
    marks: list[dict[str, Any]] = [
        *({"sightings": frozenset({s})} for s in seen),
        *({"sightings": frozenset(pair)} for pair in combinations(seen, 2)),
        {"own_mailbox": True},
        *({"unread": u} for u in Unread),
    ]
    # Findings are independent: one of each sort stands for the others beside a stopper.
    sorts = [Sight.PHONE, Sight.SECRECY, Sight.PRIVATE_TALK]
    singles: list[dict[str, Any]] = [
        *({"sightings": frozenset({Seen(s, Sureness.CERTAIN)})} for s in sorts),
        {"own_mailbox": True},
        {"unread": Unread.ALL},
    ]
    marks += [{**content, **stopper} for content in singles for stopper in _stoppers(rulebook)]
    everybody = frozenset(Kind)
    there: tuple[dict[str, Any], ...] = (
        {"served": (Served(child=True, age=14, eligible=everybody),)},
        {"served": (Served(child=True, age=14, own_child=True, eligible=everybody),)},
        {"served": (), "supporters": 1},
    )
    for channel, mode, writer in product(_WRITTEN, reversed(Mode), sorted(OURS)):
        for emergency in (False, True) if writer is Writer.WORKFORCE else (False,):
            for who in there:
                base = Facts(channel=channel, mode=mode, writer=writer, emergency=emergency, **who)
                for mark in marks:
                    yield replace(base, **mark)


_WRITTEN = (Channel.EMAIL, Channel.TEXT)
