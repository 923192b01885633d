"""One gateway worker from start to stop: opens everything, listens, reloads, ends in order.

SIGTERM and SIGINT end it; SIGHUP makes it read configuration and rulebook again: a new gateway
takes over the same sockets before the old one finishes its sessions, so that nobody is dropped.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime

from alongside.enforcement.opening import Opener
from alongside.enforcement.protocols import Unavailable
from alongside.enforcement.values import Bundle, Entry, Incident
from alongside.mail.gateway import Gateway, Parts
from alongside.people.snapshot import SnapshotSource
from alongside.policy.decision import Decision
from alongside.records.heads import keep_heads
from alongside.records.ledger import SqliteLedger
from alongside.scan.warm import warm_up

from . import garbage
from . import gateway_parts as parts
from .config import Config, ConfigError, load
from .retention import keep_times
from .start import database_file
from .wiring import local_domains, rulebook

log = logging.getLogger("alongside.site")

Watch = Callable[[Decision, str], None]
_SECOND, _MINUTE = 1.0, 60.0
_BACKLOG = 512


def unwatched(decision: Decision, reference: str) -> None:
    """Nobody looks on."""


class Serving:
    """``await Serving(config).run(ready)``."""

    def __init__(self, config: Config, *, watch: Watch = unwatched) -> None:
        self._config = config
        self._watch = watch
        self._ending = asyncio.Event()
        self._reloading = asyncio.Event()
        self._sockets: list[socket.socket] = []
        self._opener = Opener()

    def stop(self) -> None:
        self._ending.set()

    def reload(self) -> None:
        self._reloading.set()

    def listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, self.reload)

    async def run(self, ready: Callable[[str], None]) -> None:
        """Until ``stop``. Raises ``OSError`` for an address that can't be had, ``InvalidRulebook``,
        ``KeyTrouble`` and ``ssl.SSLError``; after ``ready`` was told, nothing."""
        config = self._config
        database = database_file(config)
        async with AsyncExitStack() as stack:
            for host, port in config.gateway.endpoints:
                self._sockets.append(stack.enter_context(_listening(host, port)))
            stack.push_async_callback(self._opener.close)
            chain = f"gateway/{socket.gethostname()}/1"
            record = await stack.enter_async_context(SqliteLedger(database, chain=chain))
            people = SnapshotSource(database, domains=local_domains(config))
            await people.start()
            stack.push_async_callback(people.stop)
            await _list_doubts(record)
            await record.take_back(chain)
            gateway = self._made(config, record, people)
            await asyncio.to_thread(warm_up, datetime.now(UTC).date())
            garbage.settle()
            await gateway.start(self._own_sockets())
            tasks = [
                asyncio.create_task(keep_heads(database, config.heads_file)),
                asyncio.create_task(_escalate(record)),
                asyncio.create_task(keep_times()),
                asyncio.create_task(self._follow_domains(people)),
            ]
            ready(f"ready: mail is taken on {', '.join(config.gateway.listen)}")
            try:
                gateway = await self._serve(gateway, record, people)
            finally:
                await gateway.stop()
                for task in tasks:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task

    async def _serve(
        self, gateway: Gateway, record: SqliteLedger, people: SnapshotSource
    ) -> Gateway:
        ending = asyncio.create_task(self._ending.wait())
        while not self._ending.is_set():
            reloading = asyncio.create_task(self._reloading.wait())
            await asyncio.wait({ending, reloading}, return_when=asyncio.FIRST_COMPLETED)
            reloading.cancel()
            if self._reloading.is_set() and not self._ending.is_set():
                self._reloading.clear()
                gateway = await self._reloaded(gateway, record, people)
        return gateway

    async def _reloaded(
        self, old: Gateway, record: SqliteLedger, people: SnapshotSource
    ) -> Gateway:
        """A gateway with what the file says now; the old one where that can't be used."""
        try:
            config = load(self._config.file)
            new = self._made(config, record, people, health=False)
            await new.start(self._own_sockets())
        except (ConfigError, ValueError, OSError) as error:
            log.error("the configuration was not reloaded: %s", type(error).__name__)
            return old
        if (config.gateway.listen, config.database, config.data) != (
            self._config.gateway.listen,
            self._config.database,
            self._config.data,
        ):
            log.warning("new addresses and databases take a restart; the rest was reloaded")
        await old.stop()
        await new.health.listen(*config.health.endpoint)
        self._config = config
        log.info("reloaded")
        return new

    def _made(
        self, config: Config, record: SqliteLedger, source: SnapshotSource, *, health: bool = True
    ) -> Gateway:
        people = source.current()
        book = rulebook(config)
        told = parts.settings(config, people)
        who = parts.identity(config, people)
        keys = parts.signer(config)
        register = parts.Configured(source, config)
        users = config.gateway.users_file
        return Gateway(
            told if health else replace(told, health=None),
            Parts(
                record=record,
                people=register,
                rulebook=book,
                identity=who,
                notices=parts.notices(config, book, register, who, keys),
                mark_bouncing=parts.mark_bouncing,
                opener=self._opener,
                note_signature=parts.note_signature,
                signer=keys,
                authenticate=parts.authenticate(users) if users else None,
                holder=record.chain,
                watch=self._watch,
            ),
        )

    async def _follow_domains(self, people: SnapshotSource) -> None:
        """A gateway's local domains are fixed; when the register has others, a new one takes over
        (an import of organisations.csv counts within two seconds, like any other edit)."""
        known = people.current().domains.keys()
        while True:
            await asyncio.sleep(_SECOND)
            now = people.current().domains.keys()
            if now != known:
                known = now
                self.reload()

    def _own_sockets(self) -> list[socket.socket]:
        """Copies: a gateway closes its own, and the next one goes on with the same queue."""
        return [each.dup() for each in self._sockets]


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise OSError(error.errno, error.strerror, f"{host}:{port}") from error
    made.setblocking(False)
    return made


async def _list_doubts(record: SqliteLedger) -> None:
    """What a crash left without an outcome: listed for an officer, never guessed."""
    for doubt in await record.in_doubt():
        now = datetime.now(UTC)
        persons = tuple(str(p) for k in ("writers", "service_users") for p in doubt.body.get(k, ()))
        incident = Incident(
            kind="in_doubt",
            reference=doubt.reference,
            at=now,
            organisation=doubt.organisation,
            persons=persons,
            detail={"decided_at": doubt.at.isoformat()},
        )
        entry = Entry(
            kind="outcome",
            at=now,
            reference=doubt.reference,
            body={"answer": "in_doubt"},
            organisation=doubt.organisation,
        )
        await record.append(Bundle(entry=entry, incidents=(incident,)))
        log.warning("in doubt after a crash", extra={"reference": doubt.reference})


async def _escalate(record: SqliteLedger) -> None:
    """Each minute: holds whose time has come go on to the next, and never end silently."""
    while True:
        try:
            for reference in await record.overdue_holds(datetime.now(UTC)):
                log.warning("a hold waited too long", extra={"reference": reference})
        except Unavailable:
            log.warning("holds could not be looked through just now")
        await asyncio.sleep(_MINUTE)
