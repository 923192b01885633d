"""The record's fixtures serve the gateway as well."""

from __future__ import annotations

from tests.records.conftest import database, migrated

__all__ = ["database", "migrated"]
