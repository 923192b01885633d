"""Whether a decision is one of the outcomes that the naive model accepts (law 14)."""

from __future__ import annotations

from alongside.enforcement.fulfil import plan_of
from alongside.policy.address import key
from alongside.policy.decision import Decision, Nature, Part, Route
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.policy.reach import group_protects
from alongside.policy.vocabulary import Channel, Class, Exemption, Mode, Verdict

from .naive import Expectation, Need, Outcome
from .world import TODAY


def disagreement(
    message: Message, people: People, decision: Decision, expected: Expectation
) -> str | None:
    """What no accepted outcome allows; nothing where one of them fits."""
    said = [_against(message, people, decision, o) for o in expected.outcomes]
    if any(s is None for s in said):
        return None
    return "\n".join(sorted({s for s in said if s}))


def _against(message: Message, people: People, d: Decision, o: Outcome) -> str | None:
    if _open(message, people, d, o):
        return None
    if d.verdict is not o.verdict:
        return f"{d.verdict.word} instead of {o.verdict.word} ({', '.join(o.why)})"
    if o.untouched and _recorded_all_the_same(people, d):
        return None
    shadow = d.mode is Mode.SHADOW
    if not shadow and d.klass not in o.classes:
        return f"class {d.klass} instead of {sorted(map(str, o.classes))}"
    if not shadow and o.untouched is d.in_scope:
        return "not untouched" if o.untouched else "untouched"
    if d.verdict is not Verdict.PERMIT or shadow or not d.in_scope:
        return None
    return _copies(d, o) or _arrivals(people, d, o, alone=message.channel is not Channel.SOCIAL)


def _open(message: Message, people: People, d: Decision, o: Outcome) -> bool:
    """What the documents leave open and the model does not ask; each decided in ADR 0011."""
    channel, permit = message.channel, o.verdict is Verdict.PERMIT
    return (
        # A parent is exempt from the copy; we exempt them from the group as well.
        (channel is Channel.TEXT and Exemption.OWN_CHILD in dict(d.exemptions).values())
        # A text has no header that names more people than it goes to.
        or (channel is Channel.TEXT and len(message.named) > len(message.recipients))
        or (channel is Channel.INSTANT_MESSAGE and not permit and d.verdict is Verdict.REFUSE)
        # Whether somebody present counts on a site that can't copy; sites have no From.
        or (channel is Channel.SOCIAL and not (message.site_can_copy and message.authors_readable))
        or (_nobody_there(d) and permit and not o.must_arrive)
        or (d.verdict is Verdict.REFUSE and _only_the_unwelcome(people, d, o))
        # Refusal trumps hold (law 11), also where something guarded holds as well.
        or (d.verdict is Verdict.REFUSE and o.verdict is Verdict.HOLD and _guarded_too(d))
        # To role-holders alone; what a mailbox's reader wrote besides is open.
        or (d.klass is Class.SEALED and permit)
        or (
            o.classes == {Class.SEALED}
            and d.klass is Class.OPEN
            and _read_by_others(message, people)
        )
        or (d.verdict is Verdict.HOLD and _held_where_either_is_right(message, people, d))
        or _no_group_of_ours(message, people)
    )


def _guarded_too(d: Decision) -> bool:
    return any(f.nature is Nature.GUARDED and f.verdict is Verdict.HOLD for f in d.findings)


def _alone_with_a_child(people: People, person: str) -> bool:
    """A lead who is a child, or whose inbox a child reads: nobody would be alongside, so the
    organisation's officers get what is written to the group."""
    lead = people.persons[person]
    also = [people.persons[r] for c in lead.contacts for r in c.readers if r in people.persons]
    return any(p.minor(TODAY) or p.service_user for p in (lead, *also))


def _no_group_of_ours(message: Message, people: People) -> bool:
    """A group without service users or supporters is the mail server's own (law 8)."""
    groups = [people.group_at[key(a)] for a in message.recipients if key(a) in people.group_at]
    day = message.at.date()
    return any(not group_protects(people, people.groups[g], day) for g in groups)


def _read_by_others(message: Message, people: People) -> bool:
    """Somebody else reads the officer's inbox too: then it is not sealed."""
    return any(c.readers for a in message.recipients for _, c in people.at.get(key(a), ())) or any(
        key(a) in people.mailboxes for a in message.recipients
    )


def _held_where_either_is_right(message: Message, people: People, d: Decision) -> bool:
    """An unreadable From that names a service user too; somebody stopped who writes to a group."""
    reasons = {f.reason for f in d.findings if f.verdict is Verdict.HOLD}
    to_group = any(key(a) in people.group_at for a in message.recipients)
    return reasons == {"unreadable_writer"} or (reasons == {"stopped_writer"} and to_group)


def _only_the_unwelcome(people: People, d: Decision, o: Outcome) -> bool:
    """Whoever else could be copied is restricted for another service user of the same message:
    a copy tells of all of them (law 6), so we are stricter than the model."""
    unwelcome = {x for s in d.service_users for x in people.restricted_for(s)}
    barred = [s for s, c in o.copies.items() if c.persons and c.persons <= unwelcome]
    return bool(barred) and any(f.reason == "no_third_party" for f in d.findings)


def _of_one_family(people: People, routes: list[Route]) -> bool:
    """A child, and their own parent who is under 18 or a participant too."""
    reached = {s for r in routes for s in r.service_users}
    return any(k.supporter in reached for s in reached for k in people.links.get(s, ()))


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
    unreached = o.must_reach - written_to - set(d.left_out)
    if unreached:
        return f"does not reach {sorted(unreached)}"
    if not routes <= o.may_arrive:
        return f"arrives at {sorted(routes - o.may_arrive)}"
    received = {p for r in d.routes for p in r.persons}
    missing = o.must_receive - received - set(d.left_out) - set(d.writers)
    missing = frozenset(p for p in missing if not _alone_with_a_child(people, p))
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
    if (
        alone
        and o.individual
        and len(reached) > 1
        and not _of_one_family(people, reached)
        and not (plan.individual or plan.expands)
    ):
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
