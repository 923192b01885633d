"""What every answer tells the browser."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.web.headers import Headers, content_security_policy


def answered(response: HttpResponse | None = None, cookie: str = "other") -> HttpResponse:
    request = RequestFactory().get("/")
    request.COOKIES[cookie] = "abc"
    return Headers(lambda _: response or HttpResponse("hello"))(request)


def test_nothing_inline_runs_and_nothing_is_framed():
    policy = answered().headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not any("unsafe" in part for part in policy)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    ],
)
def test_it_tells_others_nothing(name, value):
    assert answered().headers[name] == value
    assert "camera=()" in answered().headers["Permissions-Policy"]


def test_what_somebody_signed_in_saw_is_not_kept():
    name = settings.SESSION_COOKIE_NAME
    assert "Cache-Control" not in answered().headers
    assert answered(cookie=name).headers["Cache-Control"] == "no-store, private"
    signing_in = HttpResponse()
    signing_in.set_cookie(name, "abc")
    assert answered(signing_in).headers["Cache-Control"] == "no-store, private"


def test_a_view_s_own_word_stands():
    own = HttpResponse(headers={"Cache-Control": "max-age=60"})
    name = settings.SESSION_COOKIE_NAME
    assert answered(own, name).headers["Cache-Control"] == "max-age=60"


def test_signing_in_elsewhere_can_be_let_out():
    policy = content_security_policy(["https://login.example"])
    assert "form-action 'self' https://login.example" in policy
