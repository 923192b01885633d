"""``alongside up``: everything on one machine, by one command."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from .errors import bad_input
from .options import config_file
from .output import say

GATEWAY_PORT, SINK_PORT, HEALTH_PORT, WEB_PORT = 2525, 2526, 8025, 8000


@click.command()
@click.option("--demo", is_flag=True, help="A made-up charity in ./var/demo; nothing leaves.")
@click.option("--port", type=int, help=f"Demo: port of the gateway. [default: {GATEWAY_PORT}]")
@click.option("--sink-port", type=int, help=f"Demo: port of the mail sink. [default: {SINK_PORT}]")
@click.option("--health-port", type=int, help=f"Demo: port of /health. [default: {HEALTH_PORT}]")
@click.option("--web-port", type=int, help=f"Demo: port of the pages. [default: {WEB_PORT}]")
@config_file
def up(
    config_file: Path | None,
    demo: bool,
    port: int | None,
    sink_port: int | None,
    health_port: int | None,
    web_port: int | None,
) -> None:
    """Run Alongside on this machine.

    The first time it writes a commented alongside.toml and says what to fill in. After that it
    runs and supervises the gateway and the web app: prints `ready`, starts again what falls over,
    and ends on SIGTERM or Ctrl-C. SIGHUP makes it read the configuration again.

    With --demo it needs no configuration: it makes up a charity, runs the gateway in front of a
    mail sink and the web app beside it, and shows what happens to each message.
    """
    if demo:
        from alongside.site.demo import Ports, run

        if config_file is not None:
            bad_input("--demo has a configuration of its own, so `--config` can't stand with it")
        ports = Ports(
            gateway=port or GATEWAY_PORT,
            sink=sink_port or SINK_PORT,
            health=health_port or HEALTH_PORT,
            web=web_port or WEB_PORT,
        )
        sys.exit(run(ports))
    if port or sink_port or health_port or web_port:
        bad_input("ports are for --demo; otherwise the configuration names them")
    sys.exit(_own(config_file))


def _own(given: Path | None) -> int:
    from alongside.site.config import find_file, load
    from alongside.site.start import start
    from alongside.site.supervise import Supervisor, parts

    file = find_file(given)
    if not file.exists():
        write_first(file)
        return 0
    start(load(file))

    async def supervise() -> int:
        supervisor = Supervisor(parts(file.resolve()), say=say)
        supervisor.listen_to_signals()
        return await supervisor.run()

    return asyncio.run(supervise())


def write_first(file: Path) -> None:
    """Write the commented configuration and say what to fill in."""
    from importlib.resources import files

    text = files("alongside.site").joinpath("starting.toml").read_text(encoding="utf-8")
    with file.open("x", encoding="utf-8") as new:
        new.write(text)
    say(f"wrote {file}: it only watches (mode `shadow`) until you say otherwise. Now")
    say()
    say(f"  1. fill in the five values marked FILL IN in {file}:")
    say("     the organisation's name, its mail domains, its safeguarding contact,")
    say("     and where mail goes next, outbound and inbound")
    say("  2. `alongside people import people.csv links.csv` tells Alongside who is who")
    say("  3. `alongside doctor` checks it all")
    say("  4. `alongside up` again runs it")
