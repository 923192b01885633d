"""Certificates made once, and each conversation on both event loops: the stock one and uvloop."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping

import pytest
import uvloop

from alongside.mail.smtp.tls import client_context, server_context

from .certificates import Authority, authority


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def tls(ca: Authority) -> ssl.SSLContext:
    return server_context(ca.sign("server"))


@pytest.fixture
def trust(ca: Authority) -> ssl.SSLContext:
    return client_context(ca.file)
