"""Bounces of copies: copied is not received (pitfall 18).

A copy that comes back means that nobody was alongside. Its contact point is marked, the next
eligible third party is copied, and an officer is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from alongside.enforcement.codec import from_json
from alongside.enforcement.entries import new_reference
from alongside.enforcement.house import House
from alongside.enforcement.progress import Progress
from alongside.enforcement.protocols import Unacceptable
from alongside.enforcement.values import Bundle, CopyMark, Dispatch, Entry, Incident, Kept
from alongside.policy.address import domain_of, key
from alongside.policy.decide import decide
from alongside.policy.decision import Decision

from . import bounce, dsn_in
from .smtp.envelope import Recipient
from .smtp.replies import Reply

log = logging.getLogger(__name__)

UNDER_WAY = timedelta(hours=1)
"""How long a copy may be on its way to the record: longer than any next hop takes for a message."""
_PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between looks, before a bounce is sent away to come again: mostly it is enough."""


class Bounces:
    """Takes what arrives at our signed bounce addresses."""

    TAKEN = Reply(250, "2.0.0", "bounce taken")
    LATER = Reply(451, "4.3.0", "that copy is still on its way to the record; come again")

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
        return bounce.sign(leg, self._house.clock(), self._secret, self._domain)

    def is_ours(self, address: str) -> bool:
        """A bounce address, whether its signature holds or not; nobody else lives there."""
        return domain_of(address) == self._domain and address.casefold().startswith("copy+")

    async def take(self, recipients: Sequence[Recipient], content: bytes) -> Reply:
        """Read one bounce. What can't be read counts as a copy that failed, unclear why.

        A next hop may bounce a copy at once, while its message is still being delivered. Then it
        is asked to come again: a bounce that is dropped is a child whom nobody is alongside.
        Raises ``Unavailable`` when it could not be recorded: the client tries again.
        """
        report = dsn_in.read(content)
        reply = self.TAKEN
        for recipient in recipients:
            signed = bounce.verify(recipient.address, self._secret)
            if signed is None:
                log.info("a bounce to an address that we did not sign was dropped")
                continue
            if not report.failed:
                continue
            mark = await self._copy(signed.leg)
            age = self._house.clock() - signed.at
            if mark is not None:
                await self._failed(mark, clear=not report.unclear)
            elif age < UNDER_WAY:
                reply = self.LATER
            elif age < self._house.remember_copies:
                await self._of_unknown(signed.leg)
            else:
                log.info("a bounce of a copy that we no longer remember was dropped")
        return reply

    async def _copy(self, leg: str) -> CopyMark | None:
        """From the record; it has a little time to get there."""
        for pause in (*_PATIENCE, 0.0):
            mark = await self._house.ledger.copy(leg)
            if mark is not None:
                return mark
            await asyncio.sleep(pause)
        return None

    async def _of_unknown(self, leg: str) -> None:
        """A crash took the memory of this copy: a person has to find out whose it was."""
        await self._house.ledger.append(
            Bundle(
                incidents=(
                    Incident(
                        kind="copy_bounced",
                        reference=new_reference(),
                        at=self._house.clock(),
                        organisation="",
                        detail={"leg": leg, "known": False},
                    ),
                )
            )
        )

    async def _failed(self, mark: CopyMark, *, clear: bool) -> None:
        house = self._house
        now = house.clock()
        await asyncio.to_thread(self._mark, mark.address)
        kept = await house.ledger.kept(mark.reference)
        decision = None
        dispatches: tuple[Dispatch, ...] = ()
        if kept is not None:
            message = from_json(kept.message["message"])
            decision = decide(message, house.people.current(), house.rulebook)
            dispatches = (self._next(mark, kept, decision),)
        bundle = Bundle(
            entry=Entry(
                kind="bounced",
                at=now,
                reference=mark.reference,
                body={"leg": mark.leg, "person": mark.person, "clear": clear},
                persons=((mark.person, "third_party"),) if mark.person else (),
            ),
            dispatches=dispatches,
            incidents=(
                Incident(
                    kind="copy_bounced",
                    reference=mark.reference,
                    at=now,
                    organisation=decision.organisation if decision is not None else "",
                    detail={
                        "person": mark.person,
                        "serves": list(mark.serves),
                        "next": bool(dispatches),
                    },
                ),
            ),
        )
        try:
            await house.ledger.append(bundle)
        except Unacceptable:
            log.info("a second bounce of the same copy", extra={"reference": mark.reference})
        self._wake()

    def _next(self, mark: CopyMark, kept: Kept, decision: Decision) -> Dispatch:
        """The same message for the next of the ranking; everything else of it is done."""
        progress = Progress(
            done={key(r.address) for r in decision.routes},
            failed={key(mark.address): "bounced"},
        )
        now = self._house.clock()
        return Dispatch(
            id=f"bounce-{mark.leg}",
            reference=mark.reference,
            channel="email",
            kind="message",
            due=now,
            deadline=now + self._house.deadline,
            plan={**kept.message, "fingerprint": mark.fingerprint},
            progress=progress.as_json(),
            content=kept.content,
        )
