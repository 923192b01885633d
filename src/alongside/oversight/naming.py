"""Names for ids, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.people import api as people


class Names:
    """The register's names, for one page."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, person: str) -> str:
        if person not in self._known:
            self._known[person] = people.name_of(person)
        return self._known[person]

    def all(self, persons: Iterable[str]) -> tuple[str, ...]:
        """In the order of the alphabet, each once."""
        return tuple(sorted({self(p) for p in persons}))

    def who_acted(self, by: str) -> str:
        """Of a person; the gateway, which signs with its chain, and all parts of the system are
        Alongside to whoever reads it."""
        return self(by) if by and not by.startswith("system:") else "Alongside"
