"""The information point's answer: who is who, as frozen values and dictionaries.

``people.snapshot.build()`` makes one from the register; tests make them by hand. Addresses in the
dictionaries are keys (``address.key``); telephone numbers are E.164.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import indexing
from .address import domain_of, key
from .register import (
    ADULT_AGE,
    Concern,
    Contact,
    Group,
    Link,
    Mailbox,
    Organisation,
    Person,
)
from .vocabulary import Role

__all__ = [
    "ADULT_AGE",
    "Concern",
    "Contact",
    "Group",
    "Link",
    "Mailbox",
    "Organisation",
    "People",
    "Person",
]


_NOBODY: frozenset[str] = frozenset()
_UNCONFIGURED = Organisation(id="")


class Memo:
    """Answers that depend on the snapshot and the day alone, kept while there is room.

    Only speed hangs on it: a decision is the same without.
    """

    __slots__ = ("_day", "_kept", "always", "restricted")
    MOST = 200_000

    def __init__(self) -> None:
        self.always: dict[Any, Any] = {}
        """What does not even depend on the day."""
        self.restricted: dict[str, frozenset[str]] = {}
        """Service user -> everybody restricted for them."""
        self._day: date | None = None
        self._kept: dict[Any, Any] = {}

    def of(self, day: date) -> dict[Any, Any]:
        """The answers of this day."""
        if day != self._day or len(self._kept) > self.MOST:
            self._day, self._kept = day, {}
        return self._kept


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The whole register at one revision. Build with ``People.of``; change with ``replace``."""

    persons: Mapping[str, Person] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    """Service user -> the people linked to them."""
    groups: Mapping[str, Group] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    mailboxes: Mapping[str, Mailbox] = field(default_factory=dict)
    """Address key -> mailbox."""
    concerns: Mapping[str, Concern] = field(default_factory=dict)
    """Message-ID of a thread -> the open concern it belongs to."""
    at: Mapping[str, tuple[tuple[str, Contact], ...]] = field(default_factory=dict)
    """Address key -> whose it is: (person id, contact point). More than one: a shared address."""
    group_at: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    """Local domain -> organisation id."""
    supported: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Supporter -> the service users they are linked to."""
    offices: Mapping[tuple[str, Role], tuple[str, ...]] = field(default_factory=dict)
    """(organisation, safeguarding role) -> who holds it, named there or by their own roles."""
    shared: Mapping[str, tuple[Mailbox, ...]] = field(default_factory=dict)
    """Organisation -> its shared mailboxes."""
    colleagues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Organisation -> its workforce."""
    configured: Organisation = _UNCONFIGURED
    """What the configuration says of the organisation itself: where to ask (``role_address``), its
    numbers, pages and sites. The reader's only: of no account in a decision."""
    revision: int = 0
    memo: Memo = field(default_factory=Memo, init=False, repr=False, compare=False)
    """What decisions worked out of this very snapshot; another snapshot begins with none."""

    @classmethod
    def of(
        cls,
        *,
        persons: Iterable[Person] = (),
        links: Mapping[str, Iterable[Link]] | None = None,
        groups: Iterable[Group] = (),
        organisations: Iterable[Organisation] = (),
        mailboxes: Iterable[Mailbox] = (),
        concerns: Mapping[str, Concern] | None = None,
        domains: Mapping[str, str] | None = None,
        revision: int = 0,
    ) -> People:
        """Index what the register holds. ``Group.members`` is filled from ``Person.groups``."""
        by_id = {p.id: p for p in persons}
        kept_mailboxes = tuple(mailboxes)
        at: dict[str, list[tuple[str, Contact]]] = {}
        members: dict[str, list[str]] = {}
        for p in by_id.values():
            for c in p.contacts:
                at.setdefault(key(c.address), []).append((p.id, c))
            for g in p.groups:
                members.setdefault(g, []).append(p.id)
        kept_links = {s: tuple(ls) for s, ls in (links or {}).items()}
        supported: dict[str, set[str]] = {}
        for service_user, ls in kept_links.items():
            for link in ls:
                supported.setdefault(link.supporter, set()).add(service_user)
        kept_groups = {
            g.id: Group(
                id=g.id,
                name=g.name,
                organisation=g.organisation,
                addresses=g.addresses,
                officers=g.officers,
                leads=g.leads,
                senders=g.senders,
                members=tuple(sorted(members.get(g.id, ()))),
            )
            for g in groups
        }
        orgs = {o.id: o for o in organisations}
        local = {domain_of("@" + d): o.id for o in orgs.values() for d in o.domains}
        local.update({domain_of("@" + d): o for d, o in (domains or {}).items()})
        return cls(
            persons=by_id,
            links=kept_links,
            groups=kept_groups,
            organisations=orgs,
            mailboxes={key(m.address): m for m in kept_mailboxes},
            concerns=dict(concerns or {}),
            at={k: tuple(v) for k, v in at.items()},
            group_at={key(a): g.id for g in kept_groups.values() for a in g.addresses},
            domains=local,
            supported={s: frozenset(v) for s, v in supported.items()},
            offices=indexing.offices(by_id.values(), orgs.values()),
            shared=indexing.shared(kept_mailboxes),
            colleagues=indexing.colleagues(by_id.values()),
            revision=revision,
        )

    def local(self, address: str) -> bool:
        """Whether the address is in a domain of one of the organisations."""
        return domain_of(address) in self.domains

    def restricted_for(self, service_user: str) -> frozenset[str]:
        """Everybody who must not learn of this service user's conversations."""
        links = self.links.get(service_user)
        if not links:
            return _NOBODY
        known = self.memo.restricted
        found = known.get(service_user)
        if found is None:
            found = known[service_user] = frozenset(k.supporter for k in links if k.restricted)
        return found

    def lineage(self, organisation: str) -> tuple[str, ...]:
        """The organisation, its parent and so on up; a loop in the register ends it."""
        seen: list[str] = []
        while organisation in self.organisations and organisation not in seen:
            seen.append(organisation)
            organisation = self.organisations[organisation].parent
        return tuple(seen)
