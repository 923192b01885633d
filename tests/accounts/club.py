"""A club with somebody for each role, for tests of pages."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponseBase
from django.test import Client

from alongside.access.actor import System
from alongside.accounts.models import Account
from alongside.people import api as people

ORGANISATIONS = """\
id,name,parent,domains,role_address,officers,leads
charity,Example Sports Charity,,charity.example,,,lena
club,Riverside Club,charity,club.example,,owen,
other,Hillside Club,charity,hill.example,,hal,
"""
PEOPLE = """\
id,name,category,organisation,groups,roles,date_of_birth,email,personal_email,status
carla,Carla Nunn,volunteer,club,juniors,,1990-04-03,carla@club.example,,active
owen,Owen Pike,staff,club,,safeguarding_officer,1980-01-02,owen@club.example,,active
dev,Dev Malik,volunteer,club,,deputy_officer,1981-01-02,dev@club.example,,active
lena,Lena Voss,staff,charity,,safeguarding_lead,1975-01-02,lena@charity.example,,active
ada,Ada Finch,staff,charity,,administrator,1985-01-02,ada@charity.example,,active
cora,Cora Bell,staff,charity,,communications,1985-01-02,cora@charity.example,,active
miles,Miles Ferro,staff,charity,,manager,1985-01-02,miles@charity.example,,active
tess,Tess Cole,trustee,charity,,,1965-01-02,tess@charity.example,,active
hal,Hal Moor,staff,other,,safeguarding_officer,1979-01-02,hal@hill.example,,active
chloe,Chloe Hart,child,club,juniors,,2014-05-04,chloe@family.example,,active
mary,Mary Hart,parent,,,,,mary@family.example,,active
frank,Frank Hart,parent,,,,,frank@mail.test,,active
"""
LINKS = """\
person,supporter,relationship,copied,restricted,reason
chloe,mary,parent,yes,no,
chloe,frank,parent,no,yes,no-contact order
"""
GROUPS = """\
id,name,organisation,address,officers,leads,senders
juniors,Juniors,club,juniors@club.example,owen,carla,
"""
ROLES = {
    "writer": "carla",
    "safeguarding_officer": "owen",
    "deputy_officer": "dev",
    "safeguarding_lead": "lena",
    "administrator": "ada",
    "communications": "cora",
    "manager": "miles",
    "trustee": "tess",
}
"""Somebody who has the role, and no other but that of a writer."""
PASSWORD = "three odd words together"


def import_club(folder: Path) -> None:
    files = {}
    for name, text in {
        "people": PEOPLE,
        "links": LINKS,
        "groups": GROUPS,
        "organisations": ORGANISATIONS,
    }.items():
        files[name] = folder / f"{name}.csv"
        files[name].write_text(text, encoding="utf-8")
    report = people.import_files(
        System("test"),
        files["people"],
        files["links"],
        groups=files["groups"],
        organisations=files["organisations"],
        domains=("charity.example",),
    )
    assert not report.problems, report.problems


def account(person: str) -> Account:
    """Made without a password: a test signs in by ``signed_in``."""
    found = Account.objects.filter(person=person).first()
    return found or Account.objects.create_user(people.sign_in_address(person), person)


def signed_in(person: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.force_login(account(person), backend="alongside.accounts.backend.Backend")
    return client


def where(answer: HttpResponseBase) -> str:
    """Where it sends the browser; empty for a page."""
    return str(answer.headers.get("Location", ""))
