"""Takes composed legs to the next hop: by recipient's domain inbound, by sender's outbound."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from alongside.enforcement.values import Fate, Leg, Outcome, Parcel, Stage
from alongside.policy.address import domain_of

from . import envelope as parameters
from .compose import compose
from .fields import Unwritable
from .identity import Identity, Signer
from .received import Hop, line
from .settings import Settings
from .smtp.client import Client
from .smtp.envelope import Parameters, Recipient
from .smtp.route import Route

log = logging.getLogger(__name__)

ROLE_NAMES = {
    "group_officer": "Safeguarding officer",
    "organisation_officer": "Safeguarding officer",
    "lead": "Safeguarding lead",
    "deputy": "Deputy safeguarding officer",
    "parent_organisation_officer": "Safeguarding officer",
    "programme_mailbox": "Programme mailbox",
    "colleague": "Colleague",
}
"""Seat -> display name: towards a service user the role is visible, not the person."""

ANNOUNCED = {"supporter": "a copy went to a parent, carer or chosen supporter"}
_UNWRITABLE = Outcome(
    fate=Fate.TEMPORARY, code=451, status="4.3.0", text="a header could not be written"
)


class MailCarrier:
    """The mail channel's ``Carrier``: composes a leg and hands it on, over pooled connections."""

    def __init__(self, settings: Settings, identity: Identity, signer: Signer | None) -> None:
        self._settings = settings
        self._identity = identity
        self._signer = signer
        self._clients: dict[Route, Client] = {}

    async def carry(self, leg: Leg, parcel: Parcel) -> dict[str, Outcome]:
        """One leg, split by next hop where its recipients live behind several."""
        try:
            message = self._composed(leg, parcel)
        except Unwritable:
            log.warning("a leg could not be composed", extra={"leg": leg.id})
            return dict.fromkeys(leg.recipients, _UNWRITABLE)
        written = leg.written or leg.recipients
        hops: dict[Route, list[tuple[str, str]]] = {}
        for address, as_written in zip(leg.recipients, written, strict=True):
            hops.setdefault(self._route(leg, parcel, address), []).append((address, as_written))
        found: dict[str, Outcome] = {}
        for route, pairs in hops.items():
            recipients = [
                Recipient(address, self._recipient_parameters(leg, parcel, as_written))
                for address, as_written in pairs
            ]
            outcomes = await self._client(route).send(
                leg.sender, recipients, message, self._mail_parameters(leg, parcel)
            )
            found.update(zip((a for a, _ in pairs), outcomes, strict=True))
        return found

    async def close(self) -> None:
        for client in self._clients.values():
            await client.close()

    def _composed(self, leg: Leg, parcel: Parcel) -> list[bytes]:
        named = replace(
            leg,
            cc=tuple((ROLE_NAMES.get(seat, ""), address) for seat, address in leg.cc),
            announced=ANNOUNCED.get(leg.announced, ""),
        )
        hop: Mapping[str, str] = parcel.parameters.get("hop", {})
        received = line(
            Hop(
                host=self._settings.host,
                protocol=hop.get("protocol", "ESMTP"),
                reference=leg.id,
                at=parcel.message.at,
                helo=hop.get("helo", ""),
                client=hop.get("client", ""),
            )
        )
        return compose(
            named, parcel, received=received, identity=self._identity, signer=self._signer
        )

    def _route(self, leg: Leg, parcel: Parcel, address: str) -> Route:
        domain = domain_of(address)
        settings = self._settings
        if domain in settings.local_domains:
            return settings.inbound_routes.get(domain, settings.inbound)
        author = next(iter(parcel.message.authors), "") or parcel.message.envelope_from
        return settings.outbound_routes.get(domain_of(author), settings.outbound)

    def _client(self, route: Route) -> Client:
        client = self._clients.get(route)
        if client is None:
            client = self._clients[route] = Client(route)
        return client

    @staticmethod
    def _mail_parameters(leg: Leg, parcel: Parcel) -> Parameters:
        """The client's own; a copy is a message of ours, so its ENVID and RET stay behind."""
        given = parameters.of_sender(parcel)
        if leg.stage is not Stage.COPY:
            return {k: v for k, v in given.items() if k != "SIZE"}
        return {k: v for k, v in given.items() if k in ("BODY", "SMTPUTF8")}

    @staticmethod
    def _recipient_parameters(leg: Leg, parcel: Parcel, as_written: str) -> Parameters:
        if leg.stage is Stage.COPY:
            return {"NOTIFY": "FAILURE"}
        return parameters.of_recipient(parcel, as_written)
