"""The gallery and what goes wrong, for tests of the web room only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.web import errors
from alongside.web.gallery import gallery


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def deny(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the captain opens this.")


urlpatterns = [
    path("gallery", gallery, name="gallery"),
    path("crash", crash),
    path("deny", deny),
    path("400", errors.bad_request),
    path("expired", errors.expired),
]
handler400 = "alongside.web.errors.bad_request"
handler403 = "alongside.web.errors.forbidden"
handler404 = "alongside.web.errors.not_found"
handler500 = "alongside.web.errors.broken"
