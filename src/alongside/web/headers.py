"""What every answer tells the browser: run nothing inline, show nothing in a frame, keep nothing.

Put it after WhiteNoise (whose files may be cached for ever) and before the sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "usb", "browsing-topics"),
    )
)


def content_security_policy(form_targets: Iterable[str] = ()) -> str:
    """``form_targets``: where signing in may lead; a form's redirects are measured by it too."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(("form-action", "'self'", *form_targets)),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "manifest-src 'self'",
        )
    )


class Headers:
    """A view that needs another value sets it itself; ours are what stands where nothing does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._policy = content_security_policy(getattr(settings, "WEB_FORM_TARGETS", ()))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", self._policy)
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", _PERMISSIONS)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if _somebody(request, response):
            # So that the Back button on a shared machine shows nothing after signing out.
            headers.setdefault("Cache-Control", "no-store, private")
        return response


def _somebody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whoever has a session may be signed in; to ask for sure would cost every page a query."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies
