"""A link is good once, for a while, and for one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.access.actor import System
from alongside.access.checks import NotAllowed
from alongside.accounts import api, links
from alongside.accounts.models import Account, Link, Purpose
from alongside.people import api as people
from alongside.policy.vocabulary import Standing
from alongside.records import api as records

from .club import account, signed_in, where

pytestmark = pytest.mark.usefixtures("club")
DEMO = System("demo")


def test_looking_at_a_link_does_not_use_it_up_and_the_button_does():
    secret = api.way_in(DEMO, "carla")
    client = Client()
    for _ in range(2):
        page = client.get(f"/sign-in/link/{secret}/")
        assert page.status_code == 200
        assert "Carla Nunn" in page.content.decode()
    assert "_auth_user_id" not in client.session
    went = client.post(f"/sign-in/link/{secret}/")
    assert where(went) == "/"
    assert client.session["_auth_user_id"] == str(account("carla").pk)
    again = Client().post(f"/sign-in/link/{secret}/")
    assert again.status_code == 410


def test_an_invitation_leads_to_choosing_a_password():
    address, secret = api.invite(people.actor("owen"), "carla")
    assert address == "carla@club.example"
    assert where(Client().post(f"/sign-in/link/{secret}/")) == "/account/password/first/"


def test_a_link_that_is_too_old_is_spent():
    secret = links.make(account("carla"), Purpose.INVITATION)
    Link.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(links.Spent):
        links.look(secret)
    page = Client().get(f"/sign-in/link/{secret}/")
    assert page.status_code == 410
    assert "no longer works" in page.content.decode()


def test_a_new_link_ends_the_one_before_it():
    first = links.make(account("carla"), Purpose.INVITATION)
    second = links.make(account("carla"), Purpose.INVITATION)
    with pytest.raises(links.Spent):
        links.use(first)
    assert links.use(second).account.person == "carla"


def test_the_secret_itself_is_kept_nowhere():
    secret = links.make(account("carla"), Purpose.INVITATION)
    assert secret not in str(list(Link.objects.values()))
    with pytest.raises(ValueError, match="hash"):
        Link.objects.create(
            key=secret, account=account("carla"), purpose="invitation", expires=timezone.now()
        )


@pytest.mark.parametrize("person", ["chloe", "mary"])
def test_only_the_workforce_is_invited(person):
    with pytest.raises(api.Impossible):
        api.invite(people.actor("owen"), person)
    assert not Account.objects.exists()


def test_who_may_invite():
    for person in ("carla", "tess", "cora", "miles", "dev"):
        with pytest.raises(NotAllowed):
            api.invite(people.actor(person), "carla")
    for person in ("owen", "lena", "ada"):
        api.invite(people.actor(person), "carla")
    entries = records.find(System("test"), kind="account")
    assert [e.by for e in entries] == ["owen", "lena", "ada"] or len(entries) == 3


def test_access_that_ended_ends_at_once_everywhere():
    phone, desk = signed_in("carla"), signed_in("carla")
    assert phone.get("/").status_code == desk.get("/").status_code == 200
    secret = links.make(account("carla"), Purpose.INVITATION)
    api.end_access(people.actor("owen"), "carla")
    for client in (phone, desk):
        assert where(client.get("/")) == "/sign-in/?next=/"
    assert Client().post(f"/sign-in/link/{secret}/").status_code == 410


def test_whoever_is_suspended_acts_no_more_at_their_next_request():
    client = signed_in("carla")
    assert client.get("/").status_code == 200
    people.set_standing(people.actor("owen"), "carla", Standing.SUSPENDED)
    assert where(client.get("/")) == "/sign-in/?next=/"
    people.set_standing(people.actor("owen"), "carla", Standing.ACTIVE)
    assert where(client.get("/")) == "/sign-in/?next=/"
