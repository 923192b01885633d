"""What the upstream says of who a message is from (RFC 8601).

Only asked of a trusted host that also hands over outside mail: there, a local address in ``From``
proves nothing by itself.
"""

from __future__ import annotations

import re

from alongside.policy.address import domain_of

from .headers import Headers
from .words import text_of

_RESULT = re.compile(r"\s*([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)(?![a-z])(.*)", re.I | re.S)
_PROPERTY = re.compile(r"([a-z]+\.[a-z]+)\s*=\s*\"?([^\s;\"]+)", re.I)
_TELLING = {"dmarc": "header.from", "dkim": "header.d", "auth": "smtp.auth"}
"""Method -> the property that must be the author's: another one may be the sender's own word."""


def vouched(headers: Headers, authserv_id: str, author: str) -> bool:
    """Whether the topmost result of that very server says pass for the author's domain.

    Counts are ``auth`` (the upstream checked a password), ``dmarc`` and ``dkim`` with the domain of
    ``From``. Lower fields may be the sender's own invention and are not read.
    """
    if not authserv_id:
        return False
    domain = domain_of(author)
    for field in headers.all(b"authentication-results"):
        server, _, results = _without_comments(text_of(field.unfolded)).partition(";")
        if server.split()[:1] == [authserv_id]:
            return any(_passes(result, domain) for result in results.split(";"))
    return False


def _passes(result: str, domain: str) -> bool:
    found = _RESULT.match(result)
    if found is None or found[2].lower() != "pass":
        return False
    wanted = _TELLING.get(found[1].lower())
    said = [value for name, value in _PROPERTY.findall(found[3]) if name.lower() == wanted]
    return len(said) == 1 and domain_of(said[0] if "@" in said[0] else f"@{said[0]}") == domain


def _without_comments(text: str) -> str:
    """Comments nest (RFC 5322 3.2.2); what stands in quotes is no comment, and no semicolon."""
    kept: list[str] = []
    depth, quoted = 0, False
    signs = iter(text)
    for sign in signs:
        if sign == "\\":
            next(signs, "")
        elif quoted:
            quoted = sign != '"'
            kept.append(" " if sign == ";" else sign)
        elif sign == '"' and not depth:
            quoted = True
            kept.append(sign)
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(sign)
    return "".join(kept)
