"""A how-to page as a play: its commands are typed, and what is printed is compared with the page.

A fence ``console`` holds lines that begin with ``$ `` and what they print; ``...`` stands for any
lines. A fence ``csv NAME``, ``text NAME`` or ``toml NAME`` is a file to write, and ``toml fill``
has keys to fill in in ``alongside.toml``. Reference numbers and times differ each time; the page's
own numbers may be used in later commands of the page. ``python -m tests.docs.fill PAGE`` writes
what is printed into the page.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from tools.ports import free_ports

from tests.site.conftest import environment

from .pages import fences

ALONGSIDE = [sys.executable, "-m", "alongside.site.cli"]
WIDTH = 96
REFERENCE = re.compile(r"\b[A-HJ-NP-TV-Z2-9]{4}-[A-HJ-NP-TV-Z2-9]{4}\b")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_VARIES = (
    (REFERENCE, "REFERENCE"),
    (re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00)?)?"), "TIME"),
    (re.compile(r"\d{4}-W\d\d"), "WEEK"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "TIME"),
    (re.compile(r"127\.0\.0\.1:\d+"), "SERVER"),
    (re.compile(r"\d+(\.\d+)? (MB|GB)\b"), "SIZE"),
    (re.compile(r"Date: .*|Message-ID: .*"), "FIELD"),
    (re.compile(r"\"seconds\": \d+"), "SECONDS"),
    (re.compile(r"/[\w./-]*/(?=alongside|var)"), ""),
    (re.compile(r"─+"), "-"),
    (re.compile(r"\s+"), " "),
)


@dataclass(slots=True)
class Command:
    """One line that is typed, and what the page says it prints."""

    line: str
    printed: list[str]
    start: int
    """Where in the page what is printed begins."""
    end: int


def commands(text: str) -> Iterator[Command]:
    for fence in fences(text):
        if fence.info != "console":
            continue
        at = fence.start
        found: list[Command] = []
        goes_on = False
        for line in fence.text.splitlines(keepends=True):
            at += len(line)
            if goes_on:
                last = found[-1]
                last.line = last.line.rstrip("\\") + line.strip()
                last.start = last.end = at
                goes_on = last.line.endswith("\\")
            elif line.startswith("$ "):
                found.append(Command(line[2:].strip(), [], at, at))
                goes_on = found[-1].line.endswith("\\")
            elif found:
                found[-1].printed.append(line.rstrip("\n"))
                found[-1].end = at
        yield from found


@dataclass(slots=True)
class Walk:
    """A folder, what runs in it, and the reference numbers met so far."""

    folder: Path
    variables: dict[str, str]
    running: subprocess.Popen[str] | None = None
    references: dict[str, str] = field(default_factory=dict)
    """The page's number -> the real one."""
    heard: list[str] = field(default_factory=list)

    def type(self, line: str) -> list[str]:
        """Run one command as in a terminal; the lines that it prints."""
        for said, real in self.references.items():
            line = line.replace(said, real)
        words = shlex.split(line)
        if words == ["alongside", "up"] and (self.folder / "alongside.toml").exists():
            return self.start(words[1:])
        if Path(words[0]).name == "alongside":
            words = [*ALONGSIDE, *words[1:]]
        master, slave = pty.openpty()
        done = subprocess.Popen(
            words, cwd=self.folder, env=self.environment, stdin=slave, stdout=slave, stderr=slave
        )
        os.close(slave)
        printed = b""
        while True:
            try:
                some = os.read(master, 65_536)
            except OSError:
                break
            if not some:
                break
            printed += some
        os.close(master)
        done.wait(60)
        return _plain(printed.decode("utf-8", "replace"))

    def start(self, arguments: list[str]) -> list[str]:
        """Start what stays in the foreground, or start it again; until it says ``ready``."""
        self.stop()
        self.running = subprocess.Popen(
            [*ALONGSIDE, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.heard = []
        Thread(target=self._listen, args=(self.running,), daemon=True).start()
        until = time.monotonic() + 60
        while time.monotonic() < until and self.running.poll() is None:
            ready = [line for line in self.heard if line.startswith("ready")]
            if ready:
                return _plain(ready[0])
            time.sleep(0.05)
        raise AssertionError("it never said ready:\n" + "".join(self.heard))

    def _listen(self, program: subprocess.Popen[str]) -> None:
        if program.stdout is not None:
            with program.stdout:
                for line in program.stdout:
                    self.heard.append(line)

    def stop(self) -> None:
        if self.running is not None:
            self.running.terminate()
            assert self.running.wait(30) == 0, "".join(self.heard)
            self.running = None

    @property
    def environment(self) -> dict[str, str]:
        plain = {"COLUMNS": str(WIDTH), "TERM": "xterm", "NO_COLOR": "1", "TZ": "Europe/London"}
        return environment() | plain | self.variables

    def prepare(self, text: str, since: int, until: int) -> None:
        """Write the files that the page shows between two places."""
        for fence in fences(text):
            kind, _, file = fence.info.partition(" ")
            if not since <= fence.start <= fence.end <= until:
                continue
            if (kind, file) == ("toml", "fill"):
                self._fill(fence.text)
            elif kind in ("csv", "text", "toml") and file:
                (self.folder / file).write_text(fence.text, encoding="utf-8")

    def _fill(self, values: str) -> None:
        file = self.folder / "alongside.toml"
        filled = file.read_text("utf-8")
        for line in values.splitlines():
            key = line.partition("=")[0].strip()
            if "=" in line:
                filled, times = re.subn(rf"(?m)^{key} = .*$", lambda _: line, filled, count=1)  # noqa: B023
                assert times == 1, f"`{key}` does not stand in alongside.toml"
        file.write_text(filled, "utf-8")

    def compare(self, said: list[str], printed: list[str]) -> None:
        """Raises ``AssertionError`` where the page says something else; learns the references."""
        page, real = _lines(said), _lines(printed)
        at = 0
        for number, line in enumerate(page):
            if line.strip() == "...":
                rest = [same(each) for each in page[number + 1 :]]
                if not rest:
                    return
                while at < len(real) and same(real[at]) != rest[0]:
                    at += 1
                continue
            assert at < len(real), f"the page goes on with:\n  {line}\nprinted:\n" + _shown(real)
            assert same(line) == same(real[at]), (
                f"the page says:\n  {line}\nprinted:\n  {real[at]}\nof\n" + _shown(real)
            )
            found = zip(REFERENCE.findall(line), REFERENCE.findall(real[at]), strict=False)
            self.references.update(found)
            at += 1
        assert at == len(real), "printed besides:\n" + _shown(real[at:])


def same(line: str) -> str:
    """The line without what differs each time."""
    for pattern, word in _VARIES:
        line = pattern.sub(word, line)
    return line.strip()


def _lines(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _shown(lines: list[str]) -> str:
    return "\n".join(f"  {line}" for line in lines)


def _plain(printed: str) -> list[str]:
    lines = [line.rstrip() for line in _ANSI.sub("", printed.replace("\r\n", "\n")).split("\n")]
    lines = [line.rsplit("\r", 1)[-1] for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def demonstration(folder: Path) -> Walk:
    """The made-up charity, running."""
    walk = Walk(folder, {"ALONGSIDE_CONFIG": "var/demo/alongside.toml"})
    options = ("--port", "--sink-port", "--health-port", "--web-port")
    for again in (True, True, False):
        pairs = [word for o, p in zip(options, free_ports(4), strict=True) for word in (o, str(p))]
        try:
            walk.start(["up", "--demo", *pairs])
            break
        except AssertionError as trouble:
            # Somebody else may take a free port before we do.
            if not again or "in use" not in str(trouble):
                raise
            walk.running = None
    return walk


def own_organisation(folder: Path, sink: int) -> Walk:
    """An empty folder, and a mail server behind it."""
    gateway, health, web = free_ports(3)
    next_hop = f"smtp://127.0.0.1:{sink}"
    return Walk(
        folder,
        {
            "ALONGSIDE_GATEWAY__LISTEN": f"127.0.0.1:{gateway}",
            "ALONGSIDE_HEALTH__LISTEN": f"127.0.0.1:{health}",
            "ALONGSIDE_WEB__LISTEN": f"127.0.0.1:{web}",
            "ALONGSIDE_RELAY__OUTBOUND": next_hop,
            "ALONGSIDE_RELAY__INBOUND": next_hop,
        },
    )


def go(walk: Walk, text: str) -> Iterator[tuple[Command, list[str]]]:
    """Type everything that the page shows, in order."""
    prepared = 0
    for command in commands(text):
        walk.prepare(text, prepared, command.start)
        prepared = command.start
        yield command, walk.type(command.line)
