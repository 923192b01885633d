"""The pages of those who look into concerns. A concern that one has no access to is not there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from alongside.access.actor import Person
from alongside.access.checks import NotAllowed
from alongside.access.permissions import Permission
from alongside.accounts.api import page
from alongside.web.forms import Form
from alongside.web.pages import paginate

from . import api, forms
from .steps import STEPS

View = Callable[..., HttpResponseBase]
_WRONG = (NotAllowed, api.Impossible, api.Refused)


def _as_if_none(view: View) -> View:
    @functools.wraps(view)
    def looked(*args: Any, **options: Any) -> HttpResponseBase:
        try:
            return view(*args, **options)
        except api.NotFound as error:
            raise Http404 from error

    return looked


@page(Permission.CONCERNS)
def concerns(request: HttpRequest, actor: Person) -> HttpResponse:
    """Those one has access to: the most urgent first, then the oldest."""
    closed = request.GET.get("closed") == "yes"
    sheet = paginate(request, api.listed(actor, closed=closed))
    return render(request, "concerns/concerns.html", {"sheet": sheet, "closed": closed})


@page(Permission.CONCERNS)
@_as_if_none
def concern(request: HttpRequest, actor: Person, reference: str) -> HttpResponse:
    """One concern: what is known, what was done, who has access, what to do next."""
    return render(request, "concerns/concern.html", {"shown": api.shown(actor, reference)})


@page(Permission.CONCERNS)
@_as_if_none
def step(request: HttpRequest, actor: Person, reference: str, step: str) -> HttpResponseBase:
    """One thing to do about it."""
    if step not in STEPS:
        raise Http404
    chosen, shown = STEPS[step], api.shown(actor, reference)
    form = _form(request, chosen.form)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(actor, reference, form.cleaned_data)
        except _WRONG as wrong:
            form.add_error(None, _said(wrong))
        else:
            messages.success(request, chosen.done)
            return redirect("concern", reference=reference)
    context = {"form": form, "step": chosen, "reference": reference, "shown": shown}
    return render(request, "concerns/step.html", context)


@page(Permission.CONCERNS)
@_as_if_none
def access(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """Who has access; give it to somebody of the team, or take it away."""
    could = [(m.id, m.name) for m in api.could_have_access(actor, reference)]
    have = list(api.shown(actor, reference).readers)
    what = request.POST.get("do", "")
    give = forms.Access(request.POST if what == "give" else None, people=could, prefix="give")
    take = forms.Access(request.POST if what == "take" else None, people=have, prefix="take")
    for name, form, do in (
        ("give", give, api.give_access),
        ("take", take, api.take_access),
    ):
        if what != name or not form.is_valid():
            continue
        person, why = form.cleaned_data["person"], form.cleaned_data["text"]
        try:
            do(actor, reference, person, why)
        except _WRONG as wrong:
            form.add_error(None, _said(wrong))
            continue
        messages.success(request, "Who has access is changed.")
        if name == "take" and person == actor.id:
            return redirect("concerns")
        return redirect("concern-access", reference=reference)
    context = {
        "reference": reference,
        "have": have,
        "could": could,
        "give": give,
        "take": take,
        "forms": [give, take],
    }
    return render(request, "concerns/access.html", context)


@page(Permission.CONCERNS)
@_as_if_none
def adult(request: HttpRequest, actor: Person, reference: str) -> HttpResponseBase:
    """Which adult it is about: look them up, choose, say why."""
    api.shown(actor, reference)
    asked = request.GET.get("name", "").strip()
    found = [(m.id, m.name) for m in api.adults(actor, reference, asked)] if asked else []
    form: Form | None = None
    if found:
        form = _form(request, forms.Adult, people=found)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                api.mark_adult(
                    actor, reference, said["person"], said["text"], low_level=said["low_level"]
                )
            except _WRONG as wrong:
                form.add_error(None, _said(wrong))
            else:
                messages.success(request, "It is saved. They will never see this concern.")
                return redirect("concern", reference=reference)
    context = {
        "reference": reference,
        "asked": asked,
        "search": forms.Search(initial={"name": asked}, prefix=None),
        "form": form,
    }
    return render(request, "concerns/adult.html", context)


@page(Permission.CONCERNS)
@_as_if_none
def evidence(request: HttpRequest, actor: Person, reference: str, number: int) -> HttpResponse:
    """A file, to save and not to show: it may be anything. That it was taken is on the record."""
    if request.method != "POST":
        notes = api.shown(actor, reference).notes
        kept_as = next((n.evidence for n in notes if n.number == number and n.evidence), None)
        if kept_as is None:
            raise Http404
        context = {"reference": reference, "name": kept_as.name}
        return render(request, "concerns/evidence.html", context)
    kept, raw = api.evidence(actor, reference, number)
    answer = HttpResponse(raw, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_ascii(kept.name)}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form(request: HttpRequest, form: type[Form], **given: Any) -> Form:
    if request.method == "POST":
        return form(request.POST, request.FILES, **given)
    return form(**given)


def _ascii(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace("\\", "_")
    return plain.replace('"', "_").replace(";", "_")


def _said(wrong: Exception) -> str:
    text = str(wrong)
    return text[:1].upper() + text[1:]
