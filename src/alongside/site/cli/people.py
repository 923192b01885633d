"""``alongside people``: who is who."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alongside.site.plurals import counted

from .by_hand import BY_HAND
from .errors import BAD_INPUT, bad_input
from .options import acting, actor, as_json, configured, reason, with_database
from .output import note, say, say_json

if TYPE_CHECKING:
    from alongside.access.actor import Actor
    from alongside.site.config import Config

_CSV = click.Path(path_type=Path, dir_okay=False)
_SHOWN = 40
"""Edits and notices that are listed one by one; the rest is counted."""
_SIGNS = {"added": "+", "changed": "~", "removed": "-"}


@click.group()
def people() -> None:
    """The register: import it, and change what only people decide."""


for _command in BY_HAND:
    people.add_command(_command)


@people.command("import")
@click.argument("people_csv", metavar="PEOPLE.CSV", type=_CSV, required=False)
@click.argument("links_csv", metavar="[LINKS.CSV]", type=_CSV, required=False)
@click.option("--groups", type=_CSV, metavar="GROUPS.CSV")
@click.option("--organisations", type=_CSV, metavar="ORGANISATIONS.CSV")
@click.option("--mailboxes", type=_CSV, metavar="MAILBOXES.CSV")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--complete", is_flag=True, help="The files hold everybody: others have left.")
@click.option("--all", "show_all", is_flag=True, help=f"List every change, not the first {_SHOWN}.")
@click.option("--as", "actor_id", metavar="PERSON_ID", help="Who does this. [default: the system]")
@as_json
@with_database
def import_people(
    config: Config,
    people_csv: Path | None,
    links_csv: Path | None,
    groups: Path | None,
    organisations: Path | None,
    mailboxes: Path | None,
    dry_run: bool,
    complete: bool,
    show_all: bool,
    actor_id: str | None,
    as_json: bool,
) -> None:
    """Take in the organisation's lists, all of them or nothing.

    Rows are matched by id; who is not in the file stays, unless --complete. An absent column is
    left alone, an empty cell clears. A restriction is never lifted by an import. Exit status 2
    when something in the files has to be mended first.
    """
    from alongside.people import api

    if not any((people_csv, links_csv, groups, organisations, mailboxes)):
        bad_input("there is no file to import", "`alongside people import people.csv links.csv`")
    report = api.import_files(
        _whoever(actor_id, "import"),
        people_csv,
        links_csv,
        groups=groups,
        organisations=organisations,
        mailboxes=mailboxes,
        dry_run=dry_run,
        complete=complete,
        domains=config.organisation.domains,
        progress=_Progress() if sys.stderr.isatty() and not as_json else _quiet,
    )
    if as_json:
        say_json({"ok": report.ok, **_plain(report)})
    else:
        _tell(report, dry_run=dry_run, at_most=None if show_all else _SHOWN)
    sys.exit(0 if report.ok else BAD_INPUT)


def _plain(report: Any) -> dict[str, Any]:
    return {
        "problems": report.problems,
        "edits": report.edits,
        "notices": report.notices,
        "counts": report.counts,
        "applied": report.applied,
        "revision": report.revision,
        "reference": report.reference,
    }


def _tell(report: Any, *, dry_run: bool, at_most: int | None) -> None:
    for problem in report.problems:
        click.echo(str(problem), err=True)
    if report.problems:
        note(f"{counted(len(report.problems), 'problem')} to mend; nothing was imported")
        return
    for edit in report.edits[:at_most]:
        changes = "; ".join(_field(edit.what, field) for field in edit.fields)
        say(f"{_SIGNS[edit.what]} {edit.kind} {edit.key}{': ' if changes else ''}{changes}")
    _rest(report.edits, at_most, "change")
    for notice in report.notices[:at_most]:
        say(f"! {notice}")
    _rest(report.notices, at_most, "notice")
    for kind, counts in report.counts.items():
        said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        say(f"{kind}: {said}")
    if not report.edits:
        say("nothing differs from the register")
    elif dry_run:
        say("a dry run: nothing was changed")
    else:
        say(f"imported, on the record as {report.reference}")


def _field(what: str, field: Any) -> str:
    if what == "added":
        return f"{field.column} {field.new}"
    return f"{field.column} {field.old or '(empty)'} -> {field.new or '(empty)'}"


def _rest(values: Any, at_most: int | None, what: str) -> None:
    if at_most is not None and len(values) > at_most:
        left = len(values) - at_most
        say(f"  and {counted(left, f'more {what}')} (--all lists {'it' if left == 1 else 'them'})")


class _Progress:
    """One line that is written over."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        line = f"{stage}: {done:,} of {total:,}" if total > 1 else stage
        click.echo(f"\r{line:{len(self._said)}}", err=True, nl=False)
        self._said = line
        if done >= total:
            click.echo(f"\r{' ' * len(line)}\r", err=True, nl=False)


def _quiet(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def _whoever(actor_id: str | None, system: str) -> Actor:
    from alongside.access.actor import System

    return actor(actor_id) if actor_id else System(system)


@people.command("role-address")
@click.argument("organisation")
@click.argument("address", required=False, default="")
@acting
@with_database
def role_address(config: Config, organisation: str, address: str, actor_id: str) -> None:
    """Send ORGANISATION's role copies to ADDRESS; without one, to its officers' own addresses."""
    from alongside.people import api

    api.set_role_address(actor(actor_id), organisation, address)
    where = address or "the officers' own addresses"
    say(f"role copies of {organisation} go to {where}")


@people.command()
@click.argument("service_user", metavar="PERSON_ID")
@click.argument("person", metavar="RESTRICTED_ID")
@reason
@acting
@with_database
def restrict(config: Config, service_user: str, person: str, reason: str, actor_id: str) -> None:
    """From now on, nothing of PERSON_ID's reaches RESTRICTED_ID: a parent, a coach, anyone."""
    from alongside.people import api

    api.restrict(actor(actor_id), service_user, person, reason)
    say(f"{person} is restricted for {service_user}")


@people.command()
@click.argument("service_user", metavar="PERSON_ID")
@click.argument("person", metavar="RESTRICTED_ID")
@click.option(
    "--and", "second_id", metavar="PERSON_ID", required=True, help="The second who agrees."
)
@reason
@acting
@with_database
def lift(
    config: Config, service_user: str, person: str, second_id: str, reason: str, actor_id: str
) -> None:
    """End a restriction; two people of the safeguarding team decide it together."""
    from alongside.people import api

    api.lift_restriction(actor(actor_id), actor(second_id), service_user, person, reason)
    say(f"{person} is no longer restricted for {service_user}; nobody is copied by that")


@people.command("sign-in")
@click.argument("address")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@configured
def sign_in(config: Config, address: str, password: str) -> None:
    """Let ADDRESS sign in at the gateway with a password, to submit mail.

    Asks for the password; only a hash of it is kept, in the file that `users_file` in [gateway]
    names. Counts at once, without a restart.
    """
    from alongside.site.users import set_password

    if config.gateway.users_file is None:
        bad_input("there is no users file", 'name one in [gateway]: users_file = "users"')
    if "@" not in address or not password:
        bad_input(f"`{address}` is not an e-mail address" if password else "the password is empty")
    set_password(config.gateway.users_file, address, password)
    say(f"{address} may sign in")
