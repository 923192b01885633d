"""Postfix in a folder of its own: a charity's mail server as it stands before Alongside comes."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from . import programs

SMTP, SUBMISSION = 10025, 10587

_MAIN = """\
compatibility_level = 3.6
config_directory = {place}/etc
queue_directory = {place}/queue
data_directory = {place}/lib
maillog_file = {place}/maillog
maillog_file_prefixes = {place}
myhostname = {host}
mydestination =
mynetworks = 127.0.0.0/8
inet_protocols = ipv4
alias_maps =
disable_dns_lookups = yes
smtp_host_lookup = native
smtputf8_enable = yes
notify_classes =
# A test waits for the next attempt; a charity need not hurry like this.
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
transport_retry_time = 1s
{more}
"""
_MASTER = """\
{services}
pickup    unix  n       -       n       1       1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       1       1       qmgr
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
verify    unix  -       -       n       -       1       verify
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
proxywrite unix -       -       n       -       1       proxymap
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
discard   unix  -       -       n       -       -       discard
lmtp      unix  -       -       n       -       -       lmtp
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
postlog   unix-dgram n  -       n       -       1       postlogd
"""


class Postfix:
    """One instance. What is done to it, is done by Postfix's own commands."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.etc = place / "etc"
        self.log = place / "maillog"
        self._root = programs.as_root()

    def shell(self, script: str) -> str:
        """Run commands as an administrator does, with this instance as the one they mean."""
        return programs.run(
            [*self._root, "/bin/sh", "-eu", "-c", script],
            MAIL_CONFIG=str(self.etc),
            PATH=programs.PATH,
        )

    def queue(self) -> list[dict[str, object]]:
        """What waits, as ``postqueue`` tells it."""
        listed = self.shell("postqueue -j")
        return [json.loads(line) for line in listed.splitlines()]

    def forget(self) -> None:
        """Empty the queue, and begin the log anew."""
        self.shell("postsuper -d ALL")
        self.shell(f": > {self.log}")


@contextmanager
def running(host: str, services: str, more: str) -> Iterator[Postfix]:
    """Start an instance with these lines of ``master.cf`` and ``main.cf``; it ends with the block.

    Returns before its servers greet.
    """
    for name in ("postfix", "postconf", "postqueue", "postsuper"):
        programs.program(name)
    with ExitStack() as stack:
        for _ in range(_TRIES):
            place = stack.enter_context(programs.folder("postfix"))
            postfix = _made(place, host, services, more)
            stack.callback(_ended, postfix)
            if _started(postfix):
                yield postfix
                return
    pytest.fail(f"Postfix did not start in {_TRIES} tries:\n{postfix.log.read_text()}")


_TRIES = 3
"""Seldom its master hangs before its first word, on a machine that starts many at once."""


def _made(place: Path, host: str, services: str, more: str) -> Postfix:
    root = programs.as_root()
    (place / "etc").mkdir()
    (place / "etc/main.cf").write_text(_MAIN.format(place=place, host=host, more=more))
    (place / "etc/master.cf").write_text(_MASTER.format(services=services))
    for file in (place / "etc").iterdir():
        # Postfix waits until a file has rested for two seconds before it believes it.
        os.utime(file, (0, 0))
    programs.run([*root, "install", "-d", "-o", "postfix", str(place / "lib")])
    programs.run([*root, "install", "-d", "-o", "root", str(place / "queue")])
    return Postfix(place)


def _started(postfix: Postfix) -> bool:
    """Whether its master said so."""
    postfix.shell("timeout 20 postfix start || true")
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if postfix.log.exists() and "daemon started" in postfix.log.read_text(errors="replace"):
            return True
        time.sleep(0.02)
    return False


def _ended(postfix: Postfix) -> None:
    """By its own command, and whoever hangs then by the system's."""
    # `stop` returns while workers still speak to their peers.
    postfix.shell("timeout 10 postfix abort || true")
    postfix.shell(
        "for process in /proc/[0-9]*; do"
        ' case "$(readlink $process/cwd)" in'
        f" {postfix.place}/*) kill -9 ${{process#/proc/}} || true ;; esac; done"
    )
    programs.wait_until(lambda: not _alive(postfix.place), "the end of Postfix", postfix.log)


def _alive(place: Path) -> bool:
    try:
        number = int((place / "queue/pid/master.pid").read_text())
    except (OSError, ValueError):
        return False
    return Path(f"/proc/{number}").exists()
