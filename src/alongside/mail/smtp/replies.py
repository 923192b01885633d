"""Every reply we ever send: code (RFC 5321), enhanced status (RFC 3463), plain words.

Nothing else in this room makes a ``Reply``; a test holds that. The gateway makes its own with the
clause and the mend, and hands them to us as the handler's answer.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

LINE_OF_REPLY = 400
"""Octets of text in one line of a reply; RFC 5321 4.5.3.1.5 allows 512 in all."""

_PLAIN_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
_CONTROLS = {number: " " for number in (*range(32), 127) if number != 10}


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, ready for the wire in ``octets``.

    ``text`` may hold several lines, and long ones are wrapped; each becomes a line of a multi-line
    reply (RFC 5321 4.2.1) that repeats the status (RFC 2034). What is not ASCII is written plainly.
    """

    code: int
    status: str
    text: str
    octets: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lines = [part for line in _clean(self.text).split("\n") for part in _wrapped(line)]
        head = f"{self.status} " if self.status else ""
        last = len(lines) - 1
        wire = "".join(
            f"{self.code}{'-' if number < last else ' '}{head}{line}\r\n"
            for number, line in enumerate(lines)
        )
        object.__setattr__(self, "octets", wire.encode("ascii", "replace"))

    @property
    def positive(self) -> bool:
        """Whether the command was granted (2xx) or goes on (3xx)."""
        return self.code < 400


def _clean(text: str) -> str:
    return text.translate(_PLAIN_SIGNS).translate(_CONTROLS).rstrip()


def _wrapped(line: str) -> list[str]:
    if len(line) <= LINE_OF_REPLY:
        return [line]
    return textwrap.wrap(line, LINE_OF_REPLY, break_on_hyphens=False) or [""]


def greeting(host: str) -> Reply:
    """The first word to a new client."""
    return Reply(220, "", f"{host} ESMTP")


def hello(host: str) -> Reply:
    """The answer to HELO."""
    return Reply(250, "", host)


def extended_hello(host: str, extensions: Iterable[str]) -> Reply:
    """The answer to EHLO: our name, then one extension a line."""
    return Reply(250, "", "\n".join((host, *extensions)))


HELP = Reply(214, "2.0.0", "see RFC 5321")
READY_FOR_TLS = Reply(220, "2.0.0", "ready to start TLS")
GOODBYE = Reply(221, "2.0.0", "goodbye")
AUTHENTICATED = Reply(235, "2.7.0", "logged in")
OK = Reply(250, "2.0.0", "ok")
SENDER_OK = Reply(250, "2.1.0", "sender ok")
RECIPIENT_OK = Reply(250, "2.1.5", "recipient ok")
MESSAGE_ACCEPTED = Reply(250, "2.0.0", "message accepted")
CANNOT_VERIFY = Reply(252, "2.5.0", "addresses are not verified here; send the message")

GO_ON = Reply(334, "", "")
ASK_USERNAME = Reply(334, "", "VXNlcm5hbWU6")
ASK_PASSWORD = Reply(334, "", "UGFzc3dvcmQ6")
SEND_CONTENT = Reply(354, "", "send the message, then a line with one full stop")

SHUTTING_DOWN = Reply(421, "4.3.2", "this server is restarting; please try again in a moment")
TIMED_OUT = Reply(421, "4.4.2", "nothing heard for too long; closing")
TOO_MANY_CONNECTIONS = Reply(421, "4.7.0", "too many connections; please try again later")
TOO_MANY_FROM_YOU = Reply(421, "4.7.0", "too many connections from you; please try again later")
TOO_MANY_ERRORS = Reply(421, "4.7.0", "too many errors; closing")
TOO_MANY_COMMANDS = Reply(421, "4.7.0", "too many commands; closing")
TOO_MANY_LOGINS = Reply(421, "4.7.0", "too many failed logins; closing")
CLOSING_UNSOUND = Reply(421, "4.7.0", "closing, because the last input was not sound SMTP")

TROUBLE_HERE = Reply(451, "4.3.0", "something went wrong here; please try again later")
TOO_MANY_RECIPIENTS = Reply(452, "4.5.3", "too many recipients; send the rest separately")
LOGIN_UNAVAILABLE = Reply(454, "4.7.0", "logins can't be checked just now; try again later")
LOGINS_RESTED = Reply(454, "4.7.0", "too many failed logins from you; try again later")

UNKNOWN_COMMAND = Reply(500, "5.5.2", "command not recognised")
LINE_TOO_LONG = Reply(500, "5.5.2", "line too long")
BARE_LINE_END = Reply(500, "5.5.2", "commands must end with CR LF and hold no other CR, LF or NUL")
NOT_TEXT = Reply(500, "5.5.2", "commands must be ASCII or UTF-8")
BAD_SENDER = Reply(501, "5.1.7", "write the sender as MAIL FROM:<name@domain>")
BAD_RECIPIENT = Reply(501, "5.1.3", "write the recipient as RCPT TO:<name@domain>")
SOURCE_ROUTE = Reply(501, "5.1.3", "source routes are not accepted")
BAD_HELLO = Reply(501, "5.5.4", "say who you are: EHLO, then the name of your host")
BAD_PARAMETER = Reply(501, "5.5.4", "a parameter has no valid value or stands there twice")
NO_ARGUMENT = Reply(501, "5.5.4", "this command takes no argument")
BAD_LOGIN_FORM = Reply(501, "5.5.2", "the login is not written as its mechanism asks")
LOGIN_CANCELLED = Reply(501, "5.7.0", "login cancelled")
NOT_OFFERED = Reply(502, "5.5.1", "command not offered")
HELLO_FIRST = Reply(503, "5.5.1", "say EHLO or HELO first")
SENDER_FIRST = Reply(503, "5.5.1", "say MAIL first")
RECIPIENT_FIRST = Reply(503, "5.5.1", "no valid recipient yet; say RCPT first")
ONE_SENDER = Reply(503, "5.5.1", "the sender was given already")
NOT_DURING_MAIL = Reply(503, "5.5.1", "not while a message is under way")
ALREADY_ENCRYPTED = Reply(503, "5.5.1", "TLS is on already")
ALREADY_LOGGED_IN = Reply(503, "5.5.1", "you are logged in already")
UNKNOWN_MECHANISM = Reply(504, "5.5.4", "this way to log in is not offered")
TLS_FIRST = Reply(530, "5.7.0", "say STARTTLS first")
WRONG_LOGIN = Reply(535, "5.7.8", "username or password wrong")
LOGIN_NEEDS_TLS = Reply(538, "5.7.11", "say STARTTLS before you log in")
LINE_ENDS = Reply(550, "5.6.11", "the message holds a bare CR, a bare LF or a NUL; use CR LF only")
TOO_BIG = Reply(552, "5.3.4", "the message is bigger than we take")
SMTPUTF8_FIRST = Reply(553, "5.6.7", "this address needs SMTPUTF8 in the MAIL command")
LONG_LINES = Reply(554, "5.6.0", "the message holds a line that is too long")
UNKNOWN_PARAMETER = Reply(555, "5.5.4", "a parameter is not recognised")
