"""Indexes over the register that every decision looks things up in."""

from __future__ import annotations

from collections.abc import Iterable

from .register import Mailbox, Organisation, Person
from .vocabulary import SAFEGUARDING_ROLES, MailboxKind, Role


def offices(
    persons: Iterable[Person], organisations: Iterable[Organisation]
) -> dict[tuple[str, Role], tuple[str, ...]]:
    held: dict[tuple[str, Role], dict[str, None]] = {}
    for o in organisations:
        for role, named in (
            (Role.SAFEGUARDING_OFFICER, o.officers),
            (Role.SAFEGUARDING_LEAD, o.leads),
            (Role.DEPUTY_OFFICER, o.deputies),
        ):
            held.setdefault((o.id, role), {}).update(dict.fromkeys(named))
    for p in persons:
        for role in p.roles & SAFEGUARDING_ROLES:
            for organisation in sorted(p.organisations):
                held.setdefault((organisation, role), {})[p.id] = None
    return {office: tuple(holders) for office, holders in held.items() if holders}


def shared(mailboxes: Iterable[Mailbox]) -> dict[str, tuple[Mailbox, ...]]:
    found: dict[str, list[Mailbox]] = {}
    for m in mailboxes:
        if m.kind is MailboxKind.SHARED:
            found.setdefault(m.organisation, []).append(m)
    return {o: tuple(ms) for o, ms in found.items()}


def colleagues(persons: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for p in persons:
        if p.workforce:
            for organisation in p.organisations:
                found.setdefault(organisation, []).append(p.id)
    return {o: tuple(sorted(ids)) for o, ids in found.items()}
