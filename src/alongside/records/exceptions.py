"""Incidents at the desk: what needs an officer's eyes, until one of them closes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.checks import can_oversee, check_oversee
from alongside.enforcement.values import Bundle, Entry, Text

from .concerned import NotFound, check_person, check_reason, concerns, incident_item, items
from .desk import write
from .models import Incident
from .views import IncidentView


def incidents(
    actor: Actor, *, open_only: bool = True, kind: str = "", limit: int = 200
) -> list[IncidentView]:
    """The incidents this actor may oversee, oldest first; none about themselves."""
    asked = Incident.objects.select_related("entry").order_by("at", "id")
    if open_only:
        asked = asked.filter(closed__isnull=True)
    if kind:
        asked = asked.filter(kind=kind)
    views: list[IncidentView] = []
    for start in range(0, asked.count(), limit):
        page = list(asked[start : start + limit])
        about = items(incident.entry for incident in page)
        for incident in page:
            if can_oversee(actor, incident_item(incident, about[incident.entry_id])):
                views.append(_view(incident))
        if len(views) >= limit:
            break
    return views[:limit]


def close_incident(actor: Actor, incident: int, reason: str) -> None:
    """It was seen to. Raises ``NotFound`` (also for one that concerns the actor, and one that is
    closed), ``NotAllowed``, and ``ValueError`` for an empty reason."""
    person = check_person(actor)
    said = check_reason(reason)
    with transaction.atomic():
        unknown = NotFound(f"there is no open incident `{incident}`")
        open_ones = Incident.objects.select_for_update().select_related("entry")
        found = open_ones.filter(id=incident, closed__isnull=True).first()
        if found is None:
            raise unknown
        item = incident_item(found, items([found.entry])[found.entry_id])
        if concerns(person, item):
            raise unknown
        check_oversee(person, item)
        about = sorted(item.about)
        entry = Entry(
            kind="closed",
            at=datetime.now(UTC),
            reference=found.reference,
            body={"incident": [found.entry_id, found.position]},
            texts=(Text(name="reason", value=said, persons=tuple(about)),),
            persons=tuple((each, "about") for each in about),
            organisation=item.organisation,
            sealed=bool(item.sealed_for),
        )
        found.closed_id = write(person, Bundle(entry=entry))[0]
        found.save(update_fields=["closed"])


def _view(incident: Incident) -> IncidentView:
    return IncidentView(
        id=incident.id,
        kind=incident.kind,
        reference=incident.reference,
        at=incident.at,
        organisation=incident.organisation,
        persons=tuple(json.loads(incident.persons)),
        detail=json.loads(incident.detail) if incident.detail is not None else {},
        closed=incident.closed_id is not None,
    )
