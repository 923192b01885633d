"""A message made ready for the wire: checked once, written for each next hop as it can take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alongside.enforcement.values import Outcome

from . import grammar, outcomes
from .content import strict, stuffed
from .envelope import Parameters, Recipient
from .peer import Peer

_DSN = frozenset({"RET", "ENVID", "NOTIFY", "ORCPT"})


class Unsendable(Exception):
    """the message can't be written in SMTP at all"""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.text)
        self.outcome = outcome


class Letter:
    """One envelope and its message. Raises ``Unsendable``.

    Addresses, parameters and line ends are checked although others did so before: this is the last
    door, and what slips through here is read by the next hop as commands or as a second message.
    """

    __slots__ = ("_parameters", "_recipients", "_sender", "body", "eight_bit", "size", "smtputf8")

    def __init__(
        self,
        sender: str,
        recipients: Sequence[Recipient],
        message: bytes | Iterable[bytes],
        parameters: Parameters,
    ) -> None:
        content = message if isinstance(message, bytes) else b"".join(message)
        if not strict(content):
            raise Unsendable(outcomes.LINE_ENDS)
        _check(sender, parameters, null_allowed=True)
        for recipient in recipients:
            _check(recipient.address, recipient.parameters)
        self._sender = sender
        self._recipients = recipients
        self._parameters = parameters
        self.body = stuffed(content)
        self.size = len(content)
        self.eight_bit = not content.isascii()
        self.smtputf8 = not all(
            text.isascii() for text in (sender, *(each.address for each in recipients))
        ) or ("SMTPUTF8" in parameters and self.eight_bit and not _header(content).isascii())

    def unfit(self, peer: Peer) -> Outcome | None:
        """Why this next hop can't take it, if so."""
        if self.smtputf8 and not peer.offers("SMTPUTF8"):
            return outcomes.NEEDS_SMTPUTF8
        if self.eight_bit and not peer.offers("8BITMIME"):
            return outcomes.NEEDS_8BITMIME
        largest = peer.extensions.get("SIZE", "")
        if largest.isdecimal() and 0 < int(largest) < self.size:
            return outcomes.TOO_BIG
        return None

    def commands(self, peer: Peer) -> list[bytes]:
        """MAIL and each RCPT, with the parameters that this next hop offers, as written.

        An ORCPT beyond ASCII (RFC 6533) can't be told to a next hop without SMTPUTF8: left out.
        """
        words = [f"MAIL FROM:<{self._sender}>"]
        if peer.offers("SIZE"):
            words.append(f"SIZE={self.size}")
        if peer.offers("8BITMIME") and (self.eight_bit or self._parameters.get("BODY")):
            words.append("BODY=8BITMIME" if self.eight_bit else f"BODY={self._parameters['BODY']}")
        utf8 = peer.offers("SMTPUTF8") and (self.smtputf8 or "SMTPUTF8" in self._parameters)
        if utf8:
            words.append("SMTPUTF8")
        dsn = peer.offers("DSN")
        lines = [_line(words, self._parameters, dsn=dsn, utf8=utf8)]
        for each in self._recipients:
            words = [f"RCPT TO:<{each.address}>"]
            lines.append(_line(words, each.parameters, dsn=dsn, utf8=utf8))
        return lines


def _line(words: list[str], parameters: Parameters, *, dsn: bool, utf8: bool) -> bytes:
    if dsn and parameters:
        words += [
            f"{key}={value}"
            for key, value in parameters.items()
            if key in _DSN and value is not None and (utf8 or value.isascii())
        ]
    return (" ".join(words) + "\r\n").encode("utf-8")


def _header(content: bytes) -> bytes:
    return content.partition(b"\r\n\r\n")[0]


def _check(address: str, parameters: Mapping[str, str | None], null_allowed: bool = False) -> None:
    if not grammar.is_address(address) and not (null_allowed and not address):
        raise Unsendable(outcomes.BAD_ADDRESS)
    for keyword, value in parameters.items():
        if not grammar.is_parameter(keyword, value) or (keyword in _DSN and value is None):
            raise Unsendable(outcomes.BAD_PARAMETER)
