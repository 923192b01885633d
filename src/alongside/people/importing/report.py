"""What an import did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from alongside.access.actor import Actor, Person

from .comparing import ADDED, CHANGED, REMOVED, Edit
from .problems import Notice, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that whoever ran the import is told."""

    problems: tuple[Problem, ...] = ()
    """Not empty: nothing was taken in."""
    edits: tuple[Edit, ...] = ()
    notices: tuple[Notice, ...] = ()
    applied: bool = False
    """False for a dry run, for problems, and where nothing differs."""
    revision: int = 0
    """The register's revision after it (of a dry run: at which it was compared)."""
    reference: str = ""
    """Of the entry in the record, where something was applied."""

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def restrictions(self) -> tuple[Edit, ...]:
        """The links that become restricted."""
        return tuple(edit for edit in self.edits if edit.newly_restricted)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Kind -> added, changed, removed -> how many."""
        found = Counter((edit.kind, edit.what) for edit in self.edits)
        return {
            kind: {what: found[kind, what] for what in (ADDED, CHANGED, REMOVED)}
            for kind in sorted({kind for kind, _ in found})
        }


def seen_by(report: Report, actor: Actor) -> Report:
    """The report without what would tell the actor of a restriction about themselves (law 6)."""
    if not isinstance(actor, Person):
        return report
    return replace(
        report,
        edits=tuple(e for e in report.edits if not (e.restriction and actor.id in e.about)),
        notices=tuple(
            n for n in report.notices if n.kind not in _GUARDED or actor.id not in n.about
        ),
    )


_GUARDED = frozenset({"kept_restriction", "kept_standing"})
