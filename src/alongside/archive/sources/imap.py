"""A mailbox on a server, read by IMAP (RFC 3501) and left as it was.

Folders are opened with EXAMINE and messages fetched with BODY.PEEK[]: nothing is marked as seen.
The password comes from the environment, never from the command line and never into the store:
``ALONGSIDE_IMAP_PASSWORD``, or ``ALONGSIDE_IMAP_PASSWORD_FILE`` with the name of a file.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator

from ..rows import Raw, Unreadable
from ..units import LARGEST, UNIT, Changed, Kind, Unit
from .imap_connection import ImapError, Server, connect, from_wire, is_url, parsed
from .naming import inside, shown

_LOOK = 2_000
"""Messages whose sizes are asked for at a time."""
_TOGETHER = 500
"""Messages of one unit, at most."""
_FETCH = 1 << 20
"""Octets of messages that are fetched at a time."""
_FLAGGED = re.compile(rb"UID (\d+)")
_SIZED = re.compile(rb"RFC822\.SIZE (\d+)")


def units(url: str, label: str) -> Iterator[Unit]:
    """The mailbox's folders, cut by UID. Raises ``ImapError``."""
    server = parsed(url)
    connection = connect(url)
    try:
        folders = [server.folder] if server.folder else _folders(connection)
        for folder in folders:
            file = inside(label, from_wire(folder)) if label else shown(from_wire(folder))
            yield from _units(connection, server, folder, file)
    except (imaplib.IMAP4.error, OSError) as error:
        raise ImapError(f"`{server.url}` broke off: {error}") from error
    finally:
        _leave(connection)


def _units(connection: imaplib.IMAP4, server: Server, folder: str, file: str) -> Iterator[Unit]:
    count, validity = _examine(connection, folder)
    sizes: list[tuple[int, int]] = []
    for first in range(1, count + 1, _LOOK):
        last = min(first + _LOOK - 1, count)
        _, said = _ok(connection.fetch(f"{first}:{last}", "(UID RFC822.SIZE)"), file)
        for line in said:
            uid, size = _FLAGGED.search(line or b""), _SIZED.search(line or b"")
            if uid and size:
                sizes.append((int(uid[1]), int(size[1])))
                # Where a unit ends is said by the UID, so that new mail changes the last one only.
                if int(uid[1]) % _TOGETHER == 0 or sum(s for _, s in sizes) > UNIT:
                    yield _unit(server, folder, file, validity, sizes)
                    sizes = []
    if sizes:
        yield _unit(server, folder, file, validity, sizes)


def _unit(
    server: Server, folder: str, file: str, validity: int, sizes: list[tuple[int, int]]
) -> Unit:
    return Unit(
        kind=Kind.IMAP,
        path=server.url,
        file=file,
        names=(folder,),
        start=sizes[0][0],
        end=sizes[-1][0],
        octets=sum(size for _, size in sizes),
        stamp=f"{validity}.{len(sizes)}",
    )


_connections: dict[str, imaplib.IMAP4] = {}


def messages(unit: Unit) -> Iterator[Raw | Unreadable]:
    """The messages of a range of UIDs. Raises ``Changed``, ``ImapError``."""
    if unit.path not in _connections:
        _connections[unit.path] = connect(unit.path)
    try:
        yield from _messages(_connections[unit.path], unit)
    except (imaplib.IMAP4.error, OSError) as error:
        raise ImapError(f"`{unit.path}` broke off: {error}") from error
    finally:
        if _connections[unit.path].state == "LOGOUT":
            del _connections[unit.path]


def _messages(connection: imaplib.IMAP4, unit: Unit) -> Iterator[Raw | Unreadable]:
    (folder,) = unit.names
    _, validity = _examine(connection, folder)
    wanted = f"{unit.start}:{unit.end}"
    _, said = _ok(connection.uid("FETCH", wanted, "(RFC822.SIZE)"), unit.file)
    sizes = [
        (int(uid[1]), int(size[1]))
        for line in said
        if (uid := _FLAGGED.search(line or b"")) and (size := _SIZED.search(line or b""))
    ]
    if unit.stamp != f"{validity}.{len(sizes)}":
        raise Changed
    group: list[int] = []
    octets = 0
    for number, long in sizes:
        if long > LARGEST:
            yield _cut(connection, unit, number, long)
            continue
        if group and octets + long > _FETCH:
            yield from _fetched(connection, unit, group)
            group, octets = [], 0
        group.append(number)
        octets += long
    if group:
        yield from _fetched(connection, unit, group)


def _fetched(connection: imaplib.IMAP4, unit: Unit, uids: list[int]) -> Iterator[Raw | Unreadable]:
    numbers = ",".join(map(str, uids))
    _, said = _ok(connection.uid("FETCH", numbers, "(BODY.PEEK[])"), unit.file)
    found: dict[int, bytes] = {}
    for n, part in enumerate(said):
        if isinstance(part, tuple):
            after = said[n + 1] if n + 1 < len(said) and isinstance(said[n + 1], bytes) else b""
            uid = _FLAGGED.search(part[0]) or _FLAGGED.search(after)
            if uid:
                found[int(uid[1])] = part[1]
    for number in uids:
        if number in found:
            yield Raw(file=unit.file, place=str(number), octets=found[number])
        else:
            detail = "the server listed it and did not give it"
            yield Unreadable(file=unit.file, place=str(number), why="io", detail=detail)


def _cut(connection: imaplib.IMAP4, unit: Unit, uid: int, size: int) -> Raw | Unreadable:
    """The beginning of a message that is too long."""
    _, said = _ok(connection.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)"), unit.file)
    for part in said:
        if isinstance(part, tuple):
            missing = max(0, size - len(part[1]))
            return Raw(file=unit.file, place=str(uid), octets=part[1], missing=missing)
    return Unreadable(file=unit.file, place=str(uid), why="too_large", detail=f"{size:,} octets")


def _folders(connection: imaplib.IMAP4) -> list[str]:
    """Every folder that can hold messages, as the wire spells it (RFC 3501, 5.1.3)."""
    _, said = _ok(connection.list(), "the list of folders")
    found = []
    for line in said:
        parts = line if isinstance(line, tuple) else (line, b"")
        if not parts[0] or rb"\noselect" in parts[0].lower():
            continue
        name = parts[1] or _NAME.sub(b"", parts[0])
        found.append(name.strip(b'"').replace(b'\\"', b'"').replace(b"\\\\", b"\\").decode())
    return sorted(found)


_NAME = re.compile(rb'^\([^)]*\) (?:"[^"]*"|NIL) ', re.IGNORECASE)


def _examine(connection: imaplib.IMAP4, folder: str) -> tuple[int, int]:
    """How many messages there are, and UIDVALIDITY."""
    quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
    _, said = _ok(connection.select(f'"{quoted}"', readonly=True), from_wire(folder))
    _, (validity,) = connection.response("UIDVALIDITY")
    if not validity:
        raise ImapError(f"the server gives no UIDVALIDITY for `{from_wire(folder)}`")
    return int(said[0] or 0), int(validity)


def _ok(answer: tuple[str, list], what: str) -> tuple[str, list]:  # type: ignore[type-arg]
    if answer[0] != "OK":
        said = b" ".join(p for p in answer[1] if isinstance(p, bytes)).decode("utf-8", "replace")
        raise ImapError(f"the server refuses `{what}`: {said}")
    return answer


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (imaplib.IMAP4.error, OSError):
        connection.shutdown()


__all__ = ["ImapError", "is_url", "messages", "units"]
