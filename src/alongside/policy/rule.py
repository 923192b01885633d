"""What a rule is: a name, the clause it cites, the channels it speaks for, one pure question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .decision import Finding
from .facts import Facts, Writer
from .rulebook import Rulebook
from .vocabulary import Channel

Check = Callable[[Facts, Rulebook], Iterable[Finding]]

EVERY_CHANNEL = frozenset(Channel)

OURS = frozenset({Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE, Writer.AUTOMATIC})
"""Writers for whom the organisation answers."""
ALL_BUT_SERVICE_USERS = frozenset(Writer) - {Writer.SERVICE_USER}
"""What a service user writes arrives (law 3): hardly any rule speaks of it."""
EVERYBODY = frozenset(Writer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, one file. ``check`` reads the facts and the rulebook and nothing else."""

    name: str
    clauses: tuple[str, ...]
    """The clauses that its findings may cite."""
    check: Check
    channels: frozenset[Channel] = EVERY_CHANNEL
    writers: frozenset[Writer] = OURS
    """Whose messages it speaks of."""
