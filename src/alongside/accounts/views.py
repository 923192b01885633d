"""The pages of one's own account that are ours."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from alongside.access.actor import Person
from alongside.access.permissions import Permission, needs_second_factor
from alongside.people import api as people

from . import links
from .guard import page, public
from .models import Account, Purpose

_BACKEND = "alongside.accounts.backend.Backend"


@public
def link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """A link that is good once. It is used up by the button: mail scanners follow links."""
    try:
        found = links.use(secret) if request.method == "POST" else links.look(secret)
    except links.Spent:
        return render(request, "accounts/link_spent.html", status=410)
    if request.method != "POST":
        context = {"name": people.name_of(found.account.person)}
        return render(request, "accounts/link.html", context)
    login(request, found.account, backend=_BACKEND)
    if found.purpose == Purpose.INVITATION:
        return redirect("account_set_password")
    return redirect("home")


@page(Permission.HOME, before_second_factor=True)
def account(request: HttpRequest, actor: Person) -> HttpResponse:
    """What I sign in with, where I am signed in, and who I am to Alongside."""
    context = {"actor": actor, "account": _account(request)}
    return render(request, "accounts/account.html", context)


@page(Permission.HOME, before_second_factor=True)
def second_factor(request: HttpRequest, actor: Person) -> HttpResponse:
    """Why a second step is asked for, and the ways to have one."""
    return render(request, "accounts/second_factor.html", {"needed": needs_second_factor(actor)})


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user
