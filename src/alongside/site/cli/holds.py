"""``alongside holds``: what waits for the safeguarding team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from .options import acting, actor, as_json, reason, with_database
from .output import fields, say, say_json, table

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.group()
def holds() -> None:
    """Messages that are held: look at them, release or refuse them."""


@holds.command("list")
@click.option("--all", "also_decided", is_flag=True, help="Those that were decided as well.")
@acting
@as_json
@with_database
def list_holds(config: Config, also_decided: bool, actor_id: str, as_json: bool) -> None:
    """List the holds that you may know of, oldest first.

    The cause is shown to an eligible officer only; whom a hold concerns never sees it.
    """
    from alongside.records import api

    found = api.holds(actor(actor_id), open_only=not also_decided)
    if as_json:
        say_json(found)
        return
    rows = ((v.reference, v.at, v.state, v.due, v.organisation, v.writers) for v in found)
    heads = ("reference", "since", "state", "escalates", "organisation", "from")
    table(heads, rows, none="nothing is held")


@holds.command()
@click.argument("reference")
@acting
@as_json
@with_database
def show(config: Config, reference: str, actor_id: str, as_json: bool) -> None:
    """Show one hold, with its cause where you may see it.

    --json has all the facts. The message itself is shown by `alongside record content`.
    """
    from alongside.records import api

    from .errors import bad_input

    found = api.holds(actor(actor_id), reference=reference, open_only=False)
    if not found:
        bad_input(f"there is no hold `{reference}`", "`alongside holds list` lists them")
    if as_json:
        say_json(found[0])
    else:
        fields(_told(found[0]))


def _told(view: Any) -> dict[str, object]:
    told: dict[str, object] = {"reference": view.reference, "held since": view.at}
    if not view.eligible:
        return {**told, "state": view.state, "cause": "for the safeguarding team"}
    return {
        **told,
        "state": view.state,
        "escalates": view.due,
        "organisation": view.organisation,
        "channel": view.channel,
        "from": view.writers,
        "concerns": view.persons,
        "clauses": view.clauses,
        "with": view.with_person,
        "would be": view.cause.get("would_be", ""),
        **{f"because {n}": said for n, said in enumerate(_because(view.cause), 1)},
    }


def _because(cause: Mapping[str, Any]) -> Iterator[str]:
    """The findings that held it, in words where there are some."""
    from alongside.policy import explain

    for finding in cause.get("findings", ()):
        if "hold" in (finding.get("verdict"), finding.get("told")):
            reason = explain.REASONS.get(finding["reason"], finding["reason"])
            yield f"{finding['clause']}: {reason}"


@holds.command()
@click.argument("reference")
@reason
@acting
@with_database
def release(config: Config, reference: str, reason: str, actor_id: str) -> None:
    """Let it go. A gateway judges it again, copies whom it must, and delivers it."""
    from alongside.records import api

    api.release_hold(actor(actor_id), reference, reason)
    say(f"{reference} is released: the gateway judges it again and delivers it")


@holds.command()
@click.argument("reference")
@reason
@acting
@with_database
def refuse(config: Config, reference: str, reason: str, actor_id: str) -> None:
    """End it: it is never delivered, and stays on the record. The writer is told so."""
    from alongside.records import api
    from alongside.site.gateway_parts import refusal_notice

    api.refuse_hold(actor(actor_id), reference, reason, tell=refusal_notice(config))
    say(f"{reference} is refused: it will not be delivered")


@holds.command("hand-over")
@click.argument("reference")
@click.option("--to", "to_person", metavar="PERSON_ID", required=True, help="Who is to decide.")
@reason
@acting
@with_database
def hand_over(config: Config, reference: str, to_person: str, reason: str, actor_id: str) -> None:
    """Ask somebody else to decide; it stays held."""
    from alongside.records import api

    api.hand_over_hold(actor(actor_id), reference, to_person, reason)
    say(f"{reference} now waits for {to_person}")
