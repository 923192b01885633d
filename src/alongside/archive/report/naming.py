"""What people are called in a report: by their part in it, or by name where names are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alongside.policy.address import key
from alongside.policy.people import ADULT_AGE, People, Person
from alongside.policy.vocabulary import Category, MailboxKind

from ..rows import Finding

AT = "@"
"""Begins the id of whoever is known by an address only."""

_WORKFORCE = (
    (Category.YOUNG_LEADER, "Young leader"),
    (Category.STAFF, "Member of staff"),
    (Category.VOLUNTEER, "Volunteer"),
    (Category.TRUSTEE, "Trustee"),
    (Category.FEDERATION_MEMBER, "Member"),
)
_SUPPORTERS = (
    (Category.PARENT, "Parent"),
    (Category.CARER, "Carer"),
    (Category.PERSONAL_ASSISTANT, "Assistant"),
    (Category.ADVOCATE, "Advocate"),
)


def writer_id(finding: Finding) -> str:
    """The person, or the address where nobody of the register is behind it."""
    return finding.writer or f"{AT}{key(finding.writer_address)}"


@dataclass(slots=True)
class Names:
    """Gives each person one label for the whole report, in the order in which it is asked for."""

    people: People
    shown: bool
    """Real names; otherwise parts."""
    _given: dict[str, str] = field(default_factory=dict)
    _letters: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)

    def give(self, ids: Iterable[str]) -> None:
        """Fix the labels of these people, so that the first is ``A``."""
        for id_ in ids:
            self.of(id_)

    def of(self, id_: str) -> str:
        """The label of a person, or of an address (``@`` and its key)."""
        found = self._given.get(id_)
        if found is None:
            found = self._given[id_] = self._named(id_) if self.shown else self._part(id_)
        return found

    def aged(self, id_: str, at: datetime) -> str:
        """With the age on that day, where it is known and they were under 18."""
        person = self.people.persons.get(id_)
        age = person.age(at.date()) if person is not None else None
        label = self.of(id_)
        return f"{label} ({age} years)" if age is not None and 0 <= age < ADULT_AGE else label

    def _named(self, id_: str) -> str:
        if id_.startswith(AT):
            return id_.removeprefix(AT)
        person = self.people.persons.get(id_)
        return (person.name or id_) if person is not None else id_

    def _part(self, id_: str) -> str:
        if id_.startswith(AT):
            mailbox = self.people.mailboxes.get(id_.removeprefix(AT))
            shared = mailbox is not None and mailbox.kind is not MailboxKind.AUTOMATIC
            return self._numbered("Shared mailbox" if shared else "Address of nobody we know")
        person = self.people.persons.get(id_)
        if person is None:
            return self._numbered("Somebody no longer in the register")
        if person.workforce:
            self._letters += 1
            return f"{_of(person, _WORKFORCE)} {_letters(self._letters)}"
        if not person.service_user and person.supporter:
            return self._numbered(_of(person, _SUPPORTERS))
        return self._numbered(_served(person))

    def _numbered(self, word: str) -> str:
        series = "served" if word in _SERVED else word
        number = self._numbers[series] = self._numbers.get(series, 0) + 1
        return f"{word} {number}"


_SERVED = ("Child", "Young person", "Participant", "Person")


def _served(person: Person) -> str:
    if Category.CHILD in person.categories:
        return "Child"
    if Category.YOUNG_PERSON in person.categories:
        return "Young person"
    return "Participant" if person.service_user else "Person"


def _of(person: Person, words: Sequence[tuple[Category, str]]) -> str:
    return next(word for category, word in words if category in person.categories)


def _letters(number: int) -> str:
    """1 is A, 26 Z, 27 AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
