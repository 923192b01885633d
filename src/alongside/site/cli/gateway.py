"""``alongside gateway``: take, judge, copy and pass on mail."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .options import with_database

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.command()
@with_database
def gateway(config: Config) -> None:
    """Run the mail gateway in the foreground.

    Prints a line that starts with `ready` when it accepts mail. SIGTERM ends it cleanly.
    """
    from alongside.site.wiring import run_gateway

    sys.exit(run_gateway(config))
