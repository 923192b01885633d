"""``alongside exceptions``: what an officer has to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import acting, actor, as_json, reason, with_database
from .output import say, say_json, table

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.group()
def exceptions() -> None:
    """What an officer has to look at.

    Bounced copies, messages in doubt after a crash, reviews that are due.
    """


@exceptions.command("list")
@click.option("--all", "also_closed", is_flag=True, help="Those that were closed as well.")
@acting
@as_json
@with_database
def list_exceptions(config: Config, also_closed: bool, actor_id: str, as_json: bool) -> None:
    """List the exceptions that you may see."""
    from alongside.records import api

    found = api.incidents(actor(actor_id), open_only=not also_closed)
    if as_json:
        say_json(found)
        return
    rows = (
        (
            v.id,
            v.at,
            v.kind.replace("_", " "),
            "closed" if v.closed else "open",
            v.reference,
            v.organisation,
            v.persons,
        )
        for v in found
    )
    heads = ("number", "since", "what", "state", "reference", "organisation", "about")
    table(heads, rows, none="no exception is open")


@exceptions.command()
@click.argument("number", type=int)
@reason
@acting
@with_database
def close(config: Config, number: int, reason: str, actor_id: str) -> None:
    """Close exception NUMBER, with what was done about it as the reason."""
    from alongside.records import api

    api.close_incident(actor(actor_id), number, reason)
    say(f"exception {number} is closed")
