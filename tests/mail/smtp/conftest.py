"""Certificates, made once for all tests of this room."""

from __future__ import annotations

import ssl

import pytest

from alongside.mail.smtp.tls import client_context, server_context

from .certificates import Authority, authority


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def tls(ca: Authority) -> ssl.SSLContext:
    return server_context(ca.sign("server"))


@pytest.fixture
def trust(ca: Authority) -> ssl.SSLContext:
    return client_context(ca.file)
