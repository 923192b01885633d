"""How MAIL and RCPT are written: paths (RFC 5321 4.1.2, RFC 6531 3.3) and parameters.

Addresses are never changed: not their case, not their quotes. Lenient where real mail is (dots
anywhere in a local part, local parts over 64 octets, a space after the colon, an underscore in a
domain), strict where leniency could make two servers read two different addresses.
"""

from __future__ import annotations

import ipaddress
import re

from . import replies
from .envelope import Parameters
from .replies import Reply
from .terms import Terms

# Everything beyond ASCII but the C1 controls and the two line separators of Unicode.
_BEYOND = "\u00a0-\u2027\u202a-\U0010ffff"
_ATOM = rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~.{_BEYOND}-]+"
_QUOTED = rf'"(?:[ !#-\[\]-~{_BEYOND}]|\\[ -~])*"'
_LABEL = rf"[A-Za-z0-9_{_BEYOND}](?:[A-Za-z0-9_{_BEYOND}-]*[A-Za-z0-9_{_BEYOND}])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
_PATH = re.compile(
    rf"<(?P<address>(?:{_ATOM}|{_QUOTED})@(?:{_DOMAIN}|\[(?P<literal>[A-Za-z0-9:.]+)\]))>"
)
_POSTMASTER = re.compile(r"<(postmaster)>", re.IGNORECASE)
_PARAMETER = re.compile(rf"([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~{_BEYOND}]+))?")
_XTEXT = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})+")
_ORCPT = re.compile(rf"[A-Za-z0-9-]+;[!-<>-~{_BEYOND}]+")
_NOTIFY = re.compile(
    r"NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2}", re.IGNORECASE
)
_DIGITS = re.compile(r"[0-9]{1,20}")
_DOMAIN_OCTETS = 255


class Refusal(Exception):
    """the command can't be granted as it is written"""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.text)
        self.reply = reply


def mail(argument: str, terms: Terms) -> tuple[str, Parameters]:
    """Read ``FROM:<path> parameters``. Raises ``Refusal`` with the reply to send."""
    if argument[:5].upper() != "FROM:":
        raise Refusal(replies.BAD_SENDER)
    argument = argument[5:].lstrip(" ")
    if argument.startswith("<>"):
        sender, rest = "", argument[2:]
    else:
        sender, rest = _path(argument, replies.BAD_SENDER)
    parameters = _parameters(rest, _MAIL, terms)
    if "SMTPUTF8" not in parameters and not argument.isascii():
        raise Refusal(replies.SMTPUTF8_FIRST)
    size = parameters.get("SIZE")
    if size is not None and int(size) > terms.limits.size:
        raise Refusal(replies.TOO_BIG)
    return sender, parameters


def rcpt(argument: str, terms: Terms, *, smtputf8: bool) -> tuple[str, Parameters]:
    """Read ``TO:<path> parameters``. Raises ``Refusal`` with the reply to send."""
    if argument[:3].upper() != "TO:":
        raise Refusal(replies.BAD_RECIPIENT)
    argument = argument[3:].lstrip(" ")
    if plain := _POSTMASTER.match(argument):
        address, rest = plain[1], argument[plain.end() :]
    else:
        address, rest = _path(argument, replies.BAD_RECIPIENT)
    if not smtputf8 and not argument.isascii():
        raise Refusal(replies.SMTPUTF8_FIRST)
    return address, _parameters(rest, _RCPT, terms)


def is_address(text: str) -> bool:
    """Whether this can stand between the angle brackets of a path as it is."""
    found = _PATH.fullmatch(f"<{text}>")
    return (found is not None and _domain_ok(found)) or text.lower() == "postmaster"


def is_parameter(keyword: str, value: str | None) -> bool:
    """Whether this can be written as one parameter without becoming something else."""
    return _PARAMETER.fullmatch(keyword if value is None else f"{keyword}={value}") is not None


def _path(argument: str, otherwise: Reply) -> tuple[str, str]:
    found = _PATH.match(argument)
    if found is None:
        raise Refusal(replies.SOURCE_ROUTE if argument.startswith("<@") else otherwise)
    if not _domain_ok(found):
        raise Refusal(otherwise)
    return found["address"], argument[found.end() :]


def _domain_ok(found: re.Match[str]) -> bool:
    literal = found["literal"]
    if literal is None:
        domain = found["address"].rpartition("@")[2]
        return len(domain) <= _DOMAIN_OCTETS // 4 or len(domain.encode()) <= _DOMAIN_OCTETS
    try:
        if literal[:5].upper() == "IPV6:":
            ipaddress.IPv6Address(literal[5:])
        else:
            ipaddress.IPv4Address(literal)
    except ValueError:
        return False
    return True


def _parameters(rest: str, known: dict[str, re.Pattern[str] | None], terms: Terms) -> Parameters:
    if not rest:
        return {}
    if rest[0] != " ":
        raise Refusal(replies.BAD_PARAMETER)
    parameters: dict[str, str | None] = {}
    for word in rest.split():
        found = _PARAMETER.fullmatch(word)
        if found is None:
            raise Refusal(replies.BAD_PARAMETER)
        keyword, value = found[1].upper(), found[2]
        if keyword not in known or not _offered(keyword, terms):
            raise Refusal(replies.UNKNOWN_PARAMETER)
        form = known[keyword]
        sound = value is None if form is None else value is not None and form.fullmatch(value)
        if not sound or keyword in parameters:
            raise Refusal(replies.BAD_PARAMETER)
        parameters[keyword] = value
    return parameters


_MAIL: dict[str, re.Pattern[str] | None] = {
    "SIZE": _DIGITS,
    "BODY": re.compile(r"7BIT|8BITMIME", re.IGNORECASE),
    "SMTPUTF8": None,
    "RET": re.compile(r"FULL|HDRS", re.IGNORECASE),
    "ENVID": re.compile(rf"(?=.{{1,100}}$){_XTEXT.pattern}"),
    "AUTH": re.compile(rf"<>|{_XTEXT.pattern}"),
}
_RCPT: dict[str, re.Pattern[str] | None] = {
    "NOTIFY": _NOTIFY,
    "ORCPT": re.compile(rf"(?=.{{1,500}}$){_ORCPT.pattern}"),
}
_EXTENSION = {
    "SIZE": "SIZE",
    "BODY": "8BITMIME",
    "SMTPUTF8": "SMTPUTF8",
    "RET": "DSN",
    "ENVID": "DSN",
    "NOTIFY": "DSN",
    "ORCPT": "DSN",
}


def _offered(keyword: str, terms: Terms) -> bool:
    extension = _EXTENSION.get(keyword)
    return terms.login if extension is None else terms.offers(extension)
