"""The state tables: drawn in the manual as they stand, and true of the record."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alongside.access.actor import System
from alongside.oversight import api
from alongside.oversight.states import EMERGENCIES, EXCEPTIONS, HOLDS, drawn, may
from alongside.records import api as records

from .desk import Line, actor

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "desk.md"


def test_the_manual_draws_the_tables_as_they_are():
    diagrams = re.findall(r"```mermaid\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert diagrams == [drawn(HOLDS), drawn(EXCEPTIONS), drawn(EMERGENCIES)]


def test_a_table_is_drawn():
    table = {"held": {"hand_over": "held", "release": "released"}, "released": {}}
    assert drawn(table).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> held",
        "    held --> held: hand over",
        "    held --> released: release",
        "    released --> [*]",
    ]


@pytest.mark.parametrize("table", [HOLDS, EXCEPTIONS, EMERGENCIES])
def test_every_state_that_a_deed_leads_to_has_its_line(table):
    assert {after for deeds in table.values() for after in deeds.values()} <= set(table)
    assert not may(table, "nowhere", "release")


@pytest.mark.parametrize("state", ["held", "released", "refused"])
@pytest.mark.parametrize("deed", ["claim", "hand_over", "escalate", "release", "refuse"])
def test_the_record_allows_what_the_table_allows(line: Line, told, state, deed):
    owen = actor("owen")
    reference = line.held()
    if state != "held":
        {"released": api.release, "refused": api.refuse}[state](owen, reference, "so it is")
    late = datetime.now(UTC) + timedelta(days=30)

    def escalate() -> None:
        if records.overdue_holds(System("gateway"), late) != [reference]:
            raise api.Decided

    deeds = {
        "claim": lambda: api.claim(owen, reference),
        "hand_over": lambda: api.hand_over(owen, reference, "lena", "she knows them"),
        "escalate": escalate,
        "release": lambda: api.release(owen, reference, "all is well"),
        "refuse": lambda: api.refuse(owen, reference, "all is not well"),
    }
    if not may(HOLDS, state, deed):
        with pytest.raises(api.Decided):
            deeds[deed]()
        return
    deeds[deed]()
    after = records.holds(owen, reference=reference, open_only=False)[-1]
    assert after.state == HOLDS[state][deed]
