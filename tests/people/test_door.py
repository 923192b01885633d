"""The register's door: who may do what, and that each change is followed and recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from alongside.access.actor import Person, System
from alongside.access.checks import NotAllowed
from alongside.people import api, changes
from alongside.people.marks import mark_bouncing
from alongside.people.models import Change, Revision
from alongside.people.snapshot import delta
from alongside.policy.vocabulary import Mode, Role, Standing
from alongside.records.models import Entry, Text

from .lists import ADMIN, IMPORT, ORGANISATIONS, Lists, snapshot

MORE = """
id,name,category,organisation,roles,household,date_of_birth,email
olive,Olive Ray,staff,charity,safeguarding_lead,,,olive@charity.example
ruth,Ruth Vale,staff,club,safeguarding_officer,,,ruth@club.example
dora,Dora Hart,staff,club,deputy_officer,hart road,,dora@club.example
otto,Otto Fell,staff,other,safeguarding_officer,,,otto@other.example
dan,Dan Hart,parent,,,hart road,,
alan,Alan Moss,adult_participant,club,,,1970-01-01,alan@mail.test
teen,Teen Moss,adult_participant,club,,,2012-01-01,
kid,Kid Moss,young_person,club,,,,
"""


@pytest.fixture
def club(lists: Lists) -> Lists:
    lists.club()
    assert lists.take_in(MORE).ok
    return lists


def entries() -> list[tuple[Entry, dict[str, Any]]]:
    """What the record heard since the club was set up by imports."""
    found = [(row, json.loads(row.body)["body"]) for row in Entry.objects.order_by("id")]
    return [(row, body) for row, body in found if body["what"] != "imported"]


def entry() -> tuple[Entry, dict[str, Any]]:
    (only,) = entries()
    return only


@pytest.mark.pitfall(1)
@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_an_officer_restricts_a_parent_and_the_copy_ends(club: Lists) -> None:
    before = snapshot()
    api.restrict(api.actor("sam"), "mia", "jo", "court order of 3 May")
    after = snapshot()
    assert after.restricted_for("mia") == {"dan", "jo"}
    assert not any(link.copied for link in after.links["mia"])
    assert delta(connection.connection, before) == after
    found, _ = entry()
    assert found.guarded and found.organisation == "club"
    assert "court order" not in found.body


def test_a_restriction_may_name_somebody_who_was_no_link(club: Lists) -> None:
    api.restrict(IMPORT, "mia", "priya", "asked by the mother")
    assert "priya" in snapshot().restricted_for("mia")


@pytest.mark.parametrize(
    ("child", "person", "reason", "error"),
    [
        ("mia", "jo", "  ", api.Impossible),
        ("jo", "mia", "why", api.Impossible),
        ("mia", "dan", "again", api.Impossible),
        ("mia", "mia", "self", api.Impossible),
        ("mia", "nobody", "why", api.Unknown),
    ],
)
def test_what_is_no_restriction_is_refused(
    club: Lists, child: str, person: str, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        api.restrict(IMPORT, child, person, reason)
    assert not entries()


@pytest.mark.law("nobody_reviews_themselves")
@pytest.mark.pitfall(2)
def test_nobody_touches_a_restriction_that_concerns_themselves(club: Lists) -> None:
    api.restrict(IMPORT, "mia", "sam", "reported by the mother")
    for first, second in (("sam", "ruth"), ("ruth", "sam")):
        with pytest.raises(NotAllowed):
            api.lift_restriction(api.actor(first), api.actor(second), "mia", "sam", "it is over")
    with pytest.raises(NotAllowed):
        api.restrict(api.actor("sam"), "mia", "sam", "why not")
    assert "sam" in snapshot().restricted_for("mia")


@pytest.mark.pitfall(1)
def test_two_people_lift_a_restriction_and_nobody_is_copied_by_it(club: Lists) -> None:
    api.lift_restriction(api.actor("sam"), api.actor("olive"), "mia", "dan", "the order ended")
    people = snapshot()
    assert people.restricted_for("mia") == frozenset()
    assert not next(k for k in people.links["mia"] if k.supporter == "dan").copied
    _, body = entry()
    assert (body["what"], body["second"]) == ("restriction_lifted", "olive")


@pytest.mark.pitfall(1)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sam", "sam"),  # one person twice
        ("sam", "priya"),  # a coach has no office
        ("sam", "dora"),  # lives with the father
        ("dora", "sam"),
        ("sam", "otto"),  # another organisation's officer
        ("sam", "dan"),  # the father himself
    ],
)
def test_one_person_alone_never_lifts_a_restriction(club: Lists, first: str, second: str) -> None:
    with pytest.raises(NotAllowed):
        api.lift_restriction(api.actor(first), api.actor(second), "mia", "dan", "it is over")
    assert snapshot().restricted_for("mia") == {"dan"}
    assert not entries()


def test_the_system_never_lifts_a_restriction(club: Lists) -> None:
    for first, second in ((IMPORT, api.actor("sam")), (api.actor("sam"), IMPORT)):
        with pytest.raises(NotAllowed):
            api.lift_restriction(first, second, "mia", "dan", "it is over")


def test_there_must_be_a_restriction_and_a_reason_to_lift(club: Lists) -> None:
    sam, ruth = api.actor("sam"), api.actor("ruth")
    for person, reason in (("jo", "it is over"), ("dan", "")):
        with pytest.raises(api.Impossible):
            api.lift_restriction(sam, ruth, "mia", person, reason)


def test_an_officer_suspends_a_coach_and_nobody_their_own_self(club: Lists) -> None:
    api.set_standing(api.actor("sam"), "priya", Standing.SUSPENDED)
    assert snapshot().persons["priya"].standing is Standing.SUSPENDED
    assert entry()[0].guarded
    with pytest.raises(NotAllowed):
        api.set_standing(api.actor("sam"), "sam", Standing.ACTIVE)
    with pytest.raises(NotAllowed):
        api.set_standing(api.actor("priya"), "sam", Standing.SUSPENDED)


@pytest.mark.pitfall(7)
def test_an_adults_objection_is_approved_and_a_childs_never(club: Lists) -> None:
    sam = api.actor("sam")
    api.set_objection(sam, "alan", True, "wishes to write alone; understood what it means")
    assert snapshot().persons["alan"].objection
    api.set_objection(sam, "alan", False, "changed his mind")
    assert not snapshot().persons["alan"].objection
    for who in ("mia", "teen", "kid", "priya"):
        with pytest.raises(api.Impossible):
            api.set_objection(sam, who, True, "wishes to")
    with pytest.raises(api.Impossible):
        api.set_objection(sam, "alan", True, " ")


@pytest.mark.pitfall(7)
def test_a_reason_to_put_the_officer_first_is_recorded(club: Lists) -> None:
    api.set_at_risk(api.actor("sam"), "alan", True, "asked for it himself")
    assert snapshot().persons["alan"].at_risk
    with pytest.raises(api.Impossible):
        api.set_at_risk(api.actor("sam"), "alan", False, "")
    assert "asked for it" not in json.dumps(entry()[1])
    assert Text.objects.filter(entry=entry()[0]).exists()


def test_a_role_address_is_set_and_taken_away(club: Lists) -> None:
    api.set_role_address(ADMIN, "club", "safeguarding@club.example")
    assert snapshot().organisations["club"].role_address == "safeguarding@club.example"
    api.set_role_address(ADMIN, "club", "")
    assert snapshot().organisations["club"].role_address == ""
    with pytest.raises(api.Unknown):
        api.set_role_address(ADMIN, "nowhere", "x@club.example")
    for address in ("nonsense", "Sam@club.example"):
        with pytest.raises(api.Impossible):
            api.set_role_address(ADMIN, "club", address)


def test_a_groups_address_is_no_roles_address(club: Lists) -> None:
    club.take_in(groups="id,address\njuniors,juniors@club.example\n")
    with pytest.raises(api.Impossible):
        api.set_role_address(ADMIN, "club", "juniors@club.example")


def test_an_organisations_own_mode_survives_an_import(club: Lists) -> None:
    api.set_organisation(ADMIN, "club", mode=Mode.TEACH, copy_supporters=True)
    club.take_in(organisations=ORGANISATIONS.replace("Riverside", "River"))
    body = snapshot().organisations["club"]
    assert (body.name, body.mode, body.copy_supporters) == ("River Club", Mode.TEACH, True)
    api.set_organisation(ADMIN, "club", mode=None, copy_supporters=False)
    assert snapshot().organisations["club"].mode is None


@pytest.mark.pitfall(10)
def test_an_assistant_also_reads_an_inbox_only_where_it_is_said(club: Lists) -> None:
    api.set_readers(ADMIN, "alan", "Alan@mail.test", ["priya", "alan"])
    (point,) = snapshot().persons["alan"].contacts
    assert point.readers == {"priya"}
    with pytest.raises(api.Unknown):
        api.set_readers(ADMIN, "alan", "other@mail.test", ["priya"])
    with pytest.raises(api.Unknown):
        api.set_readers(ADMIN, "alan", "alan@mail.test", ["nobody"])


@pytest.mark.pitfall(18)
def test_an_address_that_bounces_is_marked_for_everybody_who_has_it(club: Lists) -> None:
    club.take_in("id,personal_email\njo,mia@family.example\n")
    before = snapshot()
    assert api.mark_bouncing(System("gateway"), "MIA@family.example") == {"mia", "jo"}
    assert not any(c.reachable for _, c in snapshot().at["mia@family.example"])
    assert delta(connection.connection, before) == snapshot()
    assert api.clear_bouncing(ADMIN, "mia@family.example") == {"mia", "jo"}
    assert all(c.reachable for _, c in snapshot().at["mia@family.example"])
    with pytest.raises(api.Unknown):
        api.mark_bouncing(ADMIN, "nobody@mail.test")


@pytest.mark.pitfall(18)
def test_a_gateway_marks_without_django_and_everybody_hears_of_it(club: Lists) -> None:
    before = snapshot()
    raw = connection.connection
    assert mark_bouncing(raw, "Mia+x@family.example") == {"mia"}
    after = delta(raw, before)
    assert after.revision == before.revision + 1
    assert not after.persons["mia"].contacts[0].reachable
    assert mark_bouncing(raw, "mia@family.example") == {"mia"}
    assert mark_bouncing(raw, "nobody@mail.test") == frozenset()
    assert delta(raw, after) is after


@pytest.mark.parametrize(
    "change",
    [
        lambda actor: api.set_role_address(actor, "club", ""),
        lambda actor: api.set_organisation(actor, "club", mode=None, copy_supporters=False),
        lambda actor: api.set_readers(actor, "mia", "mia@family.example", []),
        lambda actor: api.mark_bouncing(actor, "mia@family.example"),
        lambda actor: api.clear_bouncing(actor, "mia@family.example"),
        lambda actor: api.restrict(actor, "mia", "jo", "why"),
        lambda actor: api.set_standing(actor, "jo", Standing.LEFT),
        lambda actor: api.set_objection(actor, "alan", True, "why"),
        lambda actor: api.set_at_risk(actor, "alan", True, "why"),
    ],
)
def test_a_coach_changes_nothing_in_the_register(
    club: Lists, change: Callable[[Person], object]
) -> None:
    before = snapshot()
    with pytest.raises(NotAllowed):
        change(api.actor("priya"))
    assert snapshot() == before and not entries()


def test_an_actor_has_their_roles_and_reaches_what_is_below(club: Lists) -> None:
    olive, sam, priya = (api.actor(i) for i in ("olive", "sam", "priya"))
    assert olive.reach == {"charity", "club"} and olive.safeguarding
    assert sam.reach == {"club"} and sam.safeguarding
    assert priya.reach == {"club"} and not priya.safeguarding
    with pytest.raises(api.Unknown):
        api.actor("nobody")


def test_being_named_officer_by_a_club_reaches_that_club_only(club: Lists) -> None:
    club.take_in(
        "id,category,organisation\nnia,staff,charity\n",
        organisations="id,officers\nclub,nia\n",
        groups="id,officers\njuniors,nia\n",
    )
    nia = api.actor("nia")
    assert nia.roles == {Role.SAFEGUARDING_OFFICER.value, "writer"}
    assert nia.reach == {"club"} and nia.groups == {"juniors"}


def test_whoever_is_suspended_has_no_office(club: Lists) -> None:
    api.set_standing(api.actor("olive"), "sam", Standing.SUSPENDED)
    assert not api.actor("sam").safeguarding


def test_the_log_of_changes_is_kept_short(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "KEPT", 3)
    for n in range(10):
        changes.bump([(changes.PERSON, f"p{n}")])
    assert Revision.objects.get().complete_since == 7
    assert set(Change.objects.values_list("key", flat=True)) == {"p7", "p8", "p9"}


@pytest.mark.django_db(transaction=True)
def test_the_log_is_never_written_without_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        changes.bump([(changes.PERSON, "mia")])
