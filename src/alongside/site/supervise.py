"""Run the parts of Alongside on one machine, start again what falls over, stop all together."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BAD_INPUT = 2
"""The exit status of a part that can't use its configuration: trying again would not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of our commands, as a program of its own."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    first: float = 1.0
    """Before the first new start; doubles each time."""
    longest: float = 60.0
    steady: float = 30.0
    """A part that ran this long is trusted again: the next wait is ``first``."""
    stop: float = 30.0
    """For a part to end after SIGTERM, before it is killed."""


def parts(config_file: Path) -> tuple[Part, ...]:
    """What runs: each with the same configuration."""
    return tuple(part(name, config_file) for name in ("gateway", "web"))


def part(name: str, config_file: Path) -> Part:
    """One of them."""
    return Part(name=name, arguments=(name, "--config", str(config_file)))


class Supervisor:
    """``await Supervisor(parts).run()`` returns the exit status, once told to ``stop``."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        say: Callable[[str], None],
        patience: Patience | None = None,
        program: Sequence[str] = (sys.executable, "-m", "alongside.site.cli"),
    ) -> None:
        self._parts = parts
        self._say = say
        self._patience = patience or Patience()
        self._program = tuple(program)
        self._stopping = asyncio.Event()
        self._waiting = {part.name for part in parts}
        self._status = 0
        self._children: set[asyncio.subprocess.Process] = set()

    def stop(self) -> None:
        """End all parts, gracefully first."""
        self._stopping.set()

    def reload(self) -> None:
        """Let all parts read their configuration again."""
        for child in self._children:
            if child.returncode is None:
                child.send_signal(signal.SIGHUP)

    def listen_to_signals(self) -> None:
        """SIGTERM and Ctrl-C end all; SIGHUP lets all read their configuration again.

        Without the latter a terminal that closes would end us and leave the parts running alone.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, self.reload)

    async def run(self) -> int:
        """Until ``stop``, or until a part says that its configuration can't be used."""
        async with asyncio.TaskGroup() as group:
            for part in self._parts:
                group.create_task(self._keep_running(part), name=part.name)
        return self._status

    async def _keep_running(self, part: Part) -> None:
        wait = self._patience.first
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            began = loop.time()
            status = await self._run_once(part)
            if self._stopping.is_set():
                return
            if status == BAD_INPUT:
                self._status = BAD_INPUT
                self.stop()
                return
            if loop.time() - began >= self._patience.steady:
                wait = self._patience.first
            self._say(f"{part.name} ended with status {status}; starts again in {wait:g} s")
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()
            wait = min(wait * 2, self._patience.longest)

    async def _run_once(self, part: Part) -> int:
        child = await asyncio.create_subprocess_exec(
            *self._program,
            *part.arguments,
            stdout=asyncio.subprocess.PIPE,
            # A Ctrl-C in the terminal reaches us only; we stop the parts in order.
            start_new_session=True,
        )
        self._children.add(child)
        speaking = asyncio.create_task(self._pass_on(part, child))
        ending = asyncio.create_task(child.wait())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await self._end(child)
            self._children.discard(child)
            await speaking
        return await ending

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        if child.returncode is not None:
            return
        child.terminate()
        try:
            async with asyncio.timeout(self._patience.stop):
                await child.wait()
        except TimeoutError:
            child.kill()
            await child.wait()

    async def _pass_on(self, part: Part, child: asyncio.subprocess.Process) -> None:
        if child.stdout is None:
            return
        async for raw in child.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            if not line.startswith("ready"):
                self._say(line)
                continue
            self._waiting.discard(part.name)
            if not self._waiting:
                self._say(line)
