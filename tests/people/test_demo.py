"""The demonstration: everybody who is promised is there, and nobody could be real."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from alongside.people import api
from alongside.people.demo import Demo, write_demo
from alongside.policy.address import key
from alongside.policy.people import People
from alongside.policy.vocabulary import Category, ContactKind, Hat, Role, Standing

from .lists import IMPORT, TODAY, snapshot

INVENTED = re.compile(r"@([a-z]+\.)*(charity|family)\.example$|@mail\.test$")
DRAMA = re.compile(r"^(07700 900|01632 960)\d{3}$")
OUR_PAGES = re.compile(r"^(instagram:|https://www\.facebook\.com/)example[a-z]+$")
OUR_SITES = re.compile(r"^(https://www\.)?[a-z-]+\.example/?$")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return write_demo(tmp_path_factory.mktemp("demo"), today=TODAY)


def take_in(demo: Demo) -> api.Report:
    return api.import_files(
        IMPORT,
        demo.people,
        demo.links,
        groups=demo.groups,
        organisations=demo.organisations,
        mailboxes=demo.mailboxes,
        today=TODAY,
    )


@pytest.fixture
def people(db: None, demo: Demo) -> People:
    report = take_in(demo)
    assert report.problems == ()
    assert not [n for n in report.notices if n.kind != "collision"]
    return snapshot()


def test_the_demonstration_is_always_the_same(demo: Demo, tmp_path: Path) -> None:
    again = write_demo(tmp_path / "new" / "folder", today=TODAY)
    for one, other in ((demo.people, again.people), (demo.links, again.links)):
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2027, 3, 31)])
def test_it_can_be_written_on_any_day(tmp_path: Path, today: date) -> None:
    assert write_demo(tmp_path, today=today).people.stat().st_size > 10_000


def test_every_address_and_number_is_invented(demo: Demo) -> None:
    for path, columns in (
        (demo.people, ("email", "personal_email", "mobile", "personal_mobile")),
        (demo.groups, ("address",)),
        (demo.organisations, ("role_address",)),
        (demo.mailboxes, ("address",)),
    ):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for value in (row[column] for column in columns if row[column]):
                    assert INVENTED.search(value) or DRAMA.match(value), value


def test_every_page_and_site_is_invented(demo: Demo) -> None:
    with demo.organisations.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["phones"] and all(DRAMA.match(n) for n in row["phones"].split(";"))
            assert row["profiles"] and all(OUR_PAGES.match(n) for n in row["profiles"].split(";"))
            assert row["websites"] and all(OUR_SITES.match(n) for n in row["websites"].split(";"))


def test_every_organisation_has_numbers_pages_and_sites_of_its_own(people: People) -> None:
    charity = people.organisations["charity"]
    assert charity.phones == ("+441632960120", "+441632960121")
    assert charity.profiles == ("instagram:examplesportscharity", "facebook:examplesportscharity")
    assert charity.websites == ("sportsforall.example",)
    for kind in ("phones", "profiles", "websites"):
        every = [value for o in people.organisations.values() for value in getattr(o, kind)]
        assert len(set(every)) == len(every) >= len(people.organisations)


def test_there_are_some_hundreds_of_people_of_every_category(people: People) -> None:
    assert 250 <= len(people.persons) <= 400
    assert {c for p in people.persons.values() for c in p.categories} == set(Category)
    assert {r for p in people.persons.values() for r in p.roles} == set(Role)
    assert {p.standing for p in people.persons.values()} == set(Standing)


def test_the_cast_is_where_the_documentation_says(people: People, demo: Demo) -> None:
    for name, address in demo.addresses.items():
        if name in people.persons:
            assert name in {owner for owner, _ in people.at[key(address)]}
        else:
            assert key(address) in people.group_at or key(address) in people.mailboxes
    assert demo.addresses["priya"] == "priya.nair@charity.example"
    assert demo.addresses["sam"] == "sam.okoro@charity.example"


def test_the_hard_cases_are_there(people: People) -> None:
    persons = people.persons
    assert people.restricted_for("mia") == {"dan"}
    assert people.restricted_for("isla") == {"greg"} and persons["greg"].workforce
    assert {o for o, _ in people.at["reeds@family.example"]} == {"tom", "lily", "anna"}
    assert {o for o, _ in people.at["kerrs@family.example"]} == {"noah", "karl"}
    assert people.restricted_for("noah") == {"karl"}
    assert {o for o, _ in people.at["farah.aziz@mail.test"]} == {"farah", "colin"}
    (chosen,) = people.links["alan"]
    assert (chosen.supporter, chosen.copied) == ("beth", True)
    assert "text" in persons["nadia"].needs
    assert {c.kind for c in persons["nadia"].contacts} == {ContactKind.EMAIL, ContactKind.PHONE}
    assert (persons["kai"].age(TODAY), persons["leo"].age(TODAY)) == (17, 16)
    assert persons["robin"].minor(TODAY) and persons["robin"].born is None
    assert persons["edith"].born is None and not persons["edith"].minor(TODAY)
    assert {c.hat for c in persons["yusuf"].contacts} == {Hat.WORKFORCE, Hat.PARTICIPANT}
    assert [k.supporter for k in people.links["ben"]] == ["helen"]
    assert persons["helen"].workforce and persons["helen"].supporter
    assert persons["neil"].standing is Standing.SUSPENDED
    assert persons["zara"].agreed_on is None
    trained = persons["owen"].trained_until
    assert trained is not None and trained < TODAY
    assert set(people.groups["tandem"].members) == {"mia", "priya"}


def test_every_service_user_can_be_backed_by_an_officer(people: People) -> None:
    for person in people.persons.values():
        if person.service_user:
            assert any(
                people.offices.get((above, Role.SAFEGUARDING_OFFICER))
                for organisation in person.organisations
                for above in people.lineage(organisation)
            )
    for group in people.groups.values():
        assert group.members and group.leads and group.officers


def test_the_role_addresses_have_readers(people: People) -> None:
    for organisation in people.organisations.values():
        if organisation.role_address:
            assert people.mailboxes[key(organisation.role_address)].readers
    assert people.organisations["charity"].role_address == "safeguarding@charity.example"
