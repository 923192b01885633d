"""``alongside backup`` and ``alongside restore``."""

from __future__ import annotations

import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .errors import FOUND_BAD, bad_input
from .options import config_file, with_database
from .output import say

if TYPE_CHECKING:
    from alongside.site.config import Config


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_database
def backup(config: Config, file: Path) -> None:
    """Write everything to one FILE.

    Database, record, configuration and keys, while the gateway goes on.
    FILE holds personal information and secrets: it is made readable by you only.
    """
    from alongside.site.backup import back_up

    try:
        size = back_up(config, file)
    except FileExistsError:
        bad_input(f"`{file}` exists already", "name another file: a backup is never overwritten")
    say(f"wrote {file} ({size / 1_000_000:.1f} MB)")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@config_file
def restore(config_file: Path | None, file: Path, force: bool) -> None:
    """Put a backup back, and verify it.

    FILE is what `alongside backup` wrote. Stop the gateway first. Nothing that is there is
    overwritten without --force.
    """
    from alongside.site.backup import CannotRestore
    from alongside.site.backup import restore as put_back
    from alongside.site.config import find_file
    from alongside.site.start import start

    try:
        config = put_back(file, find_file(config_file), force=force)
    except CannotRestore as error:
        bad_input(str(error))
    except tarfile.TarError as error:
        bad_input(f"`{file}` can't be read as a backup: {error}")
    start(config)
    say(f"restored {file} into {config.data.folder}")
    from .record import verified

    if not verified(config):
        sys.exit(FOUND_BAD)
