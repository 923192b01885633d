"""``alongside record``: search it, read it, verify it, erase from it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .errors import FOUND_BAD
from .options import as_json, with_database
from .output import note, say, say_json

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.group()
def record() -> None:
    """Search the record, read from it, verify it."""


@record.command()
@as_json
@with_database
def verify(config: Config, as_json: bool) -> None:
    """Has anything been changed, removed, reordered or cut off?

    Exit status 1 when it has.
    """
    sys.exit(0 if verified(config, as_json=as_json) else FOUND_BAD)


def verified(config: Config, *, as_json: bool = False) -> bool:
    """Verify and say what was found."""
    from alongside.records.verify import verify as check
    from alongside.site.start import database_file

    report = check(database_file(config), config.heads_file)
    if as_json:
        say_json({"clean": report.clean, **{k: getattr(report, k) for k in report.__slots__}})
        return report.clean
    for problem in report.problems:
        say(str(problem))
    if report.count > len(report.problems):
        say(f"and {report.count - len(report.problems)} more")
    until = f"{report.heads_until:%Y-%m-%d %H:%M:%S} UTC" if report.heads_until else "never"
    note(
        f"{report.entries} entries in {report.chains} chains, {report.texts} texts, "
        f"{report.contents} messages, {report.erased} erased; heads file until {until}"
    )
    say("the record is whole" if report.clean else f"{report.count} problems: it was tampered with")
    return report.clean
