"""What a gateway is handed: settings, identity, signer, notices, logins."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from alongside.access.actor import System
from alongside.enforcement.codec import from_json
from alongside.enforcement.protocols import SnapshotSource
from alongside.enforcement.values import Dispatch, Json, Judged
from alongside.mail.dkim_sign import KeyRing, read_key
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.mail.settings import Settings
from alongside.mail.smtp.session import Authenticate
from alongside.mail.smtp.terms import Limits
from alongside.mail.smtp.tls import server_context
from alongside.policy.people import People, Person
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import ContactKind, Role, Standing

from .config import Config, networks
from .keys import bounce_secret
from .wiring import own_details, rulebook, snapshot, with_configuration


def host_name(config: Config) -> str:
    """Our name in EHLO and ``Received``: as configured, else the machine's full name."""
    if config.gateway.host:
        return config.gateway.host
    name = socket.getfqdn()
    if "." in name and not name.startswith("localhost") and not name.endswith(".arpa"):
        return name
    return f"alongside.{config.organisation.domains[0]}"


def settings(config: Config, people: People) -> Settings:
    """Raises ``OSError`` and ``ssl.SSLError`` for certificates that can't be used."""
    gateway, relay = config.gateway, config.relay
    host = host_name(config)
    tls = None
    if gateway.tls_certificate is not None:
        tls = server_context(
            gateway.tls_certificate, gateway.tls_key, client_authorities=gateway.client_ca
        )
    outbound = {d: r.outbound_hop for d, r in relay.routes.items() if r.outbound_hop}
    inbound = {d: r.inbound_hop for d, r in relay.routes.items() if r.inbound_hop}
    return Settings(
        host=host,
        listen=gateway.endpoints,
        outbound=relay.outbound_hop.evolve(name=host),
        inbound=relay.inbound_hop.evolve(name=host),
        outbound_routes={d: r.evolve(name=host) for d, r in outbound.items()},
        inbound_routes={d: r.evolve(name=host) for d, r in inbound.items()},
        local_domains=frozenset(people.domains),
        trusted=tuple(networks.parse(text) for text in gateway.trusted),
        relays_outside_mail=tuple(networks.parse(text) for text in gateway.relays_outside_mail),
        authserv_id=gateway.authserv_id,
        bounce_domain=config.bounce_domain,
        bounce_secret=bounce_secret(config),
        urgent_word=config.organisation.urgent_word,
        limits=Limits(
            size=gateway.max_message_bytes,
            recipients=gateway.max_recipients,
            connections=gateway.max_connections,
        ),
        tls=tls,
        users=gateway.users_file,
        health=config.health.endpoint,
    )


def identity(config: Config, people: People) -> Identity:
    about = config.organisation
    return Identity(
        host=host_name(config),
        organisation=about.name,
        contact=about.contact,
        phone=about.contact_phone,
        website=about.website,
        domains=frozenset(people.domains),
    )


def signer(config: Config) -> KeyRing | None:
    """Raises ``KeyTrouble`` for a key that can't be used."""
    dkim = config.dkim
    return KeyRing([read_key(dkim.domain, dkim.selector, dkim.key_file)]) if dkim else None


def notices(
    config: Config, book: Rulebook, source: SnapshotSource, who: Identity, keys: KeyRing | None
) -> MailNotices:
    return MailNotices(
        identity=who,
        signer=keys,
        for_holds=config.notices.holds,
        for_refusals=config.notices.refusals,
        for_warnings=config.notices.warnings,
        zone=book.zone,
        alarmed=lambda judged: alarmed(judged, source.current()),
    )


def refusal_notice(config: Config) -> Callable[[str, Json], Dispatch | None]:
    """What tells a writer that their held message will not be sent; for the desk's commands."""
    book, people = rulebook(config), snapshot(config)
    keys = signer(config)
    letters = MailNotices(
        identity=identity(config, people),
        signer=keys,
        for_holds=config.notices.holds,
        zone=book.zone,
    )
    return lambda reference, kept: letters.hold_refused(
        reference, from_json(kept["message"]), datetime.now(UTC)
    )


def alarmed(judged: Judged, people: People) -> Sequence[str]:
    """Organisational addresses of the leads, without anybody whom the message is about (law 13)."""
    decision = judged.decision
    about = {*decision.writers, *decision.service_users}
    for service_user in decision.service_users:
        about |= people.restricted_for(service_user)
    found: dict[str, None] = {}
    for lead in _leads(people, decision.organisation):
        if lead.id in about or lead.standing is not Standing.ACTIVE:
            continue
        for contact in lead.contacts:
            fit = contact.kind is ContactKind.EMAIL and contact.organisational
            if fit and contact.reachable and about.isdisjoint(contact.readers):
                found[contact.address] = None
                break
    return tuple(found)


def _leads(people: People, organisation: str) -> list[Person]:
    places = people.lineage(organisation) or tuple(people.organisations)
    named = [i for place in places for i in people.organisations[place].leads]
    named += [
        p.id
        for p in people.persons.values()
        if Role.SAFEGUARDING_LEAD in p.roles and not p.organisations.isdisjoint(places)
    ]
    return [people.persons[i] for i in dict.fromkeys(named) if i in people.persons]


def mark_bouncing(address: str) -> None:
    """Called in a thread of its own, whose database connection is closed after it."""
    from django.db import connection

    from alongside.people import api

    try:
        api.mark_bouncing(System("gateway"), address)
    except api.Unknown:
        return  # a role's or a shared mailbox: no person's address, and the incident tells of it
    finally:
        connection.close()


def note_signature(person: str, key: str, text: str, reference: str) -> None:
    """Somebody's new signature, for an officer to look at. Called in a thread of its own."""
    from django.db import connection

    from alongside.people import api

    try:
        api.note_signature(System("gateway"), person, key=key, text=text, reference=reference)
    except api.Unknown:
        return  # gone from the register meanwhile
    finally:
        connection.close()


def authenticate(users_file: Path) -> Authenticate:
    """Logins of the users file."""
    from .users import Users

    return Users(users_file).authenticate


class Configured:
    """A snapshot source, with what the configuration says laid over it."""

    def __init__(self, source: SnapshotSource, config: Config) -> None:
        self._source = source
        self._modes = config.gateway.organisations
        self._own = own_details(config)
        self._seen: People | None = None
        self._made = People()

    def current(self) -> People:
        seen = self._source.current()
        if seen is not self._seen:
            self._seen, self._made = seen, with_configuration(seen, self._modes, self._own)
        return self._made

    @property
    def confirmed(self) -> bool:
        return self._source.confirmed
