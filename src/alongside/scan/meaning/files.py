"""The files that were learnt, beside this module."""

from __future__ import annotations

from importlib.resources import files

_WEIGHTS = files("alongside.scan.meaning") / "weights"


def read(name: str) -> str:
    """A file of text."""
    return (_WEIGHTS / name).read_text("utf-8")


def octets(name: str) -> bytes:
    """Any file."""
    return (_WEIGHTS / name).read_bytes()
