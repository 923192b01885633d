"""What only people decide about somebody in the register: commands of ``alongside people``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .errors import bad_input
from .options import acting, actor, reason, with_database
from .output import say

if TYPE_CHECKING:
    from alongside.site.config import Config

_CONFIGURED = "configured"
_PERSON = click.argument("person", metavar="PERSON_ID")


def _one(context: click.Context, option: click.Parameter, given: bool | None) -> bool:
    """Neither of the two may be what happens when nothing is said."""
    if given is None:
        one, other = (*option.opts, *option.secondary_opts)
        raise click.UsageError(f"say which: {one} or {other}", context)
    return given


@click.command()
@_PERSON
@click.argument("standing", type=click.Choice(("active", "suspended", "left")))
@acting
@with_database
def standing(config: Config, person: str, standing: str, actor_id: str) -> None:
    """Suspend PERSON_ID, mark that they left, or take them back.

    An import leaves what is set here alone, until `active` is set here again.
    """
    from alongside.people import api
    from alongside.policy.vocabulary import Standing

    api.set_standing(actor(actor_id), person, Standing(standing))
    say(f"{person}: {standing}")


@click.command()
@_PERSON
@click.option("--approved/--withdrawn", default=None, callback=_one, help="Which of the two it is.")
@reason
@acting
@with_database
def objection(config: Config, person: str, approved: bool, reason: str, actor_id: str) -> None:
    """Approve, or end, an adult participant's objection to copies of their mail."""
    from alongside.people import api

    api.set_objection(actor(actor_id), person, approved, reason)
    say(f"{person}: the objection to copies is {'approved' if approved else 'withdrawn'}")


@click.command("at-risk")
@_PERSON
@click.option("--yes/--no", "at_risk", default=None, callback=_one, help="Whether they are.")
@reason
@acting
@with_database
def at_risk(config: Config, person: str, at_risk: bool, reason: str, actor_id: str) -> None:
    """Record, or end, that PERSON_ID is at risk: an adult's copies go to the officer first."""
    from alongside.people import api

    api.set_at_risk(actor(actor_id), person, at_risk, reason)
    say(f"{person}: {'at risk' if at_risk else 'not at risk'}")


@click.command()
@click.argument("organisation", metavar="ORGANISATION_ID")
@click.option(
    "--mode",
    type=click.Choice(("shadow", "teach", "enforce", _CONFIGURED)),
    help="Its own mode; `configured`: that of the configuration.",
)
@click.option(
    "--copy-supporters/--no-copy-supporters",
    default=None,
    help="Whether supporters of under-16s marked `copied` are copied as well.",
)
@acting
@with_database
def organisation(
    config: Config,
    organisation: str,
    mode: str | None,
    copy_supporters: bool | None,
    actor_id: str,
) -> None:
    """Set an organisation's mode, and whether supporters are copied. What isn't named stays."""
    from alongside.people import api
    from alongside.people.models import Organisation
    from alongside.policy.vocabulary import Mode

    if mode is None and copy_supporters is None:
        bad_input("there is nothing to set", "name --mode, --copy-supporters or both")
    who = actor(actor_id)
    stands = Organisation.objects.filter(id=organisation).first()
    if stands is None:
        raise api.Unknown(f"there is no organisation with the id `{organisation}`")
    word = stands.mode if mode is None else mode.removeprefix(_CONFIGURED)
    copied = stands.copy_supporters if copy_supporters is None else copy_supporters
    api.set_organisation(
        who, organisation, mode=Mode[word.upper()] if word else None, copy_supporters=copied
    )
    supporters = "copied as well" if copied else "not copied as well"
    say(f"{organisation}: mode {word or 'as configured'}; supporters are {supporters}")
    over = config.gateway.organisations.get(organisation)
    if over is not None:
        say(f"but [gateway.organisations] in the configuration says {over.word}, and that counts")


@click.command()
@click.argument("address")
@acting
@with_database
def reachable(config: Config, address: str, actor_id: str) -> None:
    """Say that ADDRESS works again, after copies to it had bounced."""
    from alongside.people import api

    owners = api.clear_bouncing(actor(actor_id), address)
    say(f"{address} is used again, for {', '.join(sorted(owners))}")


@click.command()
@_PERSON
@click.argument("address")
@click.option(
    "--reader",
    "readers",
    metavar="PERSON_ID",
    multiple=True,
    help="Who reads it as well; may be repeated. [default: nobody]",
)
@acting
@with_database
def readers(
    config: Config, person: str, address: str, readers: tuple[str, ...], actor_id: str
) -> None:
    """Say who else reads PERSON_ID's mail at ADDRESS, such as an assistant. Replaces who did."""
    from alongside.people import api

    api.set_readers(actor(actor_id), person, address, readers)
    say(f"{address} is read by {', '.join(dict.fromkeys((person, *readers)))}")


BY_HAND = (standing, objection, at_risk, organisation, reachable, readers)
