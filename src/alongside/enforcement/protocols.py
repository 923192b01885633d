"""What the line needs from others. Each contract says what the caller may rely on.

Every method that writes has the change on disk, in one commit, when it returns; when it raises
``Unavailable`` nothing of it is there. None of them blocks the loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from alongside.policy.people import People

from .values import Bundle, CopyMark, Dispatch, Json, Kept, Leg, Outcome, Parcel


class Unavailable(Exception):
    """the record can't be reached just now"""

    temporary = True


class Unacceptable(ValueError):
    """this bundle can't be recorded, however often it is tried"""


class Ledger(Protocol):
    """The record's fast door."""

    async def append(self, bundle: Bundle) -> None:
        """Commit the bundle: entry in the chain, content, hold, dispatches, incidents, copies.

        Bundles that wait at the same time share a commit (group commit). Raises ``Unavailable``
        on a locked database, a full disk or any other trouble; the ledger heals by itself.
        ``Unacceptable`` for a bundle that is itself bad, such as with an id that was used before.
        """

    async def append_and_recall(
        self, bundle: Bundle, fingerprint: str, since: datetime
    ) -> Sequence[CopyMark]:
        """As ``append``, and in the same commit: the copies accepted for the same bytes, sender and
        recipients since then."""

    async def kept(self, reference: str) -> Kept | None:
        """The message and its bytes as its ``decided`` entry kept them; nothing when erased."""

    async def copy(self, leg: str) -> CopyMark | None:
        """The accepted copy whose bounce address names this leg."""

    async def count(self, day: str, what: str, key: str = "") -> None:
        """Add one to a day's count (``confidential``, ``untouched``, ``unknown`` with address).

        May be kept in memory and written each second: losing a second of counts is allowed.
        """


class Outbox(Protocol):
    """Dispatches with leases, so that several gateways share one outbox."""

    async def lease(self, holder: str, now: datetime, limit: int) -> Sequence[Dispatch]:
        """Take up to ``limit`` due dispatches for 5 minutes; nobody else gets them meanwhile.

        Includes releases that the desk committed. Content is filled in."""

    async def checkpoint(self, dispatch: str, progress: Json) -> None:
        """Remember how far it came. Called after each leg, before the next."""

    async def postpone(self, dispatch: str, due: datetime, progress: Json) -> None:
        """Try again then; the lease ends and ``attempts`` goes up by one."""


class SnapshotSource(Protocol):
    """The register, in memory."""

    def current(self) -> People:
        """The newest snapshot. Never blocks."""

    @property
    def confirmed(self) -> bool:
        """Whether the revision was compared with the database in the last 2 seconds."""


class Carrier(Protocol):
    """Takes composed legs to the next hop. Never queues, never retries: that is the outbox's."""

    async def carry(self, leg: Leg, parcel: Parcel) -> dict[str, Outcome]:
        """Send one leg; one outcome for each of its recipients.

        Guarantees: ``ACCEPTED`` only after the next hop said so for that recipient's data. Trouble
        of any sort (refused connection, time-out, TLS that can't be verified) is ``TEMPORARY``.
        Where a leg has several recipients and some are refused, the others may be accepted.
        """
