"""The register as it has to be taken for old mail.

It says how things are now. Whoever has left was there then, an address that bounces now did not
then, and no organisation watched only; what nobody can know is left as it is now (suspensions and
restrictions stay, and so does who was never vetted).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import date

from alongside.policy.people import Contact, People, Person
from alongside.policy.vocabulary import Standing

DAYS = 2000
"""Days of which answers are kept at a time."""
MOST = 20_000
"""Answers of all those days together; 1 to 3 kB each."""


def as_it_was(people: People) -> People:
    """The register for judging the past."""
    persons = {id_: _then(p) for id_, p in people.persons.items()}
    return replace(
        people,
        persons=persons,
        at={k: tuple((p, _in_use(c)) for p, c in found) for k, found in people.at.items()},
        organisations={id_: replace(o, mode=None) for id_, o in people.organisations.items()},
    )


def _then(person: Person) -> Person:
    contacts = tuple(_in_use(c) for c in person.contacts)
    left = person.standing is Standing.LEFT
    if not left and contacts == person.contacts:
        return person
    standing = Standing.ACTIVE if left else person.standing
    return replace(person, standing=standing, contacts=contacts)


def _in_use(contact: Contact) -> Contact:
    return replace(contact, active=True, bouncing=False, opted_out=False)


class Days:
    """The register for each day, so that what was worked out for one isn't lost to the next: an
    archive is read in the order of its files, not of its days."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._kept: OrderedDict[date, People] = OrderedDict()
        self._made = 0

    def on(self, day: date) -> People:
        """The same register with this day's memory."""
        kept = self._kept
        found = kept.get(day)
        if found is not None:
            kept.move_to_end(day)
            return found
        if len(kept) >= DAYS:
            kept.popitem(last=False)
        self._made += 1
        if self._made % 16 == 0:
            self._forget()
        made = kept[day] = replace(self._people)
        # What does not hang on the day is shared by all.
        made.memo.always = self._people.memo.always
        made.memo.restricted = self._people.memo.restricted
        return made

    def _forget(self) -> None:
        """Drop the days that nobody asked for the longest, until the rest fits in memory."""
        kept = self._kept
        left = sum(len(people.memo.of(day)) for day, people in kept.items())
        while left > MOST and kept:
            day, people = kept.popitem(last=False)
            left -= len(people.memo.of(day))
