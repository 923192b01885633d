"""Bounces of copies: copied is not received (pitfall 18).

A copy that comes back means that nobody was alongside. Its contact point is marked, the next
eligible third party is copied, and an officer is told.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence

from alongside.enforcement.codec import from_json
from alongside.enforcement.house import House
from alongside.enforcement.progress import Progress
from alongside.enforcement.values import Bundle, CopyMark, Dispatch, Entry, Incident
from alongside.policy.address import domain_of, key
from alongside.policy.decide import decide

from . import bounce, dsn_in
from .smtp.envelope import Recipient
from .smtp.replies import Reply

log = logging.getLogger(__name__)


class Bounces:
    """Takes what arrives at our signed bounce addresses."""

    TAKEN = Reply(250, "2.0.0", "bounce taken")

    def __init__(
        self,
        house: House,
        *,
        domain: str,
        secret: bytes,
        mark: Callable[[str], object],
        wake: Callable[[], None],
    ) -> None:
        self._house = house
        self._domain = domain
        self._secret = secret
        self._mark = mark
        """Marks an address of the register as bouncing; blocking, so it is called in a thread."""
        self._wake = wake

    def address(self, leg: str) -> str:
        return bounce.sign(leg, self._secret, self._domain)

    def is_ours(self, address: str) -> bool:
        """A bounce address, whether its signature holds or not; nobody else lives there."""
        return domain_of(address) == self._domain and address.casefold().startswith("copy+")

    async def take(self, recipients: Sequence[Recipient], content: bytes) -> None:
        """Read one bounce. What can't be read counts as a copy that failed, unclear why.

        Raises ``Unavailable`` when it could not be recorded: the client tries again.
        """
        report = dsn_in.read(content)
        for recipient in recipients:
            leg = bounce.verify(recipient.address, self._secret)
            mark = await self._house.ledger.copy(leg) if leg else None
            if mark is None:
                log.info("a bounce with no copy of ours was dropped")
                continue
            if report.failed:
                await self._failed(mark, clear=not report.unclear)

    async def _failed(self, mark: CopyMark, *, clear: bool) -> None:
        house = self._house
        now = house.clock()
        await asyncio.to_thread(self._mark, mark.address)
        dispatch = await self._next(mark)
        persons = (mark.person,) if mark.person else ()
        organisation = ""
        await house.ledger.append(
            Bundle(
                entry=Entry(
                    kind="bounced",
                    at=now,
                    reference=mark.reference,
                    body={"leg": mark.leg, "person": mark.person, "clear": clear},
                    persons=tuple((p, "third_party") for p in persons),
                ),
                dispatches=(dispatch,) if dispatch else (),
                incidents=(
                    Incident(
                        kind="copy_bounced",
                        reference=mark.reference,
                        at=now,
                        organisation=organisation,
                        detail={
                            "person": mark.person,
                            "serves": list(mark.serves),
                            "next": bool(dispatch),
                        },
                    ),
                ),
            )
        )
        self._wake()

    async def _next(self, mark: CopyMark) -> Dispatch | None:
        """The same message for the next of the ranking; everything else of it is done."""
        house = self._house
        kept = await house.ledger.kept(mark.reference)
        if kept is None:
            return None
        message = from_json(kept.message["message"])
        decision = decide(message, house.people.current(), house.rulebook)
        progress = Progress(
            done={key(r.address) for r in decision.routes},
            failed={key(mark.address): "bounced"},
        )
        now = house.clock()
        return Dispatch(
            id=secrets.token_hex(12),
            reference=mark.reference,
            channel="email",
            kind="message",
            due=now,
            deadline=now + house.deadline,
            plan={**kept.message, "fingerprint": mark.fingerprint},
            progress=progress.as_json(),
            content=kept.content,
        )
