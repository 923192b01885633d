"""The desk's pages to look at: what waits, and a message that is opened with a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.access.actor import Person
from alongside.access.permissions import Permission
from alongside.accounts.api import page
from alongside.web.pages import paginate

from . import api, wording
from .door import as_if_none
from .forms import Read, posted

_ON_THE_DESK = 10
_A_PAGE = 25
_WHY = {"hold": "To decide about the hold", "emergency": "To look back at the emergency"}


@page(Permission.DECIDE)
def desk(request: HttpRequest, actor: Person) -> HttpResponse:
    """The overview: holds by urgency, emergencies to look back at, exceptions by kind."""
    now = timezone.now()
    held, past, wrong = (
        api.open_holds(actor, now),
        api.emergencies(actor, now),
        api.exceptions(actor),
    )
    context = {
        "held": len(held),
        "holds": wording.hold_cards(held[:_ON_THE_DESK], now),
        "more": max(0, len(held) - _ON_THE_DESK),
        "emergencies": wording.emergency_cards(past[:_ON_THE_DESK]),
        "past": len(past),
        "more_past": max(0, len(past) - _ON_THE_DESK),
        "cards": wording.exception_cards(wrong),
        "nothing": not (held or past or wrong),
    }
    return render(request, "oversight/desk.html", context)


@page(Permission.DECIDE)
def holds(request: HttpRequest, actor: Person) -> HttpResponse:
    """All that is held now, the most urgent first."""
    now = timezone.now()
    sheet = paginate(request, api.open_holds(actor, now), size=_A_PAGE)
    context = {"sheet": sheet, "cards": wording.hold_cards(sheet.items, now)}
    return render(request, "oversight/holds.html", context)


@page(Permission.DECIDE)
def decided(request: HttpRequest, actor: Person) -> HttpResponse:
    """What was decided about holds, the latest first."""
    sheet = paginate(request, api.decided_holds(actor, limit=500), size=_A_PAGE)
    context = {"sheet": sheet, "table": wording.decided_table(sheet.items)}
    return render(request, "oversight/decided.html", context)


@page(Permission.DECIDE)
@as_if_none
def hold(request: HttpRequest, actor: Person, reference: str) -> HttpResponse:
    """One hold: who, to whom, why, until when, and what one may do."""
    whole = api.hold(actor, reference, timezone.now())
    label, tone = wording.urgency(whole.held)
    context = {
        "held": whole.held,
        "mine": whole.held.with_person == actor.id,
        "label": label,
        "tone": tone,
        "facts": wording.hold_facts(whole),
        "events": wording.events(whole.happened),
        "can": {d: whole.held.may(d) for d in ("claim", "release", "refuse", "hand_over")},
    }
    return render(request, "oversight/hold.html", context)


@page(Permission.READ)
@as_if_none
def message(request: HttpRequest, actor: Person, reference: str) -> HttpResponse:
    """A message. It is opened by saying why, each time, and the record has it (no redirect: to
    load the page again is to read it again)."""
    about = _about(actor, reference)
    form = Read(posted(request), initial={"reason": _WHY.get(about["what"], "")})
    if request.method == "POST" and form.is_valid():
        opened = api.letter(actor, reference, form.cleaned_data["reason"])
        return render(request, "oversight/message.html", {"letter": opened, **about})
    return render(request, "oversight/open_message.html", {"form": form, **about})


@page(Permission.DECIDE)
def exceptions(request: HttpRequest, actor: Person) -> HttpResponse:
    """All that are open, or those of one kind."""
    now, kind = timezone.now(), request.GET.get("kind", "")
    found = api.exceptions(actor)
    chosen = [each for each in found if each.code == kind] if kind else found
    sheet = paginate(request, chosen, size=_A_PAGE)
    context = {
        "sheet": sheet,
        "table": wording.exceptions_table(sheet.items, now),
        "kind": chosen[0].kind if kind and chosen else None,
        "others": len(found) - len(chosen),
    }
    return render(request, "oversight/exceptions.html", context)


@page(Permission.DECIDE)
def emergencies(request: HttpRequest, actor: Person) -> HttpResponse:
    """Those that nobody looked back at yet."""
    sheet = paginate(request, api.emergencies(actor, timezone.now()), size=_A_PAGE)
    context = {"sheet": sheet, "cards": wording.emergency_cards(sheet.items)}
    return render(request, "oversight/emergencies.html", context)


def _about(actor: Person, reference: str) -> dict[str, Any]:
    """What the message is to the desk, so that its page leads back there. Raises ``NotFound``."""
    now = timezone.now()
    sent = api.sent(actor, reference)
    try:
        held = api.hold(actor, reference, now).held
        return {"what": "hold", "reference": reference, "at": sent, "held": held}
    except api.NotFound:
        pass
    try:
        past = api.emergency(actor, reference, now)
        return {"what": "emergency", "reference": reference, "at": sent, "past": past}
    except api.NotFound:
        return {"what": "", "reference": reference, "at": sent}
