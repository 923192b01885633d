"""``alongside policy check``: prove the laws for a rulebook."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from alongside.site.plurals import counted

from .errors import BAD_INPUT, FOUND_BAD
from .options import acting, actor, as_json, since, with_database
from .output import note, say, say_json, table

if TYPE_CHECKING:
    from alongside.records.views import ReplayReport
    from alongside.site.config import Config

DEFAULT = "online-safeguarding"


@click.group()
def policy() -> None:
    """Rulebooks: prove them, and try another one on what was recorded."""


@policy.command()
@click.argument("file", default=DEFAULT)
@as_json
def check(file: str, as_json: bool) -> None:
    """Prove the laws of the house for the rulebook FILE, over every combination of facts.

    FILE is a path or the name of a shipped rulebook [default: online-safeguarding]. Needs no
    configuration. Exit status 0 when proved, 1 with the smallest counterexample, 2 when the file
    can't be read as a rulebook.
    """
    from alongside.policy.check import run
    from alongside.policy.rulebook_file import InvalidRulebook, load

    try:
        rulebook = load(file)
    except InvalidRulebook as error:
        for problem in error.problems:
            click.echo(f"{error.name}: {problem}", err=True)
        sys.exit(BAD_INPUT)
    began = time.monotonic()
    report = run(rulebook, _count if sys.stderr.isatty() and not as_json else None)
    if as_json:
        say_json({"proved": report.proved, **_plain(report)})
    else:
        _tell(report, time.monotonic() - began)
    sys.exit(0 if report.proved else FOUND_BAD)


def _count(done: int) -> None:
    click.echo(f"\r{done:,} combinations", err=True, nl=False)


def _plain(report: Any) -> dict[str, Any]:
    return {
        "rulebook": report.rulebook,
        "version": report.version,
        "combinations": report.rows,
        "laws": report.laws,
        "lowered": [{"key": key, "what": what} for key, what in report.lowered],
        "counterexamples": [
            {"law": c.law, "what": c.what, "facts": c.said, "clauses": c.clauses}
            for c in report.counterexamples
        ],
    }


def _tell(report: Any, seconds: float) -> None:
    if sys.stderr.isatty():
        click.echo("\r", err=True, nl=False)
    for key, what in report.lowered:
        say(f"{key}: {what}")
    for found in report.counterexamples:
        say(f"law {found.law} is broken: {found.what}")
        for line in found.said:
            say(f"    {line}")
        if found.clauses:
            say(f"    look at: {', '.join(f'[clauses.{clause}]' for clause in found.clauses)}")
    laws = counted(len(report.laws), "law")
    note(f"{counted(report.rows, 'combination')}, {laws}, {seconds:.0f} s")
    name = f"{report.rulebook} {report.version}"
    say(f"{name} is proved" if report.proved else f"{name} is not proved")


@policy.command()
@click.argument("rulebook")
@since
@click.option("--list", "listed", is_flag=True, help="Each message that would change, too.")
@acting
@as_json
@with_database
def replay(
    config: Config,
    rulebook: str,
    since: datetime | None,
    listed: bool,
    actor_id: str,
    as_json: bool,
) -> None:
    """Decide what was recorded again under RULEBOOK, and show what would change.

    RULEBOOK is a path or the name of a shipped rulebook. Nothing is changed and nothing is sent.
    Who was in a message and who could be copied stay as they were then; levels, ages, sizes, hours
    and what follows from sightings are the other rulebook's.
    """
    from alongside.policy.rulebook_file import InvalidRulebook, load
    from alongside.records import api

    try:
        book = load(rulebook)
    except InvalidRulebook as error:
        for problem in error.problems:
            click.echo(f"{error.name}: {problem}", err=True)
        sys.exit(BAD_INPUT)
    book = book.with_modes(config.gateway.mode, config.gateway.clauses)
    found = api.replay(actor(actor_id), book, since=since)
    if as_json:
        say_json(found)
    else:
        _tell_replay(found, since, listed=listed)


def _tell_replay(found: ReplayReport, since: datetime | None, *, listed: bool) -> None:
    begin = f"since {since:%Y-%m-%d}: " if since else ""
    judged = counted(found.total.judged, "message")
    say(
        f"{begin}{judged} judged again under {found.rulebook} {found.version}; "
        f"{found.total.changed} would become different"
    )
    if found.undecided:
        say(f"{counted(found.undecided, 'message')} of an older version can't be judged again")
    say()
    for head, counts in (
        ("clause", found.clauses),
        ("person", found.persons),
        ("week", found.weeks),
    ):
        rows = (
            (name, c.judged, c.changed, ", ".join(f"{n} {what}" for what, n in c.what.items()))
            for name, c in counts.items()
            if c.changed
        )
        table((head, "of", "different", "what"), rows, none=f"nothing changes by {head}")
    if listed:
        changes = (
            (c.at, c.reference, c.what, ", ".join(f"{clause} {_said(r)}" for clause, r in c.why))
            for c in found.changed
        )
        table(("when", "reference", "what", "because of"), changes, none="no message to list")


def _said(reason: str) -> str:
    return reason.replace("_", " ")
