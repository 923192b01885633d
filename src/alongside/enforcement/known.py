"""What the register knows of a message's people, as the reader of its words needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from alongside.policy.address import key
from alongside.policy.decision import Decision
from alongside.policy.people import ADULT_AGE, Contact, People, Person
from alongside.policy.vocabulary import ContactKind
from alongside.scan.known import Details, Known

_OURS = "known: ours"


def known_for(decision: Decision, people: People, today: date) -> Known:
    """The details that may stand in this message, and those that must not.

    The organisation's own pass, and those of the readers and of their families or the people they
    support; never the private ones of somebody restricted for a service user in it.
    """
    writers = [people.persons[p] for p in decision.writers if p in people.persons]
    readers = {p for r in decision.routes for p in r.persons} | {*decision.service_users}
    # A coach may be the father of one of the readers: his private ones stay his own.
    writing = {p.id for p in writers}
    theirs = _with_families(readers - writing, people) - writing
    reached = [people.persons[s] for s in decision.service_users]
    return replace(
        _ours(people, today),
        theirs=_details(c for p in sorted(theirs) for c in people.persons[p].contacts),
        own=_details(c for p in writers if p.workforce for c in p.contacts if _private(c)),
        youngest=_youngest(reached, today),
        readers=bool(reached),
    )


def _with_families(readers: set[str], people: People) -> set[str]:
    found = set(readers)
    barred = set[str]()
    for reader in readers:
        links = people.links.get(reader, ())
        found.update(k.supporter for k in links if not k.restricted)
        found |= people.supported.get(reader, frozenset())
        barred |= people.restricted_for(reader)
    return {p for p in found - barred if p in people.persons}


def _private(contact: Contact) -> bool:
    return not contact.organisational


def _youngest(reached: Sequence[Person], today: date) -> int | None:
    """None: somebody under 18 whose birth date nobody knows; an adult's counts as grown up."""
    ages = [p.age(today) for p in reached]
    if any(a is None and p.minor(today) for a, p in zip(ages, reached, strict=True)):
        return None
    return min((ADULT_AGE if a is None else a for a in ages), default=None)


def _ours(people: People, today: date) -> Known:
    """What is the organisation's: worked out once for a snapshot."""
    known = people.memo.always
    if _OURS not in known:
        bodies = (*people.organisations.values(), people.configured)
        ours = _details(
            c for p in people.persons.values() if p.workforce for c in p.contacts if not _private(c)
        )
        places = {*people.mailboxes, *people.group_at, *(key(o.role_address) for o in bodies)}
        known[_OURS] = (
            Details(
                numbers=frozenset(ours.numbers).union(n for o in bodies for n in o.phones),
                addresses=frozenset(ours.addresses | (places - {""})),
                profiles=frozenset(ours.profiles).union(key(p) for o in bodies for p in o.profiles),
            ),
            frozenset(people.domains).union(w.casefold() for o in bodies for w in o.websites),
        )
    ours, domains = known[_OURS]
    return Known(today=today, ours=ours, domains=domains, same=key)


def _details(contacts: Iterable[Contact]) -> Details:
    found: dict[ContactKind, set[str]] = {kind: set() for kind in ContactKind}
    for c in contacts:
        found[c.kind].add(key(c.address))
    return Details(
        numbers=frozenset(found[ContactKind.PHONE]),
        addresses=frozenset(found[ContactKind.EMAIL]),
        profiles=frozenset(found[ContactKind.PROFILE]),
    )
