"""The command line: ``alongside``. One small file per group of commands.

Exit status: 0 fine, 1 something bad was found, 2 the input can't be used.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from .errors import told

COMMANDS = {
    "up": "up",
    "gateway": "gateway",
    "web": "web",
    "people": "people",
    "invite": "invite",
    "decide": "decide",
    "policy": "policy",
    "scan": "scan",
    "audit": "audit",
    "holds": "holds",
    "exceptions": "exceptions",
    "signatures": "signatures",
    "shadow": "shadow",
    "record": "record",
    "send": "send",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "backup",
    "manage": "manage",
}
"""Command -> module of this package, in the order in which help lists them."""


class Lazy(click.Group):
    """Reads a command's module when the command, or help, is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f".{COMMANDS[name]}", __package__)
        command: click.Command = getattr(module, name)
        return command


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Lazy, context_settings=SETTINGS)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file. [default: ./alongside.toml, else $ALONGSIDE_CONFIG]",
)
@click.version_option(
    package_name="alongside", prog_name="alongside", message="%(prog)s %(version)s"
)
@click.pass_context
def alongside(ctx: click.Context, config: Path | None) -> None:
    """No adult alone in a digital conversation with a child or participant.

    Start with `alongside up --demo`, or with `alongside up` for your own organisation.
    """
    ctx.obj = config


def main() -> None:
    """The entry point of the ``alongside`` script."""
    with told():
        sys.exit(alongside.main(prog_name="alongside", standalone_mode=True))
