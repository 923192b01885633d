"""Everything that the naive model has gathered about one message before it judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from alongside.policy.message import Message
from alongside.policy.people import Concern, Group, People
from alongside.policy.vocabulary import (
    SAFEGUARDING_ROLES,
    Class,
    Hat,
    Kind,
    MailboxKind,
    Mode,
    Standing,
    Verdict,
)

from . import naive_who as who
from .naive_company import Company, Situation, company, directory, owners, readers
from .naive_groups import Expanded, expand, leads, serves
from .naive_who import Addressed, Part, Slot
from .naive_words import Openings, Outcome


@dataclass(slots=True, kw_only=True)
class Case:
    message: Message
    people: People
    mode: Mode
    ask: Openings
    today: date
    slots: list[Slot]
    to: Addressed
    """The envelope."""
    head: Addressed
    """The visible headers."""
    writers: frozenset[str]
    """Known by From, Sender, login or envelope."""
    mailbox_readers: frozenset[str]
    """Readers of the shared mailbox that wrote, when no login tells who."""
    concern: Concern | None
    expanding: list[Group] = field(default_factory=list)
    """Groups that the writer may expand."""
    redirected: list[Group] = field(default_factory=list)
    """Groups whose mail goes to their leads and officers."""
    parts: set[Part] = field(default_factory=set)

    @property
    def concerned(self) -> frozenset[str]:
        return self.concern.named if self.concern is not None else frozenset()

    def company(self, s: str, kinds: frozenset[Kind]) -> Company:
        return company(
            self.people.persons[s],
            kinds,
            Situation(
                people=self.people,
                channel=self.message.channel,
                today=self.today,
                writers=self.writers | self.mailbox_readers,
                concerned=self.concerned,
            ),
        )

    def minor(self, p: str) -> bool:
        return self.people.persons[p].minor(self.today)


def gather(
    message: Message, people: People, mode: Mode, confidential: frozenset[str], ask: Openings
) -> Case:
    """Read the message: who wrote, to whom, through which groups."""
    today = who.today_of(message)
    slots = who.slots_of(message, people)
    case = Case(
        message=message,
        people=people,
        mode=mode,
        ask=ask,
        today=today,
        slots=slots,
        to=who.addressed(message.recipients, people, confidential, today, ask),
        head=who.addressed(message.named, people, confidential, today, ask),
        writers=who.known(slots),
        mailbox_readers=who.readers_who_may_have_written(slots),
        concern=next((people.concerns[t] for t in message.thread if t in people.concerns), None),
    )
    for group in case.to.groups:
        allowed = who.may_expand(message, group, slots, ask)
        (case.expanding if allowed else case.redirected).append(group)
    case.parts = who.writing_parts(
        slots, {"": _reaches("", case)} | {p: _reaches(p, case) for p in case.writers}, today, ask
    )
    return case


def _reaches(p: str, case: Case) -> bool:
    """Whether the message goes to a service user or supporter other than this writer."""
    to = case.to
    if (set(to.served) | to.both | to.supporters) - {p}:
        return True
    for group in case.expanding:
        for m in set(group.members) - {p}:
            member = case.people.persons[m]
            if member.minor(case.today) or member.service_user or member.supporter:
                return True
    writer = case.people.persons.get(p)
    if writer is None or not writer.workforce:
        return False
    two = any(c.hat is Hat.BOTH for s in case.slots for q, c in s.persons if q.id == p)
    if not (writer.minor(case.today) or (writer.service_user and two)):
        return False  # the answer makes no difference to what they are
    if any(serves(case.people, g, case.today) for g in case.redirected):
        if case.ask.ask("young_leader_group"):
            return True
    if (set(case.head.served) | case.head.both | case.head.supporters) - {p}:
        return case.ask.ask("header_only")
    return False


def restricted_pairs(case: Case) -> set[tuple[str, str]]:
    """Service users named together with somebody restricted for them (decision (d)): in the
    envelope, the visible headers and whatever says who wrote, before groups are expanded."""
    people = case.people
    places = case.to.direct | case.head.direct | {s.address for s in case.slots}
    present = {p for k in places for p in readers(people, k)}
    found = set()
    for s in present:
        if s not in people.persons or s not in people.links:
            continue
        together = people.restricted_for(s) & present - {s}
        if not together:
            continue
        person = people.persons[s]
        hats = {c.hat for k in places for p, c in people.at.get(k, ()) if p == s}
        plain = person.minor(case.today) or (
            person.service_user and (not person.workforce or hats != {Hat.WORKFORCE})
        )
        if not plain and not case.ask.ask("restricted_hat"):
            continue
        found |= {(s, r) for r in together}
    return found


def sealed(case: Case) -> bool:
    """To safeguarding role-holders and nobody else."""
    people = case.people
    if case.to.groups or not case.to.direct:
        return False
    unclear = False
    for k in case.to.direct:
        answers = [_holder(p, case) for p in owners(people, k)]
        if not answers:
            mailbox = people.mailboxes.get(k)
            roles = directory(people).roles
            if k not in roles and (mailbox is None or mailbox.kind is not MailboxKind.ROLE):
                return False
            unclear = True
        elif None in answers:
            return False
        elif False in answers:
            unclear = True
    if unclear and not case.ask.ask("sealed_holder"):
        return False
    more = case.head.direct - case.to.direct
    return not ((more or case.head.groups) and not case.ask.ask("sealed_header"))


def _holder(p: str, case: Case) -> bool | None:
    """Whether somebody holds a safeguarding role: surely, perhaps (False), or not (None)."""
    person = case.people.persons[p]
    if not person.workforce:
        return None
    fit = person.standing is Standing.ACTIVE and not person.minor(case.today)
    fit = fit and not person.service_user
    if not person.roles.isdisjoint(SAFEGUARDING_ROLES):
        return fit
    return False if p in directory(case.people).listed else None


def in_case_channel(case: Case) -> bool:
    """Decision (h): everybody who writes or is written to belongs to the case."""
    if case.concern is None or case.to.groups or not case.writers or not case.to.direct:
        return False
    if not case.writers <= case.concern.people:
        return False
    return all(
        owners(case.people, k) and owners(case.people, k) <= case.concern.people
        for k in case.to.direct
    )


def expanded(case: Case, reached_anyway: frozenset[str]) -> Expanded:
    """All the groups that the writer may expand, taken together."""
    whole = Expanded()
    for group in case.expanding:
        one = expand(
            case.people,
            group,
            writers=case.writers,
            mailbox_readers=case.mailbox_readers,
            reached_anyway=reached_anyway,
            today=case.today,
            ask=case.ask,
        )
        whole.must |= one.must
        for p, keys in one.may.items():
            whole.may.setdefault(p, set()).update(keys)
        whole.served |= one.served
        whole.supporters |= one.supporters
        whole.intended |= one.intended
    return whole


def to_leads(case: Case, barred: frozenset[str]) -> tuple[set[str], set[str]]:
    """Where the groups that are not expanded lead to."""
    may: set[str] = set()
    must: set[str] = set()
    for group in case.redirected:
        some, surely = leads(case.people, group, barred=barred, today=case.today)
        may |= some
        must |= surely - case.writers
    return may, must


def held(case: Case, klass: Class, *why: str) -> Outcome:
    return stopped(case, Verdict.HOLD, frozenset({klass}), *why)


def stopped(case: Case, verdict: Verdict, classes: frozenset[Class], *why: str) -> Outcome:
    """Nothing goes but what is confidential, which leaves at once."""
    at_once = frozenset(case.to.confidential)
    return Outcome(
        verdict=verdict, classes=classes, must_arrive=at_once, may_arrive=at_once, why=why
    )
