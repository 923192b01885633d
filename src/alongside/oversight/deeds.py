"""The desk's pages to act on. Each says what will happen, asks why, and does it by POST."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.access.actor import Person
from alongside.access.permissions import Permission
from alongside.accounts.api import page

from . import api, forms, wording
from .door import as_if_none
from .exceptions import EMERGENCY
from .forms import posted
from .holds import Held

TOO_LATE = "Somebody else decided about this a moment ago."


@page(Permission.DECIDE)
@as_if_none
def claim(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """One button on the hold's page."""
    if request.method == "POST":
        try:
            api.claim(actor, reference)
        except api.Decided:
            messages.warning(request, TOO_LATE)
        else:
            messages.success(request, "This hold is with you now.")
    return redirect("hold", reference)


@page(Permission.DECIDE)
@as_if_none
def release(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """Let it go."""
    said = f"{reference} is released. It is checked again, copied, and sent."
    return _decide(request, actor, reference, "release", api.release, said)


@page(Permission.DECIDE)
@as_if_none
def refuse(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """End it undelivered."""
    said = f"{reference} is refused. It will not be sent, and the writer is told so."
    return _decide(request, actor, reference, "refuse", api.refuse, said)


@page(Permission.DECIDE)
@as_if_none
def hand_over(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """Ask somebody else of the team to decide."""
    held = _open(actor, reference)
    if not held.may("hand_over"):
        return _too_late(request, reference)
    others = api.others(actor, reference)
    form = forms.HandOver(posted(request), others=others)
    if request.method == "POST" and form.is_valid():
        to_person = form.cleaned_data["to_person"]
        try:
            api.hand_over(actor, reference, to_person, form.cleaned_data["reason"])
        except api.Decided:
            return _too_late(request, reference)
        messages.success(request, f"{reference} now waits for {dict(others)[to_person]}.")
        return redirect("hold", reference)
    context = {"form": form, "held": held, "others": others}
    return render(request, "oversight/hand_over.html", context)


@page(Permission.DECIDE)
@as_if_none
def exception(request: HttpRequest, actor: Person, number: int) -> HttpResponseBase:
    """One exception, and the form that closes it."""
    found = api.exception(actor, number)
    if found.code == EMERGENCY and not found.closed:
        return redirect("emergency", found.reference)
    form = forms.Close(posted(request))
    if request.method == "POST" and form.is_valid():
        if found.closed:
            messages.warning(request, "Somebody else closed this a moment ago.")
        else:
            api.close(actor, number, form.cleaned_data["reason"])
            messages.success(request, f"Closed: {found.kind.title.lower()}.")
        return redirect("exceptions")
    context = {
        "exception": found,
        "facts": wording.exception_facts(found),
        "form": form,
        "is_hold": api.is_held(actor, found.reference),
        "is_message": api.is_message(actor, found.reference),
    }
    return render(request, "oversight/exception.html", context)


@page(Permission.DECIDE)
@as_if_none
def emergency(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """One emergency, and the form that looks back at it."""
    found = api.emergency(actor, reference, timezone.now())
    form = forms.Review(posted(request))
    if request.method == "POST" and form.is_valid():
        right = form.cleaned_data["right"] == "yes"
        try:
            api.review(actor, reference, right, form.cleaned_data["note"])
        except api.Reviewed:
            messages.warning(request, "Somebody else looked back at this a moment ago.")
        else:
            messages.success(request, f"{reference} is looked back at. Thank you.")
        return redirect("emergencies")
    context = {"past": found, "facts": wording.emergency_facts(found), "form": form}
    return render(request, "oversight/emergency.html", context)


def _decide(
    request: HttpRequest,
    actor: Person,
    reference: str,
    deed: str,
    act: Callable[[Person, str, str], None],
    said: str,
) -> HttpResponse:
    held = _open(actor, reference)
    if not held.may(deed):
        return _too_late(request, reference)
    form = forms.Reason(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(actor, reference, form.cleaned_data["reason"])
        except api.Decided:
            return _too_late(request, reference)
        messages.success(request, said)
        return redirect("hold", reference)
    return render(request, f"oversight/{deed}.html", {"form": form, "held": held})


def _open(actor: Person, reference: str) -> Held:
    """Raises ``NotFound`` for a hold that the actor may know of and not decide."""
    held = api.hold(actor, reference, timezone.now()).held
    if not held.eligible:
        raise api.NotFound(reference)
    return held


def _too_late(request: HttpRequest, reference: str) -> HttpResponse:
    messages.warning(request, TOO_LATE)
    return redirect("hold", reference)
