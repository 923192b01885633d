"""What tests of pages share."""

from __future__ import annotations

import pytest
from django.test import Client

from .page import PageClient


@pytest.fixture
def pages(client: Client) -> PageClient:
    return PageClient(client)
