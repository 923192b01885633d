"""What happens in a session, as the machine tells it.

A ``Question`` waits for ``Machine.answer``; until then the machine only buffers. The others are
said for information, in order with the replies to send.
"""

from __future__ import annotations

from dataclasses import dataclass

from .envelope import Envelope, Parameters, Recipient


class Question:
    """Something that only the application can answer."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Connected(Question):
    """A client is there: greet it, or answer 421 or 554 to send it away."""


@dataclass(frozen=True, slots=True)
class StartTls(Question):
    """The client asks for TLS: after ``READY_FOR_TLS`` comes the handshake, then ``secured()``."""


@dataclass(frozen=True, slots=True)
class Auth(Question):
    """A login to check."""

    username: str
    password: str

    def __repr__(self) -> str:
        return "Auth(...)"


@dataclass(frozen=True, slots=True)
class Mail(Question):
    """A message begins."""

    sender: str
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Rcpt(Question):
    """One more recipient."""

    recipient: Recipient


@dataclass(frozen=True, slots=True)
class DataComplete(Question):
    """The whole message is here. The answer ends the transaction, whatever it says."""

    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Hello:
    """The client said who it is; whatever it had begun is forgotten."""

    name: str
    extended: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """Send what was said and close. ``quit`` where the client asked for it."""

    quit: bool = False
