"""Search, one person's page, and the export."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.actor import Person
from alongside.access.permissions import Permission, can_may
from alongside.accounts.api import page
from alongside.people import api as people
from alongside.people.api import Search
from alongside.web.pages import paginate

from .asking import about
from .forms import SearchForm

_SIZE = 25


@require_safe
@page(Permission.PEOPLE)
def search(request: HttpRequest, actor: Person) -> HttpResponse:
    """Everybody in reach, narrowed by what is asked for."""
    form, asked = _asked(request, actor)
    found = people.find(actor, asked)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "searched": asked != Search(),
        "narrowed": bool(form.errors) or asked != Search(text=asked.text),
        "sheet": paginate(request, found, size=_SIZE),
        "query": query.urlencode(),
        "may_export": can_may(actor, Permission.REGISTER),
    }
    return render(request, "people/search.html", context)


@require_safe
@page(Permission.PEOPLE)
def person(request: HttpRequest, actor: Person, person: str) -> HttpResponse:
    """What is known of one person, and what may be decided about them."""
    view = about(actor, person)
    return render(request, "people/person.html", {"person": view, "may": view.may})


@require_http_methods(["GET", "HEAD", "POST"])
@page(Permission.REGISTER)
def export(request: HttpRequest, actor: Person) -> HttpResponse:
    """Ask first: a list of people is a thing to look after. That it was made is on the record."""
    _, asked = _asked(request, actor)
    if request.method != "POST":
        context = {"count": len(people.find(actor, asked)), "query": request.GET.urlencode()}
        return render(request, "people/export.html", context)
    made = people.export_people(actor, asked)
    answer = HttpResponse(made.text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = f"people-{timezone.localdate().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: HttpRequest, actor: Person) -> tuple[SearchForm, Search]:
    form = SearchForm(request.GET, *people.choices(actor))
    return form, form.search()
