"""One import from files to the register: everything slow first, then one short transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from alongside.policy.address import domain_of

from . import checking
from .applying import Batch, prepare
from .comparing import Edit, compare
from .merging import merge
from .parsing import Progress, parse, quiet
from .present import Register, Rows, load
from .problems import Notice, Problem
from .values import ORGANISATIONS, Sheet, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do to the register at one revision."""

    revision: int
    problems: tuple[Problem, ...] = ()
    edits: tuple[Edit, ...] = ()
    notices: tuple[Notice, ...] = ()
    after: Rows = field(default_factory=dict)


def read_files(
    files: Mapping[str, Path], today: date, progress: Progress = quiet
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Read the files (kind -> path). A file that can't be opened is a problem as well."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for kind, path in files.items():
        try:
            content = path.read_bytes()
        except OSError as trouble:
            reason = (trouble.strerror or type(trouble).__name__).lower()
            problems.append(
                Problem(
                    file=path.name,
                    what=f"it can't be opened ({reason})",
                    mend=f"look whether `{path}` is there and may be read",
                )
            )
            continue
        sheet, wrong = parse(kind, path.name, content, today, progress)
        sheets.append(sheet)
        problems.extend(wrong)
    return tuple(sheets), tuple(problems)


def plan(sheets: Iterable[Sheet], *, complete: bool, progress: Progress = quiet) -> Plan:
    """Lay the sheets over the register. Raises ``present.Busy``."""
    given = tuple(sheets)
    progress("comparing", 0, 1)
    register: Register = load()
    merged = merge(register, given, complete=complete)
    problems = tuple(
        sorted(checking.problems(register, merged), key=lambda p: (p.file, p.line, p.column))
    )
    if problems:
        return Plan(revision=register.revision, problems=problems)
    edits = compare(register.rows, merged.rows)
    progress("comparing", 1, 1)
    return Plan(
        revision=register.revision,
        edits=edits,
        notices=(*merged.notices, *checking.notices(merged)),
        after=merged.rows,
    )


def batch(plan: Plan, domains: Iterable[str] = ()) -> Batch:
    """The rows to write. ``domains``: local ones that no organisation of the register claims."""
    local = {domain_of("@" + d) for d in domains}
    for values in plan.after[ORGANISATIONS].values():
        local |= {domain_of("@" + d) for d in words(values, "domains")}
    return prepare(plan.after, plan.edits, frozenset(local))
