"""The five lists of the demonstration while they are being written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.people.importing.columns import FORMS
from alongside.people.importing.values import GROUPS, LINKS, MAILBOXES, ORGANISATIONS, PEOPLE

CHARITY = "charity"
DOMAIN = "charity.example"

_YEAR = timedelta(days=365)


@dataclass(slots=True)
class Lists:
    """Rows by kind of file. Everything dated is relative to ``today``, so that nobody ages."""

    today: date
    rows: dict[str, list[dict[str, str]]] = field(
        default_factory=lambda: {kind: [] for kind in FORMS}
    )
    numbers: int = 0

    def person(self, id: str, name: str, category: str, **columns: str) -> None:
        self.rows[PEOPLE].append({"id": id, "name": name, "category": category, **columns})

    def worker(self, id: str, name: str, category: str, **columns: str) -> None:
        """Somebody of the workforce who is vetted, trained and agreed unless ``columns`` differ."""
        known = {
            "vetted_until": self.in_years(2),
            "trained_until": self.in_years(1),
            "agreed_on": self.in_years(-1),
            "status": "active",
            "date_of_birth": self.aged(38),
        }
        self.person(id, name, category, **{**known, **columns})

    def link(
        self,
        person: str,
        supporter: str,
        relationship: str = "parent",
        *,
        copied: bool = False,
        restricted: str = "",
    ) -> None:
        """``restricted`` is the reason of a restriction."""
        self.rows[LINKS].append(
            {
                "person": person,
                "supporter": supporter,
                "relationship": relationship,
                "copied": "yes" if copied else "no",
                "restricted": "yes" if restricted else "no",
                "reason": restricted,
            }
        )

    def group(self, id: str, name: str, **columns: str) -> None:
        self.rows[GROUPS].append({"id": id, "name": name, **columns})

    def organisation(self, id: str, name: str, **columns: str) -> None:
        self.rows[ORGANISATIONS].append({"id": id, "name": name, **columns})

    def mailbox(self, address: str, kind: str, organisation: str, readers: str = "") -> None:
        self.rows[MAILBOXES].append(
            {"address": address, "kind": kind, "organisation": organisation, "readers": readers}
        )

    def mobile(self) -> str:
        """The next of the thousand numbers that Ofcom keeps for drama."""
        self.numbers += 1
        return f"07700 900{self.numbers:03}"

    def aged(self, years: int, days: int = 100) -> str:
        """The birthday of somebody who is that old today, and has been for some days."""
        return (_years_before(self.today, years) - timedelta(days=days)).isoformat()

    def in_years(self, years: int) -> str:
        return (self.today + years * _YEAR).isoformat()


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))
