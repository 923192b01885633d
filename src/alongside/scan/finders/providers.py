"""Providers of private mailboxes, and which domains are plainly an organisation's."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_FILE = files("alongside.scan") / "words" / "providers.toml"
_ROWS = tomllib.loads(_FILE.read_text("utf-8"))["provider"]

DOMAINS: frozenset[str] = frozenset(domain for row in _ROWS for domain in row["domains"])
"""An address there is a person's own."""
CALLED: dict[str, str] = {name: row["domains"][0] for row in _ROWS for name in row["names"]}
"""What people say, and the domain that they mean."""
NAME = "|".join(
    re.escape(name).replace(r"\ ", " ?") for name in sorted(CALLED, key=len, reverse=True)
)
"""Any of those names, as a pattern."""

_ENDINGS = (
    "com co.uk org.uk org net uk me.uk example test eu ie info me io biz us de fr es it nl be "
    "au nz ca in co tv gg app dev online site shop club blog xyz live email cloud link page "
    "london wales scot cymru ac.uk gov.uk nhs.uk sch.uk edu gov int pl pt ro se no dk fi ch "
    "at ee ly to ai fm art cafe photos gallery band music run fit coach training photography"
)
ENDINGS: frozenset[str] = frozenset(_ENDINGS.split())
"""Ends of domains that are believed where the rest is unusual."""

_ORGANISATION = re.compile(
    r"(?:^|[.-])(?:nhs|gov|ac|sch|police|mod|parliament|edu)(?:\.|$)"
    r"|council|school|college|academy|university|hospital|clinic|surgery|leisure|centre|center"
    r"|trust|charity|foundation|federation|association|society|sports?hall|arena|stadium|theatre"
    r"|museum|library|hotel|hostel|travel|minibus|taxi|police|church|parish|museum|news"
    r"|gazette|herald|mercury|community|athletics|swimming|boccia|cricket|football|rugby|league"
    r"|paralymp|services|supplies|printing|insurance|physio|care|support|solicitor|club"
)


def organisational(domain: str) -> bool:
    """Whether the domain looks like a school's, a council's, a firm's."""
    return _ORGANISATION.search(domain) is not None


def mended(domain: str) -> str:
    """The domain as it is meant: a provider's bare name stands for its domain."""
    bare = re.sub(r"\s", "", domain).strip(".,")
    for name, meant in CALLED.items():
        plain = name.replace(" ", "")
        if bare == plain:
            return meant
        if bare.startswith(f"{plain}."):
            return meant.split(".")[0] + bare[len(plain) :]
    return bare
