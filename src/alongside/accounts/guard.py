"""The guard at each page's door. A house test finds a page that has none."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from alongside.access.actor import Person
from alongside.access.permissions import Permission, can_may, needs_second_factor

from .acting import actor_of

Shown = Callable[Concatenate[HttpRequest, Person, ...], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def page(permission: Permission, *, before_second_factor: bool = False) -> Callable[[Shown], View]:
    """A view for those whose role has the permission; it is handed the actor after the request.

    Others are sent to sign in, or hear 403. Whoever can read other people's messages sets up a
    second factor first (``before_second_factor``: this page may be seen without, such as a report).
    """

    def guarded(view: Shown) -> View:
        @functools.wraps(view)
        def looked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if not can_may(actor, permission):
                raise PermissionDenied
            if not before_second_factor and _unproven(request, actor):
                return redirect("second-factor")
            return view(request, actor, *args, **options)

        looked.permission = permission  # type: ignore[attr-defined]
        return looked

    return guarded


def public(view: View) -> View:
    """A view for anybody. Each stands on the short list of the house test, too."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def _unproven(request: HttpRequest, actor: Person) -> bool:
    if settings.ALONGSIDE_DEMONSTRATION or not needs_second_factor(actor):
        return False
    return not is_mfa_enabled(request.user)
