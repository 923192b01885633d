"""Who reads a report: never whom it may be about, and always somebody if anybody is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.concerns.kinds import Kind
from alongside.concerns.names import may_name, whole_name
from alongside.concerns.routing import Member, Said, Tier, route

NAMES = ["Owen Pike", "Dev Malik", "Lena Voss", "Hal Moor", "Zoë O’Shea", "Will Page", "Mo Ng"]
LEAD = Member(id="lena", name="Lena Voss")
SECOND = Member(id="sue", name="Susan Ayre")
DEPUTY = Member(id="dev", name="Dev Malik")
OFFICER = Member(id="owen", name="Owen Pike")
CLUB = Tier(officers=(OFFICER,), deputies=(DEPUTY,))
CHARITY = Tier(leads=(LEAD,))
UP = (CLUB, CHARITY)

members = st.builds(
    Member,
    id=st.sampled_from([f"m{n}" for n in range(6)]),
    name=st.sampled_from(NAMES),
    household=st.sampled_from(["", "", "", "one", "two"]),
)


@st.composite
def teams(draw: st.DrawFn) -> tuple[Tier, ...]:
    """Up to three organisations, with up to six people who may hold several offices."""
    known = {m.id: m for m in draw(st.lists(members, min_size=1, max_size=6))}
    some = st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True).map(
        lambda ids: tuple(known[i] for i in ids)
    )
    tier = st.builds(Tier, leads=some, deputies=some, officers=some)
    return tuple(draw(st.lists(tier, min_size=1, max_size=3)))


said = st.builds(
    Said,
    what=st.one_of(st.text(max_size=30), st.sampled_from(NAMES).map(lambda n: f"I told {n} so")),
    about=st.one_of(st.just(""), st.sampled_from(NAMES), st.sampled_from(NAMES).map(str.upper)),
    kind=st.sampled_from(Kind),
    excluded=st.frozensets(st.sampled_from([f"m{n}" for n in range(6)]), max_size=3),
)


def everybody(tiers: tuple[Tier, ...]) -> dict[str, Member]:
    return {m.id: m for tier in tiers for m in tier.everybody}


@pytest.mark.law("nobody_reviews_themselves")
@given(said, teams())
def test_nobody_named_or_excluded_ever_reads_it_nor_whoever_lives_with_them(
    report: Said, tiers: tuple[Tier, ...]
) -> None:
    routed, team = route(report, tiers), everybody(tiers)
    readers = [team[each] for each in routed.readers]
    assert not routed.readers & report.excluded
    for reader in readers:
        assert not whole_name(reader.name, report.about)
        assert not whole_name(reader.name, report.what)
    struck = {m.household for m in team.values() if m.id in report.excluded and m.household}
    assert not struck & {reader.household for reader in readers}


@given(said, teams())
def test_it_is_never_left_lying_while_anybody_may_read_it(
    report: Said, tiers: tuple[Tier, ...]
) -> None:
    routed = route(report, tiers)
    left = everybody(tiers).keys() - routed.out
    assert bool(routed.readers) == bool(left)
    assert routed.readers <= left
    assert routed.named <= routed.out


@given(said, teams())
def test_in_doubt_a_lead_reads_it_if_any_lead_may(report: Said, tiers: tuple[Tier, ...]) -> None:
    routed = route(report, tiers)
    leads = {m.id for tier in tiers for m in tier.leads} - routed.out
    if routed.doubt and leads:
        assert routed.readers <= leads


@given(said, teams())
def test_the_order_of_a_team_decides_nothing(report: Said, tiers: tuple[Tier, ...]) -> None:
    turned = tuple(
        Tier(leads=t.leads[::-1], deputies=t.deputies[::-1], officers=t.officers[::-1])
        for t in tiers
    )
    assert route(report, turned) == route(report, tiers)


@given(said, teams(), st.sampled_from([f"m{n}" for n in range(6)]))
def test_whom_the_reporter_excludes_is_out_and_stays_out(
    report: Said, tiers: tuple[Tier, ...], person: str
) -> None:
    more = Said(
        what=report.what,
        about=report.about,
        kind=report.kind,
        excluded=report.excluded | {person},
    )
    assert route(report, tiers).out <= route(more, tiers).out
    assert person not in route(more, tiers).readers


def test_a_worry_goes_to_the_club_and_the_nearest_lead() -> None:
    routed = route(Said(what="she cries after training"), UP)
    assert routed.readers == {"owen", "dev", "lena"} and not routed.doubt
    own = (Tier(officers=(OFFICER,), leads=(SECOND,)), CHARITY)
    assert route(Said(what="she cries after training"), own).readers == {"owen", "sue"}


@pytest.mark.pitfall(2)
def test_about_an_officer_it_goes_to_a_lead_only() -> None:
    assert route(Said(what="odd", kind=Kind.OFFICER), UP).readers == {"lena"}
    assert route(Said(what="odd", about="Owen"), UP).readers == {"lena"}
    assert route(Said(what="i told owen so", about=""), UP).readers == {"lena"}


@pytest.mark.pitfall(2)
def test_about_the_lead_it_goes_to_another_lead_then_a_deputy_then_an_officer() -> None:
    about = Said(what="odd", about="Lena Voss")
    assert route(about, UP).readers == {"dev"}
    assert route(about, (CLUB, Tier(leads=(LEAD, SECOND)))).readers == {"sue"}
    assert route(about, (Tier(officers=(OFFICER,)), CHARITY)).readers == {"owen"}
    assert route(about, (CHARITY,)).readers == frozenset()
    assert route(about, ()).readers == frozenset()
    assert route(about, UP).named == {"lena"}


def test_an_office_instead_of_a_name_leaves_out_its_holders() -> None:
    said = Said(what="odd", about="our safeguarding lead", kind=Kind.OFFICER)
    assert route(said, (CHARITY, Tier(leads=(SECOND,)))).readers == {"sue"}
    other = Said(what="odd", about="the lead climber of the juniors")
    assert route(other, UP).readers == {"owen", "dev", "lena"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Owen Pike", "OWEN"),
        ("Owen Pike", "mr pike's car"),
        ("Owen Pike", "Owens"),
        ("Olivia Brandt", "oliviabrandt@club.example"),
        ("Olivia Brandt", "Oliva"),
        ("Zoë O’Shea", "zoe oshea"),
        ("Zoë O’Shea", "O'Shea"),
        ("William Storr", "Bill Storr"),
        ("Margaret Ayre", "maggie"),
        ("Charlotte Ayre", "Char"),
        ("Will Page", "I saw Will there"),
        ("Will Page", "will did it"),
        ("Mo Ng", "mo"),
    ],
)
def test_a_name_is_seen_however_it_is_written(name: str, text: str) -> None:
    assert may_name(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Olivia Brandt", "liv"),
        ("Jon Ayre", "John"),
        ("Elizabeth Ayre", "Beth"),
    ],
)
def test_where_a_name_is_asked_for_less_is_enough(name: str, text: str) -> None:
    assert may_name(name, text, loose=True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Owen Pike", "She sat by the open door and cried"),
        ("Theo Andrews", "The others and I saw it all"),
        ("Will Page", "I hope that he will stop"),
        ("Grace Hall", "We were in the hall. It was late"),
        ("Lena Voss", "He said that he can lend her money"),
        ("Dev Malik", "They never liked it"),
    ],
)
def test_ordinary_words_name_nobody(name: str, text: str) -> None:
    assert not may_name(name, text)
