"""The club in the database, and Django's quick hasher."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .club import import_club


@pytest.fixture
def club(db: None, tmp_path: Path, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    import_club(tmp_path)
