"""The club of the accounts' tests, with a few more people, and its pages on their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from alongside.access.actor import System
from alongside.people import api as people
from tests.accounts.club import import_club

PEOPLE = """\
id,name,category,organisation,groups,roles,household,date_of_birth,email,personal_mobile,needs
zoe,Zoë Ó Briain,young_person,club,juniors,,,2011-04-03,zoe@family.example,07700 900123,text
alan,Alan Moss,adult_participant,club,,,,1970-01-01,alan@mail.test,,
nora,Nora Kent,volunteer,club,,,,1985-01-01,nora@club.example,,
bert,Bert Pike,volunteer,club,,,pike,1982-01-01,bert@club.example,,
pip,Pip Pike,child,club,juniors,,pike,2015-01-01,pip@family.example,,
owen,Owen Pike,staff,club,,safeguarding_officer,pike,1980-01-02,owen@club.example,,
hilda,Hilda Moor,child,other,,,,2014-01-01,hilda@hill.example,,
andy,Andy Lowe,staff,other,,administrator,,1970-01-01,andy@hill.example,,
nan,Nan Moor,parent,,,,,,nan@mail.test,,
"""
LINKS = """\
person,supporter,relationship,copied,restricted,reason
hilda,nan,parent,yes,no,
"""


@pytest.fixture
def club(db: None, tmp_path: Path, settings: Any) -> None:
    settings.ALONGSIDE_DEMONSTRATION = True
    import_club(tmp_path)
    files = {"people": PEOPLE, "links": LINKS}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    report = people.import_files(
        System("test"),
        tmp_path / "people.csv",
        tmp_path / "links.csv",
        domains=("charity.example",),
    )
    assert not report.problems, report.problems
