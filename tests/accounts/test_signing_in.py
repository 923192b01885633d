"""Passwords, second steps, and no way in but by invitation."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from alongside.people import api as people
from alongside.policy.vocabulary import Standing

from .club import PASSWORD, account, signed_in, where

pytestmark = pytest.mark.usefixtures("club")


def sign_in(person: str, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    answer = client.post("/sign-in/", {"login": f"{person}@club.example", "password": password})
    return client, answer


@pytest.fixture
def carla():
    found = account("carla")
    found.set_password(PASSWORD)
    found.save()
    return found


def test_the_right_password_opens_home(carla):
    client, answer = sign_in("carla")
    assert where(answer) == "/"
    assert "Hello, Carla Nunn" in client.get("/").content.decode()


def test_whoever_is_unknown_hears_the_same_as_with_a_wrong_password(carla):
    _, wrong = sign_in("carla", "something else entirely")
    _, unknown = sign_in("nobody")
    assert said_in(wrong) == said_in(unknown) != []


def test_a_right_password_opens_nothing_for_whoever_is_suspended(carla):
    people.set_standing(people.actor("owen"), "carla", Standing.SUSPENDED)
    client, answer = sign_in("carla")
    assert where(answer) == "/sign-in/no-access/"
    assert "You have no access now" in client.get(where(answer)).content.decode()
    assert where(client.get("/")) == "/sign-in/?next=/"


def said_in(answer) -> list[str]:
    return [str(e) for errors in answer.context["form"].errors.values() for e in errors]


@pytest.mark.parametrize("path", ["/sign-up/", "/signup/", "/account/signup/", "/accounts/signup/"])
def test_there_is_no_open_sign_up(path):
    assert Client().get(path).status_code == 404


def test_who_reads_others_messages_sets_up_a_second_step_first():
    assert where(signed_in("owen").get("/")) == "/account/second-factor/"
    assert where(signed_in("lena").get("/")) == "/account/second-factor/"
    assert signed_in("carla").get("/").status_code == 200
    assert signed_in("ada").get("/").status_code == 200
    assert signed_in("tess").get("/").status_code == 200


def test_with_a_second_step_the_page_opens_and_its_key_is_not_to_be_read():
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account("owen"), secret)
    assert signed_in("owen").get("/").status_code == 200
    kept = Authenticator.objects.get().data
    assert secret not in str(kept)
    assert get_adapter().decrypt(kept["secret"]) == secret


def test_the_demonstration_asks_for_no_second_step(settings):
    settings.ALONGSIDE_DEMONSTRATION = True
    assert signed_in("owen").get("/").status_code == 200


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back():
    assert where(Client().get("/account/")) == "/sign-in/?next=/account/"
