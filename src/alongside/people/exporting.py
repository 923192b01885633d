"""The register as a file that opens safely in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from alongside.access.actor import Person as ActingPerson
from alongside.access.permissions import Permission, check_may
from alongside.enforcement.values import Text
from alongside.policy.vocabulary import ContactKind

from .entries import enter
from .finding import Names, Search, matching
from .models import ContactPoint, Person
from .reach import Reach, reach_of

COLUMNS = (
    "id",
    "name",
    "category",
    "organisation",
    "groups",
    "email",
    "phone",
    "vetted_until",
    "trained_until",
    "agreed_on",
    "status",
)
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet reads as the beginning of a formula, however wide it is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The file, and what the record heard of it."""

    text: str
    rows: int
    reference: str


def export_people(actor: ActingPerson, search: Search) -> Export:
    """Those whom the search describes, as CSV. That it was made is on the record, with its size.

    No export holds a restriction. Raises ``NotAllowed`` unless the actor may both look people up
    and change the register.
    """
    check_may(actor, Permission.REGISTER)
    with transaction.atomic():
        reach = reach_of(actor)
        names = Names()
        people = list(matching(reach, names, search))
        text = _written(people, reach)
        asked = search.text.strip()
        reference = enter(
            actor,
            "exported",
            body={
                "rows": len(people),
                "category": search.category,
                "group": search.group,
                "organisation": search.organisation,
                "left": search.left,
            },
            texts=(Text(name="search", value=asked),) if asked else (),
        )
    return Export(text=text, rows=len(people), reference=reference)


def safe(cell: str) -> str:
    """The cell, so that no spreadsheet takes it for a formula."""
    first = cell.lstrip(" \u00a0")[:1]
    return f"'{cell}" if cell[:1] in _FORMULA or first in _FORMULA else cell


def _written(people: Iterable[Person], reach: Reach) -> str:
    listed = list(people)
    addresses = _addresses()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for who in listed:
        cells = (
            who.id,
            who.name,
            ";".join(who.categories),
            ";".join(who.organisations),
            ";".join(who.groups),
            ";".join(addresses.get((who.id, ContactKind.EMAIL.value), ())),
            ";".join(addresses.get((who.id, ContactKind.PHONE.value), ())),
            *(d.isoformat() if d else "" for d in (who.vetted_until, who.trained_until)),
            who.agreed_on.isoformat() if who.agreed_on else "",
            who.standing if reach.tells_standing(who.id) else "",
        )
        writer.writerow([safe(cell) for cell in cells])
    return out.getvalue()


def _addresses() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    rows = ContactPoint.objects.values_list("person_id", "kind", "address")
    for person, kind, address in rows.order_by("person_id", "position", "id"):
        found.setdefault((person, kind), []).append(address)
    return found
