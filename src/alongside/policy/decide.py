"""The decision: facts, findings, and the worst of them wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from .address import key
from .content import is_read, softened
from .decision import Decision, Finding, Nature, Part, Route
from .facts import ConcernTie, Facts, Seen, Unread, Writer
from .failing import instead, when_failed
from .message import Message
from .obligations import CopyTo, Obligation
from .people import People
from .rule import Rule
from .rulebook import Rulebook
from .rules import RULES
from .situation import Situation, situation_of
from .vocabulary import Channel, Class, Mode, Verdict

_SOFTENED_IN_TEACH = frozenset({Nature.PLAIN})
_SOFTENED_IN_EMERGENCY = frozenset({Nature.PLAIN, Nature.GATE, Nature.CONTENT})


def decide(message: Message, people: People, rulebook: Rulebook) -> Decision:
    """Judge one message. Never raises for anything that a message may hold.

    What involves no service user or supporter is out of scope and passes untouched (law 8); what
    goes to a confidential destination only leaves at once and uncopied (pitfall 14).
    """
    situation = situation_of(message, people, rulebook)
    if situation is None:
        return _out_of_scope(message, people, rulebook)
    return _decided(situation, rulebook)


def judge(facts: Facts, rulebook: Rulebook, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """All findings on these facts, as they count in this mode and this emergency.

    A rule that fails holds the message: it never passes because we erred (law 11). What may not
    wait passes copied instead (``failing``).
    """
    return tuple(_as_it_counts(f, facts, rulebook) for f in _findings(facts, rulebook, rules))


def combine(findings: Iterable[Finding]) -> Verdict:
    """Refusal trumps hold trumps permit (law 11)."""
    return max((f.verdict for f in findings), default=Verdict.PERMIT)


def wants_reading(decision: Decision) -> bool:
    """Whether its words must be read: the workforce writes to those we serve, or to families."""
    facts = decision.facts
    return (
        facts is not None
        and decision.klass is not Class.SEALED
        and not facts.encrypted
        and is_read(facts)
    )


def with_reading(
    decision: Decision, sightings: frozenset[Seen], unread: Unread, rulebook: Rulebook
) -> Decision:
    """The same message, judged with what was seen in its words."""
    if decision.facts is None:
        return decision
    facts = replace(decision.facts, sightings=sightings, unread=unread)
    return replace(decision, facts=facts, **_verdict_on(facts, decision.service_users, rulebook))


def decide_again(facts: Facts, rulebook: Rulebook) -> tuple[Verdict, tuple[Finding, ...]]:
    """What another rulebook says of kept facts (replay)."""
    findings = judge(facts, rulebook)
    return combine(findings), findings


def _findings(facts: Facts, rulebook: Rulebook, rules: Iterable[Rule]) -> Iterable[Finding]:
    if facts.sealed or facts.concern is ConcernTie.CASE:
        rules = (r for r in rules if "spoof" in r.name or "unreadable" in r.name)
    found: list[Finding] = []
    failed: list[Finding] = []
    for rule in _SPEAKING[facts.channel, facts.writer] if rules is RULES else _those(rules, facts):
        try:
            found += tuple(rule.check(facts, rulebook))
        except Exception:
            failed.append(when_failed(rule, facts))
    return (*found, *failed, *instead(found, facts, rulebook)) if failed else found


def _those(rules: Iterable[Rule], facts: Facts) -> Iterable[Rule]:
    """Which of them speak of this channel and writer."""
    return (r for r in rules if facts.channel in r.channels and facts.writer in r.writers)


_SPEAKING = {
    (channel, writer): tuple(r for r in RULES if channel in r.channels and writer in r.writers)
    for channel in Channel
    for writer in Writer
}
"""The rules that speak of each channel and writer, so that the others need not be asked."""


def _as_it_counts(finding: Finding, facts: Facts, rulebook: Rulebook) -> Finding:
    verdict = finding.verdict
    if verdict is Verdict.PERMIT and not finding.obligations:
        return finding
    mode = rulebook.mode_of(finding.clause, facts.mode)
    if mode is Mode.SHADOW:
        return replace(finding, verdict=Verdict.PERMIT, obligations=(), told=verdict)
    if mode is Mode.TEACH and finding.nature is Nature.CONTENT:
        finding = softened(finding)
        verdict = finding.verdict
    if verdict is Verdict.PERMIT:
        return finding
    passes = (
        (facts.released and verdict is Verdict.HOLD)
        or (facts.emergency and finding.nature in _SOFTENED_IN_EMERGENCY)
        or (mode is Mode.TEACH and finding.nature in _SOFTENED_IN_TEACH)
    )
    if not passes:
        return finding
    return replace(finding, verdict=Verdict.PERMIT, told=finding.told or verdict)


def _decided(s: Situation, rulebook: Rulebook) -> Decision:
    facts = s.facts
    judged = _verdict_on(facts, s.service_users, rulebook)
    shadow = facts.mode is Mode.SHADOW
    return Decision(
        mode=facts.mode,
        third_parties=s.third_parties,
        routes=_in_order(s, judged["obligations"]),
        left_out=() if shadow else tuple(s.reach.left_out),
        service_users=s.service_users,
        writers=s.author.persons,
        organisation=s.organisation,
        rulebook=rulebook.name,
        version=rulebook.version,
        expands=bool(s.reach.groups) and not shadow,
        unknown=tuple(s.reach.unknown),
        facts=facts,
        **judged,
    )


def _verdict_on(facts: Facts, service_users: tuple[str, ...], rulebook: Rulebook) -> dict[str, Any]:
    """What of a decision hangs on the findings."""
    findings = judge(facts, rulebook)
    verdict = combine(findings)
    return {
        "verdict": verdict,
        "klass": _class(facts, findings, verdict),
        "findings": findings,
        "obligations": _obligations(findings),
        "exemptions": tuple(
            (service_users[f.exemption[0]], f.exemption[1]) for f in findings if f.exemption
        ),
        "would_be": max((f.told or f.verdict for f in findings), default=Verdict.PERMIT),
    }


def _obligations(findings: Iterable[Finding]) -> tuple[Obligation, ...]:
    """Each once, in the order of the rules."""
    return tuple(dict.fromkeys(o for f in findings for o in f.obligations))


def _class(facts: Facts, findings: Iterable[Finding], verdict: Verdict) -> Class:
    if facts.sealed or facts.concern is ConcernTie.CASE:
        return Class.SEALED
    shadow = facts.mode is Mode.SHADOW
    worst = max(((f.told or f.verdict) for f in findings), default=verdict) if shadow else verdict
    if worst is not Verdict.PERMIT and any(
        f.nature is Nature.GUARDED and ((f.told or f.verdict) if shadow else f.verdict) is worst
        for f in findings
    ):
        return Class.GUARDED
    return Class.EMERGENCY if facts.emergency else Class.OPEN


def _in_order(s: Situation, obligations: Iterable[Obligation]) -> tuple[Route, ...]:
    """Confidential legs, third parties, service users, supporters, the rest (the line's order)."""
    routes = s.routes
    if any(served.present for served in s.facts.served):
        there = [t for t in s.third_parties if t.eligible and t.present]
        kinds = {
            s.service_users[o.service_user]: o.kinds for o in obligations if isinstance(o, CopyTo)
        }
        copies = {key(t.address) for t in there if t.kind in kinds.get(t.service_user, ())}
        routes = tuple(
            replace(r, part=Part.THIRD_PARTY)
            if r.part is not Part.SERVICE_USER and key(r.address) in copies
            else r
            for r in routes
        )
    return tuple(sorted(routes, key=lambda r: _ORDER[r.part]))


_ORDER = {part: at for at, part in enumerate(Part)}


def _out_of_scope(message: Message, people: People, rulebook: Rulebook) -> Decision:
    confidential = bool(message.recipients) and all(
        rulebook.is_confidential(key(a)) for a in message.recipients
    )
    unknown = tuple(
        a
        for a in message.recipients
        if not people.at.get(key(a)) and not people.local(a) and key(a) not in people.mailboxes
    )
    klass = Class.CONFIDENTIAL if confidential else Class.OUT_OF_SCOPE
    nobody_to_classify = confidential or not unknown
    asked = klass, rulebook.mode, rulebook.name, rulebook.version
    return _none_of_ours(*asked) if nobody_to_classify else _passed(*asked, unknown)


def _passed(
    klass: Class, mode: Mode, name: str, version: str, unknown: tuple[str, ...] = ()
) -> Decision:
    return Decision(
        verdict=Verdict.PERMIT,
        klass=klass,
        mode=mode,
        rulebook=name,
        version=version,
        unknown=unknown,
    )


_none_of_ours = lru_cache(maxsize=64)(_passed)
"""The same for nearly all mail."""
