"""Reporting a worry: for anybody who is signed in, with or without a second factor."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from alongside.access.actor import Person
from alongside.access.permissions import Permission
from alongside.accounts.api import page

from . import api, forms
from .files import REASONS, Wrong
from .numbers import NUMBERS

_SALT = "concerns.sent"


@page(Permission.REPORT, before_second_factor=True)
def worry(request: HttpRequest, actor: Person) -> HttpResponseBase:
    """The form. Whatever else is wrong with what comes, a report that says something is kept."""
    given: dict[str, Any] = {"team": _team(actor)}
    if request.method != "POST":
        asked = {name: request.GET[name] for name in ("message", "kind") if name in request.GET}
        form = forms.Report(initial=asked, **given)
        return render(request, "concerns/worry.html", {"form": form, "numbers": NUMBERS})
    form = forms.Report(request.POST, request.FILES, **given)
    if not form.is_valid():
        return render(request, "concerns/worry.html", {"form": form, "numbers": NUMBERS})
    told = api.report(actor, form.worry(), form.cleaned_data["evidence"])
    return redirect("worry-sent", token=_token(told))


@page(Permission.REPORT, before_second_factor=True)
def sent(request: HttpRequest, actor: Person, token: str) -> HttpResponseBase:
    """The reference and what happens next. It comes in the address, signed, and nowhere else: a
    session would tie a nameless report to somebody."""
    try:
        reference, somebody, refused = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    context = {
        "reference": reference,
        "somebody": somebody,
        "refused": [REASONS[Wrong(each)] for each in refused],
        "numbers": NUMBERS,
    }
    return render(request, "concerns/sent.html", context)


def _team(actor: Person) -> tuple[Any, ...]:
    """Without the register there are no names to tick, and the form stands all the same."""
    try:
        return api.may_be_excluded(actor)
    except Exception:
        return ()


def _token(told: api.Reported) -> str:
    said = (told.reference, told.somebody, [each.value for each in told.refused])
    return signing.dumps(said, salt=_SALT)
