"""The record's fixtures serve the oracle as well."""

from __future__ import annotations

from tests.records.conftest import database, migrated

__all__ = ["database", "migrated"]
