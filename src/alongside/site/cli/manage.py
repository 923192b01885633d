"""``alongside manage``: Django's own commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import with_database

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.command(
    add_help_option=False,
    context_settings={
        "ignore_unknown_options": True,
    },
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@with_database
def manage(config: Config, arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands.

    `alongside manage help` lists them.
    """
    from django.core.management import ManagementUtility

    ManagementUtility(["alongside manage", *arguments]).execute()
