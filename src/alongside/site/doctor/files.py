"""Who can read the files that hold secrets or personal information."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from alongside.site.config import Config
from alongside.site.keys import secret_files
from alongside.site.plurals import counted
from alongside.site.start import database_file

from .finding import Finding, ok, problem

AREA = "permissions"
_OTHERS = stat.S_IRWXO
_GROUP_WRITES = stat.S_IWGRP


def examine(config: Config) -> Iterator[Finding]:
    secret = [path for path in _secret(config) if path.exists()]
    open_ones = [path for path in secret if path.stat().st_mode & (_OTHERS | _GROUP_WRITES)]
    for path in open_ones:
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = "700" if path.is_dir() else "600"
        yield problem(AREA, f"{path} is open to others ({mode:03o})", f"chmod {wanted} {path}")
    if not open_ones:
        said = counted(len(secret), "path with secrets is", "files and folders with secrets are")
        yield ok(AREA, f"{said} closed to others")


def _secret(config: Config) -> Iterator[Path]:
    database = database_file(config)
    yield config.data.folder
    for ending in ("", "-wal", "-shm"):
        yield database.with_name(database.name + ending)
    yield config.heads_file
    yield from secret_files(config)
    for path in (config.gateway.tls_key, config.gateway.users_file):
        if path is not None:
            yield path
    if config.dkim is not None:
        yield config.dkim.key_file
    for table in (config.relay, *config.relay.routes.values()):
        for path in (table.outbound_secret_file, table.inbound_secret_file):
            if path is not None:
                yield path
