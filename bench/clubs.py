"""Made-up clubs, the same each time: a register of 50,000 people, and who writes to whom in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.policy.people import Contact, Group, Link, Mailbox, Organisation, People, Person
from alongside.policy.vocabulary import Category, Hat, MailboxKind, Role

PEOPLE_OF_A_CLUB = 100
_COACHES, _CHILDREN, _ADULTS, _GROUPS = 10, 44, 12, 4
_PARENTS = PEOPLE_OF_A_CLUB - 3 - _COACHES - _CHILDREN - _ADULTS


@dataclass(frozen=True, slots=True)
class Club:
    """Addresses of one club."""

    staff: tuple[str, ...]
    coaches: tuple[str, ...]
    children: tuple[str, ...]


def club(number: int) -> Club:
    domain = _domain(number)
    return Club(
        staff=tuple(f"{n}@{domain}" for n in ("lead", "deputy", "office")),
        coaches=tuple(f"coach{n}@{domain}" for n in range(_COACHES)),
        children=tuple(f"child{n}.of{number}@family.example" for n in range(_CHILDREN)),
    )


def register(people: int, today: date) -> People:
    """Clubs side by side, a hundred people each, in one federation."""
    clubs = range(people // PEOPLE_OF_A_CLUB)
    above = Organisation(id="federation", name="The Federation", domains=("federation.example",))
    return People.of(
        persons=[p for n in clubs for p in _persons(n, today)],
        links={child: links for n in clubs for child, links in _links(n)},
        groups=[g for n in clubs for g in _groups(n)],
        organisations=[above, *(_organisation(n) for n in clubs)],
        mailboxes=[_role_mailbox(n) for n in clubs],
    )


def _domain(number: int) -> str:
    return f"club{number}.example"


def _persons(n: int, today: date) -> Iterator[Person]:
    soon, lately = today + timedelta(days=365), today - timedelta(days=30)

    def worker(who: str, category: Category, *roles: Role, groups: frozenset[str]) -> Person:
        own = Contact(address=f"{who}@{_domain(n)}", organisational=True, hat=Hat.WORKFORCE)
        return Person(
            id=f"{n}-{who}",
            name=f"The {who} of club {n}",
            categories=frozenset({category}),
            organisations=frozenset({f"club{n}"}),
            groups=groups,
            roles=frozenset(roles),
            born=date(1980, 5, 17),
            household=f"{n}-home-of-{who}",
            vetted_until=soon,
            trained_until=soon,
            agreed_on=lately,
            contacts=(own,),
        )

    def private(who: str, category: Category, born: date, home: str, group: str = "") -> Person:
        return Person(
            id=f"{n}-{who}",
            name=f"The {who} of club {n}",
            categories=frozenset({category}),
            organisations=frozenset({f"club{n}"}),
            groups=frozenset({group} if group else ()),
            born=born,
            household=f"{n}-{home}",
            contacts=(Contact(address=f"{who}.of{n}@family.example"),),
        )

    nowhere: frozenset[str] = frozenset()
    yield worker("lead", Category.STAFF, Role.SAFEGUARDING_LEAD, groups=nowhere)
    yield worker("deputy", Category.STAFF, Role.SAFEGUARDING_OFFICER, groups=nowhere)
    yield worker("office", Category.STAFF, groups=nowhere)
    for i in range(_COACHES):
        yield worker(f"coach{i}", Category.VOLUNTEER, groups=frozenset({_group(n, i)}))
    for i in range(_CHILDREN):
        born = date(today.year - 8 - i % 9, 1 + i % 12, 1 + i % 28)
        yield private(f"child{i}", Category.CHILD, born, f"home{i % _PARENTS}", _group(n, i))
    for i in range(_ADULTS):
        born = date(1985, 1 + i, 3)
        yield private(f"adult{i}", Category.ADULT_PARTICIPANT, born, f"flat{i}", _group(n, i))
    for i in range(_PARENTS):
        yield private(f"parent{i}", Category.PARENT, date(1982, 3, 1 + i % 28), f"home{i}")


def _group(n: int, i: int) -> str:
    return f"{n}-group{i % _GROUPS}"


def _links(n: int) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Two parents a child; each eleventh child has one who must not know."""
    for i in range(_CHILDREN):
        first = Link(supporter=f"{n}-parent{i % _PARENTS}", copied=i % 2 == 0)
        second = Link(supporter=f"{n}-parent{(i + 1) % _PARENTS}", restricted=i % 11 == 0)
        yield f"{n}-child{i}", (first, second)


def _groups(n: int) -> Iterator[Group]:
    for i in range(_GROUPS):
        yield Group(
            id=_group(n, i),
            name=f"Group {i}",
            organisation=f"club{n}",
            addresses=(f"group{i}@{_domain(n)}",),
            officers=(f"{n}-deputy",),
            leads=(f"{n}-coach{i}",),
        )


def _organisation(n: int) -> Organisation:
    return Organisation(
        id=f"club{n}",
        name=f"Club {n}",
        parent="federation",
        domains=(_domain(n),),
        role_address=f"safeguarding@{_domain(n)}",
    )


def _role_mailbox(n: int) -> Mailbox:
    return Mailbox(
        address=f"safeguarding@{_domain(n)}",
        kind=MailboxKind.ROLE,
        organisation=f"club{n}",
        readers=frozenset({f"{n}-lead", f"{n}-deputy"}),
    )
