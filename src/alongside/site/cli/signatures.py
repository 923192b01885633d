"""``alongside signatures``: what people put below their messages, approved or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import acting, actor, as_json, reason, with_database
from .output import say, say_json, table

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.group()
def signatures() -> None:
    """What people put below their messages.

    A number or an address in an approved signature passes. In somebody's first weeks a new
    signature passes too, and an officer is asked about it here.
    """


@signatures.command("list")
@click.option("--all", "decided_too", is_flag=True, help="Those that were decided as well.")
@acting
@as_json
@with_database
def list_signatures(config: Config, decided_too: bool, actor_id: str, as_json: bool) -> None:
    """List the signatures that wait for somebody to decide about them."""
    from alongside.people import api

    found = api.signatures(actor(actor_id), undecided_only=not decided_too)
    if as_json:
        say_json(found)
        return
    rows = (
        (s.number, s.since, s.person, s.standing, s.reference, " / ".join(s.text.splitlines()))
        for s in found
    )
    heads = ("number", "since", "person", "state", "first seen in", "signature")
    table(heads, rows, none="no signature waits")


@signatures.command()
@click.argument("number", type=int)
@reason
@acting
@with_database
def approve(config: Config, number: int, reason: str, actor_id: str) -> None:
    """Approve signature NUMBER: what stands in it passes, for this person."""
    from alongside.people import api
    from alongside.policy.register import SignatureStanding

    api.decide_signature(actor(actor_id), number, SignatureStanding.APPROVED, reason)
    say(f"signature {number} is approved")


@signatures.command()
@click.argument("number", type=int)
@reason
@acting
@with_database
def refuse(config: Config, number: int, reason: str, actor_id: str) -> None:
    """Refuse signature NUMBER: what stands in it is judged as anything else is."""
    from alongside.people import api
    from alongside.policy.register import SignatureStanding

    api.decide_signature(actor(actor_id), number, SignatureStanding.REFUSED, reason)
    say(f"signature {number} is refused")
