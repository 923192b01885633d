"""From a decision about an old message to what was wrong with it, in the audit's words.

The same decision point judges, so its exemptions hold here too: own child, automatic mail,
confidential destinations, an adult's objection, sealed mail. What hangs on gates (agreed, vetted,
trained) is never found: nobody knows how they stood then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from alongside.policy.address import key
from alongside.policy.content import is_read
from alongside.policy.decide import decide
from alongside.policy.decision import Decision, Part
from alongside.policy.facts import Facts, Restriction, Writer
from alongside.policy.message import Message
from alongside.policy.obligations import CopyTo
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Class, Kind
from alongside.policy.who import inbox, readers

from .rows import Contact, Finding, What

NIGHT = (22 * 60, 7 * 60)
"""Local minutes between which it is late whatever the rulebook says."""
MOST_HIDDEN = 40
"""Blind copies of one message of which each is asked whom it could see."""
WORKFORCE = (Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One message with its decision, and who wrote it: persons of the workforce and from where."""

    message: Message
    decision: Decision
    facts: Facts
    people: People
    """Of that day."""
    rulebook: Rulebook
    writers: tuple[tuple[str, str], ...]
    """(person id, address); with a shared mailbox, or an address that is nobody's, no person."""
    returns: tuple[str, ...] = ()

    @property
    def by_us(self) -> bool:
        return self.facts.writer in WORKFORCE

    @property
    def sealed(self) -> bool:
        return self.decision.klass is Class.SEALED


def writers_of(message: Message, people: People) -> tuple[tuple[str, str], ...]:
    """Who wrote: by From and Sender, else by the envelope; each once, the workforce before all."""
    spoken = (*message.authors, *message.senders)
    for told in (spoken, (message.envelope_from,)):
        owned = [(p, a) for a in told for p, _ in people.at.get(key(a), ())]
        ours = [(p, a) for p, a in owned if people.persons[p].workforce]
        if owned:
            # Of an address that several share, the first: nobody is counted twice for one message.
            by_address = {a: p for p, a in reversed(ours or owned)}
            return tuple({p: (p, a) for a, p in reversed(by_address.items())}.values())
    local = [a for a in spoken if people.local(a) or key(a) in people.mailboxes]
    return (("", next(iter((*local, *spoken, message.envelope_from)), "")),)


def findings(case: Case) -> Iterator[Finding]:
    """Everything wrong with it but what was written."""
    if case.sealed:
        return
    wrong = [*_restricted(case)]
    if case.by_us:
        wrong += (*_uncovered(case), *_personal(case), *_mutual(case), *_late(case))
    for finding in wrong:
        for person, address in case.writers:
            yield replace(finding, writer=person, writer_address=address)


def contacts(case: Case) -> Iterator[Contact]:
    """Who with whom: direct ones only, because nobody knows who was in a group then."""
    if case.sealed:
        return
    covered = _covered(case)
    if case.by_us:
        direct = _written_to(case)
        exempt = {s for s, _ in case.decision.exemptions if _own_child(case, s)}
        for s in case.decision.service_users:
            if s in direct and s not in exempt:
                for person, _ in case.writers:
                    yield Contact(writer=person, service_user=s, covered=covered[s])
    elif case.facts.writer is Writer.SERVICE_USER:
        for s in case.decision.service_users:
            for person in _workforce_told(case):
                if person != s:
                    yield Contact(writer=person, service_user=s, covered=covered[s])


def _own_child(case: Case, service_user: str) -> bool:
    at = case.decision.service_users.index(service_user)
    return case.facts.served[at].own_child


def _written_to(case: Case) -> dict[str, str]:
    """Service users written to at an address of their own -> that address."""
    return {
        s: r.written
        for r in reversed(case.decision.routes)
        if r.written == r.address
        for s in r.service_users
    }


def _workforce_told(case: Case) -> dict[str, None]:
    found: dict[str, None] = {}
    for route in case.decision.routes:
        if route.part is Part.OTHER and route.written == route.address:
            persons = case.people.persons
            found.update({p: None for p in route.persons if persons[p].workforce})
    return found


def _covered(case: Case) -> dict[str, bool]:
    """For each service user, whether somebody was there who may be the third party: in the
    envelope or a header, or as a member of a group that it went to."""
    inside = {
        p
        for r in case.decision.routes
        if r.part is not Part.SERVICE_USER and r.written != r.address
        for p in r.persons
    }
    there: dict[str, set[Kind]] = {s: set() for s in case.decision.service_users}
    for t in case.decision.third_parties:
        if t.eligible and (t.present or t.person in inside):
            there[t.service_user].add(t.kind)
    if case.facts.writer is Writer.SERVICE_USER:
        # What a service user writes needs nobody there; whether one person alone got it is told.
        several = len(_workforce_told(case)) > 1
        return {s: several or Kind.PARENT in kinds for s, kinds in there.items()}
    wanted: dict[str, frozenset[Kind]] = {}
    for o in case.decision.obligations:
        if isinstance(o, CopyTo):
            s = case.decision.service_users[o.service_user]
            wanted[s] = wanted.get(s, o.kinds) & o.kinds
    return {s: not kinds.isdisjoint(wanted.get(s, kinds)) for s, kinds in there.items()}


def _uncovered(case: Case) -> Iterator[Finding]:
    """A duty to copy that was not met. Which service users have one, the decision says."""
    owed: dict[int, str] = {}
    for f in case.decision.findings:
        for o in f.obligations:
            if isinstance(o, CopyTo) and o.required:
                owed.setdefault(o.service_user, f.clause)
        if f.reason == "no_third_party":
            # Nobody at all could be copied: the duty is no smaller for that.
            for at in range(len(case.decision.service_users)):
                owed.setdefault(at, f.clause)
    exempt = {s for s, _ in case.decision.exemptions}
    covered = _covered(case)
    direct = _written_to(case)
    one = case.facts.people == 1
    in_group: dict[str, None] = {}
    for at, clause in sorted(owed.items()):
        s = case.decision.service_users[at]
        if s in exempt or covered[s]:
            continue
        if s not in direct and not one:
            in_group.setdefault(clause)
            continue
        yield _finding(
            What.ONE_TO_ONE if one else What.NOT_COPIED,
            "G1" if one else clause,
            service_user=s,
            address=direct.get(s, ""),
        )
    if in_group:
        # One for the group: who was in it then, nobody knows.
        groups = (r.written for r in case.decision.routes if r.written != r.address)
        yield _finding(What.NOT_COPIED, next(iter(in_group)), address=next(groups, ""))


def _personal(case: Case) -> Iterator[Finding]:
    """N2: work from, or through, an address that the register has as the writer's own."""
    if not is_read(case.facts):
        return
    if case.facts.own_mailbox or any(_own(a, case) for a in case.returns):
        address = next(iter(_written_to(case).items()), ("", ""))
        yield _finding(What.PERSONAL_MAILBOX, "N2", service_user=address[0], address=address[1])


def _own(address: str, case: Case) -> bool:
    """Whether it is an address of one of the writers, and not the organisation's."""
    return any(
        p in case.decision.writers and case.people.persons[p].workforce and not c.organisational
        for p, c in case.people.at.get(key(address), ())
    )


def _all_own(case: Case) -> bool:
    served = case.facts.served
    return bool(served) and all(s.own_child for s in served)


def _mutual(case: Case) -> Iterator[Finding]:
    """T3: who stands in To or Cc is seen by all; a blind copy sees, and is not seen."""
    if not case.facts.mutual or case.rulebook.mutual == "allow":
        return
    message, people = case.message, case.people
    today = message.at.astimezone(UTC).date()
    if not any((i := inbox(people, key(a), today)).protected or i.served for a in message.named):
        return
    named = {key(a) for a in message.named}
    hidden = [a for a in message.recipients if key(a) not in named]
    for more in ((), *((a,) for a in hidden[:MOST_HIDDEN])):
        as_seen = replace(message, recipients=(*message.named, *more))
        facts = decide(as_seen, people, case.rulebook).facts
        if facts is not None and facts.mutual:
            yield _finding(What.MUTUAL_SIGHT, "T3")
            return


def _restricted(case: Case) -> Iterator[Finding]:
    """T1: a service user, and somebody restricted for them who sees it or wrote it."""
    if case.facts.restriction is Restriction.NONE or case.facts.writer is Writer.SERVICE_USER:
        return
    addresses = (*case.message.recipients, *case.message.reply_to, *case.message.authors)
    seen_by = frozenset(r for a in addresses for r in readers(case.people, key(a)))
    seen_by |= frozenset(case.decision.writers)
    direct = _written_to(case)
    found = [
        s
        for s in case.decision.service_users
        if not case.people.restricted_for(s).isdisjoint(seen_by)
    ]
    for s in found or [""]:
        yield _finding(What.RESTRICTED, "T1", service_user=s, address=direct.get(s, ""))


def _late(case: Case) -> Iterator[Finding]:
    """N3: to a service user, at an hour when nobody works."""
    if not late(case.message.at, case.rulebook) or _all_own(case):
        return
    direct = _written_to(case)
    own = {s for s in direct if _own_child(case, s)}
    for s in (s for s in case.decision.service_users if s in direct and s not in own):
        yield _finding(What.LATE, "N3", service_user=s, address=direct[s])


def late(at: datetime, rulebook: Rulebook) -> bool:
    """Whether the rulebook calls the hour quiet, or it is night."""
    minute = rulebook.minute_of(at)
    quiet = rulebook.quiet is not None and rulebook.quiet.wait_until(minute) is not None
    return quiet or minute >= NIGHT[0] or minute < NIGHT[1]


def _finding(what: What, clause: str, *, service_user: str = "", address: str = "") -> Finding:
    return Finding(
        what=what,
        clause=clause,
        writer="",
        writer_address="",
        service_user=service_user,
        address=address,
    )


def unknown_in(decision: Decision, message: Message, people: People) -> Sequence[str]:
    """Outside addresses that the register does not know, of writers and recipients."""
    found = dict.fromkeys(decision.unknown)
    for address in message.authors:
        k = key(address)
        if not people.at.get(k) and not people.local(address) and k not in people.mailboxes:
            found.setdefault(address)
    return tuple(found)
