"""What one may not know of looks as if it did not exist."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase

from alongside.access.actor import Person

from . import api

Shown = Callable[Concatenate[HttpRequest, Person, ...], HttpResponseBase]


def as_if_none(view: Shown) -> Shown:
    """404 for what is not there, what concerns the reader, and what is out of their reach: all
    three alike (law 13)."""

    @functools.wraps(view)
    def looked(request: HttpRequest, actor: Person, *args: Any, **options: Any) -> HttpResponseBase:
        try:
            return view(request, actor, *args, **options)
        except (api.NotFound, api.NotAllowed) as none:
            raise Http404 from none

    return looked
