"""Pages for what goes wrong. Each says what happened, and what to do next.

In ``urls.py``: ``handler404 = "alongside.web.errors.not_found"`` and so on; in the settings:
``CSRF_FAILURE_VIEW = "alongside.web.errors.expired"``.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

_PLAIN = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
    "<title>Something went wrong - Alongside</title></head><body>"
    "<h1>Something went wrong</h1><p>Nothing you sent was lost by pressing a button twice. "
    "Go back and try again in a few minutes.</p></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason is shown: whoever raises ``PermissionDenied("...")`` words it for the reader."""
    reason = str(exception) if exception and exception.args else ""
    return render(request, "web/errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own words in the exception name paths and models, and are not shown."""
    return render(request, "web/errors/404.html", status=404)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or in two windows: said as such, not as "forbidden"."""
    return render(request, "web/errors/expired.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Without request, context or database, since any of them may be what is broken."""
    try:
        text: str = render_to_string("web/errors/500.html")
    except Exception:
        text = _PLAIN
    return HttpResponseServerError(text)
