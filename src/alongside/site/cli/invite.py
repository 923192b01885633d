"""``alongside invite``: a way into the web app for somebody of the workforce."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import acting, actor, with_database
from .output import say

if TYPE_CHECKING:
    from alongside.site.config import Config

_WORDS = """\
{organisation} uses Alongside, so that no adult is ever alone in a conversation with a child.

Open this link and choose a password. It works once, for seven days:

{link}

If you did not expect this, do not open it, and tell us."""


@click.command()
@click.argument("person")
@click.option("--show", is_flag=True, help="Print the link, and send nothing.")
@acting
@with_database
def invite(config: Config, person: str, show: bool, actor_id: str) -> None:
    """Invite PERSON to sign in to the web app.

    A gateway delivers the letter with the link, which works once, for seven days. Only the
    workforce can sign in. An earlier invitation stops working.
    """
    from django.db import transaction

    from alongside.accounts import api
    from alongside.site.posting import post

    with transaction.atomic():
        address, secret = api.invite(actor(actor_id), person)
        link = f"{config.web.base}/sign-in/link/{secret}/"
        if not show:
            words = _WORDS.format(organisation=config.organisation.name, link=link)
            post(config, address, "Your invitation to Alongside", words)
    say(link if show else f"an invitation is on its way to {address}")
