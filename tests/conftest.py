"""What the whole suite shares: how long Hypothesis looks, which ports are free, one browser.

``HYPOTHESIS_PROFILE``: ``dev`` (few, always the same), ``ci`` (the default), ``night`` (many, new).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from tools.ports import free_ports

from .web.browser import chromium, desktop, phone, plain, window

__all__ = ["chromium", "desktop", "phone", "plain", "window"]

_SLOW_MACHINE = (HealthCheck.too_slow,)
settings.register_profile(
    "dev", max_examples=50, derandomize=True, deadline=None, suppress_health_check=_SLOW_MACHINE
)
settings.register_profile(
    "ci", max_examples=200, derandomize=True, deadline=None, suppress_health_check=_SLOW_MACHINE
)
settings.register_profile(
    "night",
    max_examples=5_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_MACHINE,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def unused_tcp_port() -> int:
    """Instead of pytest-asyncio's, whose ports are handed to clients as well: see tools.ports."""
    return free_ports(1)[0]
