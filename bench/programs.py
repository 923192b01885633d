"""The programs that are measured and those that measure, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.peers import postfix, programs
from tests.worlds_csv import as_csv
from tools.ports import free_ports

from .clubs import PEOPLE_OF_A_CLUB, register
from .load import Order, Outcome

ROOT = Path(__file__).parents[1]
ALONGSIDE = [sys.executable, "-m", "alongside.site.cli"]
CLUBS = 20
"""In the register of the gateway that relays: two thousand people."""

_CONFIGURATION = """\
[organisation]
name = "The Federation"
domains = ["federation.example"]
contact = "safeguarding@federation.example"
[relay]
outbound = "smtp://{sink}"
inbound = "smtp://{sink}"
[gateway]
listen = ["127.0.0.1:{port}"]
host = "alongside.federation.example"
mode = "enforce"
[health]
listen = "127.0.0.1:{health}"
[log]
level = "warning"
"""
_RELAY = """\
relayhost = [{address}]:{sink}
# As Debian ships them; the tests of the chain wait less.
queue_run_delay = 300s
minimal_backoff_time = 300s
maximal_backoff_time = 4000s
"""


class Told:
    """A process of ours that is told one line and answers in lines."""

    def __init__(self, running: subprocess.Popen[str], log: Path) -> None:
        self._running = running
        self._log = log

    def say(self, line: str) -> None:
        assert self._running.stdin is not None
        self._running.stdin.write(line + "\n")
        self._running.stdin.flush()

    def hear(self, seconds: float = 60.0) -> str:
        """Raises ``RuntimeError`` with its last words when it ended, or was too long about it."""
        assert self._running.stdout is not None
        patience = threading.Timer(seconds, self._running.kill)
        patience.start()
        line = self._running.stdout.readline()
        patience.cancel()
        if not line:
            self._running.wait(10)
            words = self._log.read_text(errors="replace").strip().rpartition("\n")[2]
            raise RuntimeError(words or "a process ended in silence")
        return line.strip()


@contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[Told]:
    """Start, wait for the line that begins with ``ready``, end it with the block."""
    log = folder / f"{command[2]}.log"
    with log.open("w") as errors:
        started = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    told = Told(started, log)
    try:
        line = told.hear()
        if not line.startswith("ready"):
            raise RuntimeError(f"`{' '.join(command)}` said `{line}` instead of `ready`")
        yield told
    finally:
        started.terminate()
        started.communicate(timeout=30)


def _environment() -> dict[str, str]:
    """Ours, without what a developer's shell may have set."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DJANGO_"))}
    return {**own, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}


@contextmanager
def sink(folder: Path, port: int) -> Iterator[Told]:
    with running([sys.executable, "-m", "bench.sink", "127.0.0.1", str(port)], folder) as told:
        yield told


@contextmanager
def load(folder: Path) -> Iterator[Told]:
    with running([sys.executable, "-m", "bench.load"], folder) as told:
        yield told


@contextmanager
def gateway(folder: Path, sink_port: int) -> Iterator[int]:
    """``alongside gateway`` as a user runs it, with its register imported. Gives its port."""
    port, health = free_ports(2)
    (folder / "alongside.toml").write_text(
        _CONFIGURATION.format(sink=f"127.0.0.1:{sink_port}", port=port, health=health)
    )
    imported(folder, as_csv(register(CLUBS * PEOPLE_OF_A_CLUB, datetime.now(UTC).date()), folder))
    with running([*ALONGSIDE, "gateway"], folder):
        yield port


def imported(folder: Path, files: Mapping[str, Path]) -> None:
    """Take the register's files (people, links, groups, ...) into the installation of that folder.
    Raises ``RuntimeError`` with what the import said."""
    options = [f"--{n}={files[n]}" for n in ("groups", "organisations", "mailboxes")]
    done(
        [*ALONGSIDE, "people", "import", str(files["people"]), str(files["links"]), *options],
        folder,
    )


def done(command: Sequence[str], folder: Path) -> str:
    """Run it to its end; what it said. Raises ``RuntimeError`` with its last words."""
    ran = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        words = ran.stderr.strip().rpartition("\n")[2]
        raise RuntimeError(f"`{' '.join(command[1:5])}` failed with {ran.returncode}: {words}")
    return ran.stdout


@contextmanager
def relay(sink_port: int) -> Iterator[tuple[str, int]]:
    """Postfix as Debian ships it, with the sink as its smart host. Gives its address and port."""
    address = programs.free_address()
    service = f"{address}:{postfix.SMTP} inet n - n - - smtpd\n"
    more = _RELAY.format(address="127.0.0.1", sink=sink_port)
    with postfix.running("relay.federation.example", service, more) as server:
        programs.wait_for_greeting(address, postfix.SMTP, server.log)
        yield address, postfix.SMTP


def versions() -> dict[str, str]:
    """What was measured with what."""
    mail = programs.run([programs.program("postconf"), "-dh", "mail_version"]).strip()
    return {"python": sys.version.split()[0], "postfix": mail, "cores": str(os.cpu_count())}


def carry_out(load: Told, order: Order) -> Outcome:
    """Have the load generator carry out one order."""
    load.say(json.dumps(asdict(order)))
    return Outcome(**json.loads(load.hear()))
