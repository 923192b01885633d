"""Standing, at risk, an adult's objection, and an address that works again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from alongside.access.actor import Person
from alongside.access.permissions import Permission
from alongside.accounts.api import page
from alongside.people import api as people
from alongside.people.api import May
from alongside.policy.vocabulary import Standing

from .asking import Step, about, ask, page_of
from .forms import Decision, StandingForm, SwitchForm
from .wording import AT_RISK, OBJECTION, STANDING, WORKS, Said


@page(Permission.RESTRICTIONS)
def standing(request: HttpRequest, actor: Person, person: str) -> HttpResponse:
    """Suspended, left, or active again."""
    who = about(actor, person, May.STANDING)
    form = StandingForm(request.POST or None, who.standing)

    def chosen() -> Standing:
        return Standing(form.cleaned_data["standing"])

    def do() -> None:
        people.set_standing(actor, who.id, chosen(), form.cleaned_data["reason"])

    step = Step(
        title=f"Is {who.name} still with you?",
        words="What you set here stays, whatever the next import says, until it is active again.",
        question=lambda: STANDING[chosen()].title.format(name=who.name),
        consequences=lambda: STANDING[chosen()].consequences,
        do=do,
        done=lambda: STANDING[chosen()].done.format(name=who.name),
        button="Yes, do this",
        back=page_of(who.id),
    )
    return ask(request, form, step)


@page(Permission.RESTRICTIONS)
def at_risk(request: HttpRequest, actor: Person, person: str) -> HttpResponse:
    """A recorded reason why an officer is copied first; or its end."""
    who = about(actor, person, May.AT_RISK)
    form = SwitchForm(request.POST or None, not who.at_risk)
    begins = form.begins
    said = AT_RISK[begins]
    return ask(
        request,
        form,
        simple_step(who, said, lambda: people.set_at_risk(actor, who.id, begins, _why(form))),
    )


@page(Permission.RESTRICTIONS)
def objection(request: HttpRequest, actor: Person, person: str) -> HttpResponse:
    """An adult participant wants nobody copied: approved, or ended."""
    who = about(actor, person, May.OBJECTION)
    form = SwitchForm(request.POST or None, not who.objection)
    begins = form.begins
    said = OBJECTION[begins]
    return ask(
        request,
        form,
        simple_step(who, said, lambda: people.set_objection(actor, who.id, begins, _why(form))),
    )


@page(Permission.REGISTER)
def reachable(request: HttpRequest, actor: Person, person: str, number: int) -> HttpResponse:
    """An address works again."""
    who = about(actor, person, May.REACHABLE)
    point = next((p for p in who.points if p.number == number and p.bouncing), None)
    if point is None:
        raise Http404
    address = point.address
    form = Decision(request.POST or None)

    def do() -> None:
        people.clear_bouncing(actor, address, _why(form))

    return ask(request, form, simple_step(who, WORKS, do, about=address, warning=False))


def simple_step(
    who: people.PersonView,
    said: Said,
    do: Callable[[], None],
    *,
    about: str = "",
    warning: bool = True,
) -> Step:
    named = about or who.name
    title = said.title.format(name=named)
    return Step(
        title=title,
        words=said.words,
        question=lambda: title,
        consequences=lambda: said.consequences,
        do=do,
        done=lambda: said.done.format(name=named),
        button=said.button,
        warning=warning,
        back=page_of(who.id),
    )


def _why(form: Decision) -> str:
    return str(form.cleaned_data["reason"])
