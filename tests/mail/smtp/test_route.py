"""Routes are read from a URL, and what would be unsafe is refused with its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.mail.smtp.route import BadRoute, Route

SECRET = Path("secret")


@pytest.mark.parametrize(
    ("url", "host", "port", "scheme"),
    [
        ("smtp://127.0.0.1:2526", "127.0.0.1", 2526, "smtp"),
        ("smtp://relay.charity.example", "relay.charity.example", 25, "smtp"),
        ("smtps://relay.charity.example/", "relay.charity.example", 465, "smtps"),
        ("smtp+starttls://[::1]", "::1", 587, "smtp+starttls"),
    ],
)
def test_a_route_is_read_from_its_url(url, host, port, scheme):
    route = Route.parse(url)
    assert (route.host, route.port, route.scheme) == (host, port, scheme)


def test_a_user_may_stand_in_the_url():
    route = Route.parse("smtps://coach%40charity.example@relay.example", secret_file=SECRET)
    assert route.user == "coach@charity.example"


@pytest.mark.parametrize(
    ("url", "settings", "words"),
    [
        ("http://relay.example", {}, "unknown scheme `http`"),
        ("relay.example:25", {}, "can't read the route"),
        ("//relay.example:25", {}, "unknown scheme ``"),
        ("smtp://", {}, "no host"),
        ("smtp://relay.example:port", {}, "can't read the route"),
        ("smtp://relay.example/path", {}, "can't read the route"),
        ("smtps://coach:geheim@relay.example", {}, "secret file"),
        ("smtps://coach@relay.example", {}, "both a user and a secret file"),
        ("smtps://relay.example", {"secret_file": SECRET}, "both a user and a secret file"),
        ("smtp://coach@relay.example", {"secret_file": SECRET}, "in the clear"),
        ("smtps://relay.example", {"opportunistic": True}, "always demands TLS"),
        ("smtp://relay.example", {"connections": 0}, "at least one"),
    ],
)
def test_a_route_that_can_not_be_used_says_why(url, settings, words):
    with pytest.raises(BadRoute, match=words) as refused:
        Route.parse(url, **settings)
    assert "geheim" not in str(refused.value)


def test_a_login_in_the_clear_must_be_asked_for():
    url = "smtp://coach@127.0.0.1"
    assert Route.parse(url, secret_file=SECRET, login_without_tls=True).user == "coach"


def test_a_route_evolves():
    assert Route.parse("smtp://a.example").evolve(connections=3).connections == 3
