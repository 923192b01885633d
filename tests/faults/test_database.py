"""The database is locked, full, damaged or gone: what needs the record waits, nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alongside.records import connect
from tests.gateway.rig import Arrived
from tests.world import CARL, CARLA, CHLOE, FRANK, JUNIORS, LADO, MARY, OWEN, SID

from .hop import LATER, NO_SUCH_USER, Hop
from .observer import message_id, on_record, sound, times
from .rig import Clock, ask, gateway_on, until_idle

ONE = "<1@charity.example>"
IN_SCOPE = {
    "relayed": (CARLA, CHLOE),
    "to a group": (CARLA, JUNIORS),
    "held": (CARLA, CHLOE, FRANK),
    "held for a suspension": (SID, CHLOE),
    "a child's": (CHLOE, CARLA),
    "to a parent": (CARLA, MARY),
}
by_kind = pytest.mark.parametrize("kind", IN_SCOPE)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Somebody else writes and does not end."""
    other = sqlite3.connect(database, isolation_level=None, timeout=5)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def full(database: Path, monkeypatch) -> Iterator[None]:
    """No page more than there are: what SQLite does on a full disk."""
    unlimited = connect.open_database

    def limited(path: Path, busy_timeout: float) -> sqlite3.Connection:
        connection = unlimited(path, busy_timeout)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as change:
        change.setattr(connect, "open_database", limited)
        yield


@pytest.mark.law("any_surprise_is_temporary")
@by_kind
async def test_while_the_database_is_locked_the_client_is_asked_again_and_nothing_leaves(
    database, kind: str
):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        with locked(database):
            for _ in range(2):
                code, text = await rig.send(*IN_SCOPE[kind])
                assert code == 451, text
            assert hop.arrived == []
        assert ONE not in on_record(database)
        code, text = await rig.send(*IN_SCOPE[kind])
        assert code == 250, text
        await rig.settled(1)
        await until_idle(database)
    got = times(hop.arrived, ONE)
    assert set(got.values()) <= {1}
    assert ONE in on_record(database)
    sound(hop.arrived, database)


@pytest.mark.law("any_surprise_is_temporary")
async def test_mail_that_is_none_of_our_business_passes_while_the_database_is_locked(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        with locked(database):
            assert (await rig.send(CARLA, CARL))[0] == 250
            assert (await rig.send(CARLA, LADO))[0] == 250
        await rig.settled(2)
    assert [m.to for m in hop.arrived] == [(CARL,), (LADO,)]
    assert on_record(database) == set()


async def test_an_outcome_that_can_not_be_written_leaves_the_message_where_it_belongs(database):
    """The database is locked when the copy is on its way: the child's leg needs no record."""
    async with Hop() as hop, gateway_on(database, hop) as rig:
        lock = locked(database)

        async def first(arriving: Arrived) -> None:
            if arriving.to == (OWEN,):
                lock.__enter__()

        hop.before = first
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        await rig.gateway.line.settle()
        lock.__exit__(None, None, None)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    doubts = ask(database, "SELECT count(*) FROM records_doubt")
    assert doubts == [(1,)]  # listed for an officer when the gateway starts again
    sound(hop.arrived, database)


async def test_a_copy_accepted_while_the_database_is_locked_is_not_made_again(database):
    """Copied, then locked, then the child's leg fails: the client tries again."""
    async with Hop() as hop, gateway_on(database, hop) as rig:
        lock = locked(database)

        async def first(arriving: Arrived) -> None:
            if arriving.to == (OWEN,):
                lock.__enter__()

        hop.before = first
        hop.refuse(LATER, CHLOE)
        assert (await rig.send(CARLA, CHLOE))[0] // 100 == 4
        hop.before = _nothing
        lock.__exit__(None, None, None)
        hop.refuse(LATER)
        assert (await rig.send(CARLA, CHLOE))[0] == 250
        await rig.settled(2)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


async def _nothing(arriving: Arrived) -> None:
    """The hop behaves again."""


async def test_a_group_goes_on_when_the_lock_is_gone_and_nobody_gets_it_more_than_twice(database):
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        lock = locked(database)

        async def second_child(arriving: Arrived) -> None:
            if arriving.to == ("dina@mail.test",):
                hop.before = _nothing
                lock.__enter__()

        hop.before = second_child
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await rig.settled(3)
        await asyncio.sleep(0.5)
        lock.__exit__(None, None, None)
        clock.jump(minutes=6)  # the lease of the round that broke off
        await until_idle(database)
    got = times(hop.arrived, ONE)
    assert set(got) == {OWEN, CHLOE, "dina@mail.test", "home@family.example"}
    assert sorted(got.values()) in ([1, 1, 1, 1], [1, 1, 1, 2])
    sound(hop.arrived, database)


@pytest.mark.law("any_surprise_is_temporary")
@by_kind
async def test_on_a_full_disk_the_client_is_asked_again_until_there_is_room(
    database, kind: str, monkeypatch
):
    clock = Clock()
    async with Hop() as hop:
        with full(database, monkeypatch):
            async with gateway_on(database, hop) as rig:
                codes = [await _one_of(rig, kind, n) for n in range(60)]
                assert codes[-1] == 451
                assert set(codes) <= {250, 451}
                assert codes == sorted(codes)  # full stays full
                assert (await rig.send(CARLA, CARL, message_id="<staff@club.example>"))[0] == 250
        clock.jump(minutes=6)  # leases of rounds that broke off
        async with gateway_on(database, hop, clock=clock) as rig:
            again = [await _one_of(rig, kind, n) for n, c in enumerate(codes) if c != 250]
            assert set(again) == {250}
            await until_idle(database)
    recorded = on_record(database)
    assert {_id(n) for n in range(60)} <= recorded
    again_at = [sum(times(hop.arrived, _id(n)).values()) for n in range(60)]
    once = [len(times(hop.arrived, _id(n))) for n in range(60)]
    # What was under way when the disk was full may come twice at one leg, and nowhere else.
    assert all(many - few <= 1 for many, few in zip(again_at, once, strict=True))
    if kind == "relayed":
        assert all(times(hop.arrived, _id(n)) == {OWEN: 1, CHLOE: 1} for n in range(60))
    sound(hop.arrived, database)


def _id(n: int) -> str:
    return f"<full-{n}@club.example>"


async def _one_of(rig, kind: str, n: int) -> int:
    code, _ = await rig.send(*IN_SCOPE[kind], message_id=_id(n))
    await rig.gateway.line.settle()
    return int(code)


@pytest.mark.law("any_surprise_is_temporary")
@by_kind
@pytest.mark.parametrize("table", ["records_entry", "records_head", "records_text"])
async def test_with_a_table_gone_nothing_in_scope_leaves(database, kind: str, table: str):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        with sqlite3.connect(database) as vandal:
            vandal.execute("PRAGMA foreign_keys = OFF")
            vandal.execute(f"DROP TABLE {table}")
        vandal.close()
        code, _ = await rig.send(*IN_SCOPE[kind])
        assert code == 451
        assert (await rig.send(CARLA, CARL))[0] == 250
        await rig.settled(1)
    assert [m.to for m in hop.arrived] == [(CARL,)]


async def test_with_the_file_gone_nothing_in_scope_leaves_and_no_empty_record_is_begun(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        assert (await rig.send(CARLA, CHLOE, message_id="<before@club.example>"))[0] == 250
        await rig.gateway.line.settle()
        elsewhere = database.with_name("elsewhere.db")
        for end in ("", "-wal", "-shm"):
            each = Path(f"{database}{end}")
            if each.exists():
                each.rename(f"{elsewhere}{end}")
        assert (await rig.send(CARLA, CHLOE))[0] == 451
        assert not database.exists()
        for end in ("", "-wal", "-shm"):
            each = Path(f"{elsewhere}{end}")
            if each.exists():
                each.rename(f"{database}{end}")
        assert (await rig.send(CARLA, CHLOE))[0] == 250
        await rig.settled(4)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


@pytest.mark.law("any_surprise_is_temporary")
async def test_with_a_register_not_confirmed_nothing_is_judged(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        rig.people.confirmed = False
        for kind in IN_SCOPE.values():
            assert (await rig.send(*kind))[0] == 451
        assert (await rig.send(CARLA, CARL))[0] == 451
        assert hop.arrived == []
        rig.people.confirmed = True
        assert (await rig.send(CARLA, CHLOE))[0] == 250
        assert (await rig.send(CARLA, CARL))[0] == 250
        await rig.settled(3)
    sound(hop.arrived, database)


async def test_the_outbox_rests_while_the_register_is_not_confirmed(database):
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        hop.refuse(LATER, CHLOE, OWEN)
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await asyncio.sleep(0.3)
        rig.people.confirmed = False
        hop.refuse(NO_SUCH_USER)
        before = len(hop.arrived)
        clock.jump(minutes=10)
        await asyncio.sleep(0.8)
        assert len(hop.arrived) == before
        rig.people.confirmed = True
        await until_idle(database)
    assert times(hop.arrived, ONE)[CHLOE] == 1
    assert {message_id(m) for m in hop.arrived} == {ONE}
    sound(hop.arrived, database)
