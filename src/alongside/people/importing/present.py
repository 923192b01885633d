"""The register as it stands, in the shape of the files, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import changes
from ..models import ContactPoint, Group, Link, Mailbox, Organisation, Person
from .values import (
    GROUPS,
    LINKS,
    MAILBOXES,
    ORGANISATIONS,
    PEOPLE,
    Value,
    Values,
    link_key,
)

CONTACT_COLUMNS = ("email", "personal_email", "mobile", "personal_mobile")
"""In the order in which they count: an address that stands in two belongs to the first."""
_TRIES = 5

Rows = Mapping[str, Mapping[str, Values]]
"""Kind -> key -> row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    revision: int = 0
    rows: Rows = field(default_factory=dict)
    standing_kept: frozenset[str] = frozenset()
    """Persons whose standing was set at the desk."""


class Busy(Exception):
    """the register is being changed all the time; try again in a minute"""


def load() -> Register:
    """Read the whole register at one revision, without keeping anybody from writing.

    Raises ``Busy`` if it changes under every reading.
    """
    for _ in range(_TRIES):
        revision = changes.revision()
        register = Register(
            revision=revision,
            rows={
                PEOPLE: _persons(),
                LINKS: _links(),
                GROUPS: _groups(),
                ORGANISATIONS: _organisations(),
                MAILBOXES: _mailboxes(),
            },
            standing_kept=frozenset(
                Person.objects.filter(standing_kept=True).values_list("id", flat=True)
            ),
        )
        if changes.revision() == revision:
            return register
    raise Busy("the register is being changed all the time; try again in a minute")


def _persons() -> dict[str, Values]:
    contacts: dict[tuple[str, str], list[str]] = {}
    for owner, column, address in ContactPoint.objects.order_by(
        "person_id", "position", "id"
    ).values_list("person_id", "column", "address"):
        contacts.setdefault((owner, column), []).append(address)
    return {
        row["id"]: {
            "name": row["name"],
            "category": tuple(row["categories"]),
            "organisation": tuple(row["organisations"]),
            "groups": tuple(row["groups"]),
            "roles": tuple(row["roles"]),
            "date_of_birth": row["born"],
            "household": row["household"],
            "needs": tuple(row["needs"]),
            "vetted_until": row["vetted_until"],
            "trained_until": row["trained_until"],
            "agreed_on": row["agreed_on"],
            "status": row["standing"],
            **{c: tuple(contacts.get((row["id"], c), ())) for c in CONTACT_COLUMNS},
        }
        for row in Person.objects.values()
    }


def _links() -> dict[str, Values]:
    return {
        link_key(row["service_user_id"], row["supporter_id"]): {
            "person": row["service_user_id"],
            "supporter": row["supporter_id"],
            "relationship": row["relationship"],
            "copied": row["copied"],
            "restricted": row["restricted"],
            "reason": row["reason"],
        }
        for row in Link.objects.values()
    }


def _groups() -> dict[str, Values]:
    return {
        row["id"]: {
            "name": row["name"],
            "organisation": row["organisation"],
            "address": tuple(row["addresses"]),
            "officers": tuple(row["officers"]),
            "leads": tuple(row["leads"]),
            "senders": tuple(row["senders"]),
        }
        for row in Group.objects.values()
    }


def _organisations() -> dict[str, Values]:
    rows: dict[str, Values] = {}
    for row in Organisation.objects.values():
        values: dict[str, Value] = {c: row[c] for c in ("name", "parent", "role_address")}
        values |= {c: tuple(row[c]) for c in ("domains", "officers", "leads")}
        values |= {c: tuple(row[c]) for c in ("phones", "profiles", "websites")}
        rows[row["id"]] = values
    return rows


def _mailboxes() -> dict[str, Values]:
    return {
        row["key"]: {
            "address": row["address"],
            "kind": row["kind"],
            "organisation": row["organisation"],
            "readers": tuple(row["readers"]),
        }
        for row in Mailbox.objects.values()
    }
