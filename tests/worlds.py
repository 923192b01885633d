"""Random organisations and messages, nasty on purpose, the same for the same seed.

``world(Random(7), 2000)`` is a register of two thousand organisations side by side, each with its
own domains; nothing in one knows of another. ``message(rng, people, 12)`` is a message about the
thirteenth. With ``plain=True`` a world holds only what the import's files can say, so that
``as_csv`` writes the whole of it (``tests/worlds_csv.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from alongside.policy.people import (
    Concern,
    Contact,
    Group,
    Link,
    Mailbox,
    Organisation,
    People,
    Person,
)
from alongside.policy.vocabulary import (
    SERVICE_USERS,
    WORKFORCE,
    Category,
    ContactKind,
    Hat,
    MailboxKind,
    Relationship,
    Role,
    Standing,
)

from .world import TODAY
from .worlds_csv import as_csv
from .worlds_mail import message

__all__ = ["Pieces", "as_csv", "message", "organisation", "people_of", "world"]

C = Category
_MIX: Sequence[tuple[int, frozenset[Category]]] = (
    (22, frozenset({C.CHILD})),
    (8, frozenset({C.YOUNG_PERSON})),
    (10, frozenset({C.ADULT_PARTICIPANT})),
    (12, frozenset({C.PARENT})),
    (3, frozenset({C.CARER})),
    (3, frozenset({C.PERSONAL_ASSISTANT})),
    (2, frozenset({C.ADVOCATE})),
    (16, frozenset({C.VOLUNTEER})),
    (6, frozenset({C.STAFF})),
    (2, frozenset({C.TRUSTEE})),
    (2, frozenset({C.FEDERATION_MEMBER})),
    (6, frozenset({C.YOUNG_LEADER})),
    (2, frozenset({C.PROFESSIONAL})),
    (4, frozenset({C.VOLUNTEER, C.PARENT})),
    (4, frozenset({C.VOLUNTEER, C.ADULT_PARTICIPANT})),
    (1, frozenset({C.YOUNG_LEADER, C.CHILD})),
    (1, frozenset({C.STAFF, C.CARER})),
    (1, frozenset({C.ADULT_PARTICIPANT, C.PARENT})),
)
_PHONES_PER_ORGANISATION = 25
_ORGANISATIONS_WITH_PHONES = 40
"""Ofcom's range for drama holds a thousand mobile numbers; two people share none by accident."""


@dataclass(slots=True, kw_only=True)
class Pieces:
    """One federation: a club, perhaps a body above it, and everybody in them."""

    persons: list[Person] = field(default_factory=list)
    links: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    mailboxes: list[Mailbox] = field(default_factory=list)
    concerns: dict[str, Concern] = field(default_factory=dict)


def world(rng: Random, n: int, *, plain: bool = False) -> People:
    """``n`` organisations side by side."""
    return people_of([organisation(rng, index, plain=plain) for index in range(n)])


def people_of(pieces: Sequence[Pieces]) -> People:
    return People.of(
        persons=[p for one in pieces for p in one.persons],
        links={s: links for one in pieces for s, links in one.links.items()},
        groups=[g for one in pieces for g in one.groups],
        organisations=[o for one in pieces for o in one.organisations],
        mailboxes=[m for one in pieces for m in one.mailboxes],
        concerns={t: c for one in pieces for t, c in one.concerns.items()},
    )


def organisation(rng: Random, index: int, *, plain: bool = False) -> Pieces:
    """One federation of 6 to 25 people."""
    o, domain = f"o{index}", f"o{index}.example"
    pieces = Pieces()
    above = f"{o}-above" if rng.random() < 0.5 else ""
    groups = [f"{o}-g{k}" for k in range(rng.randrange(4))]
    for j in range(rng.randint(6, 25)):
        pieces.persons.append(_person(rng, index, j, above, groups, pieces.persons, plain))
    _links(rng, pieces, plain)
    workers = [p.id for p in pieces.persons if p.workforce]
    _bodies(rng, pieces, o, domain, above, workers)
    if above:
        _bodies(rng, pieces, above, f"above.{domain}", "", workers)
    for k, g in enumerate(groups):
        officers = [] if rng.random() < 0.3 else _some(rng, workers, 2)
        pieces.groups.append(
            Group(
                id=g,
                name=f"Group {k}",
                organisation=above if above and rng.random() < 0.15 else o,
                addresses=tuple(f"group{k}{x}@{domain}" for x in ("", "-too")[: rng.randint(1, 2)]),
                officers=tuple(officers),
                leads=tuple(_some(rng, workers, 3)),
                senders=tuple(_some(rng, [p.id for p in pieces.persons], 2)),
            )
        )
    if not plain and rng.random() < 0.4:
        everybody = [p.id for p in pieces.persons]
        pieces.concerns[f"<concern@{domain}>"] = Concern(
            id=f"{o}-concern",
            named=frozenset(_some(rng, workers or everybody, 2)),
            people=frozenset(_some(rng, everybody, 4)),
        )
    if not plain:
        pieces.organisations = [
            replace(one, copy_supporters=rng.random() < 0.2) for one in pieces.organisations
        ]
    return pieces


def _some(rng: Random, choices: Sequence[str], most: int) -> list[str]:
    return rng.sample(list(choices), min(len(choices), rng.randint(0, most)))


def _person(
    rng: Random,
    index: int,
    j: int,
    above: str,
    groups: Sequence[str],
    others: Sequence[Person],
    plain: bool,
) -> Person:
    o = f"o{index}"
    first = (frozenset({C.VOLUNTEER}), frozenset({C.CHILD}), frozenset({C.STAFF}))
    mixes = [m for _, m in _MIX]
    weights = [w for w, _ in _MIX]
    categories = first[j] if j < len(first) else rng.choices(mixes, weights)[0]
    works = not categories.isdisjoint(WORKFORCE)
    served = not categories.isdisjoint(SERVICE_USERS)
    organisations = {o}
    if above and works and rng.random() < 0.3:
        organisations = {above} if rng.random() < 0.7 else {o, above}
    if rng.random() < 0.02:
        organisations = set()
    roles = set()
    if works and (j == 2 or rng.random() < 0.25):
        roles.add(
            rng.choice([Role.SAFEGUARDING_OFFICER] * 3 + [Role.SAFEGUARDING_LEAD, *list(Role)])
        )
    joined = frozenset(g for g in groups if rng.random() < (0.5 if served else 0.12))
    person = Person(
        id=f"{o}-p{j}",
        name=f"Person {j} of {o}",
        categories=categories,
        organisations=frozenset(organisations),
        groups=joined,
        roles=frozenset(roles),
        born=_born(rng, categories),
        standing=_standing(rng),
        household="" if rng.random() < 0.1 else f"{o}-h{rng.randrange(8)}",
        needs=frozenset({"text"}) if served and rng.random() < 0.2 else frozenset(),
        vetted_until=_until(rng, 0) if works else None,
        trained_until=_until(rng, 28) if works else None,
        agreed_on=_agreed(rng, plain) if works else None,
        objection=not plain and served and rng.random() < 0.12,
        at_risk=not plain and served and rng.random() < 0.1,
    )
    return replace(person, contacts=_contacts(rng, person, index, j, others, plain))


def _born(rng: Random, categories: frozenset[Category]) -> date | None:
    """Mostly what one expects; unknown, on the eighteenth birthday or beside it now and then."""
    chance = rng.random()
    if chance < 0.1:
        return None
    if chance < 0.18:
        return date(TODAY.year - 18, TODAY.month, TODAY.day) + timedelta(days=rng.randint(-1, 1))
    if chance < 0.2:
        return date(rng.choice((1980, 2012)), 2, 29)
    young = categories & {C.CHILD, C.YOUNG_PERSON, C.YOUNG_LEADER}
    if chance < 0.25:
        young = frozenset() if young else frozenset({C.CHILD})
    age = rng.randint(6, 17) if young else rng.randint(18, 80)
    return date(TODAY.year - age, rng.randint(1, 11), rng.randint(1, 21))


def _standing(rng: Random) -> Standing:
    return rng.choices(list(Standing), (17, 2, 1))[0]


def _until(rng: Random, grace: int) -> date | None:
    chance = rng.random()
    if chance < 0.05:
        return None
    if chance < 0.13:
        return TODAY - timedelta(days=grace + rng.randint(-1, 1))
    return TODAY + timedelta(days=rng.randint(0, 600))


def _agreed(rng: Random, plain: bool) -> date | None:
    chance = rng.random()
    if chance < 0.06:
        return None
    if chance < 0.1 and not plain:
        return TODAY + timedelta(days=rng.randint(0, 2))
    return TODAY - timedelta(days=rng.randint(0, 900))


def _contacts(
    rng: Random, p: Person, index: int, j: int, others: Sequence[Person], plain: bool
) -> tuple[Contact, ...]:
    """Contact points with the hats that the import gives, and some shared with others."""
    two = p.workforce and p.service_user
    private = Hat.PARTICIPANT if two or not p.workforce else Hat.WORKFORCE
    found: list[Contact] = []
    if p.workforce and rng.random() < 0.93:
        local = not (two and rng.random() < 0.35)
        address = f"p{j}@o{index}.example" if local else f"p{j}.club@mail.test"
        address = address.replace("@mail.test", f".o{index}@mail.test")
        hat = Hat.WORKFORCE if local else Hat.BOTH
        found.append(Contact(address=address, organisational=True, hat=hat))
    if rng.random() < (0.4 if p.workforce else 0.95):
        guest = C.PROFESSIONAL in p.categories and rng.random() < 0.4
        provider = "gmail.com" if rng.random() < 0.12 else "mail.test"
        address = f"p{j}@o{index}.example" if guest else f"p{j}.o{index}@{provider}"
        found.append(Contact(address=address, hat=private))
    elsewhere = [c.address for q in others for c in q.contacts if c.kind is ContactKind.EMAIL]
    homely = [a for a in elsewhere if a.endswith(("mail.test", "gmail.com"))]
    if rng.random() < 0.9:  # families of two, mostly
        homely = [a for a in homely if homely.count(a) == 1]
    if homely and rng.random() < (0.06 if p.workforce else 0.2):
        if rng.random() < 0.5:
            found = found[:-1]
        taken = {c.address for c in found}
        address = rng.choice(homely)
        if address not in taken:
            found.append(Contact(address=address, hat=private))
    if index < _ORGANISATIONS_WITH_PHONES and rng.random() < 0.6:
        number = index * _PHONES_PER_ORGANISATION + j
        hat = Hat.BOTH if two else private
        found.append(
            Contact(
                address=f"+447700900{number:03d}",
                kind=ContactKind.PHONE,
                organisational=p.workforce,
                hat=hat,
            )
        )
    if plain:
        return tuple(found)
    if rng.random() < 0.3:
        found.append(
            Contact(
                address=f"profile.example/o{index}-p{j}",
                kind=ContactKind.PROFILE,
                organisational=p.workforce,
                hat=private,
            )
        )
    return tuple(_worn(rng, c, p, others) for c in found)


def _worn(rng: Random, c: Contact, p: Person, others: Sequence[Person]) -> Contact:
    """What only life and the register's pages do to a contact point."""
    if rng.random() < 0.05:
        c = replace(c, bouncing=True)
    if rng.random() < 0.03:
        c = replace(c, active=False)
    if rng.random() < 0.03:
        c = replace(c, opted_out=True)
    if p.workforce and p.service_user and rng.random() < 0.2:
        c = replace(c, hat=Hat.BOTH)
    if p.workforce and p.supporter and rng.random() < 0.3:
        c = replace(c, hat=Hat.PARTICIPANT)
    if others and rng.random() < 0.06:
        c = replace(c, readers=frozenset({rng.choice(others).id}))
    return c


_USUAL = {
    C.PARENT: Relationship.PARENT,
    C.CARER: Relationship.CARER,
    C.PERSONAL_ASSISTANT: Relationship.PERSONAL_ASSISTANT,
    C.ADVOCATE: Relationship.ADVOCATE,
}


def _links(rng: Random, pieces: Pieces, plain: bool) -> None:
    """Parents and others, copied or not, restricted in every direction."""
    supporters = [p for p in pieces.persons if p.supporter]
    for s in pieces.persons:
        if not s.service_user and C.YOUNG_LEADER not in s.categories:
            continue
        links: dict[str, Link] = {}
        for _ in range(rng.randrange(4)):
            pool = supporters if supporters and rng.random() < 0.75 else pieces.persons
            other = rng.choice(pool)
            if other.id == s.id:
                continue
            usual = [_USUAL[c] for c in sorted(other.categories) if c in _USUAL]
            restricted = rng.random() < 0.25
            links[other.id] = Link(
                supporter=other.id,
                relationship=usual[0] if usual else Relationship.OTHER,
                # The import settles it; by hand a link may say both, and restricted wins.
                copied=rng.random() < 0.6 and not (plain and restricted),
                restricted=restricted,
            )
        if links:
            pieces.links[s.id] = tuple(links[k] for k in sorted(links))


def _bodies(
    rng: Random, pieces: Pieces, o: str, domain: str, above: str, workers: Sequence[str]
) -> None:
    """One organisation with its mailboxes; its lists name whoever holds the role there."""
    inside = [p for p in pieces.persons if o in p.organisations and p.workforce]

    def holding(role: Role) -> tuple[str, ...]:
        return tuple(p.id for p in inside if role in p.roles)

    role_address = ""
    chance = rng.random()
    readers = frozenset(_some(rng, [p.id for p in inside] or list(workers), 3))
    if chance < 0.6:
        role_address = f"welfare@{domain}"
        if chance < 0.5:
            pieces.mailboxes.append(
                Mailbox(
                    address=role_address, kind=MailboxKind.ROLE, organisation=o, readers=readers
                )
            )
    if rng.random() < 0.6:
        some = frozenset(_some(rng, list(workers), 3))
        pieces.mailboxes.append(
            Mailbox(
                address=f"office@{domain}", kind=MailboxKind.SHARED, organisation=o, readers=some
            )
        )
    if rng.random() < 0.5:
        pieces.mailboxes.append(
            Mailbox(address=f"noreply@{domain}", kind=MailboxKind.AUTOMATIC, organisation=o)
        )
    pieces.organisations.append(
        Organisation(
            id=o,
            name=f"Organisation {o}",
            parent=above,
            domains=(domain,),
            role_address=role_address,
            officers=holding(Role.SAFEGUARDING_OFFICER),
            leads=holding(Role.SAFEGUARDING_LEAD),
            deputies=holding(Role.DEPUTY_OFFICER),
        )
    )
