"""What the demonstration says before the first message: who is there, and what to try."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alongside.people.demo import Demo
from alongside.policy.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the demonstration listens, on the loopback address only."""

    gateway: int
    sink: int
    health: int
    web: int


@dataclass(frozen=True, slots=True)
class Try:
    """One command to try."""

    why: str
    sender: str
    recipient: str


def tries(demo: Demo) -> tuple[Try, ...]:
    """One that is copied, one that is refused, one to a group."""
    at = demo.addresses
    coach, mia = at["priya"], at["mia"]
    return (
        Try("Priya, a coach, writes to Mia, who is 12: somebody is copied first", coach, mia),
        Try("Zara has not agreed to the policy yet: refused, with the reason", at["zara"], mia),
        Try("Priya writes to her group: each gets a message of their own", coach, at["juniors"]),
    )


def introduction(
    demo: Demo,
    people: People,
    ports: Ports,
    folder: Path,
    count: int,
    ways_in: Sequence[tuple[str, str]],
) -> str:
    """The whole text."""
    clubs = len(people.organisations) - 1
    server = f"127.0.0.1:{ports.gateway}"
    ours = _command()
    config = f"--config {folder / 'alongside.toml'}"
    lines = [
        "",
        f"Example Sports Charity, with {clubs} member clubs and {count} people. All are made up.",
        f"  gateway    {server}   mode enforce",
        f"  mail sink  127.0.0.1:{ports.sink}   in the place of the charity's mail server",
        f"  health     http://127.0.0.1:{ports.health}/health",
        f"  web app    http://127.0.0.1:{ports.web}/",
        "",
        "Open one of these in a browser. Each is good once and signs you in as",
        *(f"  {who:<46} {link}" for who, link in ways_in),
        "",
        "Try these in another terminal:",
    ]
    for number, each in enumerate(tries(demo), 1):
        lines += [
            "",
            f"  {number}. {each.why}",
            f"     {ours} send --server {server} --from {each.sender} --to {each.recipient}",
        ]
    first = tries(demo)[0]
    lines += [
        "",
        "The same with swaks:",
        f"     swaks --server {server} --from {first.sender} --to {first.recipient}",
        "",
        "And then, as the safeguarding officer:",
        f"     {ours} {config} record find --as sam",
        f"     {ours} {config} holds list --as sam",
        "",
        "Ctrl-C ends it.",
        "",
    ]
    return "\n".join(lines)


def _command() -> str:
    """How this program was called, as short as it can be typed here."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{Path(sys.executable).name} -m alongside.site.cli"
    try:
        return str(called.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(called)
