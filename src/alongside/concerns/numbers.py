"""Numbers to ring: they stand above the form, for whoever should not write but ring."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """One number, as people dial and see it."""

    written: str
    who: str
    when: str

    @property
    def dialled(self) -> str:
        return self.written.replace(" ", "")


NUMBERS: tuple[Number, ...] = (
    Number("999", "Emergency services", "if somebody is in danger now"),
    Number("101", "Police", "if a crime has happened and nobody is in danger now"),
    Number("0808 800 5000", "NSPCC helpline", "for adults who are worried about a child"),
    Number("0800 1111", "Childline", "for children and young people, at any time"),
    Number("116 123", "Samaritans", "for anybody, at any time"),
)
"""The longer ones stand in ``scan/words/en_GB/helplines.toml`` too: a test compares."""
