"""One Postfix and one Dovecot for the session; a gateway, a record and empty mailboxes a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.records.conftest import database, migrated

from .chain import Chain, standing

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
