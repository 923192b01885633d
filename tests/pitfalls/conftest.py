"""The record's fixtures, for the pitfalls that lie in the running gateway."""

from __future__ import annotations

from tests.records.conftest import database, migrated

__all__ = ["database", "migrated"]
