"""From a configuration to a running Django with a database that is up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .config import Config, ConfigError, Problem
from .keys import web_secret

_PRIVATE = 0o077
"""What is taken from everybody but the account that Alongside runs under."""


def start(config: Config) -> None:
    """Set Django up and create or migrate the database.

    Raises ``ConfigError`` for a database that this version can't use. Files made from now on are
    readable by this account only.
    """
    file = database_file(config)
    keep_private()
    config.data.folder.mkdir(parents=True, exist_ok=True)
    os.environ["ALONGSIDE_DATABASE_FILE"] = str(file)
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
    os.environ["ALONGSIDE_SECRET_KEY"] = web_secret(config).hex()
    os.environ["ALONGSIDE_WEB_URL"] = config.web.url
    os.environ["ALONGSIDE_WEB_HOSTS"] = ",".join(config.web.hosts)
    os.environ["ALONGSIDE_DEMONSTRATION"] = "yes" if config.web.demonstration else "no"
    os.environ["ALONGSIDE_CONFIG_FILE"] = str(config.file.resolve()) if config.file else ""

    import django
    from django.conf import settings

    django.setup()
    in_use = Path(str(settings.DATABASES["default"]["NAME"]))
    if in_use != file:
        raise RuntimeError(f"this program already uses the database {in_use}, not {file}")
    with one_at_a_time(config.data.folder / ".migrating"):
        _bring_up_to_date()


def keep_private() -> None:
    """Files made from now on are for this account only."""
    os.umask(_PRIVATE)


def database_file(config: Config) -> Path:
    """The SQLite file. Raises ``ConfigError`` on PostgreSQL, which this version can't use yet."""
    file = config.sqlite_file
    if file is None:
        raise ConfigError(
            [
                Problem(
                    what="this version of Alongside runs on SQLite only",
                    key="database.url",
                    where=config.file.name if config.file else "",
                    mend='use url = "sqlite:///alongside.db"',
                )
            ]
        )
    return file


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Whoever comes second waits until the first is done; a crash lets go of it."""
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
