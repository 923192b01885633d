"""Names as the search compares them, in the register from every way in."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.apps import apps

from alongside.people.folding import LENGTH, folded, sought
from alongside.people.models import Person

from .lists import Lists


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Zoë  Ó Briain", "zoe o briain"),
        ("Łukasz Øst", "lukasz ost"),
        ("STRASSE Straße", "strasse strasse"),
        ("O’Neil", "o'neil"),
        ("Ｍｉａ", "mia"),
        ("Đỗ Thị", "do thi"),
        ("", ""),
    ],
)
def test_accents_and_case_mean_nothing(typed: str, found: str) -> None:
    assert folded(typed) == found
    assert folded(found) == found


def test_what_is_sought_fits_its_column() -> None:
    assert len(sought("ﷺ" * 200, "x")) == LENGTH
    assert sought("", "P7") == "p7"


def test_an_import_and_a_hand_write_it(lists: Lists) -> None:
    lists.take_in("id,name,category\nzoe,Zoë Hart,staff\n")
    assert Person.objects.get().sought == "zoe hart zoe"
    lists.take_in("id,name,category\nzoe,Zoë Ångström,staff\n")
    assert Person.objects.get().sought == "zoe angstrom zoe"
    assert Person.objects.create(id="Ann", name="Ann").sought == "ann ann"


def test_whoever_was_there_before_is_found_after_migrating(db: Any) -> None:
    Person.objects.create(id="zoe", name="Zoë Hart")
    Person.objects.update(sought="")
    importlib.import_module("alongside.people.migrations.0003_looking").fill(apps, None)
    assert Person.objects.get().sought == "zoe hart zoe"
