"""The club in the database; who may see what is asked through the door and by the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.accounts.club import import_club


@pytest.fixture
def club(db: None, tmp_path: Path, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALONGSIDE_DEMONSTRATION = True  # no second step: it has its own tests
    import_club(tmp_path)
