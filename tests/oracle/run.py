"""Thousands of messages through one running gateway; what was said, what arrived, what was kept."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alongside.mail.gateway import Gateway, Parts
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.mail.settings import Settings
from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.route import Route
from alongside.mail.smtp.sink import Sink
from alongside.mail.smtp.terms import Limits
from alongside.policy.address import key
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.records.ledger import SqliteLedger
from tests.faults.post import Post, Said
from tests.gateway.rig import CONTACT, Arrived, StandingPeople, shipped

from .writing import NOW, Written

_SESSIONS = 12
_ID = re.compile(r"^(Message-ID|In-Reply-To): *(\S+)", re.IGNORECASE | re.MULTILINE)


def refused(address: str) -> bool:
    """The next hop knows nobody there: for each address always the same."""
    return zlib.crc32(key(address).encode()) % 25 == 0


class _SomeRefused(Mapping[str, Reply]):
    _REPLY = Reply(550, "5.1.1", "no such user here")

    def __getitem__(self, address: str) -> Reply:
        if refused(address):
            return self._REPLY
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(slots=True, kw_only=True)
class Case:
    """Everything that was to be seen of one message."""

    written: Written
    said: Said
    parsed: Message | None = None
    arrived: list[Arrived] = field(default_factory=list)
    """In the order in which the sink took them; our own notices about it apart."""
    notices: list[Arrived] = field(default_factory=list)
    body: Mapping[str, Any] | None = None
    """Of its ``decided`` entry."""
    entries: int = 0
    kept: bytes | None = None
    """The content that the entry keeps."""


def is_copy(one: Arrived) -> bool:
    return one.sender.startswith("copy+") and one.sender.endswith("@bounces.charity.example")


def class_of(case: Case) -> str:
    return str(case.body["class"]) if case.body else ""


def verdict_of(case: Case) -> str:
    return str(case.body["verdict"]) if case.body else ""


async def run(people: People, written: list[Written], database: Path) -> list[Case]:
    """Send them all, wait until the outbox is idle, and gather what there is to see."""
    sink = Sink()
    sink.script.recipients = _SomeRefused()
    await sink.listen()
    parsed: dict[str, Message] = {}
    async with SqliteLedger(database, chain="gateway/oracle/1") as ledger:
        gateway = _gateway(people, ledger, sink.port)
        _listen_in(gateway, parsed)
        await gateway.start()
        try:
            said = await _send(written, gateway.server.addresses[0][1])
            await _idle(database)
        finally:
            await gateway.stop()
            await sink.stop()
    return _gathered(written, said, parsed, [Arrived.of(m) for m in sink.messages], database)


def _gateway(people: People, ledger: SqliteLedger, sink: int) -> Gateway:
    domains = frozenset(people.domains)
    route = Route(host="127.0.0.1", port=sink, name="gateway.charity.example")
    identity = Identity(
        host="gateway.charity.example",
        organisation="Example Sports Charity",
        contact=CONTACT,
        domains=domains,
    )
    settings = Settings(
        host="gateway.charity.example",
        listen=(("127.0.0.1", 0),),
        outbound=route,
        inbound=route,
        local_domains=domains,
        trusted=(ip_network("127.0.0.1/32"),),
        bounce_domain="bounces.charity.example",
        bounce_secret=b"only for tests, thirty-two bytes",
        limits=Limits(per_client=1000, errors=100_000),
    )

    async def anybody(user: str, password: str) -> str | None:
        return user

    gateway = Gateway(
        settings,
        Parts(
            record=ledger,
            people=StandingPeople(people),
            rulebook=shipped(),
            identity=identity,
            notices=MailNotices(identity=identity, zone=ZoneInfo("Europe/London")),
            mark_bouncing=lambda address: None,
            authenticate=anybody,
        ),
    )
    object.__setattr__(gateway.house, "clock", lambda: NOW)
    house = gateway.server._house
    house.terms = replace(house.terms, login_without_tls=True)
    return gateway


def _listen_in(gateway: Gateway, parsed: dict[str, Message]) -> None:
    """Keep what the front read of each message, which is then judged as ever."""
    line: Any = gateway.line
    enforce = line.enforce

    async def listening(parcel):
        parsed[parcel.message.thread[0]] = parcel.message
        return await enforce(parcel)

    line.enforce = listening


async def _send(written: list[Written], port: int) -> list[Said]:
    said: dict[int, Said] = {}
    todo = iter(written)

    async def session() -> None:
        trusted, stranger = Post(port), Post(port, host="127.0.0.2")
        for w in todo:
            m = w.meant
            if m.login is not None:
                post = Post(port, login=m.login)
            else:
                post = trusted if m.trusted else stranger
            said[w.number] = await post.send(m.envelope_from, w.envelope, w.content)
            if m.login is not None:
                await post.leave()
        await trusted.leave()
        await stranger.leave()

    await asyncio.gather(*(session() for _ in range(_SESSIONS)))
    return [said[w.number] for w in written]


async def _idle(database: Path) -> None:
    async with asyncio.timeout(120):
        while _ask(database, "SELECT 1 FROM records_dispatch WHERE state='waiting' LIMIT 1"):
            await asyncio.sleep(0.2)


def _gathered(
    written: list[Written],
    said: list[Said],
    parsed: Mapping[str, Message],
    arrived: list[Arrived],
    database: Path,
) -> list[Case]:
    cases = {
        w.id: Case(written=w, said=s, parsed=parsed.get(w.id))
        for w, s in zip(written, said, strict=True)
    }
    by_reference: dict[str, Case] = {}
    rows = _ask(
        database,
        "SELECT e.reference, e.body, t.value, c.raw FROM records_entry e"
        " JOIN records_text t ON t.entry_id = e.id AND t.name = 'message'"
        " LEFT JOIN records_content c ON c.entry_id = e.id AND c.position = 0"
        " WHERE e.kind = 'decided'",
    )
    for reference, body, text, raw in rows:
        case = cases[json.loads(text)["message"]["thread"][0]]
        case.body = {**json.loads(body)["body"], "reference": reference}
        case.kept = raw
        case.entries += 1
        by_reference[reference] = case
    for one in arrived:
        _file(one, cases, by_reference)
    return list(cases.values())


def _file(one: Arrived, cases: dict[str, Case], by_reference: dict[str, Case]) -> None:
    """A message of the run, or a notice of ours about one."""
    ids = defaultdict(str, {m[1].lower(): m[2] for m in _ID.finditer(one.head)})
    if ids["message-id"] in cases:
        cases[ids["message-id"]].arrived.append(one)
        return
    reference = re.search(rb"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", one.content)
    about = cases.get(ids["in-reply-to"])
    if about is None and reference is not None:
        about = by_reference.get(reference[0].decode())
    if about is None:
        about = next((c for i, c in cases.items() if i.encode() in one.content), None)
    assert about is not None, one
    about.notices.append(one)


def _ask(database: Path, question: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=20)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()
