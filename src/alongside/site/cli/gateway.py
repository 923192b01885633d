"""``alongside gateway``: take, judge, copy and pass on mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import with_database
from .output import say

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.command()
@with_database
def gateway(config: Config) -> None:
    """Run the mail gateway in the foreground.

    Prints a line that starts with `ready` when it accepts mail. SIGTERM ends it cleanly; SIGHUP
    makes it read the configuration and the rulebook again, and drops nobody.
    """
    import asyncio

    import uvloop

    from alongside.site import logs
    from alongside.site.serving import Serving

    logs.start(config.log.level)

    async def serve() -> None:
        serving = Serving(config)
        serving.listen_to_signals()
        await serving.run(say)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
