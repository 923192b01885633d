"""Outlook's .msg (MS-OXMSG), written again as the message (RFC 5322) that it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any

from oxmsg import Message
from oxmsg.domain import constants as c
from oxmsg.properties import Properties
from oxmsg.recipient import Recipient

from ..rows import Raw, Unreadable
from ..units import LARGEST
from .rtf import unpacked

_NESTED, _HEADER = 5, 24
"""PidTagAttachMethod of a message in a message; the size of its properties' header."""
_DELIVERED, _CLASS = 0x0E06, 0x001A
_OURS = re.compile(r"(?:content-|mime-version)", re.I)
_DEEPEST = 4
_FIELDS = {1: "To", 2: "Cc", 3: "Bcc"}


def message(octets: bytes, file: str) -> Raw | Unreadable:
    """The message of a .msg file; something else of Microsoft's with the same wrapping is no mail.

    Never raises: the library reads what anybody may have made, and its errors are many.
    """
    if len(octets) > LARGEST:
        return Unreadable(file=file, place="", why="too_large", detail="more than 64 MB")
    try:
        found = Message.load(octets)
        if not found.properties.str_prop_value(_CLASS):
            return Unreadable(
                file=file, place="", why="not_mail", detail="a document of Microsoft Office"
            )
        written = _written(found, found.properties, 0)
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        if not file.lower().endswith(".msg") and isinstance(error, KeyError):
            return Unreadable(
                file=file, place="", why="not_mail", detail="a document of Microsoft Office"
            )
        return Unreadable(file=file, place="", why="not_a_message", detail=said[:300])
    return Raw(file=file, place="", octets=written)


def _written(found: Message, said: Properties, depth: int) -> bytes:
    """Header fields as they came, or else as the properties say, and a body made anew."""
    body = _body(found, said, depth)
    block = _transport(said) or _fields(found, said)
    return b"".join((block, body))


def _transport(said: Properties) -> bytes:
    """The fields that came over the network; those of the body are made anew."""
    text = said.str_prop_value(c.PID_TRANSPORT_MESSAGE_HEADERS) or ""
    fields = re.split(r"\r?\n(?![ \t])", text.strip("\r\n\0"))
    kept = [f for f in fields if re.match(r"[!-9;-~]+\s*:", f) and not _OURS.match(f)]
    if not any(f.lower().startswith("from") for f in kept):
        return b""
    return "".join(re.sub(r"\r?\n", "\r\n", f) + "\r\n" for f in kept).encode("utf-8", "replace")


def _fields(found: Message, said: Properties) -> bytes:
    """Of what never left the building: a sent item has no fields of the network."""
    address = said.str_prop_value(c.PID_SENDER_SMTP_ADDRESS) or said.str_prop_value(
        c.PID_SENDER_EMAIL_ADDRESS
    )
    lines = [("From", _address(said.str_prop_value(c.PID_SENDER_NAME) or "", address or ""))]
    by_field: dict[str, list[str]] = {}
    for recipient in found.recipients:
        kind = (recipient.properties.int_prop_value(c.PID_RECIPIENT_TYPE) or 1) & 0xF
        by_field.setdefault(_FIELDS.get(kind, "To"), []).append(_recipient(recipient))
    lines += [(name, ", ".join(people)) for name, people in by_field.items()]
    lines.append(("Subject", _encoded(said.str_prop_value(c.PID_SUBJECT) or "")))
    at = said.date_prop_value(c.PID_CLIENT_SUBMIT_TIME) or said.date_prop_value(_DELIVERED)
    if isinstance(at, datetime):
        lines.append(("Date", format_datetime(at if at.tzinfo else at.replace(tzinfo=UTC))))
    lines.append(("Message-ID", said.str_prop_value(c.PID_INTERNET_MESSAGE_ID) or ""))
    return "".join(f"{name}: {_one_line(v)}\r\n" for name, v in lines if v).encode()


def _recipient(recipient: Recipient) -> str:
    return _address(recipient.name, recipient.email_address)


def _address(name: str, address: str) -> str:
    return formataddr((_one_line(name), _one_line(address)), "utf-8") if address else ""


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=900).encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _body(found: Message, said: Properties, depth: int) -> bytes:
    """The text, the HTML and what was attached, as MIME."""
    made = EmailMessage(policy=SMTP)
    text = said.str_prop_value(c.PID_BODY)
    html = _html(said)
    rich = said.binary_prop_value(c.PID_RTF_COMPRESSED) if text is None and html is None else None
    made.set_content(_clean(text or ""))
    if html is not None:
        made.add_alternative(_clean(html), subtype="html")
    if rich:
        made.add_attachment(unpacked(rich), "application", "rtf", filename="body.rtf")
    for name, kind, octets in _attached(found, depth):
        main, _, sub = kind.partition("/")
        if main in ("message", "multipart") or not (main.isalnum() and sub):
            main, sub = "application", "octet-stream"
        if kind == "message/rfc822":
            made.add_attachment(octets, "application", "octet-stream", filename=name)
            list(made.iter_attachments())[-1].replace_header("Content-Type", kind)
        else:
            made.add_attachment(octets, main, sub, filename=name)
    return made.as_bytes()


def _attached(found: Message, depth: int) -> Iterator[tuple[str, str, bytes]]:
    """Name, type and octets of each attachment; a message in a message is written out too."""
    for attachment in found.attachments:
        said = attachment.properties
        name = _one_line(
            attachment.file_name or said.str_prop_value(c.PID_ATTACH_FILENAME) or "attachment"
        )
        if said.int_prop_value(c.PID_ATTACH_METHOD) == _NESTED and depth < _DEEPEST:
            inner = _nested(attachment)
            if inner is not None:
                of_inner = Properties(inner, properties_header_offset=_HEADER)
                octets = _written(Message(inner), of_inner, depth + 1)
                yield f"{name}.eml", "message/rfc822", octets
                continue
        yield name, (attachment.mime_type or "").lower(), attachment.file_bytes or b""


def _nested(attachment: Any) -> Any:
    """The storage of a message in a message."""
    for storage in attachment._storage.storages:
        if storage.name == "__substg1.0_3701000D":
            return storage
    return None


def _html(said: Properties) -> str | None:
    if (octets := said.binary_prop_value(c.PID_HTML)) is not None:
        return octets.decode(said.body_encoding, "replace")
    return said.str_prop_value(c.PID_BODY_HTML)


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()
