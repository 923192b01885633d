"""``alongside audit``: what was in years of mail that nobody looked at."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alongside.site.plurals import counted

from .errors import FOUND_BAD, bad_input
from .options import acting, actor, as_json, reason, with_database
from .output import note, say, say_json

if TYPE_CHECKING:
    from alongside.archive.report import Written
    from alongside.archive.run import Outcome
    from alongside.site.config import Config

STOPPED = 130
"""Exit status after ctrl-C, as the shell has it."""

_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--report",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Where the report and what was found so far are kept.",
)
@click.option(
    "--whose",
    multiple=True,
    metavar="WHOSE",
    help="Only mail of this address, person or organisation (by id). May be repeated.",
)
@click.option("--from", "first", type=_day, help="Not what is older, as in 2023-09-01.")
@click.option("--to", "last", type=_day, help="Not what is newer.")
@click.option("--names", is_flag=True, help="Show names and excerpts, not only parts played.")
@click.option("--workers", type=click.IntRange(1), help="Programs that read. [default: one a core]")
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="A Dask cluster that does the reading, as in tcp://scheduler.example:8786.",
)
@click.option(
    "--imap-password-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File with the password for an imap: PATH. [else $ALONGSIDE_IMAP_PASSWORD]",
)
@click.option("--again", is_flag=True, help="Throw away what this report folder holds.")
@reason
@acting
@as_json
@with_database
def audit(
    config: Config,
    paths: tuple[str, ...],
    folder: Path,
    whose: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
    names: bool,
    workers: int | None,
    scheduler: str,
    imap_password_file: Path | None,
    again: bool,
    reason: str,
    actor_id: str,
    as_json: bool,
) -> None:
    """Look through old mail for what the policy would not have let pass.

    PATH is an mbox, a Maildir, a folder of .eml or .msg files, a .pst, a zip or tar of these, a
    Takeout, or imaps://user@host/folder. Who looks (--as, a safeguarding lead or officer), why and
    at whose mail goes on the record first. The archive stays as it is.

    It can be stopped at any time: the same command goes on where it was.
    """
    from alongside.archive import authorisation, judge, report, scope, sources
    from alongside.archive.progress import progress
    from alongside.archive.run import audit as go_through
    from alongside.archive.store import Store
    from alongside.site.wiring import rulebook, snapshot

    if imap_password_file is not None:
        os.environ["ALONGSIDE_IMAP_PASSWORD_FILE"] = str(imap_password_file.absolute())
    people, book = snapshot(config), rulebook(config)
    viewer = actor(actor_id)
    try:
        asked = scope.scope_of(whose, people, first=_as_day(first), last=_as_day(last))
    except ValueError as error:
        bad_input(str(error))
    authorisation.check_audit(viewer, asked, people)
    where = [p if sources.is_url(p) else str(Path(p).absolute()) for p in paths]
    units = sources.find(where)
    look = {
        "paths": ", ".join(where),
        "scope": ", ".join(f"{k} {v}" for k, v in sorted(asked.as_json().items()) if v),
        "register": f"revision {people.revision}",
        "rulebook": f"{book.name} {book.version}",
    }
    with Store.open(folder, look, again=again) as store:
        leave = authorisation.authorise(viewer, asked, reason, people, sources=where)
        try:
            with progress() as shown:
                outcome = go_through(
                    units,
                    judge.factory(people, book, asked),
                    store,
                    workers=workers or 0,
                    scheduler=scheduler,
                    on_progress=shown.show,
                    on_found=shown.found,
                )
        except BaseException:
            authorisation.finish(viewer, leave, {}, people, ended="stopped")
            raise
        ended = "finished" if outcome.totals.finished else "stopped"
        authorisation.finish(viewer, leave, _counts(outcome), people, ended=ended)
        if outcome.stopped:
            _say_stopped(outcome)
            sys.exit(STOPPED)
        written = report.write(
            store, folder, leave=leave, viewer=viewer, people=people, rulebook=book, names=names
        )
    if as_json:
        say_json({**_plain(outcome), **_plain_report(written)})
    else:
        _tell(outcome, written)
    sys.exit(0 if outcome.totals.finished else FOUND_BAD)


def _as_day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _counts(outcome: Outcome) -> dict[str, int]:
    """For the record: numbers only."""
    t = outcome.totals
    return {
        "found": t.found,
        "unreadable": sum(t.unreadable.values()),
        "duplicates": t.duplicates,
        "out_of_scope": t.out_of_scope,
        "in_scope": t.in_scope,
        "judged": t.judged,
    }


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        **_counts(outcome),
        "unreadable": dict(outcome.totals.unreadable),
        "not_mail": outcome.totals.not_mail,
        "finished": outcome.totals.finished,
        "left": [{"file": left.file, "why": left.why} for left in outcome.left],
    }


def _plain_report(written: Written) -> dict[str, Any]:
    return {
        "findings": written.findings,
        "kept_apart": written.kept_apart,
        "files": [str(f) for f in written.files],
        "problems": list(written.problems),
    }


def _say_stopped(outcome: Outcome) -> None:
    done, all_ = outcome.sofar.units_done, outcome.sofar.units
    note(f"stopped after {done:,} of {counted(all_, 'piece')} of work; what was found is kept")
    note("    to go on, give the same command again")


def _tell(outcome: Outcome, written: Written) -> None:
    t = outcome.totals
    say(f"{counted(t.found, 'message')} found in {counted(outcome.planned.units, 'piece')} of work")
    say(f"  {t.duplicates:,} were further copies; {t.out_of_scope:,} of others or other days")
    say(f"  {t.in_scope:,} in scope; {t.judged:,} with a child, participant or supporter in them")
    for why, count in t.unreadable.items():
        say(f"  {count:,} could not be read: {why.replace('_', ' ')}")
    if t.not_mail:
        say(f"  {counted(t.not_mail, 'file')} beside them held no mail")
    say(f"{counted(written.findings, 'finding')}")
    if written.kept_apart:
        who = ", ".join(written.others) or "nobody else yet: name another officer"
        say(f"  {written.kept_apart:,} more are kept apart from you, for: {who}")
    for file in written.files:
        say(f"  {file}")
    for problem in written.problems:
        note(f"alongside: {problem}")
    for left in outcome.left:
        note(f"alongside: not gone through: {left.file}: {left.why}")
    if outcome.left:
        note("    give the same command again to read what is left")


__all__ = ["audit"]
