"""Who gets to read a report. Pure.

A concern never reaches anybody it may be about (law 13). Whoever the reporter excluded, whoever
the report names or may name, and whoever lives with one of them, is out. Where a name or the kind
of report leaves any doubt, it goes to the nearest safeguarding lead only; where every lead is out,
to a deputy, then to an officer. It goes up the federation, never to another branch of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .kinds import Kind
from .names import Spoken, may_name, whole_name

ROLE_WORDS = (
    ("leads", frozenset({"lead", "leads"})),
    ("deputies", frozenset({"deputy", "deputies"})),
    ("officers", frozenset({"officer", "officers"})),
)
"""In a report about the safeguarding team, an office instead of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the safeguarding team."""

    id: str
    name: str
    household: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """The team of one organisation."""

    leads: tuple[Member, ...] = ()
    deputies: tuple[Member, ...] = ()
    officers: tuple[Member, ...] = ()

    @property
    def everybody(self) -> tuple[Member, ...]:
        return (*self.leads, *self.deputies, *self.officers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What of a report decides who may read it."""

    what: str
    about: str = ""
    kind: Kind = Kind.OTHER
    excluded: frozenset[str] = frozenset()
    """Ids that may not see it, whatever it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Who reads it, and who may never."""

    readers: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    """The report says that it is about them."""
    out: frozenset[str] = field(default_factory=frozenset)
    """Everybody of the team who was passed over, the named among them."""
    doubt: bool = False


def route(said: Said, tiers: Iterable[Tier]) -> Routed:
    """Decide who reads a report; ``tiers`` begin with the reporter's organisation and go up."""
    levels = tuple(tiers)
    team = {member.id: member for tier in levels for member in tier.everybody}
    named = frozenset(m.id for m in team.values() if whole_name(m.name, said.about))
    mentioned = _mentioned(said, levels)
    struck = named | mentioned | (said.excluded & team.keys())
    out = struck | _at_home(struck, team)
    doubt = bool(named or mentioned) or said.kind is Kind.OFFICER
    readers = frozenset() if doubt else _team(levels, out)
    readers = readers or _nearest(levels, out)
    return Routed(readers=readers, named=named, out=out, doubt=doubt)


def _team(tiers: tuple[Tier, ...], out: frozenset[str]) -> frozenset[str]:
    """The whole team of the organisation itself, and the nearest lead where it has none."""
    if not tiers:
        return frozenset()
    own = _in(tiers[0].everybody, out)
    if own and not _in(tiers[0].leads, out):
        own |= next((found for t in tiers if (found := _in(t.leads, out))), frozenset())
    return own


def _nearest(tiers: tuple[Tier, ...], out: frozenset[str]) -> frozenset[str]:
    """A lead wherever there is one, then a deputy, then an officer: the nearest of each."""
    for office in ("leads", "deputies", "officers"):
        for tier in tiers:
            if found := _in(getattr(tier, office), out):
                return found
    return frozenset()


def _in(members: Iterable[Member], out: frozenset[str]) -> frozenset[str]:
    return frozenset(m.id for m in members) - out


def _at_home(struck: frozenset[str], team: dict[str, Member]) -> frozenset[str]:
    homes = {team[each].household for each in struck} - {""}
    return frozenset(m.id for m in team.values() if m.household in homes)


def _mentioned(said: Said, tiers: tuple[Tier, ...]) -> frozenset[str]:
    """Whose name, or something like it, stands anywhere in the report; or whose office."""
    found = {
        m.id
        for tier in tiers
        for m in tier.everybody
        if may_name(m.name, said.about, loose=True) or may_name(m.name, said.what)
    }
    if said.kind is Kind.OFFICER:
        offices = Spoken.of(said.about).words
        for office, words in ROLE_WORDS:
            if offices & words:
                found |= {m.id for m in getattr(tiers[0], office)} if tiers else set()
    return frozenset(found)
