"""The information point's answer: who is who, as frozen values and dictionaries.

``people.snapshot.build()`` makes one from the register; tests make them by hand. Addresses in the
dictionaries are keys (``address.key``); telephone numbers are E.164.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from .address import domain_of, key
from .vocabulary import (
    CHILD_UNLESS_KNOWN,
    SAFEGUARDING_ROLES,
    SERVICE_USERS,
    SUPPORTERS,
    WORKFORCE,
    Category,
    ContactKind,
    Hat,
    MailboxKind,
    Mode,
    Relationship,
    Role,
    Standing,
)

ADULT_AGE = 18
"""A floor of the house: a rulebook may be stricter, never softer (position of trust, 16 and 17)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One address, number or profile of one person."""

    address: str
    """As it is written to; compare with ``address.key``."""
    kind: ContactKind = ContactKind.EMAIL
    organisational: bool = False
    hat: Hat = Hat.PARTICIPANT
    readers: frozenset[str] = frozenset()
    """Persons who also read it (an assistant with access to the inbox)."""
    active: bool = True
    bouncing: bool = False
    opted_out: bool = False

    @property
    def reachable(self) -> bool:
        return self.active and not self.bouncing and not self.opted_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody the register knows."""

    id: str
    name: str = ""
    categories: frozenset[Category] = frozenset()
    organisations: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    born: date | None = None
    standing: Standing = Standing.ACTIVE
    household: str = ""
    needs: frozenset[str] = frozenset()
    """Communication needs; ``text`` opens individual texts (S2)."""
    vetted_until: date | None = None
    trained_until: date | None = None
    agreed_on: date | None = None
    objection: bool = False
    """An adult's approved objection to a third party."""
    at_risk: bool = False
    """A recorded reason why an adult's third party is the officer first."""
    contacts: tuple[Contact, ...] = ()

    @property
    def workforce(self) -> bool:
        return not self.categories.isdisjoint(WORKFORCE)

    @property
    def service_user(self) -> bool:
        """By category, whatever the age."""
        return not self.categories.isdisjoint(SERVICE_USERS)

    @property
    def supporter(self) -> bool:
        return not self.categories.isdisjoint(SUPPORTERS)

    @property
    def safeguarding(self) -> bool:
        return not self.roles.isdisjoint(SAFEGUARDING_ROLES)

    def age(self, today: date) -> int | None:
        """Whole years; someone born on 29 February has their birthday on 1 March."""
        if self.born is None:
            return None
        had = (today.month, today.day) >= (self.born.month, self.born.day)
        return today.year - self.born.year - (0 if had else 1)

    def minor(self, today: date) -> bool:
        """Under 18; an unknown birth date means a child for those who may be one."""
        age = self.age(today)
        if age is None:
            return not self.categories.isdisjoint(CHILD_UNLESS_KNOWN)
        return age < ADULT_AGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What ``supporter`` is to a service user. ``restricted`` wins over ``copied``, always."""

    supporter: str
    relationship: Relationship = Relationship.PARENT
    copied: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    id: str
    name: str = ""
    organisation: str = ""
    addresses: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Persons whose register row names this group."""

    def may_write(self, person: str) -> bool:
        return person in self.leads or person in self.officers or person in self.senders


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    id: str
    name: str = ""
    parent: str = ""
    domains: tuple[str, ...] = ()
    role_address: str = ""
    officers: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    mode: Mode | None = None
    """Its own mode, where it has one."""
    copy_supporters: bool = False
    """Under-16s: the supporters with ``copied`` as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A registered address that is no person's (mailboxes.csv)."""

    address: str
    kind: MailboxKind
    organisation: str = ""
    readers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """An open concern that a conversation belongs to."""

    id: str
    named: frozenset[str] = frozenset()
    """Who it is about: never a third party in it, never told."""
    people: frozenset[str] = frozenset()
    """Who may read and write in it: each other's third party."""


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
    revision: int = 0

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
            offices=_offices(by_id.values(), orgs.values()),
            shared=_shared(kept_mailboxes),
            colleagues=_colleagues(by_id.values()),
            revision=revision,
        )

    def local(self, address: str) -> bool:
        """Whether the address is in a domain of one of the organisations."""
        return domain_of(address) in self.domains

    def restricted_for(self, service_user: str) -> frozenset[str]:
        """Everybody who must not learn of this service user's conversations."""
        return frozenset(k.supporter for k in self.links.get(service_user, ()) if k.restricted)

    def lineage(self, organisation: str) -> tuple[str, ...]:
        """The organisation, its parent and so on up; a loop in the register ends it."""
        seen: list[str] = []
        while organisation in self.organisations and organisation not in seen:
            seen.append(organisation)
            organisation = self.organisations[organisation].parent
        return tuple(seen)


def _offices(
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


def _shared(mailboxes: Iterable[Mailbox]) -> dict[str, tuple[Mailbox, ...]]:
    found: dict[str, list[Mailbox]] = {}
    for m in mailboxes:
        if m.kind is MailboxKind.SHARED:
            found.setdefault(m.organisation, []).append(m)
    return {o: tuple(ms) for o, ms in found.items()}


def _colleagues(persons: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for p in persons:
        if p.workforce:
            for organisation in p.organisations:
                found.setdefault(organisation, []).append(p.id)
    return {o: tuple(sorted(ids)) for o, ids in found.items()}
