"""The register: is there always somebody to copy?

For every group with service users two people who could be the third party, independent of each
other, so that one can write, be ill or leave and the group can still be written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from alongside.policy.address import key
from alongside.policy.people import Group, People, Person
from alongside.policy.vocabulary import ContactKind, Role, Standing
from alongside.site.config import Config
from alongside.site.plurals import counted
from alongside.site.wiring import snapshot

from .finding import Finding, ok, problem, warning

AREA = "third parties"
ENOUGH = 2
NAMED_AT_MOST = 10


def examine(config: Config) -> Iterator[Finding]:
    people = snapshot(config)
    if not people.persons:
        yield problem(
            "register", "it is empty: nobody is known", "`alongside people import people.csv`"
        )
        return
    yield ok(
        "register",
        f"{counted(len(people.persons), 'person', 'people')} in "
        f"{counted(len(people.groups), 'group')}",
    )
    if not any(p.safeguarding and p.standing is Standing.ACTIVE for p in people.persons.values()):
        yield problem(
            "register",
            "nobody is safeguarding lead, officer or deputy",
            "give somebody that role in people.csv",
        )
    yield from third_parties(people, datetime.now(UTC).date())


def third_parties(people: People, today: date) -> Iterator[Finding]:
    """One problem for each group that has fewer than two, at most ten by name."""
    groups = [g for g in people.groups.values() if service_users(people, g)]
    short = [(g, n) for g in groups if (n := independent(people, g, today)) < ENOUGH]
    for group, count in short[:NAMED_AT_MOST]:
        who = "nobody" if count == 0 else "only one person"
        yield problem(
            AREA,
            f"group `{group.id}`: {who} could be copied",
            "name two officers with organisational addresses, current vetting and no link to "
            "each other, for the group or its organisation",
        )
    if len(short) > NAMED_AT_MOST:
        yield problem(AREA, f"and {counted(len(short) - NAMED_AT_MOST, 'more group')}", "the same")
    if not short:
        each = f"each of {len(groups):,} groups" if len(groups) != 1 else "the one group"
        yield ok(AREA, f"two or more for {each} with service users")
    lonely = [p for p in people.persons.values() if p.service_user and not p.groups]
    if lonely:
        yield warning(
            "register",
            f"{counted(len(lonely), 'child or participant is', 'children or participants are')} "
            "in no group",
            "group mail can't reach them; their organisation's officers are copied",
        )


def service_users(people: People, group: Group) -> list[Person]:
    return [people.persons[m] for m in group.members if people.persons[m].service_user]


def independent(people: People, group: Group, today: date) -> int:
    """How many who share neither address nor household, restricted for nobody in the group."""
    restricted = frozenset[str]().union(
        *(people.restricted_for(p.id) for p in service_users(people, group))
    )
    taken: set[str] = set()
    count = 0
    for person in _offices(people, group):
        addresses = {
            key(c.address)
            for c in person.contacts
            if c.kind is ContactKind.EMAIL and c.organisational and c.reachable
        }
        marks = addresses | ({f"household {person.household}"} if person.household else set())
        fit = (
            person.standing is Standing.ACTIVE
            and not person.minor(today)
            and person.vetted_until is not None
            and person.vetted_until >= today
            and person.id not in restricted
        )
        if fit and addresses and taken.isdisjoint(marks):
            taken |= marks
            count += 1
    return count


def _offices(people: People, group: Group) -> Iterable[Person]:
    ids = [*group.officers]
    above = people.lineage(group.organisation)
    for place in above:
        organisation = people.organisations[place]
        ids += [*organisation.officers, *organisation.leads, *organisation.deputies]
    ids += [
        p.id
        for p in people.persons.values()
        if p.roles & {Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER, Role.DEPUTY_OFFICER}
        and not p.organisations.isdisjoint(above)
    ]
    return [people.persons[i] for i in dict.fromkeys(ids) if i in people.persons]
