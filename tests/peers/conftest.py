"""One Postfix and one Dovecot for the session; a gateway, a record and empty mailboxes a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.records.conftest import database, migrated

from .chain import Chain, standing
from .other_server import OtherServer, elsewhere

__all__ = ["database", "migrated"]


@pytest.fixture(scope="session")
def whole_chain() -> Iterator[Chain]:
    with standing() as chain:
        yield chain


@pytest.fixture
def chain(whole_chain: Chain) -> Chain:
    """The chain with empty mailboxes, an empty queue and a log that begins here."""
    whole_chain.clear()
    return whole_chain


@pytest.fixture(scope="session")
def whole_other_server(whole_chain: Chain) -> Iterator[OtherServer]:
    with elsewhere(whole_chain) as server:
        yield server


@pytest.fixture
def other_server(whole_other_server: OtherServer) -> OtherServer:
    """A second Postfix, which gives all its mail to the gateway over checked TLS."""
    whole_other_server.postfix.forget()
    return whole_other_server
