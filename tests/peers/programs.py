"""Real programs on loopback: found, started in a folder of their own, and ended.

Ports stay as they are in the documents. What differs from one run to the next is the loopback
address: 127.0.0.0/8 has room for every test process of this machine at once.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

PACKAGES = {
    "postfix": "postfix",
    "postconf": "postfix",
    "postqueue": "postfix",
    "postsuper": "postfix",
    "sendmail": "postfix",
    "dovecot": "dovecot-imapd and dovecot-lmtpd",
    "swaks": "swaks",
}
"""Program -> the Debian package that brings it."""

PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def program(name: str) -> str:
    """Where a program is. Without it the test fails: a chain that was not tried proves nothing."""
    found = shutil.which(name, path=PATH)
    if found is None:
        pytest.fail(f"`{name}` is missing: apt-get install {PACKAGES[name]}", pytrace=False)
    return found


def part(path: str, package: str) -> str:
    """A part of a program that Debian packs apart."""
    if not Path(path).exists():
        pytest.fail(f"`{path}` is missing: apt-get install {package}", pytrace=False)
    return path


def as_root() -> list[str]:
    """What stands before a command that only root may run: Postfix is started by nobody else."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo", path=PATH)
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", "-E"]
    pytest.fail(
        "Postfix starts as root only: run these tests as root, or let this account use sudo"
        " without a password",
        pytrace=False,
    )


def free_address() -> str:
    """A loopback address that nobody else listens on."""
    for _ in range(20):
        address = f"127.{random.randint(64, 250)}.{random.randint(0, 255)}.{random.randint(2, 250)}"
        with socket.socket() as attempt:
            try:
                attempt.bind((address, 10026))
            except OSError:
                continue
        return address
    pytest.fail("no loopback address is free", pytrace=False)


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A temporary folder that accounts of other programs may walk through; pytest's own are shut.

    Short, because the path of a socket in it may have no more than 107 octets.
    """
    place = Path(tempfile.mkdtemp(prefix=f"alongside-{name}-"))
    place.chmod(0o755)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if place.exists():
            run([*as_root(), "rm", "-rf", str(place)])


def run(command: Sequence[str], **environment: str) -> str:
    """Run to the end. Fails the test with what the program said when its status is not 0."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
    words = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode:
        pytest.fail(f"`{' '.join(command)}` ended with {done.returncode}:\n{words}", pytrace=False)
    return done.stdout.decode("utf-8", "replace")


def wait_until(true: Callable[[], object], what: str, log: Path, seconds: float = 30.0) -> None:
    """Look again and again. Fails the test with the program's own log when time is up."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            words = log.read_text(errors="replace")[-4000:] if log.exists() else ""
            pytest.fail(f"{what} did not come in {seconds:g} seconds\n{words}", pytrace=False)
        time.sleep(0.02)


def wait_for_greeting(address: str, port: int, log: Path) -> None:
    """Until a server there says its first word."""
    wait_until(lambda: _greets(address, port), f"the greeting at port {port}", log)


def _greets(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=5) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False
