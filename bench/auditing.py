"""Messages per second of the archive audit, judging and all, beside two indexers, in turns."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from alongside.people.demo import Demo

from . import indexers, programs
from .audited import Audited
from .maildir import Maildir, maildir

MESSAGES = 10_000
A_CORE = 1_500.0
"""Messages a second a core: the goal."""
TIMES_MU = 3.0
"""How many times ``mu index``: the goal of the audit as it is run by default, on all cores."""

_CONFIGURATION = """\
[organisation]
name = "{name}"
domains = ["{domain}"]
contact = "safeguarding@{domain}"
[relay]
outbound = "smtp://127.0.0.1:2526"
inbound = "smtp://127.0.0.1:2526"
[log]
level = "warning"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """One round of one program."""

    rate: float
    """Messages a second."""
    cpu: float
    """Microseconds of processor time for each message, in all processes and threads."""


@dataclass(slots=True)
class Line:
    """One program's rounds."""

    what: str
    cores: int = 0
    """Workers of the audit, each with a core; 0: a program that decides itself how many it uses."""
    rounds: list[Took] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(t.rate for t in self.rounds)

    @property
    def cpu(self) -> float:
        return statistics.median(t.cpu for t in self.rounds)

    def times(self, other: Line) -> float:
        """The median of the rounds' own ratios: what came and went hits both."""
        both = zip(self.rounds, other.rounds, strict=True)
        return statistics.median(a.rate / b.rate for a, b in both)


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """All of it."""

    ours: tuple[Line, ...]
    """With one worker first, with one a core last."""
    mu: Line
    notmuch: Line
    messages: int
    octets: int
    judged: int
    """Of the messages: somebody of the register who is to be kept safe is involved."""
    findings: int


def measure(folder: Path, *, messages: int, rounds: int, tell: Callable[[str], None]) -> Auditing:
    """The same Maildir for all. Raises ``RuntimeError`` when one of them did not read all of it."""
    for name in indexers.PACKAGES:
        indexers.program(name)  # says at once that it is missing
    tell(f"making a Maildir of {messages:,} messages")
    mail = maildir(folder, messages)
    home = installation(folder / "installation", mail.lists)
    ours = tuple(Line(f"audit, {n} worker{'s'[: n - 1]}", n) for n in _workers())
    mu, notmuch = Line("mu init, mu index"), Line("notmuch new")
    done: list[Audited] = []
    for number in range(1, rounds + 1):
        tell(f"round {number} of {rounds}: audit, mu and notmuch")
        for line in ours:
            done.append(audit(mail, home, line.cores))
            line.rounds.append(_took(mail, done[-1].seconds, done[-1].cpu))
        for line, index in ((mu, indexers.mu), (notmuch, indexers.notmuch)):
            place = folder / "index"
            made = index(mail.folder, mail.messages, place)
            shutil.rmtree(place)
            line.rounds.append(_took(mail, made.seconds, made.cpu))
    if len({(d.judged, d.findings) for d in done}) != 1:
        raise RuntimeError("two audits of the same mail did not find the same")
    return Auditing(
        ours=ours,
        mu=mu,
        notmuch=notmuch,
        messages=mail.messages,
        octets=mail.octets,
        judged=done[0].judged,
        findings=done[0].findings,
    )


def installation(folder: Path, lists: Demo) -> Path:
    """A new one with that register; its configuration file."""
    folder.mkdir()
    file = folder / "alongside.toml"
    file.write_text(_CONFIGURATION.format(name=lists.organisation, domain=lists.domain))
    names = ("people", "links", "groups", "organisations", "mailboxes")
    programs.imported(folder, {name: getattr(lists, name).absolute() for name in names})
    return file


def audit(mail: Maildir, configuration: Path, workers: int) -> Audited:
    """One audit by a process of its own, into a folder that goes again. Raises ``RuntimeError``
    when it did not go through all of the mail, or had nothing to say."""
    folder = configuration.parent / "report"
    arguments = [str(configuration), str(mail.folder), str(folder), str(workers)]
    said = programs.done([sys.executable, "-m", "bench.audited", *arguments], folder.parent)
    shutil.rmtree(folder)
    done = Audited(**json.loads(said))
    if not done.finished or done.found != mail.messages:
        raise RuntimeError(f"the audit read {done.found} of {mail.messages} messages")
    if not done.judged or not done.findings:
        raise RuntimeError(f"the audit judged nothing: {asdict(done)}")
    return done


def _workers() -> tuple[int, ...]:
    return tuple(sorted({1, len(os.sched_getaffinity(0))}))


def _took(mail: Maildir, seconds: float, cpu: float) -> Took:
    return Took(rate=mail.messages / seconds, cpu=1e6 * cpu / mail.messages)
