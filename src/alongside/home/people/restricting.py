"""Keeping somebody apart from a service user, and lifting that by two people."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.actor import Person
from alongside.access.checks import NotAllowed
from alongside.access.permissions import Permission
from alongside.accounts.api import page
from alongside.people import api as people
from alongside.people.api import May

from .asking import Step, about, ask, page_of
from .forms import AnswerForm, Decision, RestrictForm
from .wording import AGREE, DECLINE, LIFT, RESTRICT, Said


@page(Permission.RESTRICTIONS)
def restrict(request: HttpRequest, actor: Person, person: str) -> HttpResponse:
    """From now on nothing of this person's reaches somebody else."""
    who = about(actor, person, May.RESTRICT)
    supporters = [tie.person for tie in who.supporters]
    form = RestrictForm(request.POST or None, actor, who.id, supporters)

    def do() -> None:
        if people.is_near(actor, form.who.id):
            raise NotAllowed("it concerns you: nobody reviews themselves")
        people.restrict(actor, who.id, form.who.id, form.cleaned_data["reason"])

    step = Step(
        title=RESTRICT.title.format(name=who.name),
        words=RESTRICT.words,
        question=lambda: f"Keep {form.who.name} apart from {who.name}?",
        consequences=lambda: _said(RESTRICT, who.name, form.who.name),
        do=do,
        done=lambda: RESTRICT.done.format(name=who.name, other=form.who.name),
        button=RESTRICT.button,
        back=page_of(who.id),
    )
    return ask(request, form, step)


@page(Permission.RESTRICTIONS)
def lift(request: HttpRequest, actor: Person, person: str, other: str) -> HttpResponse:
    """Ask that a restriction be lifted; a second person answers."""
    who = about(actor, person, May.RESTRICT)
    tie = next((t for t in who.restricted if t.person.id == other and not t.lifting), None)
    if tie is None:
        raise Http404
    form = Decision(request.POST or None)
    step = Step(
        title=LIFT.title,
        words=LIFT.words,
        question=lambda: LIFT.title,
        consequences=lambda: _said(LIFT, who.name, tie.person.name),
        do=lambda: people.ask_lifting(actor, who.id, other, form.cleaned_data["reason"]),
        done=lambda: LIFT.done,
        button=LIFT.button,
        back=page_of(who.id),
    )
    return ask(request, form, step)


@require_safe
@page(Permission.RESTRICTIONS)
def liftings(request: HttpRequest, actor: Person) -> HttpResponse:
    """Restrictions that somebody wants lifted."""
    return render(request, "people/liftings.html", {"liftings": people.liftings(actor)})


@page(Permission.RESTRICTIONS)
def lifting(request: HttpRequest, actor: Person, number: int) -> HttpResponse:
    """The second person's answer."""
    try:
        asked = people.lifting(actor, number)
    except people.Unknown as unknown:
        raise Http404 from unknown
    form = AnswerForm(request.POST or None, asked.mine)

    def agreed() -> bool:
        return bool(form.cleaned_data["answer"] == "agree")

    def said() -> Said:
        return AGREE if agreed() else DECLINE

    def do() -> None:
        answer = people.agree_lifting if agreed() else people.decline_lifting
        answer(actor, number, form.cleaned_data["reason"])

    step = Step(
        title=f"Should {asked.person.name} reach {asked.service_user.name} again?",
        words=f"{asked.asked_by.name} asks to lift this restriction: {asked.reason}",
        question=lambda: said().title,
        consequences=lambda: _said(said(), asked.service_user.name, asked.person.name),
        do=do,
        done=lambda: said().done,
        button="Yes, do this",
        back=reverse("people-liftings"),
    )
    return ask(request, form, step)


def _said(said: Said, name: str, other: str) -> list[str]:
    return [line.format(name=name, other=other) for line in said.consequences]
