"""One command runs everything, starts again what falls over, and stops it all."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from alongside.site.supervise import Part, Patience, Supervisor

QUICK = Patience(first=0.05, longest=0.2, steady=5.0, stop=2.0)


def part(name: str, code: str) -> Part:
    return Part(name=name, arguments=("-c", code))


def supervisor(said: list[str], *parts: Part) -> Supervisor:
    return Supervisor(parts, say=said.append, patience=QUICK, program=(sys.executable, "-u"))


async def until(said: list[str], line: str, times: int = 1) -> None:
    async with asyncio.timeout(20):
        while sum(line in each for each in said) < times:
            await asyncio.sleep(0.02)


WAITS = "import time; print('ready {0}'); time.sleep(60)"


async def test_ready_is_said_once_when_every_part_is():
    said: list[str] = []
    one = supervisor(said, part("a", WAITS.format("a")), part("b", WAITS.format("b")))
    running = asyncio.create_task(one.run())
    await until(said, "ready")
    one.stop()
    assert await running == 0
    assert len(said) == 1


async def test_what_falls_over_is_started_again_each_time_a_little_later():
    said: list[str] = []
    one = supervisor(said, part("a", "print('began'); raise SystemExit(1)"))
    running = asyncio.create_task(one.run())
    await until(said, "began", times=3)
    one.stop()
    assert await running == 0
    waits = [line.partition("again in ")[2] for line in said if "again in" in line]
    assert waits[:2] == ["0.05 s", "0.1 s"]


async def test_a_wrong_configuration_is_not_tried_again():
    said: list[str] = []
    one = supervisor(said, part("a", "raise SystemExit(2)"), part("b", WAITS.format("b")))
    assert await asyncio.wait_for(one.run(), 20) == 2


async def test_a_part_is_asked_to_end_before_it_is_killed(tmp_path: Path):
    mark = tmp_path / "ended"
    code = f"""
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(mark)!r}).touch(), sys.exit(0)))
print('ready')
time.sleep(60)
"""
    said: list[str] = []
    one = supervisor(said, part("a", code))
    running = asyncio.create_task(one.run())
    await until(said, "ready")
    one.stop()
    assert await running == 0
    assert mark.exists()


async def test_a_part_that_does_not_listen_is_killed():
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready'); time.sleep(60)"
    said: list[str] = []
    one = supervisor(said, part("a", code))
    running = asyncio.create_task(one.run())
    await until(said, "ready")
    one.stop()
    assert await asyncio.wait_for(running, 20) == 0


async def test_a_reload_reaches_the_parts_and_ends_nothing():
    code = """
import signal, time
signal.signal(signal.SIGHUP, lambda *_: print('read again', flush=True))
print('ready')
while True:
    time.sleep(0.1)
"""
    said: list[str] = []
    one = supervisor(said, part("a", code))
    running = asyncio.create_task(one.run())
    await until(said, "ready")
    one.reload()
    await until(said, "read again")
    one.stop()
    assert await running == 0
