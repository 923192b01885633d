"""The two mail indexers that everybody has: ``notmuch new`` and ``mu index``, on a Maildir.

Both read each message, take its header and words apart and put them into a Xapian database. Neither
judges anything.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PACKAGES = {"notmuch": "notmuch", "mu": "maildir-utils"}
"""Program -> the Debian package that brings it."""
_NOTMUCH = """\
[database]
path={database}
mail_root={maildir}
[user]
name=The Office
primary_email=office@charity.example
[new]
tags=new
ignore=
"""
_STORED = re.compile(r"messages in store\s*\|\s*(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    seconds: float
    cpu: float
    """Seconds of all its threads and processes."""


def program(name: str) -> str:
    """Where it is. Raises ``RuntimeError`` that says how to get it."""
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"`{name}` is missing: apt-get install {PACKAGES[name]}")
    return found


def notmuch(maildir: Path, messages: int, folder: Path) -> Indexed:
    """Index it into a new database in the folder. Raises ``RuntimeError`` where it failed, or
    where not every message is in the database afterwards."""
    path = program("notmuch")
    folder.mkdir()
    database = folder / "database"
    database.mkdir()
    file = folder / "config"
    file.write_text(_NOTMUCH.format(database=database, maildir=maildir))
    own = {**_home(folder), "NOTMUCH_CONFIG": str(file)}
    took = _timed([[path, "new", "--quiet", "--no-hooks"]], own)
    counted = _ran([path, "count", "--output=files"], own)
    _complete("notmuch", int(counted), messages)
    return took


def mu(maildir: Path, messages: int, folder: Path) -> Indexed:
    """The same with mu."""
    path = program("mu")
    folder.mkdir()
    own, home = _home(folder), f"--muhome={folder / 'mu'}"
    init = [path, "init", home, f"--maildir={maildir}", "--quiet"]
    took = _timed([init, [path, "index", home, "--quiet", "--nocolor"]], own)
    stored = _STORED.search(_ran([path, "info", "store", home, "--nocolor"], own))
    _complete("mu", int(stored[1]) if stored else -1, messages)
    return took


def versions() -> dict[str, str]:
    """As they say themselves."""
    own = dict(os.environ)
    return {name: _version(_ran([program(name), "--version"], own)) for name in PACKAGES}


def _version(text: str) -> str:
    found = re.search(r"\d+(?:\.\d+)+", text)
    return found[0] if found else text.strip()


def _home(folder: Path) -> dict[str, str]:
    """Nothing of the home directory is read or written."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("NOTMUCH", "MU", "XDG_"))}
    return {**own, "HOME": str(folder), "MAILDIR": str(folder / "none")}


def _timed(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> Indexed:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        _ran(command, environment)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Indexed(seconds=seconds, cpu=cpu)


def _ran(command: Sequence[str], environment: dict[str, str]) -> str:
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        words = (ran.stderr or ran.stdout).strip().rpartition("\n")[2]
        raise RuntimeError(f"`{' '.join(command[:2])}` failed with {ran.returncode}: {words}")
    return ran.stdout


def _complete(who: str, stored: int, messages: int) -> None:
    if stored != messages:
        raise RuntimeError(f"{who} has {stored} of {messages} messages in its database")
