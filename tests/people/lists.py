"""Writing the organisation's lists as files, and taking them in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from alongside.access.actor import Person, System
from alongside.people import api
from alongside.people.snapshot import build
from alongside.policy.people import People

TODAY = date(2026, 11, 22)
IMPORT = System("import")
ADMIN = Person(id="ada", roles=frozenset({"administrator"}), reach=frozenset({"club"}))

ORGANISATIONS = """
id,name,parent,domains,role_address,officers,leads
charity,Example Sports Charity,,charity.example,,,
club,Riverside Club,charity,club.example,,sam,
"""
PEOPLE = """
id,name,category,organisation,groups,roles,date_of_birth,email,personal_email,status
sam,Sam Okoro,staff,club,,safeguarding_officer,1980-01-02,sam@club.example,sam@mail.test,active
priya,Priya Nair,volunteer,club,juniors,,03/04/1990,priya@club.example,priya@mail.test,active
mia,Mia Hart,child,club,juniors,,04/05/2014,mia@family.example,,active
dan,Dan Hart,parent,,,,,dan@mail.test,,active
jo,Jo Hart,parent,,,,,jo@family.example,,active
"""
LINKS = """
person,supporter,relationship,copied,restricted,reason
mia,jo,parent,yes,no,
mia,dan,parent,yes,yes,no-contact order
"""


class Lists:
    """A folder of lists; ``take_in`` writes the given ones and imports exactly those."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / f"{name}.csv"
        path.write_bytes(
            content if isinstance(content, bytes) else content.lstrip("\n").encode("utf-8")
        )
        return path

    def take_in(
        self,
        people: str | bytes | None = None,
        links: str | bytes | None = None,
        *,
        actor: Any = IMPORT,
        groups: str | None = None,
        organisations: str | None = None,
        mailboxes: str | None = None,
        **options: Any,
    ) -> api.Report:
        given = {
            "people": people,
            "links": links,
            "groups": groups,
            "organisations": organisations,
            "mailboxes": mailboxes,
        }
        files = {n: self.write(n, content) for n, content in given.items() if content is not None}
        options.setdefault("today", TODAY)
        given_files: Any = files
        return api.import_files(actor, **given_files, **options)

    def club(self) -> api.Report:
        """The small club that most tests start from."""
        return self.take_in(PEOPLE, LINKS, organisations=ORGANISATIONS)


def snapshot() -> People:
    """The register as a gateway would see it."""
    connection.ensure_connection()
    return build(connection.connection)


def told(report: api.Report) -> list[str]:
    return [str(problem) for problem in report.problems]
