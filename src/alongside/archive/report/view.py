"""What one person may see of an audit's results (laws 6 and 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from alongside.policy.people import People

from ..authorisation import hidden_from
from ..rows import Judgement
from .wanted import Store


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as this person may see it, and how many findings were taken out."""

    judgement: Judgement
    hidden: int
    touched: bool
    """Something was taken out: what else the message holds is not shown either."""


@dataclass(frozen=True, slots=True)
class View:
    """The store, seen by one person."""

    store: Store
    people: People
    viewer: str

    def messages(self) -> Iterator[Shown]:
        """Each message in scope once, in the order of time."""
        for judgement in self.store.judgements():
            yield self._shown(judgement)

    def _shown(self, j: Judgement) -> Shown:
        viewer, people = self.viewer, self.people
        if not j.findings and not j.contacts:
            return Shown(j, 0, j.writer == viewer)
        findings = tuple(f for f in j.findings if not hidden_from(viewer, f, people))
        contacts = tuple(c for c in j.contacts if not hidden_from(viewer, c, people))
        hidden = len(j.findings) - len(findings)
        if not hidden and len(contacts) == len(j.contacts):
            return Shown(j, 0, False)
        kept = replace(j, findings=findings, contacts=contacts, unread=(), unknown=())
        return Shown(kept, hidden, True)
