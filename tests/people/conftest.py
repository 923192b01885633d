from __future__ import annotations

from pathlib import Path

import pytest

from .lists import Lists


@pytest.fixture
def lists(db: None, tmp_path: Path) -> Lists:
    return Lists(tmp_path)
