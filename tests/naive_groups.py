"""What becomes of a group's address, as the naive model reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from alongside.policy.address import key
from alongside.policy.people import Contact, Group, People, Person
from alongside.policy.vocabulary import ContactKind, Hat, Standing

from .naive_company import directory, readers
from .naive_words import Openings


@dataclass(slots=True, kw_only=True)
class Expanded:
    """Who gets a group's mail, each on their own."""

    must: set[str] = field(default_factory=set)
    may: dict[str, set[str]] = field(default_factory=dict)
    """Person -> the address keys where they may get it."""
    served: set[str] = field(default_factory=set)
    """Service users among ``may``."""
    supporters: set[str] = field(default_factory=set)
    intended: set[str] = field(default_factory=set)
    """Every service user of the group, left out or not."""


def serves(people: People, group: Group, today: date) -> bool:
    """Whether a service user or supporter is a member."""
    members = [people.persons[m] for m in group.members]
    return any(p.minor(today) or p.service_user or p.supporter for p in members)


def expand(
    people: People,
    group: Group,
    *,
    writers: frozenset[str],
    mailbox_readers: frozenset[str],
    reached_anyway: frozenset[str],
    today: date,
    ask: Openings,
) -> Expanded:
    """Members one by one; whoever may not learn of it is silently left out."""
    found = Expanded()
    members = [people.persons[m] for m in group.members]
    present: list[tuple[Person, set[str], set[str]]] = []
    for p in members:
        served = p.minor(today) or p.service_user
        if served:
            found.intended.add(p.id)
        if p.standing is not Standing.ACTIVE:
            continue  # suspended, or has left
        restricted = people.restricted_for(p.id)
        if writers & restricted:
            continue  # the writer is the one restricted: this service user is left out
        if mailbox_readers & restricted and ask.ask("mailbox_readers"):
            continue
        mail = [c for c in p.contacts if c.kind is ContactKind.EMAIL and c.active]
        # Decision (f): an unsafe address is not written to.
        safe = [c for c in mail if not readers(people, c.address) & restricted]
        if not safe:
            continue
        reachable = {key(c.address) for c in safe if c.reachable}
        present.append((p, {key(c.address) for c in safe}, reachable))
    here = {p.id for p, _, _ in present}
    for p, keys, reachable in present:
        barred = {s for s in people.supported.get(p.id, ()) if p.id in people.restricted_for(s)}
        if barred & here:
            continue  # restricted for a member
        if barred & reached_anyway and ask.ask("restricted_and_group"):
            continue
        if barred & found.intended and ask.ask("group_of_left_out"):
            continue
        found.may[p.id] = keys
        if p.minor(today) or p.service_user:
            found.served.add(p.id)
        elif p.supporter:
            found.supporters.add(p.id)
        two_hats = p.workforce and (p.service_user or p.supporter)
        if reachable and p.id not in writers and not two_hats:
            found.must.add(p.id)
    return found


def _work(people: People, p: str) -> list[Contact]:
    return [
        c
        for c in people.persons[p].contacts
        if c.kind is ContactKind.EMAIL and c.organisational and c.active
    ]


def leads(
    people: People, group: Group, *, barred: frozenset[str], today: date
) -> tuple[set[str], set[str]]:
    """Where the mail of a service user, supporter or stranger to a group goes: (address keys
    that it may go to, leads who must get it)."""
    lineage = people.lineage(group.organisation)
    heads = [*group.leads, *group.officers]
    for o in lineage:
        organisation = people.organisations[o]
        heads += [*organisation.officers, *organisation.leads, *organisation.deputies]
    may: set[str] = set()
    must: set[str] = set()
    for p in heads:
        if p not in people.persons or p in barred:
            continue
        person = people.persons[p]
        if person.standing is not Standing.ACTIVE:
            continue
        safe = [c for c in _work(people, p) if not readers(people, c.address) & barred]
        may |= {key(c.address) for c in safe}
        plain = any(c.reachable and c.hat is Hat.WORKFORCE for c in safe)
        if p in group.leads and plain and not person.minor(today) and not person.service_user:
            must.add(p)
    for o in lineage:
        role = people.organisations[o].role_address
        if role and not readers(people, role) & barred:
            may.add(key(role))
    for o in lineage:
        for k in directory(people).mailboxes.get(o, ()):
            if not readers(people, k) & barred:
                may.add(k)
    return may, must
