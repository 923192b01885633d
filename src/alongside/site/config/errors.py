"""What is wrong with a configuration, said so that a stranger can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One wrong key or value."""

    what: str
    """Lower case, no full stop; what was written stands in backticks."""
    key: str = ""
    """Dotted, as in ``gateway.mode``."""
    where: str = ""
    """``alongside.toml`` or the environment variable that it came from."""
    line: int | None = None
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        parts = [part for part in (place, self.key) if part]
        sentence = ": ".join([*parts, self.what])
        return f"{sentence}\n    {self.mend}" if self.mend else sentence


class ConfigError(Exception):
    """the configuration can't be used"""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
