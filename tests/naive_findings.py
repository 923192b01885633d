"""What stands against a message of the workforce, as the naive model reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from alongside.policy.address import key
from alongside.policy.people import Person
from alongside.policy.vocabulary import MailboxKind, Mode, Relationship, Standing

from .naive_case import Case
from .naive_copies import ANYBODY, automatic
from .naive_groups import Expanded, serves

TRAINING_GRACE = timedelta(days=28)


@dataclass(slots=True, kw_only=True)
class Findings:
    """What stands against the message. Teach tells the writer of the soft ones, and no more."""

    guarded: list[str] = field(default_factory=list)
    """Held: restriction, suspension, recusal, a concern."""
    spoofed: list[str] = field(default_factory=list)
    """Held, openly."""
    holds: list[str] = field(default_factory=list)
    """Held, openly; soft."""
    refusals: list[str] = field(default_factory=list)
    soft_refusals: list[str] = field(default_factory=list)


def _writers_of_the_workforce(case: Case) -> list[Person]:
    return [case.people.persons[p] for p in case.writers if case.people.persons[p].workforce]


def suspended(case: Case, reached: set[str], supporters: set[str], found: Findings) -> None:
    """Decision (i)."""
    if not reached and not supporters:
        return
    if any(p.standing is not Standing.ACTIVE for p in _writers_of_the_workforce(case)):
        found.guarded.append("the writer is suspended or has left (i)")
    others = case.writers - {p.id for p in _writers_of_the_workforce(case)}
    for ids, question in ((others, "suspended_other"), (case.mailbox_readers, "mailbox_readers")):
        left = any(
            case.people.persons[p].standing is not Standing.ACTIVE
            for p in ids
            if p in case.people.persons
        )
        if left and case.ask.ask(question):
            found.guarded.append("one of the writers is suspended or has left")


def _lapsed(p: Person, case: Case) -> bool:
    """A1 and its sisters: agreed, vetted, trained."""
    today = case.today
    agreed = p.agreed_on is not None and p.agreed_on <= today
    vetted = p.vetted_until is not None and p.vetted_until >= today
    trained = p.trained_until is not None and p.trained_until + TRAINING_GRACE >= today
    return not (agreed and vetted and trained)


def gates(case: Case, reached: set[str], groups: Expanded, found: Findings) -> None:
    ask = case.ask
    if not reached and not groups.intended:
        return
    if automatic(case):
        return
    lapsed = [p for p in _writers_of_the_workforce(case) if _lapsed(p, case)]
    if lapsed:
        applies = True
        if not reached:
            applies = ask.ask("gates_nobody")
        elif all(
            any(k.supporter in case.writers for k in case.people.links.get(s, ())) for s in reached
        ):
            applies = ask.ask("own_child_gates")
        if applies:
            found.refusals.append("not agreed, vetted or trained (A1)")
    mailbox = [case.people.persons[p] for p in case.mailbox_readers if p in case.people.persons]
    if any(p.workforce and _lapsed(p, case) for p in mailbox) and ask.ask("mailbox_readers"):
        found.refusals.append("a reader of the mailbox that wrote has lapsed (A1)")


def concern(case: Case, reached: set[str], emergency: bool, found: Findings) -> None:
    """Decision (h): nobody from outside the case writes to a service user in its thread."""
    if case.concern is None or not reached:
        return
    writers = {p.id for p in _writers_of_the_workforce(case)}
    inside = writers & case.concern.people
    if writers and inside == writers:
        return
    if inside and not case.ask.ask("case_mixed"):
        return
    if emergency and not case.ask.ask("emergency_concern"):
        return
    found.guarded.append("in the thread of a concern (h)")


def own_mailbox(
    case: Case, reached: set[str], supporters: set[str], emergency: bool, found: Findings
) -> None:
    """N2: from, or for answers to, an address that is the writer's own. Teach holds it."""
    message, people = case.message, case.people
    if emergency or message.urgent or automatic(case):
        return
    families = supporters - case.writers
    children = [s for s in reached if not _own_child(case, s)]
    if not children and not families:
        return
    shown = {key(a) for a in (*message.authors, *message.senders, *message.reply_to) if a}
    private = any(
        key(c.address) in shown and not c.organisational
        for p in case.writers
        if p in people.persons
        for c in people.persons[p].contacts
    )
    if private:
        heard = found.spoofed if case.mode is Mode.TEACH else found.refusals
        heard.append("from an address of one's own (N2)")


def _own_child(case: Case, s: str) -> bool:
    child = case.people.persons[s]
    parents = {
        k.supporter
        for k in case.people.links.get(s, ())
        if not k.restricted and k.relationship is Relationship.PARENT
    }
    return child.minor(case.today) and bool(case.writers) and case.writers <= parents


def role_addresses(
    case: Case, reached: set[str], direct: set[str], emergency: bool, found: Findings
) -> None:
    """A role address in the envelope that can't count as the copy is a guarded hold."""
    people = case.people
    roles = {
        key(a)
        for s in reached
        for o in people.persons[s].organisations
        for above in people.lineage(o)
        if (a := people.organisations[above].role_address)
    }
    for k in sorted(direct):
        mailbox = people.mailboxes.get(k)
        if k not in roles and (mailbox is None or mailbox.kind is not MailboxKind.ROLE):
            continue
        who_reads = mailbox.readers if mailbox is not None else frozenset()
        for s in sorted(reached):
            if who_reads & people.restricted_for(s) and not emergency:
                found.guarded.append("a role address is read by somebody restricted")
            elif who_reads & case.concerned:
                if not emergency or case.ask.ask("emergency_concern"):
                    found.guarded.append("a role address is read by somebody in the concern")
            elif not emergency and k not in case.company(s, ANYBODY).addresses:
                if case.ask.ask("role_in_envelope"):
                    found.guarded.append("nobody eligible reads the role address")


def groups_not_expanded(case: Case, found: Findings) -> None:
    """The group does not name the writer: refused, or treated as a stranger's."""
    for group in case.redirected:
        if not case.message.trusted:
            continue
        if not any(c.organisational for s in case.slots for _, c in s.persons):
            continue  # from a private address: as a stranger's
        question = "unlisted_expander" if serves(case.people, group, case.today) else "staff_group"
        if case.ask.ask(question):
            found.soft_refusals.append("the group does not name the writer")
