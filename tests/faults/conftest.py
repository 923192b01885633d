"""A migrated database for each test, and how often the long ones repeat themselves."""

from __future__ import annotations

import os

import pytest

from tests.records.conftest import database, migrated

__all__ = ["database", "migrated"]


@pytest.fixture
def rounds() -> int:
    """``ALONGSIDE_FAULT_ROUNDS``: how many times a random fault strikes; few by default."""
    return int(os.environ.get("ALONGSIDE_FAULT_ROUNDS", "3"))
