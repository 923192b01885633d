"""Bring the demonstration up: ports, lists, register, sink, gateway."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from pathlib import Path

import click
import uvloop

from alongside.access.actor import System
from alongside.people.demo import Demo, write_demo
from alongside.policy.vocabulary import Mode
from alongside.site import logs
from alongside.site.config import Config, load
from alongside.site.start import keep_private, start
from alongside.site.supervise import Supervisor, part

from .words import Ports

FOLDER = Path("var") / "demo"
HOST = "127.0.0.1"
TAKEN = 2
_REMEMBERED = 100
"""Messages that the sink keeps."""

_CONFIGURATION = """\
# Written anew by each `alongside up --demo`.
[organisation]
name = "Example Sports Charity"
domains = ["{domain}"]
contact = "safeguarding@{domain}"
contact_phone = "01632 960123"
[data]
folder = "."
[gateway]
host = "demo.{domain}"
listen = ["{host}:{gateway}"]
mode = "{mode}"
[relay]
outbound = "smtp://{host}:{sink}"
inbound = "smtp://{host}:{sink}"
[health]
listen = "{host}:{health}"
[web]
listen = "{host}:{web}"
demonstration = true
"""


def run(ports: Ports) -> int:
    """Until Ctrl-C or SIGTERM; the exit status."""
    taken = _taken(ports)
    if taken:
        _say_taken(*taken)
        return TAKEN
    began = time.monotonic()
    click.echo("Making up a charity ...", err=True)
    keep_private()
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o700)
    demo = write_demo(FOLDER / "lists")
    config = _configured(demo, ports)
    start(config)
    count = _imported(demo)
    log = os.open(FOLDER / "demo.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(log, "a", encoding="utf-8") as stream:
        logs.start(config.log.level, stream)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(config, demo, ports, count, began))
    return 0


async def _serve(config: Config, demo: Demo, ports: Ports, count: int, began: float) -> None:
    from alongside.mail.smtp.sink import Sink
    from alongside.site.serving import Serving
    from alongside.site.wiring import snapshot

    from .live import Live
    from .ways_in import ways_in
    from .words import introduction

    people = snapshot(config)
    keys = await asyncio.to_thread(ways_in, config.web.base)
    live = Live(people, say=click.echo)
    sink = Sink(on_message=live.arrived, limit=_REMEMBERED)
    await sink.listen(HOST, ports.sink)

    web_answers = asyncio.Event()

    def heard(line: str) -> None:
        if line.startswith("ready"):
            web_answers.set()
        else:
            click.echo(line, err=True)

    pages = Supervisor((part("web", FOLDER / "alongside.toml"),), say=heard)

    async def introduce(line: str) -> None:
        await web_answers.wait()
        click.echo(introduction(demo, people, ports, FOLDER, count, keys))
        click.echo(f"{line}  ({time.monotonic() - began:.0f} s)")
        click.echo()

    tasks = [asyncio.create_task(live.run()), asyncio.create_task(pages.run())]

    def ready(line: str) -> None:
        tasks.append(asyncio.create_task(introduce(line)))

    serving = Serving(config, watch=live.decided)
    serving.listen_to_signals()
    try:
        await serving.run(ready)
    finally:
        pages.stop()
        await tasks[1]
        for task in tasks:
            task.cancel()
        await sink.stop()


def _configured(demo: Demo, ports: Ports) -> Config:
    file = FOLDER / "alongside.toml"
    file.write_text(
        _CONFIGURATION.format(
            domain=demo.domain,
            host=HOST,
            mode=Mode.ENFORCE.word,
            gateway=ports.gateway,
            sink=ports.sink,
            health=ports.health,
            web=ports.web,
        ),
        encoding="utf-8",
    )
    return load(file, environ={})


def _imported(demo: Demo) -> int:
    from alongside.people import api

    report = api.import_files(
        System("demo"),
        demo.people,
        demo.links,
        groups=demo.groups,
        organisations=demo.organisations,
        mailboxes=demo.mailboxes,
        domains=(demo.domain,),
    )
    if report.problems:
        raise RuntimeError(f"the demonstration's own lists have a problem: {report.problems[0]}")
    return len(demo.people.read_text("utf-8").splitlines()) - 1


def _taken(ports: Ports) -> tuple[str, int] | None:
    """The first port that somebody else has: (option that chooses another, port)."""
    for option, port in (
        ("--port", ports.gateway),
        ("--sink-port", ports.sink),
        ("--health-port", ports.health),
        ("--web-port", ports.web),
    ):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, port))
            except OSError:
                return option, port
    return None


def _say_taken(option: str, port: int) -> None:
    other = port + 1000 if port < 64_000 else port - 1000
    command = f"{Path(sys.argv[0]).name} up --demo {option} {other}"
    click.echo(f"alongside: port {port} on {HOST} is taken by another program", err=True)
    click.echo(f"    choose another: {command}", err=True)
    click.echo(f"    or with make:   make run ARGS='{option} {other}'", err=True)
