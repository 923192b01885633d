"""Once a day: forget what is kept for a time only, pack what is old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

log = logging.getLogger("alongside.site")

FIRST, DAY, AGAIN = 60.0, 86_400.0, 3_600.0
"""Seconds: after the start, between two times, after one that failed."""


async def keep_times(
    *,
    first: float = FIRST,
    every: float = DAY,
    again: float = AGAIN,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Tidy until cancelled, in a thread, so that mail goes on meanwhile. A gateway that is started
    each morning does it each morning; what is done twice finds nothing to do."""
    await asyncio.sleep(first)
    while True:
        done = await asyncio.to_thread(_tried, clock())
        await asyncio.sleep(every if done else again)


def tidy(now: datetime) -> str:
    """Accepted copies after 7 days and unknown addresses after 60 are forgotten, messages older
    than 30 days packed. Says how many; the record has it as well. Raises ``django.db.Error``.
    """
    from alongside.access.actor import System
    from alongside.records import api
    from alongside.records.retention import PACKED_AFTER

    actor = System("retention")
    gone = api.purge(actor, now)
    packed = api.compress(actor, now - PACKED_AFTER)
    return f"copies {gone['copies']}, addresses {gone['unknown']}, packed {packed}"


def _tried(now: datetime) -> bool:
    """Runs in a thread of its own, whose database connection is closed after it."""
    from django.db import connection

    try:
        log.info("tidied: %s", tidy(now))
    except Exception:
        # Whatever it is must neither end the gateway nor be the last time that this is tried.
        log.exception("what is kept for a time only could not be tidied")
        return False
    finally:
        connection.close()
    return True
