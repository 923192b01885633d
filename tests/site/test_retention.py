"""What is kept for a time only goes by itself, while the gateway runs."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from alongside.access.actor import System
from alongside.enforcement.values import Bundle
from alongside.records import desk
from alongside.records.models import Content, Copy, Entry, Unknown
from alongside.site import retention
from tests.records.world import RAW, decided

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def copied(at: datetime) -> None:
    Copy.objects.create(
        leg=at.isoformat(),
        fingerprint="f",
        reference="A7K3-9QXM",
        at=at,
        person="olive",
        address="olive@club.example",
        serves='["tess"]',
    )


def unknown(address: str, last: datetime) -> None:
    Unknown.objects.create(address=address, count=1, first=last.date(), last=last.date())


@pytest.mark.django_db
def test_copies_go_after_seven_days_and_unknown_addresses_after_sixty():
    copied(NOW - timedelta(days=7, seconds=1))
    copied(NOW - timedelta(days=6, hours=23))
    unknown("old@home.example", NOW - timedelta(days=61))
    unknown("new@home.example", NOW - timedelta(days=60))
    assert retention.tidy(NOW) == "copies 1, addresses 1, packed 0"
    assert Copy.objects.get().at == NOW - timedelta(days=6, hours=23)
    assert Unknown.objects.get().address == "new@home.example"
    assert [e.kind for e in Entry.objects.all()] == ["purged"]
    assert retention.tidy(NOW) == "copies 0, addresses 0, packed 0"
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_month_later_the_rest_goes_too():
    copied(NOW)
    unknown("new@home.example", NOW)
    retention.tidy(NOW)
    assert (Copy.objects.count(), Unknown.objects.count()) == (1, 1)
    retention.tidy(NOW + timedelta(days=61))
    assert (Copy.objects.count(), Unknown.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_messages_are_packed_after_thirty_days():
    for days in (31, 29):
        entry = decided(f"R{days}", NOW - timedelta(days=days))
        desk.write(System("desk"), Bundle(entry=entry, content=RAW * 100))
    assert retention.tidy(NOW).endswith("packed 1")
    assert [c.compressed for c in Content.objects.order_by("entry__at")] == [True, False]


async def _until(seen: threading.Event) -> None:
    async with asyncio.timeout(10):
        while not seen.is_set():
            await asyncio.sleep(0.01)


async def test_it_is_done_off_the_loop_and_again_after_trouble(monkeypatch, caplog):
    times: list[int] = []
    third = threading.Event()

    def locked_once(now: datetime) -> str:
        assert now == NOW
        times.append(threading.get_ident())
        if len(times) == 1:
            raise OperationalError("database is locked")
        if len(times) == 3:
            third.set()
        return "nothing"

    monkeypatch.setattr(retention, "tidy", locked_once)
    task = asyncio.create_task(
        retention.keep_times(first=0, every=0.01, again=0.01, clock=lambda: NOW)
    )
    await _until(third)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert threading.get_ident() not in times
    assert [r.levelname for r in caplog.records].count("ERROR") == 1


async def test_trouble_is_tried_again_sooner_than_the_next_day(monkeypatch):
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise asyncio.CancelledError

    done = iter([False, True])
    monkeypatch.setattr(asyncio, "sleep", noted)
    monkeypatch.setattr(retention, "_tried", lambda now: next(done))
    with pytest.raises(asyncio.CancelledError):
        await retention.keep_times()
    assert waits == [60, 3_600, 86_400]
