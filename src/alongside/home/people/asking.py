"""A decision in three steps: the form, the same once more in words, and then it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.access.actor import Person
from alongside.access.checks import NotAllowed
from alongside.people import api as people

from .forms import Decision

SOMEBODY_ELSE = "You can’t do this. Ask somebody else of the safeguarding team."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a decision says of itself. What depends on the answers is asked for when they are in."""

    title: str
    words: str
    question: Callable[[], str]
    consequences: Callable[[], Sequence[str]]
    do: Callable[[], None]
    done: Callable[[], str]
    button: str
    warning: bool = True
    back: str
    """Where one came from, and goes to when it is done."""


def ask(request: HttpRequest, form: Decision, step: Step) -> HttpResponse:
    """Show the form; once it is right, ask again; once that is answered, do it."""
    if request.method != "POST" or "change" in request.POST or not form.is_valid():
        return render(request, "people/decision.html", {"form": form, "step": step})
    if "confirmed" not in request.POST:
        asked = {
            "step": step,
            "question": step.question(),
            "consequences": step.consequences(),
            "carried": form.carried(),
            "reason": form.cleaned_data["reason"],
        }
        return render(request, "people/confirm.html", asked)
    try:
        step.do()
    except NotAllowed:
        form.add_error(None, SOMEBODY_ELSE)
    except people.Impossible as wrong:
        form.add_error(None, f"That can’t be done: {str(wrong).replace('`', '')}.")
    else:
        messages.success(request, step.done())
        return redirect(step.back)
    return render(request, "people/decision.html", {"form": form, "step": step})


def about(actor: Person, person: str, what: people.May | None = None) -> people.PersonView:
    """The person; 404 for whoever the actor can't look up, or may not decide this about."""
    try:
        view = people.person_view(actor, person)
    except people.Unknown as unknown:
        raise Http404 from unknown
    if what is not None and what not in view.may:
        raise Http404
    return view


def page_of(person: str) -> str:
    return reverse("person", args=[person])
