"""Each clause test is told its cases by a teller of its own."""

from __future__ import annotations

import pytest

from .told import Teller


@pytest.fixture
def tell() -> Teller:
    return Teller()
