"""The closed table of facts: all that a rule may know of a message.

Rules read these values and nothing else, so that ``check`` can go through every combination and a
kept decision can be made again under any rulebook. Facts hold no thresholds: ages, days and sizes
are as they were; what they mean is the rulebook's.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from .vocabulary import Channel, Kind, Mode, Sight, Sureness

NO_KINDS: frozenset[Kind] = frozenset()


class Writer(StrEnum):
    """As what the writer writes this message."""

    WORKFORCE = "workforce"
    UNKNOWN_WORKFORCE = "unknown_workforce"
    """From a local address that is no person's: an officer must be the copy."""
    AUTOMATIC = "automatic"
    SERVICE_USER = "service_user"
    SUPPORTER = "supporter"
    OTHER = "other"


class Identity(StrEnum):
    """How sure it is who wrote."""

    SOUND = "sound"
    UNCERTAIN = "uncertain"
    UNREADABLE = "unreadable"
    """Several or unreadable ``From`` that claim the workforce."""
    SPOOFED = "spoofed"


class Restriction(StrEnum):
    """Whether somebody is in the conversation who must not be."""

    NONE = "none"
    TOGETHER = "together"
    """A service user and somebody restricted for them are both named."""
    WRITER = "writer"
    """The writer is the one restricted."""
    UNSAFE_ADDRESS = "unsafe_address"
    """Somebody restricted for them reads the service user's address."""


class ConcernTie(StrEnum):
    """What ties the message to an open concern."""

    NONE = "none"
    CASE = "case"
    """Between the case's own people only."""
    OUTSIDER = "outsider"
    """Written in its thread by somebody of the workforce who is not of the case."""


class Unread(StrEnum):
    """Whether all of what was written could be read."""

    NOTHING = "nothing"
    PART = "part"
    """A file that is protected, a picture, a charset that nobody knows."""
    ALL = "all"
    """The reading failed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One sort of thing that the reader saw, without the words."""

    sight: Sight
    sureness: Sureness
    own: bool = False
    """By the register it is the writer's own (N2)."""


NOTHING_SEEN: frozenset[Seen] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One service user whom the message reaches; or, where a service user writes, the writer."""

    child: bool = False
    """Under 18, by birth date or, where it is unknown, by category."""
    age: int | None = None
    young_leader: bool = False
    ambiguous: bool = False
    """An adult with two hats, at an address that serves both."""
    own_child: bool = False
    """Every writer is this child's parent."""
    need_text: bool = False
    objection: bool = False
    eligible: frozenset[Kind] = NO_KINDS
    """Kinds of which at least one eligible third party could be copied."""
    present: frozenset[Kind] = NO_KINDS
    """Kinds of which an eligible one is a recipient already."""
    supporters_too: bool = False
    """Their organisation copies under-16s' supporters as well, and there are some to copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One message, as the rules see it."""

    channel: Channel = Channel.EMAIL
    mode: Mode = Mode.ENFORCE
    writer: Writer = Writer.WORKFORCE
    identity: Identity = Identity.SOUND
    stopped: bool = False
    """A writer is suspended or has left."""
    agreed: int | None = 0
    """Days since the writer agreed to the policy; none: never."""
    vetted: int | None = 0
    """Days since the writer's vetting ran out, 0 or less while it holds; none: never vetted."""
    trained: int | None = 0
    """Days since the writer's training ran out, 0 or less while it holds; none: never trained."""
    emergency: bool = False
    """Declared by somebody who may."""
    released: bool = False
    """An officer released it from its hold."""
    restriction: Restriction = Restriction.NONE
    unsafe_role_address: bool = False
    """A role address among the recipients is read by somebody restricted or named in a concern."""
    concern: ConcernTie = ConcernTie.NONE
    sealed: bool = False
    """From a service user or supporter to safeguarding role-holders and nobody else."""
    nobody: bool = False
    """Addressed to a group behind which nobody can be reached but the writer."""
    encrypted: bool = False
    site_can_copy: bool = True
    reason: bool = False
    minute: int = 720
    """Local minute of the day."""
    people: int = 1
    """Distinct service users reached."""
    households: int = 1
    """Distinct households among them."""
    vetted_adults: int = 1
    """Distinct vetted adults of the workforce in the conversation, writers included."""
    mutual: bool = False
    """Service users or supporters who must not learn of each other would see each other."""
    served: tuple[Served, ...] = ()
    supporters: int = 0
    """Distinct supporters reached, writers left out."""
    own_mailbox: bool = False
    """The workforce writes from, or asks for answers to, an address that the register has as
    private."""
    sightings: frozenset[Seen] = NOTHING_SEEN
    unread: Unread = Unread.NOTHING

    def as_json(self) -> dict[str, Any]:
        """Plain values for the record: enums by value, sets sorted."""
        return {name: _plain(getattr(self, name)) for name in _NAMES[Facts]}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Facts:
        """The facts as a kept decision stored them; unknown names are an error."""
        made = {f.name: f for f in fields(cls)}
        unknown = set(values) - set(made)
        if unknown:
            raise ValueError(f"unknown facts {sorted(unknown)}")
        kept = dict(values)
        for name, enum in _ENUMS.items():
            if name in kept:
                kept[name] = enum(kept[name])
        kept["served"] = tuple(_served(s) for s in kept.get("served", ()))
        kept["sightings"] = frozenset(_seen(s) for s in kept.get("sightings", ()))
        return cls(**kept)


_ENUMS: dict[str, type[Channel] | type[Mode] | type[StrEnum]] = {
    "channel": Channel,
    "mode": Mode,
    "writer": Writer,
    "identity": Identity,
    "restriction": Restriction,
    "concern": ConcernTie,
    "unread": Unread,
}


def _served(values: dict[str, Any]) -> Served:
    kept = dict(values)
    for name in ("eligible", "present"):
        kept[name] = _kinds(kept.get(name, []))
    return Served(**kept)


def _seen(values: dict[str, Any]) -> Seen:
    return Seen(Sight(values["sight"]), Sureness(values["sureness"]), bool(values["own"]))


def _kinds(values: list[str]) -> frozenset[Kind]:
    return frozenset(Kind(v) for v in values)


def _in_order(value: Any) -> tuple[str, int, bool]:
    if isinstance(value, Seen):
        return value.sight, value.sureness, value.own
    return str(value), 0, False


def _plain(value: Any) -> Any:
    if value is None or type(value) in (bool, int, str):
        return value
    if isinstance(value, Served | Seen):
        return {name: _plain(getattr(value, name)) for name in _NAMES[type(value)]}
    if isinstance(value, frozenset):
        return [_plain(v) for v in sorted(value, key=_in_order)]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Mode | Sureness):
        return int(value)
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind)) for kind in (Facts, Served, Seen)
}
