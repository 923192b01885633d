"""A decision in the manual's words. What is said comes from the decision alone."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.enforcement.fulfil import Plan, plan_of
from alongside.policy import explain
from alongside.policy.decision import Decision, Finding, Nature, ThirdParty
from alongside.policy.facts import Writer
from alongside.policy.obligations import Inform, Review, Warn
from alongside.policy.people import People
from alongside.policy.vocabulary import Class, Mode, Seat, Verdict

SEATS = {
    Seat.GROUP_OFFICER: "safeguarding officer",
    Seat.ORGANISATION_OFFICER: "safeguarding officer",
    Seat.LEAD: "safeguarding lead",
    Seat.DEPUTY: "deputy officer",
    Seat.PARENT_ORGANISATION_OFFICER: "officer of the organisation above",
    Seat.SUPPORTER: "supporter",
    Seat.PROGRAMME_MAILBOX: "shared mailbox",
    Seat.COLLEAGUE: "colleague",
}


def outcome(decision: Decision, people: People) -> str:
    """What becomes of a message, in one line."""
    match decision.klass:
        case Class.OUT_OF_SCOPE:
            return "passes untouched; nothing is kept of it"
        case Class.CONFIDENTIAL:
            return "leaves at once, copied to nobody; only counted"
    if decision.mode is Mode.SHADOW:
        return _watched(decision)
    if decision.verdict is Verdict.PERMIT:
        return "; ".join(_permitted(decision, people))
    worst = [f for f in decision.findings if f.verdict is decision.verdict]
    said = "; ".join(dict.fromkeys(_because(f) for f in worst))
    held = decision.verdict is Verdict.HOLD
    return f"{_VERBS[decision.verdict]}, and only an officer learns why: {said}" if held else said


_VERBS = {Verdict.PERMIT: "sent", Verdict.HOLD: "held", Verdict.REFUSE: "refused"}


def _because(finding: Finding) -> str:
    reason = f"{_lower(explain.REASONS[finding.reason].rstrip('.'))} ({finding.clause})"
    if finding.verdict is Verdict.HOLD:
        return reason
    fix = f". *{explain.FIXES[finding.fix]}*" if finding.fix else ""
    return f"refused: {reason}{fix}"


def _watched(decision: Decision) -> str:
    assert decision.would_be is not None
    told = [f for f in decision.findings if f.told is not None]
    codes = dict.fromkeys(
        f"{_lower(explain.REASONS[f.reason].rstrip('.'))} ({f.clause})" for f in told
    )
    would = _VERBS[decision.would_be]
    return f"sent as it is, and noted that in enforce it would be {would}: {'; '.join(codes)}"


def _permitted(decision: Decision, people: People) -> Iterator[str]:
    plan = plan_of(decision)
    facts = decision.facts
    inbound = facts is not None and facts.writer not in (
        Writer.WORKFORCE,
        Writer.UNKNOWN_WORKFORCE,
        Writer.AUTOMATIC,
    )
    if decision.klass is Class.SEALED:
        yield "arrives, sealed: on the record, copied to nobody"
        return
    if plan.wait_until is not None:
        yield f"waits, and is sent at {plan.wait_until // 60:02}:{plan.wait_until % 60:02} (N3)"
    else:
        at_once = decision.klass is Class.EMERGENCY
        yield "arrives" if inbound else "sent at once" if at_once else "sent"
    leads = _answers(decision, people)
    if leads:
        yield f"goes to those who look after the group, {leads}, and to no member"
    elif plan.expands or plan.individual:
        yield "each in an envelope of their own"
    yield from _copies(decision, plan, people)
    for service_user, exemption in decision.exemptions:
        finding = next(f for f in decision.findings if f.exemption and f.exemption[1] is exemption)
        name = people.persons[service_user].name
        reason = explain.REASONS[str(exemption)].rstrip(".")
        yield f"no copy for {name}: {_lower(reason)} ({finding.clause})"
    if plan.also:
        yield f"{_names(plan.also, people)} as well, as the club asks (G2)"
    if decision.left_out:
        names = ", ".join(people.persons[p].name for p in decision.left_out)
        yield f"{names} silently left out, as only the officer learns"
    informs = {o.within_hours for o in decision.obligations if isinstance(o, Inform)}
    yield from (f"the officer is told within {hours} hours" for hours in sorted(informs))
    reviews = {o.within_hours for o in decision.obligations if isinstance(o, Review)}
    yield from (f"looked at within {hours} hours" for hours in sorted(reviews))
    warned = {o.why for o in decision.obligations if isinstance(o, Warn)}
    for finding in decision.findings:
        if finding.reason in warned:
            said = f"{explain.REASONS[finding.reason].rstrip('.')} ({finding.clause})"
            yield f"and the writer is told: {_lower(said)}"
        elif finding.told is not None:
            held = finding.told is Verdict.HOLD
            said = f"{explain.REASONS[finding.reason].rstrip('.')} ({finding.clause})"
            yield f"{'not held' if held else 'not refused'}, only told: {_lower(said)}"


def _answers(decision: Decision, people: People) -> str:
    """Who gets what was written to a group that is not expanded for this writer."""
    by_group = [r for r in decision.routes if r.written != r.address]
    if not by_group or any(r.service_users for r in by_group):
        return ""
    return " and ".join(sorted(people.persons[p].name for r in by_group for p in r.persons))


def _copies(decision: Decision, plan: Plan, people: People) -> Iterator[str]:
    said: dict[str, list[str]] = {}
    for need in plan.needs:
        first = need.candidates if need.all_at_once else need.candidates[:1]
        names = _names(list(first), people) if first else "nobody who could be reached"
        there = bool(first) and first[0].present
        verb = "get" if len(first) > 1 else "gets"
        when = "at once" if need.all_at_once else "first" if need.required else "too"
        clause = _clause(decision, need.service_user)
        what = (
            f"is in it and is the copy ({clause})" if there else f"{verb} a copy {when} ({clause})"
        )
        said.setdefault(f"{names} {what}", []).append(people.persons[need.service_user].name)
    for sentence, names_of in said.items():
        whom = "" if len(said) == 1 else f", for {' and '.join(names_of)}"
        yield sentence + whom


def _clause(decision: Decision, service_user: str) -> str:
    """The clause under which the copy for this service user is owed."""
    at = decision.service_users.index(service_user)
    for f in decision.findings:
        if f.nature is Nature.COPY and any(
            getattr(o, "service_user", None) == at for o in f.obligations
        ):
            return f.clause
    raise AssertionError(f"no clause asks for the copy for {service_user}")


def _names(parties: list[ThirdParty], people: People) -> str:
    found = list(dict.fromkeys(_name(t, people) for t in parties))
    if len(found) > 3:
        found = [*found[:2], f"{len(found) - 2} more"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def _name(t: ThirdParty, people: People) -> str:
    if not t.person:
        return f"{t.address} ({SEATS[t.seat]})"
    if t.seat is Seat.SUPPORTER:
        links = people.links.get(t.service_user, ())
        relationship = next(k.relationship for k in links if k.supporter == t.person)
        return f"{people.persons[t.person].name} ({str(relationship).replace('_', ' ')})"
    return f"{people.persons[t.person].name} ({SEATS[t.seat]})"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
