"""From a request to the actor: who is signed in, as the register has them now."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase

from alongside.access.actor import Person
from alongside.people import api as people

from .models import Account


def actor_of(request: HttpRequest) -> Person | None:
    """The person who is signed in; None for anybody else, and for one who has left.

    Read from the register once a request: whoever is suspended now acts no more now.
    """
    if not hasattr(request, "_actor"):
        request._actor = _actor(request)  # type: ignore[attr-defined]
    found: Person | None = request._actor  # type: ignore[attr-defined]
    return found


def _actor(request: HttpRequest) -> Person | None:
    user = request.user
    if not isinstance(user, Account) or not user.is_active:
        return None
    try:
        person = people.actor(user.person)
    except people.Unknown:
        return None
    return person if person.active else None


class EndedAccess:
    """Signs out whoever may act no more, at their next request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session and actor_of(request) is None:
            logout(request)
        return self._get_response(request)
