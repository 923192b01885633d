"""An import as an act of somebody: permission, comparison, one transaction, one entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor
from alongside.access.checks import check_administer

from . import changes
from .entries import enter
from .importing import run
from .importing.comparing import ADDED, CHANGED, REMOVED, Edit
from .importing.parsing import Progress, quiet
from .importing.present import Busy
from .importing.report import Report, seen_by
from .importing.run import Plan
from .importing.values import GROUPS, LINKS, MAILBOXES, ORGANISATIONS, PEOPLE, Sheet

_TRIES = 3


def import_files(
    actor: Actor,
    people: Path | None = None,
    links: Path | None = None,
    *,
    groups: Path | None = None,
    organisations: Path | None = None,
    mailboxes: Path | None = None,
    dry_run: bool = False,
    complete: bool = False,
    domains: Iterable[str] = (),
    today: date | None = None,
    progress: Progress = quiet,
) -> Report:
    """Take in the organisation's lists, all or nothing; the report says what changed and how.

    Problems are in the report, not raised; with any of them nothing was written. ``complete``:
    the files hold everybody (``importing.merging.merge`` says what follows). ``domains`` are the
    configuration's own. Raises ``NotAllowed`` for an actor who may not change the register, and
    ``Busy`` when others change it all the time.
    """
    check_administer(actor)
    given = {
        PEOPLE: people,
        LINKS: links,
        GROUPS: groups,
        ORGANISATIONS: organisations,
        MAILBOXES: mailboxes,
    }
    sheets, problems = run.read_files(
        {kind: path for kind, path in given.items() if path is not None},
        today or timezone.localdate(),
        progress,
    )
    if problems:
        return Report(problems=problems, revision=changes.revision())
    domains = tuple(domains)
    for _ in range(_TRIES):
        plan = run.plan(sheets, complete=complete, progress=progress)
        if plan.problems or dry_run or not plan.edits:
            return seen_by(_report(plan), actor)
        done = _apply(actor, plan, sheets, complete, domains, progress)
        if done is not None:
            return seen_by(done, actor)
    raise Busy("the register is being changed all the time; try again in a minute")


def _apply(
    actor: Actor,
    plan: Plan,
    sheets: tuple[Sheet, ...],
    complete: bool,
    domains: tuple[str, ...],
    progress: Progress,
) -> Report | None:
    """Write the plan; ``None`` where the register changed since it was made."""
    progress("writing", 0, 1)
    batch = run.batch(plan, domains)
    with transaction.atomic():
        if changes.lock() != plan.revision:
            return None
        revision = batch.write()
        reference = _enter(actor, plan, sheets, complete)
    progress("writing", 1, 1)
    return Report(
        edits=plan.edits,
        notices=plan.notices,
        applied=True,
        revision=revision,
        reference=reference,
    )


def _report(plan: Plan) -> Report:
    return Report(
        problems=plan.problems, edits=plan.edits, notices=plan.notices, revision=plan.revision
    )


def _enter(actor: Actor, plan: Plan, sheets: tuple[Sheet, ...], complete: bool) -> str:
    """Ids and counts; a mailbox is known by its address, so only its count is told."""
    restricted = [edit for edit in plan.edits if edit.newly_restricted]
    told = _report(plan)
    return enter(
        actor,
        "imported",
        body={
            "files": sorted(sheet.kind for sheet in sheets),
            "complete": complete,
            "counts": told.counts,
            "ids": {
                kind: {what: _ids(plan.edits, kind, what) for what in (ADDED, CHANGED, REMOVED)}
                for kind in (PEOPLE, LINKS, GROUPS, ORGANISATIONS)
            },
            "restricted": [edit.key for edit in restricted],
        },
        persons=(
            pair
            for edit in restricted
            for pair in ((edit.about[0], "service_user"), (edit.about[1], "about"))
        ),
        guarded=bool(restricted),
    )


def _ids(edits: Iterable[Edit], kind: str, what: str) -> list[str]:
    return [edit.key for edit in edits if (edit.kind, edit.what) == (kind, what)]
