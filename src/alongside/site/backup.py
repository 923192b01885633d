"""The whole installation in one file, and back.

A tar file: the database as SQLite's online backup gives it while the gateway goes on, the heads of
the record, the configuration, and the key and secret files that it names.
"""

from __future__ import annotations

import io
import os
import socket
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pydantic import BaseModel

from .config import Config, load
from .keys import secret_files
from .start import database_file

DATABASE = "alongside.db"
HEADS = "heads.jsonl"
CONFIGURATION = "alongside.toml"
BESIDE = "files/beside/"
ELSEWHERE = "files/elsewhere/"
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700


class CannotRestore(Exception):
    """the backup can't be put back"""


def back_up(config: Config, target: Path) -> int:
    """Write the backup, readable by this account only; its size in bytes.

    The heads are read before the database, so that the database is never behind them. Raises
    ``OSError`` and ``sqlite3.Error``; ``FileExistsError`` rather than overwrite.
    """
    heads = config.heads_file.read_bytes() if config.heads_file.exists() else b""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w") as tar:
                _add_database(tar, database_file(config), config.data.folder)
                _add(tar, HEADS, heads)
                for secret in secret_files(config):
                    if secret.exists():
                        _add(tar, secret.name, secret.read_bytes())
                if config.file is not None:
                    _add(tar, CONFIGURATION, config.file.read_bytes())
                for name, path in _named_files(config):
                    _add(tar, name, path.read_bytes())
            raw.flush()
            os.fsync(raw.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def restore(backup: Path, config_file: Path, *, force: bool = False) -> Config:
    """Put database, heads, configuration and named files back; the configuration that now holds.

    Where ``config_file`` exists it says where the database goes, and stays unless ``force``. Raises
    ``CannotRestore`` when something different is in the way and ``force`` is not given, or when the
    gateway runs; ``ConfigError``, ``OSError`` and ``tarfile.TarError`` besides.
    """
    with tarfile.open(backup) as tar:
        kept = {member.name: _read(tar, member) for member in tar.getmembers() if member.isfile()}
    if DATABASE not in kept:
        raise CannotRestore(f"`{backup}` is no backup of Alongside: it holds no database")
    if CONFIGURATION not in kept and not config_file.exists():
        raise CannotRestore(f"there is no `{config_file}`, and none in the backup")
    base = config_file.resolve().parent
    _put({path: kept[name] for name, path in _places(kept, config_file, base)}, force)
    config = load(config_file)
    database = database_file(config)
    if _answers(config.health.endpoint):
        raise CannotRestore("the gateway is running: stop it first")
    if database.exists() and not force:
        raise CannotRestore(f"`{database}` exists: `--force` overwrites it")
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    beside = {config.heads_file: HEADS, **{file: file.name for file in secret_files(config)}}
    files = {file: kept[name] for file, name in beside.items() if name in kept}
    _put({database: kept[DATABASE], **files}, force=True)
    return config


def _add_database(tar: tarfile.TarFile, database: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as private:
        copy = Path(private) / DATABASE
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source:
            with closing(sqlite3.connect(copy)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
        tar.add(copy, DATABASE, filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = _PRIVATE
    return member


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(_anonymous(member), io.BytesIO(content))


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return file.read() if file else b""


def _named_files(config: Config) -> Iterator[tuple[str, Path]]:
    """(name in the backup, file) of every file that the configuration names."""
    base = config.file.parent if config.file else Path.cwd()
    paths = {*_paths_in(config), *([config.rulebook_path] if config.rulebook_path else [])}
    for path in sorted(paths):
        if path.is_file():
            if path.is_relative_to(base):
                yield BESIDE + str(path.relative_to(base)), path
            else:
                yield ELSEWHERE + str(path).lstrip("/"), path


def _paths_in(section: BaseModel) -> Iterator[Path]:
    for name in type(section).model_fields:
        value = getattr(section, name)
        inner = value.values() if isinstance(value, dict) else [value]
        for one in inner:
            if isinstance(one, BaseModel):
                yield from _paths_in(one)
            elif isinstance(one, Path):
                yield one


def _places(kept: dict[str, bytes], config_file: Path, base: Path) -> Iterator[tuple[str, Path]]:
    for name in kept:
        if ".." in Path(name).parts:
            raise CannotRestore(f"`{name}` in the backup leads out of its folder")
        if name == CONFIGURATION:
            yield name, config_file
        elif name.startswith(BESIDE):
            yield name, base / name.removeprefix(BESIDE)
        elif name.startswith(ELSEWHERE):
            yield name, Path("/") / name.removeprefix(ELSEWHERE)


def _put(files: dict[Path, bytes], force: bool) -> None:
    """All of them or, when one is in the way, none."""
    different = {p: c for p, c in files.items() if not p.exists() or p.read_bytes() != c}
    for path in different:
        if path.exists() and not force:
            raise CannotRestore(f"`{path}` exists and differs: `--force` overwrites it")
    for path, content in different.items():
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.restoring")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def _answers(endpoint: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(endpoint, timeout=1):
            return True
    except OSError:
        return False
