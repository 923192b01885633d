"""``alongside policy check``: prove the laws for a rulebook."""

from __future__ import annotations

import sys

import click

from .errors import BAD_INPUT, FOUND_BAD
from .output import note, say

DEFAULT = "online-safeguarding"


@click.group()
def policy() -> None:
    """Rulebooks: prove them."""


@policy.command()
@click.argument("file", default=DEFAULT)
def check(file: str) -> None:
    """Prove the laws of the house for the rulebook FILE, over every combination of facts.

    FILE is a path or the name of a shipped rulebook. Needs no configuration. Exit status 0 when
    proved, 1 with the smallest counterexample, 2 when the file is not a rulebook.
    """
    from alongside.policy.check import run
    from alongside.policy.rulebook_file import InvalidRulebook

    try:
        report = run(file, _progress)
    except InvalidRulebook as error:
        for problem in error.problems:
            click.echo(f"{error.name}: {problem}", err=True)
        sys.exit(BAD_INPUT)
    say(str(report))
    sys.exit(0 if report.proved else FOUND_BAD)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {total:,} combinations", err=True, nl=done >= total)
    elif done >= total:
        note(f"{total:,} combinations")
