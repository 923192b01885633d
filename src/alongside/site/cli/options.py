"""Options that many commands share, and what they open: configuration, database, actor."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from alongside.access.actor import Person
    from alongside.site.config import Config

_Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
acting = click.option(
    "--as",
    "actor_id",
    metavar="PERSON_ID",
    required=True,
    help="Who does this: a person of the register, checked for role and self-review.",
)
maybe_acting = click.option(
    "--as", "actor_id", metavar="PERSON_ID", help="Who looks: an eligible officer sees more."
)
reason = click.option(
    "--reason",
    metavar="TEXT",
    required=True,
    callback=lambda ctx, param, value: _filled(value),
    help="Why; it is kept on the record.",
)
since = click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
    callback=lambda ctx, param, value: value and value.astimezone(),
    help="Not what is older, as in 2026-11-01.",
)
_config = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file. [default: ./alongside.toml, else $ALONGSIDE_CONFIG]",
)


def _filled(text: str) -> str:
    if not text.strip():
        raise click.BadParameter("it is empty, and it is kept on the record")
    return text.strip()


def config_file(command: _Command) -> _Command:
    """Pass ``config_file``: what ``--config`` says here or before the command; not opened."""

    @_config
    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, **options: Any) -> Any:
        config_file = options.pop("config_file")
        return ctx.invoke(command, *args, config_file=config_file or ctx.find_root().obj, **options)

    return wrapped


def configured(command: _Command) -> _Command:
    """Pass the configuration first."""

    @config_file
    @functools.wraps(command)
    def wrapped(*args: Any, config_file: Path | None, **options: Any) -> Any:
        from alongside.site.config import load

        return command(load(config_file), *args, **options)

    return wrapped


def with_database(command: _Command) -> _Command:
    """Pass the configuration first, with the database created or migrated, and Django set up."""

    @configured
    @functools.wraps(command)
    def wrapped(config: Config, *args: Any, **options: Any) -> Any:
        from alongside.site.start import start

        start(config)
        return command(config, *args, **options)

    return wrapped


def actor(person_id: str) -> Person:
    """The person of the register who acts. Raises ``people.api.Unknown``."""
    from alongside.people import api

    return api.actor(person_id)
