"""Groups, organisations, and addresses that don't work."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access.actor import Person
from alongside.access.permissions import Permission
from alongside.accounts.api import page
from alongside.people import api as people
from alongside.web.pages import paginate


@require_safe
@page(Permission.PEOPLE)
def groups(request: HttpRequest, actor: Person) -> HttpResponse:
    """All groups in reach, by name."""
    sheet = paginate(request, people.groups(actor))
    return render(request, "people/groups.html", {"sheet": sheet})


@require_safe
@page(Permission.PEOPLE)
def group(request: HttpRequest, actor: Person, group: str) -> HttpResponse:
    """Who is in a group, who may write to it, and how."""
    try:
        view = people.group(actor, group)
    except people.Unknown as unknown:
        raise Http404 from unknown
    return render(request, "people/group.html", {"group": view})


@require_safe
@page(Permission.PEOPLE)
def organisations(request: HttpRequest, actor: Person) -> HttpResponse:
    """The organisations in reach, as a tree."""
    context = {"organisations": people.organisations(actor)}
    return render(request, "people/organisations.html", context)


@require_safe
@page(Permission.REGISTER)
def bouncing(request: HttpRequest, actor: Person) -> HttpResponse:
    """Addresses at which nobody is reached, to be mended one by one."""
    sheet = paginate(request, people.bouncing(actor))
    return render(request, "people/bouncing.html", {"sheet": sheet})
