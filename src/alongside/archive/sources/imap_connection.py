"""The way to an IMAP server: its URL, its password, and how folders are spelt on the wire."""

from __future__ import annotations

import base64
import imaplib
import ipaddress
import os
import re
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

PASSWORD = "ALONGSIDE_IMAP_PASSWORD"
PASSWORD_FILE = "ALONGSIDE_IMAP_PASSWORD_FILE"
_SECONDS = 60


class ImapError(Exception):
    """the mailbox can't be read by IMAP"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What an ``imap:`` URL says (RFC 5092, without parameters)."""

    tls: bool
    user: str
    host: str
    port: int
    folder: str
    """As the wire spells it; empty is every folder."""

    @property
    def url(self) -> str:
        """Without the folder and, as always, without a password."""
        return f"imap{'s' if self.tls else ''}://{self.user}@{self.host}:{self.port}/"


def is_url(path: str) -> bool:
    return path.startswith(("imap://", "imaps://"))


def parsed(url: str) -> Server:
    """Raises ``ImapError`` for a URL that is none, or that holds a password."""
    said = urlsplit(url)
    if said.password is not None:
        raise ImapError(
            f"there is a password in the URL, where others can see it: put it into a file and name"
            f" the file in {PASSWORD_FILE}"
        )
    try:
        port = said.port or (993 if said.scheme == "imaps" else 143)
    except ValueError:
        port = 0
    if not said.hostname or not said.username or not port:
        raise ImapError(f"`{url}` does not say user and host, as imaps://user@host/folder does")
    return Server(
        tls=said.scheme == "imaps",
        user=unquote(said.username),
        host=said.hostname,
        port=port,
        folder=to_wire(unquote(said.path.strip("/"))),
    )


def connect(url: str) -> imaplib.IMAP4:
    """Log in; over TLS unless the server is on this machine. Raises ``ImapError``."""
    server = parsed(url)
    word = _password(server)
    checked = ssl.create_default_context()
    made: imaplib.IMAP4 | None = None
    try:
        if server.tls:
            made = imaplib.IMAP4_SSL(
                server.host, server.port, ssl_context=checked, timeout=_SECONDS
            )
        else:
            made = imaplib.IMAP4(server.host, server.port, timeout=_SECONDS)
            if "STARTTLS" in made.capabilities:
                made.starttls(checked)
            elif not _is_here(server.host):
                raise ImapError(
                    f"`{server.host}` offers no TLS, so the password would be read on the way:"
                    " use imaps://"
                )
        made.login(server.user, word)
    except (imaplib.IMAP4.error, OSError, ImapError) as error:
        if made is not None:
            made.shutdown()
        if isinstance(error, ImapError):
            raise
        raise ImapError(f"`{server.url}` can't be opened: {error}") from error
    return made


def _password(server: Server) -> str:
    file = os.environ.get(PASSWORD_FILE, "")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise ImapError(f"the password file `{file}` can't be read: {error.strerror}") from None
    word = os.environ.get(PASSWORD, "")
    if not word:
        raise ImapError(
            f"there is no password for `{server.url}`: put it into a file and name the file in"
            f" {PASSWORD_FILE}"
        )
    return word


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(socket.gethostbyname(host)).is_loopback
    except OSError:
        return False


_WIDE = re.compile(r"[^\x20-\x7e]+")
_SHIFTED = re.compile(r"&([^-]*)-")


def to_wire(folder: str) -> str:
    """Modified UTF-7 (RFC 3501, 5.1.3)."""
    return _WIDE.sub(lambda m: f"&{_base64(m[0])}-", folder.replace("&", "&-"))


def from_wire(folder: str) -> str:
    """What people call it; what is no modified UTF-7 stays as it is."""
    return _SHIFTED.sub(lambda m: _wide(m[1]) if m[1] else "&", folder)


def _base64(text: str) -> str:
    coded = base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=")
    return coded.replace("/", ",")


def _wide(coded: str) -> str:
    try:
        octets = base64.b64decode(coded.replace(",", "/") + "=" * (-len(coded) % 4))
        return octets.decode("utf-16-be")
    except ValueError:
        return f"&{coded}-"
