"""Who may look through whose old mail, and what the record keeps of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from alongside.access.actor import Person, System
from alongside.access.checks import NotAllowed
from alongside.archive.authorisation import (
    KIND,
    Authorisation,
    authorise,
    can_audit,
    check_audit,
    finish,
    hidden_from,
    others_who_may,
)
from alongside.archive.rows import Contact, Finding, What
from alongside.archive.scope import Scope, UnknownScope, Within, scope_of
from alongside.policy.vocabulary import Standing
from alongside.records import api as records
from alongside.records.models import Text
from tests.world import CARLA, CHARITY, CHLOE, CLUB, NOW, OFFICE, OWEN, PEOPLE, STRANGER, people

from .letters import BOOK

LENA = Person(id="lena", roles=frozenset({"safeguarding_lead"}), reach=frozenset({CHARITY, CLUB}))
OWEN_ = Person(id="owen", roles=frozenset({"safeguarding_officer"}), reach=frozenset({CLUB}))
DEV = Person(id="dev", roles=frozenset({"deputy_officer"}), reach=frozenset({CHARITY, CLUB}))
ALL = Scope(everything=True)


def the_club(**changes: object) -> Scope:
    return replace(Scope(organisations=frozenset({CLUB})), **changes)  # type: ignore[arg-type]


class TestWhoMay:
    def test_a_lead_whose_role_reaches_everybody_may_look_at_everything(self):
        assert check_audit(LENA, ALL, PEOPLE) is LENA

    @pytest.mark.parametrize(
        ("actor", "scope", "why"),
        [
            (System("import"), the_club(), "authorised by a person"),
            (DEV, the_club(), "lead or officer"),
            (replace(LENA, active=False), the_club(), "active"),
            (replace(LENA, roles=frozenset({"manager"})), the_club(), "lead or officer"),
            (OWEN_, ALL, "does not reach `charity`"),
            (OWEN_, Scope(organisations=frozenset({CHARITY})), "does not reach `charity`"),
            (OWEN_, Scope(persons=frozenset({"lena"})), "does not reach `charity`"),
            (OWEN_, Scope(addresses=frozenset({"lena@charity.example"})), "does not reach"),
            (OWEN_, Scope(addresses=frozenset({STRANGER})), "does not reach `charity`"),
            (OWEN_, Scope(persons=frozenset({"owen"})), "nobody reviews themselves"),
            (OWEN_, Scope(addresses=frozenset({OWEN})), "nobody reviews themselves"),
        ],
    )
    def test_nobody_else_may(self, actor, scope, why):
        with pytest.raises(NotAllowed, match=why):
            check_audit(actor, scope, PEOPLE)
        assert not can_audit(actor, scope, PEOPLE)

    @pytest.mark.parametrize(
        "scope",
        [
            the_club(),
            Scope(persons=frozenset({"carla"})),
            Scope(persons=frozenset({"carla", "owen"})),
            Scope(addresses=frozenset({CARLA})),
            Scope(addresses=frozenset({OFFICE})),
            Scope(addresses=frozenset({"reception@club.example"})),
        ],
    )
    def test_an_officer_of_the_club_may_look_at_the_club_s(self, scope):
        assert can_audit(OWEN_, scope, PEOPLE)


class TestScope:
    def test_it_is_read_from_what_somebody_types(self):
        scope = scope_of([CLUB, "carla", "Lena@Charity.Example"], PEOPLE, last=date(2026, 1, 2))
        assert scope == Scope(
            organisations=frozenset({CLUB}),
            persons=frozenset({"carla"}),
            addresses=frozenset({"lena@charity.example"}),
            last=date(2026, 1, 2),
        )
        assert scope_of([], PEOPLE) == ALL
        assert Scope.from_json(json.loads(json.dumps(scope.as_json()))) == scope

    def test_what_nobody_knows_is_an_error_with_a_hint(self):
        with pytest.raises(UnknownScope, match=r"`carlo`.*did you mean `carl"):
            scope_of(["carlo"], PEOPLE)
        with pytest.raises(ValueError, match="before the first"):
            scope_of([], PEOPLE, first=date(2026, 2, 1), last=date(2026, 1, 1))

    @pytest.mark.parametrize(
        ("scope", "addresses", "within"),
        [
            (the_club(), [CARLA], True),
            (the_club(), ["whoever@club.example"], True),
            (the_club(), [CHLOE], True),
            (the_club(), ["lena@charity.example"], False),
            (Scope(organisations=frozenset({CHARITY})), [CARLA], True),
            (Scope(persons=frozenset({"carla"})), ["Carla.Coach+x@mail.test"], True),
            (Scope(persons=frozenset({"carla"})), ["carl@club.example", CHLOE], False),
            (Scope(addresses=frozenset({STRANGER})), [STRANGER], True),
        ],
    )
    def test_one_address_of_it_is_enough(self, scope, addresses, within):
        assert Within.of(scope, PEOPLE, BOOK.zone).in_scope(addresses, NOW) is within


class TestKeptApart:
    def finding(self, **changes: str) -> Finding:
        made = {"clause": "G1", "writer": "carla", "writer_address": CARLA, **changes}
        return Finding(what=What.ONE_TO_ONE, **made)

    @pytest.mark.parametrize(
        ("viewer", "changes", "hidden"),
        [
            ("carla", {}, True),
            ("lena", {}, False),
            ("lena", {"service_user": "lena"}, True),
            ("frank", {"service_user": "chloe"}, True),  # restricted for her
            ("mary", {"service_user": "chloe"}, False),
            ("carl", {"writer": "", "writer_address": OFFICE}, True),  # may have written it
            ("owen", {"writer": "", "writer_address": OFFICE}, False),
            ("gus", {"writer": "", "address": "bea@mail.test"}, True),
            ("owen", {"writer": "carl", "writer_address": OWEN}, True),
        ],
    )
    def test_findings_about_oneself_and_those_one_is_restricted_for(self, viewer, changes, hidden):
        assert hidden_from(viewer, self.finding(**changes), PEOPLE) is hidden

    def test_contacts_too(self):
        contact = Contact(writer="nora", service_user="finn", covered=True)
        assert hidden_from("nora", contact, PEOPLE)
        assert not hidden_from("carla", contact, PEOPLE)
        assert hidden_from("nora", replace(contact, writer="carl"), PEOPLE)

    def test_who_else_may_see_it(self):
        assert others_who_may("lena", the_club(), PEOPLE) == ("olivia", "owen")
        assert others_who_may("lena", ALL, PEOPLE) == ("olivia",)
        without = people(olivia={"standing": Standing.LEFT})
        assert others_who_may("lena", ALL, without) == ()


@pytest.mark.django_db
class TestOnTheRecord:
    def test_it_is_recorded_before_and_after(self):
        scope = replace(the_club(), persons=frozenset({"carla"}), first=date(2024, 1, 1))
        leave = authorise(LENA, scope, "  nobody ever looked  ", PEOPLE, sources=["old.mbox"])
        (entry,) = records.find(LENA, kind=KIND)
        assert (leave.reason, leave.by, leave.scope) == ("nobody ever looked", "lena", scope)
        assert entry.reference == leave.reference
        assert entry.body["what"] == "begun"
        assert entry.body["organisations"] == [CLUB]
        assert entry.body["first"] == "2024-01-01"
        assert "nobody ever looked" not in json.dumps(entry.body)
        assert {bytes(t.value or b"") for t in Text.objects.filter(name="reason")} == {
            b"nobody ever looked"
        }
        finish(LENA, leave, {"found": 12, "judged": 3}, PEOPLE, ended="finished")
        after = records.find(LENA, kind=KIND, reference=leave.reference)
        assert {e.body["what"]: e.body.get("counts") for e in after} == {
            "begun": None,
            "finished": {"found": 12, "judged": 3},
        }
        assert Authorisation.from_json(json.loads(json.dumps(leave.as_json()))) == leave

    def test_whoever_it_is_about_does_not_see_it(self):
        authorise(LENA, Scope(addresses=frozenset({OWEN})), "a concern", PEOPLE)
        assert records.find(OWEN_, kind=KIND) == []
        assert len(records.find(LENA, kind=KIND)) == 1

    def test_nothing_is_recorded_without_leave_or_reason(self):
        with pytest.raises(NotAllowed):
            authorise(OWEN_, ALL, "why not", PEOPLE)
        with pytest.raises(ValueError, match="give a reason"):
            authorise(LENA, ALL, " ", PEOPLE)
        assert records.find(LENA, kind=KIND) == []

    def test_another_scope_or_register_is_another_look(self):
        leave = authorise(LENA, the_club(), "a", PEOPLE)
        assert leave.same_look(replace(leave, reason="b", by="olivia"))
        assert not leave.same_look(replace(leave, scope=ALL))
        assert not leave.same_look(replace(leave, revision=99))
