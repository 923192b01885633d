"""Whether a decision is one of the outcomes that the naive model accepts (law 14)."""

from __future__ import annotations

from alongside.enforcement.fulfil import plan_of
from alongside.policy.address import key
from alongside.policy.decision import Decision, Part
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.policy.reach import group_protects
from alongside.policy.vocabulary import Channel, Class, Exemption, Mode, Verdict

from .naive import Expectation, Need, Outcome


def disagreement(
    message: Message, people: People, decision: Decision, expected: Expectation
) -> str | None:
    """What no accepted outcome allows; nothing where one of them fits."""
    said = [_against(message, people, decision, o) for o in expected.outcomes]
    if any(s is None for s in said):
        return None
    return "\n".join(sorted({s for s in said if s}))


def _against(message: Message, people: People, d: Decision, o: Outcome) -> str | None:
    if message.channel is Channel.TEXT and Exemption.OWN_CHILD in dict(d.exemptions).values():
        return None  # the model exempts a parent from the copy only, we from the group as well
    if _nobody_there(d) and o.verdict is Verdict.PERMIT and not o.must_arrive:
        return None
    if d.verdict is not o.verdict:
        return f"{d.verdict.word} instead of {o.verdict.word} ({', '.join(o.why)})"
    if message.channel is Channel.SOCIAL and not message.site_can_copy:
        return None  # whether somebody present counts there, the documents don't say
    if o.classes == {Class.SEALED} and _copied_to_nobody_else(d):
        return None
    if _no_group_of_ours(message, people):
        return None
    if o.untouched and _recorded_all_the_same(people, d):
        return None
    if d.mode is not Mode.SHADOW and d.klass not in o.classes:
        return f"class {d.klass} instead of {sorted(map(str, o.classes))}"
    if d.mode is not Mode.SHADOW and o.untouched is d.in_scope:
        return "not untouched" if o.untouched else "untouched"
    if d.verdict is not Verdict.PERMIT or d.mode is Mode.SHADOW or not d.in_scope:
        return None
    return _copies(d, o) or _arrivals(people, d, o, alone=message.channel is not Channel.SOCIAL)


def _no_group_of_ours(message: Message, people: People) -> bool:
    """A group without service users or supporters is the mail server's own (law 8)."""
    groups = [people.group_at[key(a)] for a in message.recipients if key(a) in people.group_at]
    day = message.at.date()
    return any(not group_protects(people, people.groups[g], day) for g in groups)


def _copied_to_nobody_else(d: Decision) -> bool:
    """Not sealed because somebody else reads the officer's address; still only there."""
    needs = plan_of(d).needs if d.verdict is Verdict.PERMIT else []
    return all(n.candidates and n.candidates[0].present for n in needs)


def _nobody_there(d: Decision) -> bool:
    """A group behind which nobody is: the model lets it arrive nowhere, we say so."""
    return d.verdict is Verdict.REFUSE and any(f.reason == "nobody_there" for f in d.findings)


def _recorded_all_the_same(people: People, d: Decision) -> bool:
    """A supporter wrote it together with the workforce: in scope by law 8, and nothing done."""
    wrote = [people.persons[w] for w in d.writers]
    return not d.obligations and not d.left_out and any(p.supporter for p in wrote)


def _copies(d: Decision, o: Outcome) -> str | None:
    plan = plan_of(d)
    needs = {n.service_user: n for n in plan.needs}
    exempt = dict(d.exemptions)
    for service_user, copy in o.copies.items():
        need = needs.get(service_user)
        if (
            copy.need is Need.NONE
            and need is not None
            and any(not t.present for t in need.candidates[:1])
        ):
            return f"{service_user} is copied, and should not be"
        if copy.need is Need.REQUIRED and service_user in d.service_users:
            if need is None or not (need.required or need.all_at_once):
                return f"{service_user} is not copied (exempt: {exempt.get(service_user)})"
            if not need.candidates:
                return f"{service_user}: nobody can be copied"
        if need is None:
            continue
        for t in need.candidates:
            wrong = (
                t.person not in copy.persons if t.person else key(t.address) not in copy.addresses
            )
            if wrong:
                return f"{service_user}: {t.person or t.address} ({t.seat}) is no third party"
            if key(t.address) not in copy.addresses:
                return f"{service_user}: {t.address} is no address for the copy"
    return None


def _arrivals(people: People, d: Decision, o: Outcome, *, alone: bool) -> str | None:
    plan = plan_of(d)
    routes = {key(r.address) for r in d.routes}
    copies = {key(t.address) for n in plan.needs for t in n.candidates}
    copies |= {key(t.address) for t in plan.also}
    written_to = {s for r in d.routes for s in r.service_users}
    if not o.must_arrive <= routes | copies:
        return f"does not arrive at {sorted(o.must_arrive - routes)}"
    if not o.must_reach <= written_to:
        return f"does not reach {sorted(o.must_reach - written_to)}"
    if not routes <= o.may_arrive:
        return f"arrives at {sorted(routes - o.may_arrive)}"
    received = {p for r in d.routes for p in r.persons}
    missing = o.must_receive - received - set(d.left_out)
    if missing:
        return f"{sorted(missing)} do not get it"
    unwanted = {
        p
        for p in o.never
        if any(key(c.address) in routes | copies for c in people.persons[p].contacts)
    }
    if unwanted:
        return f"{sorted(unwanted)} would get it"
    reached = [r for r in d.routes if r.part is Part.SERVICE_USER]
    if alone and o.individual and len(reached) > 1 and not (plan.individual or plan.expands):
        return "service users share an envelope"
    return None


def seen(d: Decision) -> str:
    """A decision on a few lines, for a failing test."""
    facts = d.facts
    eligible = [(t.person or t.address, str(t.seat)) for t in d.third_parties if t.eligible]
    return (
        f"{d.verdict.word} {d.klass} {[(f.rule, f.reason) for f in d.findings]}\n"
        f"writers {d.writers} service users {d.service_users} left out {d.left_out}\n"
        f"routes {[(r.address, str(r.part)) for r in d.routes]}\n"
        f"candidates {eligible}\n"
        f"writer {facts.writer if facts else None} {facts.identity if facts else None}"
    )


__all__ = ["disagreement", "seen"]
