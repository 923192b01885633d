"""Tests about the code itself: two doors, one set of tables; who writes says who they are."""

from __future__ import annotations

import inspect
import sqlite3
from datetime import timedelta

import pytest
from django.core.management import call_command

from alongside.access.actor import Actor, Person
from alongside.records import api, sql
from alongside.records.models import Entry

from .test_api import append
from .world import NOW, RAW, bounced, decided, held, mark

READING = {"find", "holds", "incidents", "replay", "shadow_report", "verify"}
"""The functions of the door that change nothing: argue here before adding one."""

ACTOR = Person(
    id="dora",
    roles=frozenset({"deputy_officer", "administrator"}),
    reach=frozenset({"club"}),
)
LATER = NOW + timedelta(days=90)
CALLS = {
    "append": lambda: api.append(ACTOR, decided("NEW")),
    "close_incident": lambda: api.close_incident(ACTOR, api.incidents(ACTOR)[0].id, "seen"),
    "compress": lambda: api.compress(ACTOR, LATER),
    "content": lambda: api.content(ACTOR, "A1", "to see"),
    "erase_person": lambda: api.erase_person(ACTOR, "tess", "she asked"),
    "hand_over_hold": lambda: api.hand_over_hold(ACTOR, "H1", "olive", "leave"),
    "overdue_holds": lambda: api.overdue_holds(ACTOR, LATER),
    "post": lambda: api.post(ACTOR, decided("NEW"), ()),
    "purge": lambda: api.purge(ACTOR, LATER),
    "refuse_hold": lambda: api.refuse_hold(ACTOR, "H1", "no"),
    "release_hold": lambda: api.release_hold(ACTOR, "H1", "yes"),
}


def functions():
    found = {name: getattr(api, name) for name in api.__all__}
    return {name: f for name, f in found.items() if inspect.isfunction(f)}


def writing():
    return sorted(functions().keys() - READING)


def test_every_function_of_the_door_is_in_one_list_or_the_other():
    assert set(writing()) == CALLS.keys()
    assert READING < functions().keys()


@pytest.mark.parametrize("name", writing())
def test_every_writing_function_takes_an_actor_first(name):
    first = next(iter(inspect.signature(functions()[name]).parameters.values()))
    assert (first.name, first.annotation) == ("actor", "Actor")
    assert inspect.get_annotations(functions()[name], eval_str=True)["actor"] is Actor


@pytest.mark.parametrize("name", writing())
def test_every_writing_function_records_who_did_it(database, name):
    from alongside.enforcement.values import Bundle

    append(
        database,
        held("H1"),
        bounced("A1"),
        Bundle(entry=decided("A1"), content=RAW * 99, copies=(mark(),)),
    )
    before = Entry.objects.count()
    CALLS[name]()
    new = Entry.objects.filter(chain="desk")
    assert Entry.objects.count() > before
    assert all('"by":"dora"' in entry.body for entry in new)


@pytest.mark.parametrize("table", sql.COLUMNS)
def test_the_ledger_s_columns_are_those_of_the_migrations(database, table):
    connection = sqlite3.connect(database)
    found = {row[1]: row for row in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()
    written = set(sql.COLUMNS[table])
    needed = {name for name, row in found.items() if row[3] and not is_own_key(found, name)}
    assert written <= found.keys()
    assert needed <= written


def is_own_key(columns, name):
    """A number that the database gives by itself."""
    return name == "id" and columns[name][2] == "INTEGER"


def test_every_statement_of_the_ledger_fits_the_tables(database):
    connection = sqlite3.connect(database)
    statements = [v for v in vars(sql).values() if isinstance(v, str) and "records_" in v]
    statements += sql.INSERTS.values()
    fitting = [s for s in statements if s.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}]
    assert len(fitting) > 25
    for statement in fitting:
        connection.execute(f"EXPLAIN {statement}", [None] * statement.count("?"))
    connection.close()


def test_the_models_have_no_change_without_a_migration(database):
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)
