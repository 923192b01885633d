"""A plain world, written as files and taken in, is the same again: the oracle relies on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from alongside.access.actor import System
from alongside.people import api
from alongside.people.snapshot import build
from alongside.policy.people import People, Person

from .world import TODAY
from .worlds import as_csv, world


def comparable(people: People) -> People:
    """Without what the files can't say or the register keeps in an order of its own."""

    def tidy(p: Person) -> Person:
        return replace(p, contacts=tuple(sorted(p.contacts, key=lambda c: (c.kind, c.address))))

    by_supporter = {
        s: tuple(sorted(links, key=lambda k: k.supporter)) for s, links in people.links.items()
    }
    return People.of(
        persons=sorted((tidy(p) for p in people.persons.values()), key=lambda p: p.id),
        links=by_supporter,
        groups=people.groups.values(),
        organisations=[replace(o, deputies=()) for o in people.organisations.values()],
        mailboxes=people.mailboxes.values(),
    )


@pytest.mark.django_db
def test_a_plain_world_comes_back_from_the_import_as_it_was(tmp_path: Path) -> None:
    made = comparable(world(Random(5), 20, plain=True))
    files = as_csv(world(Random(5), 20, plain=True), tmp_path)
    report = api.import_files(
        System("import"),
        files["people"],
        files["links"],
        groups=files["groups"],
        organisations=files["organisations"],
        mailboxes=files["mailboxes"],
        today=TODAY,
    )
    assert [str(p) for p in report.problems] == []
    connection.ensure_connection()
    taken_in = comparable(build(connection.connection))
    assert list(taken_in.persons) == list(made.persons)
    for p, person in made.persons.items():
        assert taken_in.persons[p] == person
    assert taken_in.links == made.links
    assert taken_in.groups == made.groups
    assert taken_in.organisations == made.organisations
    assert taken_in.mailboxes == made.mailboxes
    assert taken_in.domains == made.domains
