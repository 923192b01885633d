"""Reading a rulebook: a strict file format whose every error names file, line, key and mend."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from . import rulebook_values as values
from .rulebook import CLAUSES, COPYING, Clause, Gate, QuietHours, Rulebook
from .vocabulary import Level, Sight

_SHIPPED = files("alongside.policy") / "rulebooks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a rulebook file."""

    line: int
    key: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"line {self.line}: `{self.key}`: {self.what}; {self.mend}"


class InvalidRulebook(ValueError):
    """the rulebook can't be used"""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{name}: {p}" for p in problems))
        self.name = name
        self.problems = problems


def shipped() -> tuple[str, ...]:
    """The names of the rulebooks that come with Alongside."""
    return tuple(
        sorted(f.name.removesuffix(".toml") for f in _SHIPPED.iterdir() if f.name.endswith(".toml"))
    )


def load(name_or_path: str) -> Rulebook:
    """A shipped rulebook by name, or any by path. Raises ``InvalidRulebook``."""
    if name_or_path in shipped():
        return parse((_SHIPPED / f"{name_or_path}.toml").read_text("utf-8"), name_or_path)
    path = Path(name_or_path)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        why = "is not UTF-8 text" if isinstance(trouble, UnicodeDecodeError) else "can't be read"
        mend = f"name one of {', '.join(shipped())}, or the path of a TOML file"
        problem = Problem(line=0, key=name_or_path, what=why, mend=mend)
        raise InvalidRulebook(name_or_path, (problem,)) from trouble
    return parse(text, path.name)


def parse(text: str, name: str) -> Rulebook:
    """The rulebook that this text is. Raises ``InvalidRulebook`` with every problem found."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        found = re.search(r"line (\d+)", str(trouble))
        line = int(found[1]) if found else text.count("\n") + 1
        problem = Problem(line=line, key="", what=f"not TOML: {trouble}", mend="correct the line")
        raise InvalidRulebook(name, (problem,)) from trouble
    return _Reader(text, name).read(table)


class _Reader:
    """Takes each key out of the table; what is left over at the end is unknown."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = _lines(text)
        self.name = name
        self.problems: list[Problem] = []
        self.known: dict[str, set[str]] = {}

    def read(self, table: dict[str, Any]) -> Rulebook:
        take = self._section(table, "")
        rulebook_name = take("name", values.text)
        version = take("version", values.text)
        document = take("document", values.text)
        clauses = self._clauses(table)
        gates = {g: self._gate(table, g) for g in ("agreed", "vetted", "trained")}
        groups = self._section(table, "groups")
        ages = self._section(table, "ages")
        clocks = self._section(table, "clocks")
        recipients = self._section(table, "recipients")
        instant = self._section(table, "instant_messaging")
        third = self._section(table, "third_parties")
        confidential = self._section(table, "confidential")
        reading = self._section(table, "reading")
        self.known["reading"].add("sightings")
        actions = self._section(table, "reading.sightings")
        made: dict[str, Any] = {
            "name": rulebook_name,
            "version": version,
            "document": document,
            "clauses": clauses,
            **gates,
            "smallest_group": groups("smallest", values.number(2, 100)),
            "group_households": groups("households", values.number(2, 100)),
            "direct_from_age": ages("direct_from", values.number(0, 18)),
            "supporters_too_under": ages("supporters_too_under", values.number(0, 16)),
            "emergency_review_hours": clocks("emergency_review_hours", values.number(1, 72)),
            "inform_hours": clocks("inform_hours", values.number(1, 168)),
            "mutual": recipients(
                "visible_to_each_other", values.one_of("individualise", "refuse", "allow")
            ),
            "encrypted": recipients("encrypted", values.one_of("hold", "allow")),
            "vetted_adults": instant("vetted_adults", values.number(2, 10)),
            "order": third("order", values.seats),
            "order_for_adults": third("adults", values.seats),
            "confidential": confidential("destinations", values.destinations),
            "actions": {sight: actions(str(sight), values.actions(sight), ()) for sight in Sight},
            "own_mailbox": reading("own_mailbox", values.action),
            "unread": reading("unread", values.unread),
            "learning_days": reading("learning_days", values.number(0, 366)),
        }
        made["quiet"], made["zone"] = self._quiet(table)
        self._unknown(table)
        if self.problems:
            raise InvalidRulebook(self.name, tuple(sorted(self.problems, key=lambda p: p.line)))
        return Rulebook(**made)

    def _section(self, table: dict[str, Any], path: str) -> Callable[..., Any]:
        at: Any = table
        for part in path.split(".") if path else ():
            at = at.get(part) if isinstance(at, dict) else None
        section: Mapping[str, Any] = at if isinstance(at, dict) else {}
        known = self.known.setdefault(path, set())

        def take(name: str, read: Callable[[Any], Any], default: Any = ...) -> Any:
            known.add(name)
            where = f"{path}.{name}" if path else name
            if name not in section:
                if default is not ...:
                    return default
                self._say(where, "is missing", "add it; the shipped rulebook shows how")
                return None
            try:
                return read(section[name])
            except ValueError as trouble:
                what, _, mend = str(trouble).partition("|")
                self._say(where, what, mend or "correct it")
                return None

        return take

    def _clauses(self, table: dict[str, Any]) -> dict[str, Clause]:
        made = {}
        for c in CLAUSES:
            path = f"clauses.{c}"
            if not isinstance(table.get("clauses"), dict) or c not in table["clauses"]:
                self.known.setdefault("clauses", set()).add(c)
                self._say(path, "is missing", f"add a section [{path}] with its level")
                continue
            self.known.setdefault("clauses", set()).add(c)
            take = self._section(table, path)
            level = take("level", values.enum(Level))
            kinds = take("third_parties", values.third_parties, frozenset())
            floor = take("floor", values.yes_no, False)
            if kinds is not None and level is not None:
                copies = c in COPYING or (c == "I1" and level is not Level.NEVER)
                if copies and not kinds:
                    self._say(path, "names no third parties", 'add third_parties = ["officer"]')
                if kinds and c not in (*COPYING, "I1"):
                    self._say(
                        f"{path}.third_parties", "has no meaning for this clause", "take it out"
                    )
                made[c] = Clause(id=c, level=level, third_parties=kinds, floor=bool(floor))
        return made

    def _gate(self, table: dict[str, Any], name: str) -> Gate:
        take = self._section(table, f"gates.{name}")
        self.known.setdefault("gates", set()).add(name)
        return Gate(
            required=bool(take("required", values.yes_no)),
            grace_days=take("grace_days", values.number(0, 366)) or 0,
            valid_days=(take("valid_days", values.number(0, 3660)) or 0) if name == "agreed" else 0,
        )

    def _quiet(self, table: dict[str, Any]) -> tuple[QuietHours | None, Any]:
        take = self._section(table, "quiet_hours")
        on = take("on", values.yes_no)
        start, end = take("start", values.minute), take("end", values.minute)
        zone = take("zone", values.zone)
        if on and start is not None and start == end:
            self._say("quiet_hours.end", "is the same as start", "let quiet hours end some time")
        if not on or start is None or end is None:
            return None, zone
        return QuietHours(start=start, end=end), zone

    def _unknown(self, table: dict[str, Any]) -> None:
        for path in [p for p in self.known if p and "." not in p]:
            self.known[""].add(path)
        for path, names in self.known.items():
            at: Any = table
            for part in path.split(".") if path else ():
                at = at.get(part, {}) if isinstance(at, dict) else {}
            if not isinstance(at, dict):
                self._say(path, "must be a section", f"write it as [{path}]")
                continue
            for name in at:
                if name not in names:
                    near = difflib.get_close_matches(name, names, 1)
                    where = f"{path}.{name}" if path else name
                    mend = f"did you mean `{near[0]}`?" if near else "take it out"
                    self._say(where, "is not a key of a rulebook", mend)

    def _say(self, where: str, what: str, mend: str) -> None:
        line = self.lines.get(where) or self.lines.get(where.rpartition(".")[0]) or 1
        self.problems.append(Problem(line=line, key=where, what=what.strip(), mend=mend.strip()))


def _lines(text: str) -> dict[str, int]:
    """Key path -> line number, for the plain TOML that rulebooks are written in."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\[\]]+)\]", line)
        assignment = re.match(r"\s*([A-Za-z0-9_.-]+)\s*=", line)
        if header:
            section = header[1].strip()
            found.setdefault(section, number)
        elif assignment:
            path = f"{section}.{assignment[1]}" if section else assignment[1]
            found.setdefault(path, number)
    return found
