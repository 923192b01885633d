"""``alongside policy check``: prove the laws for a rulebook."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from alongside.site.plurals import counted

from .errors import BAD_INPUT, FOUND_BAD
from .options import as_json
from .output import note, say, say_json

DEFAULT = "online-safeguarding"


@click.group()
def policy() -> None:
    """Rulebooks: prove them."""


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
