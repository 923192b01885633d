"""Taking in the lists: what an import does, and what it never does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from alongside.access.actor import Person
from alongside.access.checks import NotAllowed
from alongside.enforcement.known import known_for
from alongside.people import api
from alongside.people.models import ContactPoint, Link
from alongside.people.models import Person as PersonRow
from alongside.people.snapshot import delta
from alongside.policy.decide import decide
from alongside.policy.message import Message
from alongside.policy.people import Contact
from alongside.policy.rulebook_file import load
from alongside.policy.vocabulary import (
    Category,
    Channel,
    ContactKind,
    Hat,
    Relationship,
    Role,
    Standing,
)
from alongside.records.models import Entry

from .lists import ADMIN, IMPORT, LINKS, ORGANISATIONS, PEOPLE, TODAY, Lists, snapshot, told


def test_the_lists_become_the_register(lists: Lists) -> None:
    report = lists.club()
    assert report.ok and report.applied and report.reference
    people = snapshot()
    mia, sam = people.persons["mia"], people.persons["sam"]
    assert mia.born == date(2014, 5, 4)
    assert mia.categories == {Category.CHILD}
    assert mia.groups == {"juniors"} and people.groups["juniors"].members == ("mia", "priya")
    assert people.groups["juniors"].organisation == "club"
    assert sam.roles == {Role.SAFEGUARDING_OFFICER}
    assert people.organisations["club"].officers == ("sam",)
    assert people.lineage("club") == ("club", "charity")
    jo, dan = sorted(people.links["mia"], key=lambda k: k.supporter, reverse=True)
    assert (jo.supporter, jo.copied, jo.restricted) == ("jo", True, False)
    assert (dan.supporter, dan.copied, dan.restricted) == ("dan", False, True)
    assert jo.relationship is Relationship.PARENT


def test_the_same_lists_again_change_nothing(lists: Lists) -> None:
    revision = lists.club().revision
    again = lists.club()
    assert (again.edits, again.applied, again.revision) == ((), False, revision)


def test_a_dry_run_says_what_would_change_and_changes_nothing(lists: Lists) -> None:
    lists.club()
    before = snapshot()
    changed = PEOPLE.replace("Mia Hart", "Mia Hart-Lee").replace("mia@family", "mia.lee@family")
    report = lists.take_in(
        changed + "tom,Tom Reed,child,club,juniors,,2013-01-01,tom@family.example,,active\n",
        LINKS + "mia,priya,other,no,yes,asked by the mother\n",
        dry_run=True,
    )
    assert not report.applied and snapshot() == before
    edits = {(e.kind, e.key): e for e in report.edits}
    assert set(edits) == {("person", "mia"), ("person", "tom"), ("link", "mia priya")}
    assert edits["person", "mia"].fields == (
        api.Field("name", "Mia Hart", "Mia Hart-Lee"),
        api.Field("email", "mia@family.example", "mia.lee@family.example"),
    )
    assert edits["person", "tom"].what == "added"
    assert [e.key for e in report.restrictions] == ["mia priya"]
    assert report.counts == {
        "link": {"added": 1, "changed": 0, "removed": 0},
        "person": {"added": 1, "changed": 1, "removed": 0},
    }


def test_the_reason_of_a_restriction_is_not_shown(lists: Lists) -> None:
    report = lists.take_in(PEOPLE, LINKS, organisations=ORGANISATIONS, dry_run=True)
    assert "no-contact order" not in repr(report)


def test_one_bad_cell_and_nothing_is_taken_in(lists: Lists) -> None:
    report = lists.take_in(PEOPLE.replace("2014", "2044"), LINKS, organisations=ORGANISATIONS)
    (problem,) = told(report)
    assert problem.startswith("people.csv, line 4, column date_of_birth: `04/05/2044` has not")
    assert problem.endswith("; give the day of birth")
    assert not PersonRow.objects.exists() and not Entry.objects.exists()


def test_every_error_says_file_line_column_and_mend(lists: Lists) -> None:
    report = lists.take_in(
        "id,category,email,mobile,status\n"
        "a,chid,mia@family,07700 9001,active\n"
        "a,child,x@family.example,+447700900123,gone\n"
        ",child,,,\n",
        "person,supporter,copied\na,a,perhaps\n",
    )
    assert [(p.file, p.line, p.column) for p in report.problems] == [
        ("people.csv", 2, "category"),
        ("people.csv", 2, "email"),
        ("people.csv", 2, "mobile"),
        ("people.csv", 3, "status"),
        ("people.csv", 4, "id"),
        ("links.csv", 2, "copied"),
    ]
    assert all(p.what and p.mend for p in report.problems)
    assert "did you mean `child`?" in report.problems[0].mend


def test_an_id_twice_in_one_file_is_an_error(lists: Lists) -> None:
    report = lists.take_in("id,category\na,child\nb,child\na,parent\n")
    assert told(report) == [
        "people.csv, line 4, column id: `a` is on line 2 already; make one row of the two"
    ]


def test_an_absent_column_is_untouched_and_an_empty_cell_clears(lists: Lists) -> None:
    lists.club()
    lists.take_in("id,name,email\npriya,,\n")
    priya = snapshot().persons["priya"]
    assert priya.name == ""
    assert priya.categories == {Category.VOLUNTEER} and priya.born == date(1990, 4, 3)
    assert [c.address for c in priya.contacts] == ["priya@mail.test"]


def test_nobody_is_left_without_a_category(lists: Lists) -> None:
    lists.club()
    for rows in ("id,category\nmia,\n", "id,name\nnew,Nobody\n"):
        (problem,) = lists.take_in(rows).problems
        assert (problem.line, problem.column) == (2, "category")


def test_rows_that_are_not_in_the_file_stay(lists: Lists) -> None:
    lists.club()
    lists.take_in("id,category\nnew,staff\n", "person,supporter\nmia,priya\n")
    assert set(snapshot().persons) == {"sam", "priya", "mia", "dan", "jo", "new"}
    assert len(snapshot().links["mia"]) == 3


def test_a_complete_file_says_who_has_left_and_keeps_restrictions(lists: Lists) -> None:
    lists.club()
    report = lists.take_in("id\nsam\nmia\ndan\n", "person,supporter\n", complete=True)
    people = snapshot()
    assert {p.id for p in people.persons.values() if p.standing is Standing.LEFT} == {"priya", "jo"}
    assert [(k.supporter, k.restricted) for k in people.links["mia"]] == [("dan", True)]
    assert [n.kind for n in report.notices] == ["kept_restriction"]


def test_complete_speaks_of_the_given_files_only(lists: Lists) -> None:
    lists.club()
    lists.take_in(PEOPLE, complete=True)
    assert len(snapshot().links["mia"]) == 2 and "charity" in snapshot().organisations


def test_complete_keeps_the_groups_and_organisations_that_others_name(lists: Lists) -> None:
    lists.club()
    lists.take_in(groups="id,leads\njuniors,priya\nold,\n", organisations="id\nempty\n")
    report = lists.take_in(groups="id\n", organisations="id\n", complete=True)
    assert set(snapshot().groups) == {"juniors"}
    assert snapshot().groups["juniors"].leads == ("priya",)
    assert set(snapshot().organisations) == {"charity", "club"}
    assert {n.about for n in report.notices if n.kind == "kept"} == {
        ("juniors",),
        ("club",),
        ("charity",),
    }


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
@pytest.mark.pitfall(1)
@pytest.mark.parametrize(
    "rows",
    [
        "person,supporter,restricted\nmia,dan,no\n",
        "person,supporter,restricted,copied,reason\nmia,dan,,yes,\n",
        "person,supporter,copied\nmia,dan,yes\n",
        "person,supporter\n",
    ],
)
@pytest.mark.parametrize("complete", [False, True])
def test_an_import_never_lifts_a_restriction(lists: Lists, rows: str, complete: bool) -> None:
    lists.club()
    report = lists.take_in(links=rows, complete=complete)
    assert report.ok
    assert snapshot().restricted_for("mia") == {"dan"}
    link = Link.objects.get(service_user="mia", supporter="dan")
    assert (link.copied, link.reason) == (False, "no-contact order")
    if "restricted" in rows:
        assert [n.about for n in report.notices] == [("mia", "dan")]


@pytest.mark.pitfall(1)
def test_a_coach_may_be_restricted_for_a_child(lists: Lists) -> None:
    lists.club()
    report = lists.take_in(links="person,supporter,copied,restricted\nmia,priya,yes,yes\n")
    assert [e.key for e in report.restrictions] == ["mia priya"]
    assert snapshot().restricted_for("mia") == {"dan", "priya"}
    assert not any(link.copied for link in snapshot().links["mia"] if link.restricted)


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_whoever_is_restricted_is_not_told_by_a_report_they_run(lists: Lists) -> None:
    lists.club()
    dan = Person(id="dan", roles=frozenset({"administrator"}))
    report = lists.take_in(links="person,supporter,restricted\nmia,dan,no\n", actor=dan)
    assert (report.edits, report.notices) == ((), ())
    report = lists.take_in(
        links="person,supporter,relationship\nmia,dan,carer\n", actor=dan, dry_run=True
    )
    assert report.edits == ()


@pytest.mark.pitfall(6)
def test_one_address_of_two_people_is_told_and_taken_in(lists: Lists) -> None:
    report = lists.take_in(
        "id,category,organisation,email,mobile\n"
        "mia,child,club,Family@family.example,07700 900123\n"
        "jo,parent,,family+jo@FAMILY.example,\n"
        "tom,child,club,,+44 7700 900123\n"
    )
    assert report.applied
    assert [n.about for n in report.notices if n.kind == "collision"] == [
        ("mia", "tom"),
        ("jo", "mia"),
    ]
    assert {owner for owner, _ in snapshot().at["family@family.example"]} == {"mia", "jo"}
    assert {owner for owner, _ in snapshot().at["+447700900123"]} == {"mia", "tom"}


def points(person: str) -> dict[str, tuple[bool, Hat]]:
    return {c.address: (c.organisational, c.hat) for c in snapshot().persons[person].contacts}


@pytest.mark.pitfall(9)
def test_hats_follow_what_somebody_is_and_where_the_address_stands(lists: Lists) -> None:
    lists.take_in(
        "id,category,organisation,email,personal_email,mobile,personal_mobile\n"
        "coach,volunteer,club,coach@mail.test,coach@home.test,07700900001,07700900002\n"
        "child,child,club,child@family.example,,07700900003,\n"
        "both,volunteer;adult_participant,club,both@club.example;b2@mail.test,b@home.test,,\n"
        "kin,staff;parent,club,kin@club.example,kin@home.test,,\n",
        organisations=ORGANISATIONS.replace("sam", ""),
    )
    assert points("coach") == {
        "coach@mail.test": (True, Hat.WORKFORCE),
        "coach@home.test": (False, Hat.WORKFORCE),
        "+447700900001": (True, Hat.WORKFORCE),
        "+447700900002": (False, Hat.WORKFORCE),
    }
    assert points("child") == {
        "child@family.example": (False, Hat.PARTICIPANT),
        "+447700900003": (False, Hat.PARTICIPANT),
    }
    assert points("both") == {
        "both@club.example": (True, Hat.WORKFORCE),
        "b2@mail.test": (True, Hat.BOTH),
        "b@home.test": (False, Hat.PARTICIPANT),
    }
    assert points("kin") == {
        "kin@club.example": (True, Hat.WORKFORCE),
        "kin@home.test": (False, Hat.WORKFORCE),
    }


@pytest.mark.pitfall(9)
def test_hats_follow_when_the_category_or_the_domains_change(lists: Lists) -> None:
    lists.take_in("id,category,organisation,email\nyara,volunteer,club,yara@town.example\n")
    assert points("yara") == {"yara@town.example": (True, Hat.WORKFORCE)}
    lists.take_in("id,category\nyara,volunteer;adult_participant\n")
    assert points("yara") == {"yara@town.example": (True, Hat.BOTH)}
    lists.take_in(organisations="id,domains\nclub,town.example\n")
    assert points("yara") == {"yara@town.example": (True, Hat.WORKFORCE)}
    lists.take_in("id,category\nyara,adult_participant\n")
    assert points("yara") == {"yara@town.example": (False, Hat.PARTICIPANT)}


def test_the_configurations_domains_count_for_hats(lists: Lists) -> None:
    lists.take_in(
        "id,category,organisation,email\nyara,volunteer;adult_participant,club,y@town.example\n",
        domains=("Town.example",),
    )
    assert points("yara") == {"y@town.example": (True, Hat.WORKFORCE)}


def test_an_address_in_two_columns_belongs_to_the_first(lists: Lists) -> None:
    rows = "id,category,email,personal_email\nann,staff,ann@mail.test,Ann@mail.test;a@home.test\n"
    report = lists.take_in(rows)
    assert "same_address" in [n.kind for n in report.notices]
    assert points("ann") == {
        "ann@mail.test": (True, Hat.WORKFORCE),
        "a@home.test": (False, Hat.WORKFORCE),
    }
    assert lists.take_in(rows).edits == ()


def test_what_the_files_do_not_know_of_a_contact_point_survives(lists: Lists) -> None:
    lists.club()
    api.mark_bouncing(IMPORT, "mia@family.example")
    api.set_readers(IMPORT, "mia", "mia@family.example", ["jo"])
    PersonRow.objects.filter(id="mia").update(at_risk=True, objection=True)
    lists.take_in("id,name,email,personal_email\nmia,Mia,Mia@family.example,mia@mail.test\n")
    mia = snapshot().persons["mia"]
    assert mia.contacts == (
        Contact(address="Mia@family.example", bouncing=True, readers=frozenset({"jo"})),
        Contact(address="mia@mail.test"),
    )
    assert mia.at_risk and mia.objection


def test_a_profile_entered_by_hand_is_left_alone(lists: Lists) -> None:
    lists.club()
    ContactPoint.objects.create(
        person_id="mia", kind="profile", address="@mia", key="@mia", position=9
    )
    lists.take_in("id,email\nmia,new@family.example\n")
    assert {c.kind for c in snapshot().persons["mia"].contacts} == {
        ContactKind.EMAIL,
        ContactKind.PROFILE,
    }


def test_a_standing_set_at_the_desk_is_not_undone_by_a_list(lists: Lists) -> None:
    lists.club()
    sam = api.actor("sam")
    api.set_standing(sam, "priya", Standing.SUSPENDED)
    report = lists.take_in(PEOPLE)
    assert snapshot().persons["priya"].standing is Standing.SUSPENDED
    assert "kept_standing" in [n.kind for n in report.notices]
    lists.take_in("id\nsam\n", complete=True)
    assert snapshot().persons["priya"].standing is Standing.SUSPENDED
    api.set_standing(sam, "priya", Standing.ACTIVE)
    lists.take_in("id,status\npriya,left\n")
    assert snapshot().persons["priya"].standing is Standing.LEFT


def test_a_status_that_came_from_a_list_is_changed_by_a_list(lists: Lists) -> None:
    lists.club()
    lists.take_in("id,status\npriya,suspended\n")
    lists.take_in("id,status\npriya,active\n")
    assert snapshot().persons["priya"].standing is Standing.ACTIVE


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"links": "person,supporter\nmia,nobody\n"}, ("links.csv", 2, "supporter")),
        ({"links": "person,supporter\nmia,mia\n"}, ("links.csv", 2, "supporter")),
        ({"links": "person,supporter,restricted\ndan,mia,yes\n"}, ("links.csv", 2, "person")),
        ({"groups": "id,leads\njuniors,nobody\n"}, ("groups.csv", 2, "leads")),
        (
            {"groups": "id,address\na,g@club.example\nb,G@club.example\n"},
            ("groups.csv", 3, "address"),
        ),
        ({"organisations": "id,parent\ncharity,club\n"}, ("organisations.csv", 2, "parent")),
        ({"organisations": "id,parent\nx,x\n"}, ("organisations.csv", 2, "parent")),
        ({"organisations": "id,domains\nx,club.example\n"}, ("organisations.csv", 2, "domains")),
        ({"mailboxes": "address,readers\no@club.example,\n"}, ("mailboxes.csv", 2, "kind")),
        (
            {"mailboxes": "address,kind,readers\no@club.example,shared,nobody\n"},
            ("mailboxes.csv", 2, "readers"),
        ),
    ],
)
def test_what_does_not_fit_together_is_an_error(
    lists: Lists, files: dict[str, str], expected: tuple[str, int, str]
) -> None:
    lists.club()
    (problem,) = lists.take_in(**files).problems
    assert (problem.file, problem.line, problem.column) == expected


def test_what_is_only_named_is_made_and_a_likely_slip_is_pointed_out(lists: Lists) -> None:
    lists.club()
    report = lists.take_in("id,category,organisation,groups\nzoe,child,club,juniers\n")
    (notice,) = report.notices
    assert notice.kind == "made" and "did you mean `juniors`?" in notice.what
    assert snapshot().groups["juniers"].organisation == "club"


def test_mailboxes_and_groups_are_taken_in(lists: Lists) -> None:
    lists.club()
    lists.take_in(
        mailboxes="address,kind,organisation,readers\nOffice@club.example,shared,club,sam;priya\n",
        groups="id,name,organisation,address,officers,leads,senders\n"
        "juniors,Juniors,club,juniors@club.example;under12@club.example,sam,priya,dan\n",
    )
    people = snapshot()
    assert people.mailboxes["office@club.example"].readers == {"sam", "priya"}
    juniors = people.groups["juniors"]
    assert juniors.officers == ("sam",) and juniors.members == ("mia", "priya")
    assert people.group_at["under12@club.example"] == "juniors"
    assert juniors.may_write("dan")


OWN = """
id,phones,profiles,websites
club,01632 960140; 07700 900140,@PLACE@,https://www.riverside.example/about
""".replace("@PLACE@", "instagram:ExampleRiverside;https://www.facebook.com/exampleriverside")


def test_an_organisation_s_own_numbers_pages_and_sites_are_taken_in(lists: Lists) -> None:
    lists.club()
    before = snapshot()
    report = lists.take_in(organisations=OWN, dry_run=True)
    (edit,) = report.edits
    assert (edit.kind, edit.key, edit.what) == ("organisation", "club", "changed")
    assert edit.fields == (
        api.Field("phones", "", "+441632960140; +447700900140"),
        api.Field("profiles", "", "instagram:exampleriverside; facebook:exampleriverside"),
        api.Field("websites", "", "riverside.example"),
    )
    assert snapshot() == before
    assert lists.take_in(organisations=OWN).applied
    club = snapshot().organisations["club"]
    assert club.phones == ("+441632960140", "+447700900140")
    assert club.profiles == ("instagram:exampleriverside", "facebook:exampleriverside")
    assert club.websites == ("riverside.example",)
    assert (club.name, club.officers) == ("Riverside Club", ("sam",))
    assert delta(connection.connection, before) == snapshot()
    assert lists.take_in(organisations=OWN).edits == ()


def test_absent_columns_of_one_s_own_stay_and_empty_cells_clear(lists: Lists) -> None:
    lists.club()
    lists.take_in(organisations=OWN)
    lists.take_in(organisations=ORGANISATIONS.replace("Riverside", "River"))
    club = snapshot().organisations["club"]
    assert club.name == "River Club" and club.phones and club.profiles and club.websites
    lists.take_in(organisations="id,phones,profiles\nclub,,\n")
    club = snapshot().organisations["club"]
    assert (club.phones, club.profiles, club.websites) == ((), (), ("riverside.example",))


def test_what_is_wrong_with_one_s_own_is_told_by_line_and_column(lists: Lists) -> None:
    lists.club()
    before = snapshot()
    report = lists.take_in(
        organisations="id,phones,profiles,websites\n"
        "charity,01632 960140;12,instagraph:exampleactive,org.uk\n"
        "club,4.416E+11,whatsapp:exampleactive,https://www.facebook.com/exampleactive\n"
    )
    assert snapshot() == before
    assert [(p.line, p.column, p.what) for p in report.problems] == [
        (2, "phones", "`12` is not a whole telephone number"),
        (2, "profiles", "the site of `instagraph:exampleactive` is not known here"),
        (2, "websites", "`org.uk` is the end of many people's domains"),
        (3, "phones", "a spreadsheet rounded the number to `4.416E+11`"),
        (3, "profiles", "`whatsapp` has no pages of organisations"),
        (3, "websites", "anybody can have a page at `facebook.com`"),
    ]
    assert told(report)[2] == (
        "organisations.csv, line 2, column websites: `org.uk` is the end of many people's domains; "
        "write the site's own domain, as in www.charity.example"
    )


def test_numbers_of_people_are_kept_as_e_164(lists: Lists) -> None:
    """What may be written and what must not: a work mobile is ours, a personal one its owner's."""
    lists.club()
    lists.take_in(
        "id,mobile,personal_mobile\npriya,07700 900150,+44 7700 900151\nsam,(07700) 900-152,\n"
        "mia,0044 7700 900153,\njo,,07700900154\ndan,07700 900155,\n"
    )
    people = snapshot()
    numbers = {
        c.address: (p.id, c.organisational)
        for p in people.persons.values()
        for c in p.contacts
        if c.kind is ContactKind.PHONE
    }
    assert numbers == {
        "+447700900150": ("priya", True),
        "+447700900151": ("priya", False),
        "+447700900152": ("sam", True),
        "+447700900153": ("mia", False),
        "+447700900154": ("jo", False),
        "+447700900155": ("dan", False),
    }
    message = Message(
        channel=Channel.EMAIL,
        at=datetime(2026, 11, 22, 15, tzinfo=UTC),
        recipients=("mia@family.example",),
        authors=("priya@club.example",),
        envelope_from="priya@club.example",
        trusted=True,
    )
    known = known_for(decide(message, people, load("online-safeguarding")), people, TODAY)
    assert known.ours.numbers == {"+447700900150", "+447700900152"}
    assert known.own.numbers == {"+447700900151"}
    assert known.own.addresses == {"priya@mail.test"}
    assert known.theirs.numbers == {"+447700900153", "+447700900154"}


def test_a_service_user_in_no_organisation_is_pointed_out(lists: Lists) -> None:
    (notice,) = lists.take_in("id,category\nmia,child\n").notices
    assert (notice.kind, notice.about, notice.line) == ("incomplete", ("mia",), 2)


def test_a_file_that_is_not_there_is_a_problem(lists: Lists) -> None:
    report = api.import_files(IMPORT, lists.folder / "none.csv")
    assert told(report)[0].startswith("none.csv: it can't be opened (no such file or directory)")


def test_the_record_has_one_entry_with_ids_and_no_personal_text(lists: Lists) -> None:
    report = lists.take_in(
        PEOPLE,
        LINKS,
        organisations=ORGANISATIONS,
        mailboxes="address,kind\noffice@club.example,shared\n",
        actor=ADMIN,
    )
    (entry,) = Entry.objects.all()
    assert (entry.kind, entry.reference) == ("people", report.reference)
    body = json.dumps(entry.body) if not isinstance(entry.body, str) else entry.body
    for word in ("mia", "mia dan", "ada", "imported"):
        assert f'"{word}"' in body
    for text in ("Hart", "@", "order", "2014"):
        assert text not in body.replace(entry.at.isoformat()[:4], "")


def test_only_who_may_change_the_register_imports(lists: Lists) -> None:
    with pytest.raises(NotAllowed):
        lists.take_in(PEOPLE, actor=Person(id="priya", roles=frozenset({"manager"})))


def test_a_restriction_made_meanwhile_is_not_overwritten(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists.club()
    from alongside.people.importing import run

    compared = []
    batch = run.batch

    def meddling(*given: object) -> object:
        compared.append(1)
        if len(compared) == 1:
            api.restrict(IMPORT, "mia", "priya", "asked by the mother")
        return batch(*given)  # type: ignore[arg-type] # passed on as given

    monkeypatch.setattr(run, "batch", meddling)
    report = lists.take_in(links="person,supporter,copied\nmia,priya,yes\n")
    assert len(compared) == 1 and not report.applied and report.ok
    assert snapshot().restricted_for("mia") == {"dan", "priya"}


def test_a_register_that_never_rests_is_busy(lists: Lists, monkeypatch: pytest.MonkeyPatch) -> None:
    lists.club()
    with monkeypatch.context() as patch:
        patch.setattr("alongside.people.changes.lock", lambda: -1)
        with pytest.raises(api.Busy):
            lists.take_in("id,name\nmia,Mia Lee\n")
    ticks = iter(range(100))
    monkeypatch.setattr("alongside.people.changes.revision", lambda: next(ticks))
    with pytest.raises(api.Busy):
        lists.take_in("id,name\nmia,Mia Lee\n")


def test_a_transaction_that_fails_leaves_nothing(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("alongside.records.api.append", full)
    with pytest.raises(OSError, match="full"):
        lists.club()
    assert not PersonRow.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_change")
        assert cursor.fetchone() == (0,)
