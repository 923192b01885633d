"""The values of the register: persons, contact points, links, groups, organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


class SignatureStanding(StrEnum):
    """What an officer decided about what somebody puts below their messages."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature of one person, by its key."""

    key: str
    standing: SignatureStanding
    since: date
    """The day it was first seen."""


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
    signatures: tuple[Signature, ...] = ()

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
    phones: tuple[str, ...] = ()
    """Numbers of its own, in E.164: offices, halls, booking lines."""
    profiles: tuple[str, ...] = ()
    """Its own pages on social sites, as ``platform:name``, or a link without its scheme."""
    websites: tuple[str, ...] = ()
    """Domains of its own sites, besides ``domains``."""
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
