"""How well the reader of messages does on the labelled corpus: ``python -m tests.corpus.measure``.

A label is found when a sighting of its type, likely or certain, overlaps its stretch. Such a
sighting that overlaps no label of its type is false; where it overlaps a label of a sister type it
is misnamed instead, and counted apart. What stands in quoted text and is not the writer's own does
not count, as the decision point does not count it. Possible sightings are warnings.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import click
import phonenumbers

from alongside.scan.known import Details, Known
from alongside.scan.reading import Reading, plain
from alongside.scan.sighting import Confidence, Sighting, Type, Zone

from . import FOLDER, SPLITS, Entry, content, entries, quotes

TODAY = date(2026, 11, 1)

_LINKS = frozenset({Type.PROFILE_LINK, Type.HANDLE, Type.PERSONAL_SITE, Type.IMAGE_LINK})
_MOVES = frozenset(
    {Type.INSTANT_MESSAGING, Type.FRIEND_REQUEST, Type.HANDLE, Type.PLATFORM_AGE, Type.GAME}
)
_HOME = frozenset({Type.HOME_ADDRESS, Type.PRIVATE_TALK})
"""An invitation home is the one or the other."""
SISTERS = (_LINKS, _MOVES, _HOME)
"""Types of which one may well be called the other: the message is stopped either way."""

DETAILS = _LINKS | {Type.PHONE, Type.EMAIL_ADDRESS, Type.HOME_ADDRESS}
INTENTS = frozenset(Type) - DETAILS
GOALS: Mapping[str, tuple[float, float]] = {"details": (0.98, 0.95), "intents": (0.90, 0.85)}
"""Least precision and recall of each group of types."""
MOST_FALSE_ALARMS = 2.0
"""In 1,000 ordinary messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the reader made of one entry."""

    entry: Entry
    found: tuple[tuple[Type, str], ...]
    missed: tuple[tuple[Type, str], ...]
    false: tuple[Sighting, ...]
    misnamed: tuple[Sighting, ...]
    warnings: int
    """How many sightings were only possible."""


def details(those: Iterable[str]) -> Details:
    """Contact details told apart by how they look; ``NumberParseException`` on none of them."""
    numbers, addresses, profiles = set(), set(), set()
    for one in those:
        if "@" in one[1:]:
            addresses.add(one.casefold())
        elif re.match(r"[a-z]+:|[^+]*[a-z]\S*/", one, re.I):
            profiles.add(one.lower())
        else:
            number = phonenumbers.parse(one, "GB")
            numbers.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return Details(
        numbers=frozenset(numbers), addresses=frozenset(addresses), profiles=frozenset(profiles)
    )


def known(one: Entry, register: Mapping[str, list[str]]) -> Known:
    """What the register of the corpus knows of the people in this entry."""
    return Known(
        today=TODAY,
        ours=details([*register["numbers"], *register["profiles"]]),
        domains=frozenset([*register["domains"], *register["sites"]]),
        theirs=details(one.theirs),
        youngest=one.youngest,
        readers=one.to != "parent",
    )


def stretches(label: str, text: str) -> list[tuple[int, int]]:
    """Where the label stands in the decoded text, whatever became of its spaces and line ends."""
    words = [re.escape(word) for word in label.split()]
    return [match.span() for match in re.finditer(r"\s+".join(words), text)]


def compare(one: Entry, text: str, sightings: Iterable[Sighting]) -> Outcome:
    """Set what was seen in ``text`` against the labels."""
    counted = [s for s in sightings if s.own or s.zone is not Zone.QUOTED]
    sure = [s for s in counted if s.confidence >= Confidence.LIKELY]
    spans = [(label, stretches(label[1], text)) for label in one.labels]

    def touched(sighting: Sighting) -> set[Type]:
        return {
            label[0]
            for label, places in spans
            if any(sighting.start < end and start < sighting.end for start, end in places)
        }

    def seen(label: tuple[Type, str], places: list[tuple[int, int]]) -> bool:
        return any(
            s.type is label[0] and s.start < end and start < s.end
            for s in sure
            for start, end in places
        )

    wrong = [s for s in sure if s.type not in touched(s)]
    misnamed = [s for s in wrong if any(s.type in g and g & touched(s) for g in SISTERS)]
    return Outcome(
        entry=one,
        found=tuple(label for label, places in spans if seen(label, places)),
        missed=tuple(label for label, places in spans if not seen(label, places)),
        false=tuple(s for s in wrong if s not in misnamed),
        misnamed=tuple(misnamed),
        warnings=sum(s.confidence is Confidence.POSSIBLE for s in counted),
    )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score); everything where nothing was counted."""
    if not of:
        return 0.0, 1.0
    z = 1.959964
    share, z2 = hits / of, z * z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z / (1 + z2 / of) * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def share(hits: int, of: int) -> dict[str, Any]:
    low, high = wilson(hits, of)
    return {"share": hits / of if of else None, "low": low, "high": high}


def row(outcomes: Sequence[Outcome], types: Iterable[Type]) -> dict[str, Any]:
    """Precision and recall over some types."""
    of = set(types)
    found = sum(label[0] in of for o in outcomes for label in o.found)
    missed = sum(label[0] in of for o in outcomes for label in o.missed)
    false = sum(s.type in of for o in outcomes for s in o.false)
    return {
        "labels": found + missed,
        "found": found,
        "false": false,
        "misnamed": sum(s.type in of for o in outcomes for s in o.misnamed),
        "precision": share(found, found + false),
        "recall": share(found, found + missed),
    }


def alarms(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """False alarms and warnings, in messages out of 1,000."""
    stopped = sum(bool(o.false) for o in outcomes)
    warned = sum(o.warnings > 0 and not o.false for o in outcomes)
    low, high = wilson(stopped, len(outcomes))
    per = 1000 / max(1, len(outcomes))
    return {
        "messages": len(outcomes),
        "false_alarms": stopped,
        "per_1000": stopped * per,
        "low": low * 1000,
        "high": high * 1000,
        "warnings_per_1000": warned * per,
    }


def _ordinary(entry: Entry) -> bool:
    """As it comes in: what was written as ordinary, whatever it looks like, and what looks like
    nothing. The hard negatives beside it were written to be mistaken."""
    return not entry.hard or entry.id.startswith("ordinary-")


def report(outcomes: Sequence[Outcome], only: Iterable[Type] = Type) -> dict[str, Any]:
    """Everything that is printed, and which goals were missed."""
    chosen = [t for t in Type if t in set(only)]
    outcomes = [replace(o, false=tuple(s for s in o.false if s.type in chosen)) for o in outcomes]
    groups = {
        name: row(outcomes, [t for t in chosen if t in of])
        for name, of in (("details", DETAILS), ("intents", INTENTS))
    }
    empty = [o for o in outcomes if not o.entry.labels]
    out: dict[str, Any] = {
        "entries": len(outcomes),
        "types": {t.value: row(outcomes, [t]) for t in chosen},
        "groups": groups,
        "ordinary": alarms([o for o in empty if _ordinary(o.entry)]),
        "hard_negatives": alarms([o for o in empty if not _ordinary(o.entry)]),
        "labelled": alarms([o for o in outcomes if o.entry.labels]),
    }
    missed = [
        f"{measure} of {name} is {groups[name][measure]['share']:.4f}, under {goal}"
        for name, goals in GOALS.items()
        for measure, goal in zip(("precision", "recall"), goals, strict=True)
        if groups[name][measure]["share"] is not None and groups[name][measure]["share"] < goal
    ]
    if out["ordinary"]["per_1000"] >= MOST_FALSE_ALARMS:
        missed.append(f"false alarms on ordinary messages: {MOST_FALSE_ALARMS} in 1,000 or more")
    return {**out, "goals_missed": missed}


def _cells(name: str, counts: Mapping[str, Any]) -> str:
    shares = "".join(
        "        -                "
        if counts[m]["share"] is None
        else f"  {counts[m]['share']:7.4f} [{counts[m]['low']:.3f}-{counts[m]['high']:.3f}]"
        for m in ("precision", "recall")
    )
    numbers = "".join(f"{counts[k]:9d}" for k in ("labels", "found", "false", "misnamed"))
    return f"{name:<18}{numbers}{shares}"


def table(result: Mapping[str, Any]) -> str:
    """The report as people read it."""
    head = "".join(f"{k:>9}" for k in ("labels", "found", "false", "misnamed"))
    lines = [f"{'type':<18}{head}  {'precision':<23}  {'recall':<23}"]
    lines += [_cells(name, counts) for name, counts in result["types"].items()]
    lines.append("")
    for name, counts in result["groups"].items():
        precision, recall = GOALS[name]
        goal = f"  goals: {precision:.2f} and {recall:.2f}"
        lines.append(_cells(f"all {name}", counts) + goal)
    lines.append("")
    for name in ("ordinary", "hard_negatives", "labelled"):
        of = result[name]
        goal = f"; goal: under {MOST_FALSE_ALARMS:g}" if name == "ordinary" else ""
        lines.append(
            f"{name.replace('_', ' ')}: {of['messages']} messages, {of['false_alarms']} with a"
            f" false alarm ({of['per_1000']:.1f} in 1,000"
            f" [{of['low']:.1f}-{of['high']:.1f}]{goal}),"
            f" warnings {of['warnings_per_1000']:.1f} in 1,000"
        )
    lines += ["", *(f"GOAL MISSED: {goal}" for goal in result["goals_missed"])]
    return "\n".join(lines).rstrip()


def in_full(outcome: Outcome, only: Iterable[Type]) -> list[str]:
    """What was missed and what was false in one entry, with its words."""
    of = set(only)
    said = [f"  missed {t.value}: {text!r}" for t, text in outcome.missed if t in of]
    for name, those in (("false", outcome.false), ("misnamed", outcome.misnamed)):
        said += [
            f"  {name} {s.type.value}: {s.text!r} ({s.confidence.word}, {s.understood})"
            for s in those
            if s.type in of
        ]
    one = outcome.entry
    return [f"{one.id} to {one.to} ({one.youngest})", *said, "  | " + one.text] if said else []


def measured(splits: Iterable[str]) -> list[Outcome]:
    """Read and scan every entry of these splits."""
    from alongside.scan.message import read_message
    from alongside.scan.scan import scan

    register = tomllib.loads((FOLDER / "register.toml").read_text(encoding="utf-8"))
    outcomes = []
    for split in splits:
        for one in entries(split):
            reading: Reading = plain(one.text) if one.kind == "text" else read_message(content(one))
            sightings = scan(reading, known(one, register), reply=quotes(one))
            outcomes.append(compare(one, reading.text, sightings))
    return outcomes


@click.command()
@click.option("--split", type=click.Choice([*SPLITS, "both"]), default="tune", show_default=True)
@click.option("--type", "types", multiple=True, type=click.Choice([t.value for t in Type]))
@click.option("--misses", is_flag=True, help="list what was missed and what was false")
@click.option("--look", is_flag=True, help="list it of the hold-out too")
@click.option("--json", "as_json", is_flag=True)
@click.option("--check", is_flag=True, help="exit with status 1 where a goal is missed")
def main(
    split: str, types: tuple[str, ...], misses: bool, look: bool, as_json: bool, check: bool
) -> None:
    """Measure the reader on the labelled corpus."""
    if misses and split != "tune":
        if not look:
            raise click.UsageError(
                "the hold-out is only ever measured; list the misses of `--split tune`,"
                " or say `--look` as well and write a new hold-out afterwards"
            )
        click.echo("WARNING: whoever tunes the reader on this has no hold-out left", err=True)
    only = [Type(t) for t in types] or list(Type)
    outcomes = measured(SPLITS if split == "both" else [split])
    if not outcomes:
        raise click.ClickException(f"no entries in `{FOLDER.name}/{split}`: nothing was measured")
    if misses:
        for outcome in outcomes:
            for line in in_full(outcome, only):
                click.echo(line)
    result = report(outcomes, only)
    click.echo(json.dumps(result, indent=2) if as_json else table(result))
    if check and result["goals_missed"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
