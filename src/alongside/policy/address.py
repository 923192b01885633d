"""When two spellings are one address.

Protective by design: two spellings that *may* reach the same inbox are one (DOMAIN pitfalls 3, 6).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import idna

URGENT_TAG = "urgent"
_DOTS_MEAN_NOTHING = frozenset({"gmail.com", "googlemail.com"})
_SAME_DOMAIN = {"googlemail.com": "gmail.com"}


@lru_cache(maxsize=65_536)
def key(address: str) -> str:
    """The one form under which an address is looked up and compared.

    Folds case and Unicode form, drops a ``+tag``, drops dots where the provider ignores them, and
    writes the domain as an A-label (RFC 5891). A telephone number in E.164 is its own key.
    """
    address = unicodedata.normalize("NFKC", address.strip()).casefold()
    local, at, domain = address.rpartition("@")
    if not at:
        return address
    domain = _a_label(domain.rstrip("."))
    domain = _SAME_DOMAIN.get(domain, domain)
    if len(local) > 1 and local[0] == local[-1] == '"':
        local = local[1:-1].replace("\\", "")
    untagged = local.partition("+")[0]
    if untagged:
        local = untagged
    if domain in _DOTS_MEAN_NOTHING:
        local = local.replace(".", "")
    return f"{local}@{domain}"


@lru_cache(maxsize=65_536)
def domain_of(address: str) -> str:
    """The domain of an address as an A-label, lower case; empty for what has none."""
    _, at, domain = address.rpartition("@")
    return _a_label(domain.casefold().rstrip(".")) if at else ""


def without_urgent_tag(address: str) -> tuple[str, bool]:
    """The address without its ``+urgent`` tag, and whether it had one."""
    local, at, domain = address.rpartition("@")
    head, plus, tag = local.rpartition("+")
    if at and plus and head and tag.casefold() == URGENT_TAG:
        return f"{head}@{domain}", True
    return address, False


def _a_label(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain
