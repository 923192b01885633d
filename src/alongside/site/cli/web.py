"""``alongside web``: the pages, in the foreground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import with_database

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.command()
@with_database
def web(config: Config) -> None:
    """Serve the web app in the foreground.

    Prints a line starting with `ready` when it answers; ends cleanly on SIGTERM. Behind a proxy
    that speaks https, set `url` in [web].
    """
    from alongside.site.pages import serve

    serve(config)
