"""``alongside record``: search it, read it, verify it, erase from it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from alongside.site.plurals import counted

from .errors import FOUND_BAD
from .options import acting, actor, as_json, reason, since, with_database
from .output import note, say, say_json, table

if TYPE_CHECKING:
    from datetime import datetime

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
        f"{counted(report.entries, 'entry', 'entries')} in {counted(report.chains, 'chain')}, "
        f"{counted(report.texts, 'text')}, {counted(report.contents, 'message')}, "
        f"{report.erased:,} erased; heads file until {until}"
    )
    tampered = f"{counted(report.count, 'problem')}: it was tampered with"
    say("the record is whole" if report.clean else tampered)
    return report.clean


@record.command()
@click.option("--person", default="", metavar="PERSON_ID", help="Who has a part in it.")
@since
@click.option("--clause", default="", help="A clause it names, such as E3.")
@click.option("--verdict", default="", help="permit, hold or refuse.")
@click.option("--limit", default=200, show_default=True, help="At most so many, newest first.")
@acting
@as_json
@with_database
def find(
    config: Config,
    person: str,
    since: datetime | None,
    clause: str,
    verdict: str,
    limit: int,
    actor_id: str,
    as_json: bool,
) -> None:
    """Find entries: who wrote to whom, when, and what was decided. Never what was written."""
    from alongside.records import api

    found = api.find(
        actor(actor_id), person=person, since=since, clause=clause, verdict=verdict, limit=limit
    )
    if as_json:
        say_json(found)
        return
    rows = (
        (
            e.at,
            e.reference,
            e.kind,
            e.verdict,
            e.clauses,
            _who(e),
        )
        for e in found
    )
    table(("when", "reference", "what", "verdict", "clauses", "who"), rows, none="nothing found")


@record.command()
@click.argument("reference")
@reason
@acting
@as_json
@with_database
def content(config: Config, reference: str, reason: str, actor_id: str, as_json: bool) -> None:
    """Show the message with this REFERENCE as it came. That you looked is recorded, with why."""
    from alongside.records import api

    found = api.content(actor(actor_id), reference, reason)
    if as_json:
        raw = None if found.raw is None else found.raw.decode("utf-8", "replace")
        say_json({"reference": found.reference, "message": raw, "texts": dict(found.texts)})
        return
    if found.raw is None:
        note("the message was erased, or never kept")
    else:
        sys.stdout.buffer.write(found.raw)
        sys.stdout.buffer.flush()


@record.command()
@click.argument("person")
@reason
@click.option("--yes", is_flag=True, help="Don't ask again.")
@acting
@with_database
def erase(config: Config, person: str, reason: str, yes: bool, actor_id: str) -> None:
    """Erase every text and message of PERSON from the record, for ever.

    The chain stays whole: that something was there, and when, can still be proved.
    """
    from alongside.records import api

    who = actor(actor_id)
    if not yes:
        click.confirm(f"Erase the texts and messages of `{person}` for ever?", abort=True)
    done = api.erase_person(who, person, reason)
    texts, messages = counted(done.texts, "text"), counted(done.contents, "message")
    say(f"erased {texts} and {messages} of {person}")
    for reference in done.kept:
        say(f"kept {reference}: it is still held, or still on its way")


def _who(entry: Any) -> list[str]:
    """Persons with their part, and mailboxes that are nobody's own but were copied."""
    from alongside.policy.vocabulary import Seat

    persons = [f"{person} ({part.replace('_', ' ')})" for person, part in entry.persons]
    copies = entry.body.get("copies", ()) if entry.kind == "outcome" else ()
    seats = [copy.get("seat", "") for copy in copies if not copy["person"]]
    kinds = ("programme" if seat == Seat.PROGRAMME_MAILBOX else "role" for seat in seats)
    return [*persons, *(f"{kind} mailbox (third party)" for kind in dict.fromkeys(kinds))]
