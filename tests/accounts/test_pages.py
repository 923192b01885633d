"""Each page of signing in and of one's account: whole, in plain order, and for the right person."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from alongside.access.actor import System
from alongside.accounts import api
from tests.web.page import PageClient

from .club import PASSWORD, account, signed_in, where

pytestmark = pytest.mark.usefixtures("club")

PUBLIC = {
    "/sign-in/": "Sign in",
    "/password/": "Have you forgotten your password?",
    "/password/sent/": "Look in your mailbox",
    "/password/changed/": "Your password is changed",
    "/sign-in/no-access/": "You have no access now",
}
OWN = {
    "/": "Hello, Carla Nunn",
    "/account/": "Your account",
    "/account/second-factor/": "A second step when you sign in",
    "/account/devices/": "Where you are signed in",
    "/account/password/first/": "Choose a password",
    "/sign-out/": "Do you want to sign out?",
}
FRESH = {
    "/account/second-factor/totp/activate/": "Set up an app that shows six figures",
    "/account/second-factor/webauthn/add/": "Add a passkey",
    "/account/second-factor/webauthn/": "Your passkeys",
}


@pytest.mark.parametrize(("path", "heading"), PUBLIC.items())
def test_anybody_s_pages(path, heading):
    assert PageClient(Client()).get(path).heading == heading


@pytest.mark.parametrize(("path", "heading"), OWN.items())
def test_pages_of_my_own(path, heading):
    assert PageClient(signed_in("carla")).get(path).heading == heading


@pytest.mark.parametrize("path", OWN)
def test_they_are_nobody_s_who_is_not_signed_in(path):
    assert where(Client().get(path)) in {f"/sign-in/?next={path}", "/sign-in/"}


@pytest.mark.parametrize(("path", "heading"), FRESH.items())
def test_pages_that_change_how_i_sign_in_want_to_know_that_it_is_me(path, heading):
    client, _ = by_password("carla")
    assert PageClient(client).get(path).heading == heading


def by_password(person: str) -> tuple[Client, object]:
    found = account(person)
    found.set_password(PASSWORD)
    found.save()
    client = Client()
    return client, client.post("/sign-in/", {"login": found.email, "password": PASSWORD})


def test_what_is_wrong_stands_at_the_top_and_in_the_title():
    page = PageClient(Client()).post("/sign-in/", {"login": "carla@club.example", "password": "no"})
    assert page.title == "Error: Sign in - Alongside"
    assert page.errors


def test_a_link_s_page_names_whose_it_is():
    secret = api.way_in(System("demo"), "carla")
    page = PageClient(Client()).get(f"/sign-in/link/{secret}/")
    assert page.heading == "Welcome, Carla Nunn"
    assert page.buttons() == ["Go in as Carla Nunn"]
    assert PageClient(Client()).get("/sign-in/link/made-up/", status=410).heading


def test_the_settings_are_fit_for_the_world_outside(monkeypatch, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    settings.SECRET_KEY = "x" * 10 + "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJK"
    call_command("check", deploy=True, fail_level="WARNING")
