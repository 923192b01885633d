"""What the upstream says of who a message is from (RFC 8601).

Only asked of a trusted host that also hands over outside mail: there, a local address in ``From``
proves nothing by itself.
"""

from __future__ import annotations

import re

from alongside.policy.address import domain_of

from .headers import Headers
from .words import text_of

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)\b(.*)$", re.IGNORECASE | re.DOTALL)
_DOMAIN = re.compile(r"(?:header\.(?:from|d|i)|smtp\.auth)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def vouched(headers: Headers, authserv_id: str, author: str) -> bool:
    """Whether the topmost result of that very server says pass for the author's domain.

    Counts are ``auth`` (the upstream checked a password), ``dmarc`` and ``dkim`` with the domain of
    ``From``. Lower fields may be the sender's own invention and are not read.
    """
    if not authserv_id:
        return False
    domain = domain_of(author)
    for field in headers.all(b"authentication-results"):
        server, _, results = _COMMENT.sub(" ", text_of(field.unfolded)).partition(";")
        if server.split()[:1] != [authserv_id]:
            continue
        return any(_passes(result, domain) for result in results.split(";"))
    return False


def _passes(result: str, domain: str) -> bool:
    found = _RESULT.match(result)
    if found is None or found[2].lower() != "pass":
        return False
    method = found[1].lower()
    if method not in ("auth", "dmarc", "dkim"):
        return False
    said = {domain_of(d if "@" in d else f"@{d}") for d in _DOMAIN.findall(found[3])}
    return domain in said
