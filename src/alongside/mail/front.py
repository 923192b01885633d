"""What the gateway does with what SMTP clients say: who may relay, then the straight line."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from alongside.enforcement.line import Line
from alongside.enforcement.values import Parcel
from alongside.policy.address import domain_of

from . import parse
from .bounces import Bounces
from .headers import Headers, split
from .received import loops
from .replies import LOOP, NO_RELAY, reply_to
from .settings import Settings
from .smtp.envelope import Envelope, Recipient
from .smtp.replies import Reply
from .smtp.session import Session
from .vouching import vouched

log = logging.getLogger(__name__)


class Front:
    """The server's handler. One for all sessions; keeps nothing between messages."""

    def __init__(self, settings: Settings, line: Line, bounces: Bounces, contact: str) -> None:
        self._settings = settings
        self._line = line
        self._bounces = bounces
        self._contact = contact

    async def on_connect(self, session: Session) -> Reply | None:
        session.remarks["trusted"] = self._by_network(session)
        return None

    async def on_mail(self, session: Session, sender: str, parameters: object) -> Reply | None:
        return None

    async def on_rcpt(self, session: Session, recipient: Recipient) -> Reply | None:
        """Never an open relay: outside recipients only for those who may submit."""
        domain = domain_of(recipient.address)
        if domain in self._settings.local_domains or domain == self._settings.bounce_domain:
            return None
        return None if self._may_submit(session) else NO_RELAY

    async def on_message(self, session: Session, envelope: Envelope) -> Reply:
        headers = split(envelope.content)
        if loops(headers, self._settings.host):
            return LOOP
        ours = [r for r in envelope.recipients if self._bounces.is_ours(r.address)]
        if ours:
            reply = await self._bounces.take(ours, envelope.content)
            others = tuple(r for r in envelope.recipients if r not in ours)
            if not others or reply.code != self._bounces.TAKEN.code:
                return reply
            envelope = replace(envelope, recipients=others)
        parcel = self._parcel(session, envelope, headers)
        answer = await self._line.enforce(parcel)
        return reply_to(answer, contact=self._contact)

    def _parcel(self, session: Session, envelope: Envelope, headers: Headers) -> Parcel:
        parcel = parse.read(
            envelope,
            at=self._line.house.clock(),
            login=session.login,
            trusted=self._may_submit(session),
            urgent_word=self._settings.urgent_word,
            headers=headers,
        )
        if parcel.message.trusted and self._needs_vouching(session):
            author = next(iter(parcel.message.authors), "")
            if not vouched(headers, self._settings.authserv_id, author):
                parcel = replace(parcel, message=replace(parcel.message, trusted=False))
        hop = {
            "protocol": session.protocol,
            "helo": session.helo,
            "client": "" if session.login else session.client[0],
        }
        return replace(parcel, parameters={**parcel.parameters, "hop": hop})

    def _may_submit(self, session: Session) -> bool:
        return bool(
            session.login or session.remarks.get("trusted") or self._by_certificate(session)
        )

    def _by_certificate(self, session: Session) -> bool:
        certificate = session.certificate
        known = self._settings.trusted_certificates
        return certificate is not None and (
            not known or certificate.subject in known or certificate.fingerprint in known
        )

    def _by_network(self, session: Session) -> bool:
        try:
            client = ipaddress.ip_address(session.client[0])
        except ValueError:
            return False
        return any(client in n for n in self._settings.trusted if n.version == client.version)

    def _needs_vouching(self, session: Session) -> bool:
        """A trusted network that also hands over outside mail; a login or certificate is proof."""
        if session.login or self._by_certificate(session):
            return False
        client = ipaddress.ip_address(session.client[0])
        return any(
            client in n for n in self._settings.relays_outside_mail if n.version == client.version
        )


Authenticate = Callable[[str, str], Awaitable[str | None]]
