"""The protocol on one page: what each command does in each state.

Two rules for this file. It holds no code but the table. And each command stands in each row, so
that nothing is decided by falling through: either the state after the command was granted, or the
reply that refuses it out of turn. A command in no row is not recognised.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from .replies import (
    HELLO_FIRST,
    NOT_DURING_MAIL,
    NOT_OFFERED,
    ONE_SENDER,
    RECIPIENT_FIRST,
    SENDER_FIRST,
    Reply,
)


class State(Enum):
    """Where a session stands."""

    NEW = "new"
    """Greeted, or fresh under TLS: the client has not said who it is."""
    READY = "ready"
    MAIL = "mail"
    """A sender is known."""
    RCPT = "rcpt"
    """A recipient too."""
    CONTENT = "content"
    """After 354, until the final dot."""
    LOGIN = "login"
    """In the middle of AUTH."""
    HANDSHAKE = "handshake"
    """After the reply to STARTTLS, until TLS is on."""
    CLOSED = "closed"


_S = State

TABLE: Final[Mapping[State, Mapping[str, State | Reply]]] = {
    _S.NEW: {
        "HELO": _S.READY,
        "EHLO": _S.READY,
        "STARTTLS": HELLO_FIRST,
        "AUTH": HELLO_FIRST,
        "MAIL": HELLO_FIRST,
        "RCPT": HELLO_FIRST,
        "DATA": HELLO_FIRST,
        "RSET": _S.NEW,
        "NOOP": _S.NEW,
        "HELP": _S.NEW,
        "VRFY": _S.NEW,
        "EXPN": NOT_OFFERED,
        "QUIT": _S.CLOSED,
    },
    _S.READY: {
        "HELO": _S.READY,
        "EHLO": _S.READY,
        "STARTTLS": _S.HANDSHAKE,
        "AUTH": _S.READY,
        "MAIL": _S.MAIL,
        "RCPT": SENDER_FIRST,
        "DATA": SENDER_FIRST,
        "RSET": _S.READY,
        "NOOP": _S.READY,
        "HELP": _S.READY,
        "VRFY": _S.READY,
        "EXPN": NOT_OFFERED,
        "QUIT": _S.CLOSED,
    },
    _S.MAIL: {
        "HELO": _S.READY,
        "EHLO": _S.READY,
        "STARTTLS": NOT_DURING_MAIL,
        "AUTH": NOT_DURING_MAIL,
        "MAIL": ONE_SENDER,
        "RCPT": _S.RCPT,
        "DATA": RECIPIENT_FIRST,
        "RSET": _S.READY,
        "NOOP": _S.MAIL,
        "HELP": _S.MAIL,
        "VRFY": _S.MAIL,
        "EXPN": NOT_OFFERED,
        "QUIT": _S.CLOSED,
    },
    _S.RCPT: {
        "HELO": _S.READY,
        "EHLO": _S.READY,
        "STARTTLS": NOT_DURING_MAIL,
        "AUTH": NOT_DURING_MAIL,
        "MAIL": ONE_SENDER,
        "RCPT": _S.RCPT,
        "DATA": _S.CONTENT,
        "RSET": _S.READY,
        "NOOP": _S.RCPT,
        "HELP": _S.RCPT,
        "VRFY": _S.RCPT,
        "EXPN": NOT_OFFERED,
        "QUIT": _S.CLOSED,
    },
}

NOT_SMTP: Final = frozenset({"GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "PRI"})
"""Words of another protocol, made to speak to us by someone else's client: closed at once."""
