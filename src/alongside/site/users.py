"""Who may sign in to submit mail: ``address:hash`` a line, the hash as Django writes scrypt."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path

from django.contrib.auth.hashers import ScryptPasswordHasher

from alongside.policy.address import key


class Users:
    """The users file, read again when it changes. Its ``authenticate`` is the SMTP front's."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._hashes: dict[str, tuple[str, str]] = {}
        self._hasher = ScryptPasswordHasher()
        # Somebody unknown costs as much time as somebody known.
        self._nobody = self._hasher.encode(secrets.token_hex(16), self._hasher.salt())

    async def authenticate(self, user: str, password: str) -> str | None:
        """The address that signed in; None where it or the password is wrong."""
        return await asyncio.to_thread(self._check, user, password)

    def _check(self, user: str, password: str) -> str | None:
        self._read()
        address, stored = self._hashes.get(key(user), ("", self._nobody))
        right = self._hasher.verify(password, stored)
        return address if right and address else None

    def _read(self) -> None:
        status = self._file.stat()
        seen = (status.st_mtime_ns, status.st_size)
        if seen == self._seen:
            return
        lines = (line.strip() for line in self._file.read_text("utf-8").splitlines())
        pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
        self._hashes = {key(a.strip()): (a.strip(), h.strip()) for a, _, h in pairs if h.strip()}
        self._seen = seen


def set_password(file: Path, address: str, password: str) -> None:
    """Add or change one account; the file stays closed to others. Raises ``OSError``."""
    hasher = ScryptPasswordHasher()
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    kept = [line for line in lines if key(line.partition(":")[0]) != key(address)]
    kept.append(f"{address}:{hasher.encode(password, hasher.salt())}")
    new = file.with_name(f".{file.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("\n".join(kept) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
