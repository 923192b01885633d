"""N3: private talk with nothing of work in it. It warns and marks, and never refuses.

Clear wording is likely. What is merely chatty is possible; two such things in a text that says
nothing of work are likely together. Kindness about the work is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..finder import Finder, Window
from ..intents import Find, cores, eased, said, sightings, text_of, to_a_group
from ..known import Known
from ..matching import compiled
from ..meant import HEARD, meant
from ..sighting import Confidence, Sighting, Type
from ..wording import rows, there_are

_PRIVATE = "private talk"
_LISTS = ("private_talk", "private_talk_closer")
_ENOUGH = 2
"""So many chatty things, with nothing of work, are private talk."""

_WORK = compiled(
    r"\b(?:training|session|match|fixture|kit|club|pool|coach(?:es|ing)?|register|consent|form|minibus|timetable"
    r"|physio|race|gala|regatta|squad|team|lane|lift|classification|selection|rota|swim|swam|rowing|boccia|goalball"
    r"|basketball|football|rugby|athletics|hall|trial|tournament|competition|practice|drill|session|warm.?up|boats?|launch"
    r"|meeting|course|volunteer|office|booking|pitch|court|track|camp|equipment|chair|subs|fee|invoice)\b"
)


def find(window: Window, known: Known) -> Iterator[Sighting]:
    text = text_of(window)
    on = there_are(known.today)
    found = [f for name in _LISTS for f in said(text, rows(name, on))]
    sure = [to_a_group(text, eased(text, f, "private_talk_harmless")) for f in weighed(text, found)]
    sure = [
        to_a_group(text, eased(text, f, "private_talk_harmless")) if f.row == HEARD else f
        for f in meant(window, Type.PRIVATE_TALK, sure)
    ]
    yield from sightings(window, Type.PRIVATE_TALK, sure, lambda _: _PRIVATE)


def weighed(text: str, found: list[Find]) -> list[Find]:
    """The finds, with those that are merely chatty made likely where there is nothing else."""
    chatty = {f.row for f in found if f.confidence is Confidence.POSSIBLE}
    if len(chatty) < _ENOUGH or _WORK.search(text):
        return found
    return [replace(f, confidence=max(f.confidence, Confidence.LIKELY)) for f in found]


FINDER = Finder(
    name="private_talk",
    types=frozenset({Type.PRIVATE_TALK}),
    gate=cores(_LISTS),
    find=find,
    listens=True,
)
