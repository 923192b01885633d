"""Signing in, as a person does it: with a link, with a password, with a passkey, without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from alongside.access.actor import System
from alongside.accounts import api
from tests.web.browser import DESKTOP, PHONE, Windows, axe, no_sideways_scroll, screenshot

from .club import PASSWORD, account

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at(page: Page, name: str) -> None:
    axe(page)
    no_sideways_scroll(page)
    screenshot(page, name)


@pytest.fixture
def carla(club):
    found = account("carla")
    found.set_password(PASSWORD)
    found.save()
    return found


@pytest.mark.parametrize(("size", "viewport"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_a_link_a_home_and_an_account(window: Windows, carla, size, viewport):
    page = window(viewport)
    page.goto("/sign-in/")
    looked_at(page, f"sign-in-{size}")
    page.goto(f"/sign-in/link/{api.way_in(System('demo'), 'carla')}/")
    looked_at(page, f"link-{size}")
    page.get_by_role("button", name="Go in as Carla Nunn").click()
    expect(page).to_have_title("Home - Alongside")
    looked_at(page, f"home-empty-{size}")
    page.goto("/account/")
    looked_at(page, f"account-{size}")
    page.get_by_role("link", name="The second step when you sign in").click()
    expect(page).to_have_title("A second step when you sign in - Alongside")
    looked_at(page, f"second-factor-{size}")


def test_without_script_a_password_is_enough(plain: Page, carla):
    plain.goto("/account/")
    plain.get_by_label("Your e-mail address").fill("carla@club.example")
    plain.get_by_label("Password", exact=True).fill("not this one")
    plain.get_by_role("button", name="Sign in", exact=True).click()
    expect(plain).to_have_title("Error: Sign in - Alongside")
    screenshot(plain, "sign-in-error-phone")
    plain.get_by_label("Password", exact=True).fill(PASSWORD)
    plain.get_by_role("button", name="Sign in", exact=True).click()
    expect(plain).to_have_title("Your account - Alongside")


def test_an_officer_adds_a_passkey_and_comes_back_with_it(
    window: Windows, club, settings, live_server
):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    owen = account("owen")
    owen.set_password(PASSWORD)
    owen.save()
    page = window(DESKTOP, base_url=live_server.url.replace("127.0.0.1", "localhost"))
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/sign-in/")
    page.get_by_label("Your e-mail address").fill("owen@club.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("A second step when you sign in - Alongside")
    page.get_by_role("link", name="Use a passkey").click()
    expect(page).to_have_title("Add a passkey - Alongside")
    looked_at(page, "passkey-desktop")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add it now").click()
    expect(page).to_have_title("Your spare codes - Alongside")
    looked_at(page, "spare-codes-desktop")
    page.goto("/")
    expect(page).to_have_title("Home - Alongside")
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_title("Home - Alongside")
