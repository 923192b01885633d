"""DESIGN.md's hard cases over facts: what must stop, wait or be done, whatever a rulebook says.

Beside ``laws``, and in their manner: each returns what is wrong, or nothing, and knows no rule. In
shadow nothing stops; in teach what is guarded or false does, and the rest is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from .facts import ConcernTie, Facts, Identity, Writer
from .laws import Answer, Law
from .obligations import AlsoCopySupporters, DeliverAfter, Review
from .rule import OURS
from .vocabulary import Channel, Mode, Verdict


def _acts(a: Answer) -> bool:
    return a.facts.mode is not Mode.SHADOW and not a.sealed


def _enforced(a: Answer) -> bool:
    """Where even an ordinary cause stops a message of the workforce to service users."""
    facts = a.facts
    return (
        facts.mode is Mode.ENFORCE
        and not a.sealed
        and not facts.emergency
        and facts.writer in OURS
        and bool(facts.served)
    )


def _passes(a: Answer) -> bool:
    return a.verdict is Verdict.PERMIT and not a.facts.released


def nobody_writes_as_somebody_else(a: Answer) -> str | None:
    """Spoofs: refused; held where it can't be told."""
    facts = a.facts
    if facts.mode is Mode.SHADOW:
        return None
    if facts.identity is Identity.SPOOFED and a.verdict is not Verdict.REFUSE:
        return "somebody would write as somebody else"
    if facts.identity is Identity.UNREADABLE and _passes(a):
        return "a message would pass that nobody knows the writer of"
    return None


def who_is_stopped_reaches_nobody(a: Answer) -> str | None:
    """Suspended or gone: held, in an emergency too."""
    ours = a.facts.writer in (Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE)
    if a.facts.stopped and ours and _acts(a) and _passes(a):
        return "somebody who is suspended or has left would write"
    return None


def an_open_concern_is_closed_to_others(a: Answer) -> str | None:
    """Staff answer a disclosure through the officer."""
    outside = a.facts.concern is ConcernTie.OUTSIDER and a.facts.writer in OURS
    if outside and _acts(a) and _passes(a):
        return "somebody would write in a concern that is not theirs"
    return None


def two_hats_are_never_guessed(a: Answer) -> str | None:
    if any(s.ambiguous for s in a.facts.served) and _enforced(a) and _passes(a):
        return "somebody with two hats at one address would be written to"
    return None


def nothing_is_lost_behind_a_group(a: Answer) -> str | None:
    """Where nobody is behind a group, its writer is told."""
    if a.facts.nobody and _acts(a) and a.verdict is not Verdict.REFUSE:
        return "a message would be accepted that reaches nobody"
    return None


def what_nobody_could_read_waits(a: Answer) -> str | None:
    held = a.rulebook.encrypted == "hold"
    if a.facts.encrypted and held and _enforced(a) and _passes(a):
        return "an encrypted message would pass"
    return None


def the_young_are_written_to_through_their_supporters(a: Answer) -> str | None:
    """Where the rulebook sets an age; an unknown age is below it."""
    least = a.rulebook.direct_from_age
    if not least or not _enforced(a) or a.verdict is Verdict.REFUSE:
        return None
    for served in a.facts.served:
        young = served.age is None or served.age < least
        if served.child and young and not served.own_child:
            return "a child would be written to who is too young for it"
    return None


def quiet_hours_wait(a: Answer) -> str | None:
    facts, quiet = a.facts, a.rulebook.quiet
    until = quiet.wait_until(facts.minute) if quiet is not None else None
    if (
        until is None
        or not _acts(a)
        or a.verdict is not Verdict.PERMIT
        or facts.emergency
        or facts.writer not in OURS
        or not facts.served
        or facts.channel not in (Channel.EMAIL, Channel.TEXT)
        or (facts.channel is Channel.TEXT and all(s.need_text for s in facts.served))
    ):
        return None
    waits = DeliverAfter(until) in (o for f in a.findings for o in f.obligations)
    return None if waits else "a message would arrive in the quiet hours"


def an_emergency_is_looked_at(a: Answer) -> str | None:
    facts = a.facts
    if (
        not facts.emergency
        or not facts.served
        or not _acts(a)
        or a.verdict is not Verdict.PERMIT
        or facts.channel is Channel.INSTANT_MESSAGE
    ):
        return None
    looked_at = any(isinstance(o, Review) for f in a.findings for o in f.obligations)
    return None if looked_at else "nobody would look at an emergency afterwards"


def supporters_get_theirs_where_it_is_asked(a: Answer) -> str | None:
    """Under an age, where the organisation copies the supporters as well."""
    if not _acts(a) or a.facts.writer not in OURS or a.verdict is not Verdict.PERMIT:
        return None
    if a.facts.channel not in (Channel.EMAIL, Channel.TEXT):
        return None
    owed = {
        o.service_user
        for f in a.findings
        for o in f.obligations
        if isinstance(o, AlsoCopySupporters)
    }
    missing = _asked(a.facts, a.rulebook.supporters_too_under) - owed
    return "supporters would not get the copy that is asked for" if missing else None


def _asked(facts: Facts, under: int) -> set[int]:
    return {
        at
        for at, s in enumerate(facts.served)
        if s.child and s.supporters_too and not s.own_child and s.age is not None and s.age < under
    }


HARD_CASES: Mapping[str, Law] = {
    law.__name__: law
    for law in (
        nobody_writes_as_somebody_else,
        who_is_stopped_reaches_nobody,
        an_open_concern_is_closed_to_others,
        two_hats_are_never_guessed,
        nothing_is_lost_behind_a_group,
        what_nobody_could_read_waits,
        the_young_are_written_to_through_their_supporters,
        quiet_hours_wait,
        an_emergency_is_looked_at,
        supporters_get_theirs_where_it_is_asked,
    )
}
