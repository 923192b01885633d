"""Which signatures our changes broke (RFC 6376 3.5, ``d=`` and ``h=``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from .headers import Field, Headers, without

_NAME = b"dkim-signature"
_TAG = re.compile(rb"(?:^|;)[ \t]*([a-z])[ \t]*=([^;]*)", re.IGNORECASE)


def changed_names(before: Headers, after: Headers) -> frozenset[bytes]:
    """Names of the fields that are not the same any more, one way or the other."""
    if before.fields == after.fields:
        return frozenset()
    # A field that stands there several times is rare: then how often counts as well.
    once, now = set(before.fields), set(after.fields)
    if len(once) == len(before.fields) and len(now) == len(after.fields):
        return frozenset(f.name for f in once ^ now)
    old, new = Counter(before.fields), Counter(after.fields)
    return frozenset(f.name for f in (*(old - new), *(new - old)))


def without_broken(
    headers: Headers, changed: Collection[bytes], domains: Collection[str]
) -> Headers:
    """Without the signatures of these domains that cover a changed field. Others' stay: whether
    a broken one counts against a message is for its reader to say (RFC 6376 6.1)."""

    def broken(found: Field) -> bool:
        if found.name != _NAME:
            return False
        tags = tags_of(found)
        domain = tags.get(b"d", b"").decode("ascii", "replace").lower().rstrip(".")
        signed = {n.strip(b" \t").lower() for n in tags.get(b"h", b"").split(b":")}
        return domain in domains and not signed.isdisjoint(changed)

    return without(headers, broken)


def tags_of(found: Field) -> dict[bytes, bytes]:
    """The one-letter tags of a signature: ``d``, ``h``, ``z`` and so on."""
    return {m[1].lower(): m[2].strip(b" \t") for m in _TAG.finditer(found.unfolded)}
