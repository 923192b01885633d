"""Secrets that Alongside makes for itself, once, beside the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .config import Config

_OCTETS = 32


def bounce_secret_file(config: Config) -> Path:
    """Signs the bounce addresses of copies; lost, bounces of earlier copies are not understood."""
    return config.data.folder / "bounce.secret"


def _web_secret_file(config: Config) -> Path:
    return config.data.folder / "web.secret"


def secret_files(config: Config) -> tuple[Path, ...]:
    """All that a backup has to keep."""
    return bounce_secret_file(config), _web_secret_file(config)


def bounce_secret(config: Config) -> bytes:
    """Raises ``OSError``."""
    return _made_once(bounce_secret_file(config))


def web_secret(config: Config) -> bytes:
    """Signs what the web app hands out; lost, everybody signs in again. Raises ``OSError``."""
    return _made_once(_web_secret_file(config))


def _made_once(file: Path) -> bytes:
    """Read it, or make it. Two who make it at once end with the same."""
    try:
        return bytes.fromhex(file.read_text("ascii"))
    except FileNotFoundError:
        pass
    new = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_OCTETS))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(new, file)
    except FileExistsError:
        pass
    finally:
        new.unlink()
    return bytes.fromhex(file.read_text("ascii"))
