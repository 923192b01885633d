"""kill -9 of the whole gateway under load, at random moments: `alongside gateway` on its files.

What was answered 250 arrives, nothing arrives uncopied, and only what was under way comes twice.
"""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from tools.ports import free_ports

from alongside.records.verify import verify
from tests.gateway.rig import letter
from tests.people.lists import Lists
from tests.site.conftest import CONFIGURATION, environment

from .hop import Hop
from .observer import message_id, on_record
from .post import post
from .rig import ask, waiting

COACH, OTHER = "priya@club.example", "olu@club.example"
OFFICERS = {"sam@club.example", "ola@charity.example"}
CHILDREN = ("mia@family.example", "noor@family.example", "zed@home.test")
FATHER, GROUP = "dan@mail.test", "juniors@club.example"
ORGANISATIONS = """
id,name,parent,domains,role_address,officers,leads
charity,Example Sports Charity,,charity.example,,ola,
club,Riverside Club,charity,club.example,,sam,
"""
PEOPLE = """
id,name,category,organisation,groups,roles,date_of_birth,email,vetted_until,trained_until,agreed_on
sam,Sam,staff,club,,safeguarding_officer,1980-01-02,sam@club.example,2030-01-01,2030-01-01,2026-01-01
ola,Ola,staff,charity,,safeguarding_officer,1980-01-02,ola@charity.example,2030-01-01,2030-01-01,2026-01-01
priya,Priya,volunteer,club,,,1990-04-03,priya@club.example,2030-01-01,2030-01-01,2026-01-01
olu,Olu,volunteer,club,,,1990-04-03,olu@club.example,2030-01-01,2030-01-01,2026-01-01
mia,Mia,child,club,juniors,,2014-05-04,mia@family.example,,,
noor,Noor,child,club,juniors,,2013-05-04,noor@family.example,,,
zed,Zed,child,club,juniors,,2012-05-04,zed@home.test,,,
dan,Dan,parent,,,,,dan@mail.test,,,
"""
LINKS = """
person,supporter,relationship,copied,restricted,reason
mia,dan,parent,yes,yes,no-contact order
"""
GROUPS = """
id,name,organisation,address,officers,leads,senders
juniors,Juniors,club,juniors@club.example,sam,priya,
"""
KINDS = (
    ("relay", ("mia@family.example",)),
    ("group", (GROUP,)),
    ("held", ("mia@family.example", FATHER)),
    ("staff", (OTHER,)),
    ("urgent", ("noor+urgent@family.example",)),
)


@dataclass(slots=True)
class Program:
    """`alongside gateway`, which can be killed and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[str] | None = None
    killed: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "var" / "alongside.db"

    @property
    def heads(self) -> Path:
        (found,) = self.folder.rglob("*heads*")
        return found

    async def start(self) -> None:
        await asyncio.to_thread(self._start)

    def _start(self) -> None:
        command = [sys.executable, "-u", "-m", "alongside.site.cli", "gateway"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("ready"), line + (self.folder / "log").read_text()[-2000:]

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.communicate()
        self.killed += 1

    def end(self) -> int:
        assert self.process is not None
        self.process.terminate()
        self.process.communicate(timeout=30)
        return self.process.returncode

    def until_full(self, full: bool) -> None:
        """No file may grow any more, as on a full disk; or again as it likes."""
        assert self.process is not None
        size = self.database.stat().st_size if full else resource.RLIM_INFINITY
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@dataclass(slots=True)
class Load:
    """Clients that come again with the same bytes until they hear 250."""

    port: int
    random: Random
    sent: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    ended: bool = False

    async def client(self, name: int) -> None:
        number = 0
        while not self.ended:
            kind, to = self.random.choice(KINDS)
            mid = f"<{kind}-{name}-{number}@club.example>"
            self.sent[mid] = kind, to
            await self._until_taken(mid, to)
            number += 1

    async def _until_taken(self, mid: str, to: tuple[str, ...]) -> None:
        content = letter(COACH, to, message_id=mid)
        while True:
            self.tries[mid] += 1
            if (await post(self.port, COACH, *to, content=content)).taken:
                return
            await asyncio.sleep(0.05)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    gateway, sink, health = free_ports(3)
    text = CONFIGURATION.format(gateway=gateway, sink=sink, health=health)
    (tmp_path / "alongside.toml").write_text(text)
    (tmp_path / "sink").write_text(str(sink))
    lists = Lists(tmp_path)
    for name, rows in (
        ("people", PEOPLE),
        ("links", LINKS),
        ("groups", GROUPS),
        ("organisations", ORGANISATIONS),
    ):
        lists.write(name, rows)
    command = "people import people.csv links.csv --groups groups.csv"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "alongside.site.cli", *command.split()),
            *("--organisations", "organisations.csv"),
        ],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = Program(tmp_path, gateway)
    yield made
    if made.process is not None and made.process.returncode is None:
        made.kill()


@asynccontextmanager
async def hop_of(program: Program) -> AsyncIterator[Hop]:
    hop = Hop()
    hop.stays_at = int((program.folder / "sink").read_text())
    async with hop:
        yield hop


@asynccontextmanager
async def load_on(program: Program, clients: int = 6) -> AsyncIterator[Load]:
    load = Load(program.port, Random(program.port))
    await program.start()
    async with asyncio.TaskGroup() as group:
        for name in range(clients):
            group.create_task(load.client(name))
        yield load
        load.ended = True


async def drained(program: Program, seconds: float = 60) -> None:
    """Wait until nothing is left in the outbox, then end the gateway as an operator would."""
    async with asyncio.timeout(seconds):
        while waiting(program.database):
            await asyncio.sleep(0.2)
    assert await asyncio.to_thread(program.end) == 0


def forget_leases(database: Path) -> None:
    """Five minutes pass in the outbox: leases of the killed process have run out."""
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute(
            "UPDATE records_dispatch SET lease_until = '2000-01-01 00:00:00'"
            " WHERE state = 'waiting' AND lease_until IS NOT NULL"
        )
    connection.close()


@pytest.mark.law("no_message_leaves_one_to_one")
@pytest.mark.law("nothing_in_scope_is_answered_250_before_it_is_on_the_record")
async def test_killed_again_and_again_under_load(program: Program, rounds: int):
    random = Random(rounds)
    async with hop_of(program) as hop:
        async with load_on(program) as load:
            for _ in range(rounds):
                await asyncio.sleep(random.uniform(0.3, 1.2))
                program.kill()
                forget_leases(program.database)
                await program.start()
            await asyncio.sleep(0.5)
        await drained(program)
    check(program, hop, load)


@pytest.mark.law("any_surprise_is_temporary")
async def test_a_disk_that_fills_up_under_load_and_has_room_again(program: Program, rounds: int):
    async with hop_of(program) as hop:
        async with load_on(program) as load:
            for _ in range(rounds):
                await asyncio.sleep(0.5)
                program.until_full(True)
                await asyncio.sleep(0.5)
                program.until_full(False)
            await asyncio.sleep(0.5)
        forget_leases(program.database)
        await drained(program)
    program.killed = rounds  # each may have broken off one round of the outbox
    check(program, hop, load)


def check(program: Program, hop: Hop, load: Load) -> None:
    """The invariants, from what arrived and the register alone."""
    arrived = [m for m in hop.arrived if message_id(m) in load.sent]
    assert len(load.sent) > 20
    had: dict[str, set[str]] = {}
    came: dict[str, Counter[str]] = {mid: Counter() for mid in load.sent}
    for m in arrived:
        mid = message_id(m)
        kind, _ = load.sent[mid]
        before = had.setdefault(mid, set())
        for address in m.to:
            assert address != FATHER
            if address in CHILDREN and kind != "urgent":
                assert before & OFFICERS, f"{mid} reached {address} uncopied"
            came[mid][address] += 1
        before.update(m.to)
    recorded = on_record(program.database)
    for mid, (kind, _) in load.sent.items():
        got = came[mid]
        wanted = {
            "relay": {"mia@family.example"},
            "group": set(CHILDREN),
            "held": set(),
            "staff": {OTHER},
            "urgent": {"noor@family.example"},
        }[kind]
        assert wanted <= set(got), f"{mid} was answered 250 and did not reach {wanted - set(got)}"
        assert (mid in recorded) is (kind != "staff")
        assert kind != "held" or not got
        if kind in ("group", "urgent", "relay"):
            assert set(got) & OFFICERS
        # Each try of a client, and each kill, may repeat what it interrupted, and no more.
        assert max(got.values(), default=0) <= load.tries[mid] + program.killed
    once = [mid for mid in load.sent if load.tries[mid] == 1 and load.sent[mid][0] == "relay"]
    assert all(set(came[mid].values()) == {1} for mid in once)
    # What we originated and nobody sent again: each kill repeats one leg at most.
    for mid, (kind, _) in load.sent.items():
        if kind in ("group", "urgent") and load.tries[mid] == 1:
            assert sum(came[mid].values()) - len(came[mid]) <= program.killed
    report = verify(program.database, program.heads)
    assert report.clean, [str(p) for p in report.problems]
    assert ask(program.database, "SELECT count(*) FROM records_entry")[0][0] > 20
