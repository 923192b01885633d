"""``alongside decide``: explain one decision without sending anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from .errors import bad_input
from .options import actor, as_json, maybe_acting, with_database
from .output import say, say_json, table

if TYPE_CHECKING:
    from alongside.site.config import Config

CHANNELS = ("email", "text", "instant_message", "social")


@click.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="email", show_default=True)
@click.option("--from", "sender", metavar="ADDRESS", required=True, help="Who would write.")
@click.option(
    "--to", "recipients", metavar="ADDRESS", required=True, multiple=True, help="May be repeated."
)
@click.option("--urgent", is_flag=True, help="As a declared emergency.")
@click.option("--reason", default="", help="Why a `should` can't be met.")
@maybe_acting
@as_json
@with_database
def decide(
    config: Config,
    channel: str,
    sender: str,
    recipients: tuple[str, ...],
    urgent: bool,
    reason: str,
    actor_id: str | None,
    as_json: bool,
) -> None:
    """Say what would become of a message, by which clause, and what to do instead.

    Nothing is sent and nothing is recorded. An eligible officer (--as) sees all of it; anybody else
    sees neither who is restricted nor why something is held.
    """
    from alongside.site.explaining import explain

    for address in (sender, *recipients):
        if not address.strip() or any(c.isspace() for c in address):
            bad_input(f"`{address}` is neither an address nor a number")
    told = explain(
        config,
        channel=channel,
        sender=sender,
        recipients=recipients,
        urgent=urgent,
        reason=reason,
        at=datetime.now(UTC),
        viewer=actor(actor_id) if actor_id else None,
    )
    if as_json:
        say_json(told)
        return
    say(f"{told['verdict']}  ({told['class'].replace('_', ' ')})")
    for finding in told["findings"]:
        clause = f"{finding['clause']}: " if finding["clause"] else ""
        say(f"  {clause}{finding['reason']}")
        if finding["fix"]:
            say(f"      > {finding['fix']}")
    for person, exemption in told["exemption"]:
        say(f"  exempt: {person} ({exemption.replace('_', ' ')})")
    for obligation in told["obligations"]:
        say(f"  must: {obligation}")
    if told["third_parties"]:
        say()
        rows = (
            (t["person"], t["kind"], "yes" if t["eligible"] else "no", t["why"].replace("_", " "))
            for t in told["third_parties"]
        )
        table(("third party", "kind", "eligible", "why"), rows)
    say()
    say(f"by {told['rulebook']} {told['version']}")
