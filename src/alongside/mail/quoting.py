"""What was seen in a message, quoted back to its writer: as it stands there and as it was read.

A password is never quoted, and nothing is that an officer alone may know of.
"""

from __future__ import annotations

from collections.abc import Iterator

from alongside.enforcement.values import Judged
from alongside.policy.content import SIGHT_OF
from alongside.policy.vocabulary import Sight
from alongside.scan.sighting import Sighting, Type, Zone

MOST = 3
"""Of each type; the writer finds the others by the same word."""
LONGEST = 60

_NEVER = frozenset({Sight.SECRECY})
_READ_AS = frozenset(
    {
        Type.PHONE,
        Type.EMAIL_ADDRESS,
        Type.HANDLE,
        Type.PROFILE_LINK,
        Type.IMAGE_LINK,
        Type.PERSONAL_SITE,
    }
)
"""Of these it helps to say how they were understood: what is meant can be written in many ways."""


def quotes(judged: Judged, reason: str) -> tuple[str, ...]:
    """What the writer is shown of the sightings behind one reason: the surest first, each once."""
    sight = SIGHT_OF.get(reason)
    if sight is None or sight in _NEVER:
        return ()
    seen = [s for s in judged.words.sightings if str(s.type) == str(sight) and _counts(s)]
    seen.sort(key=lambda s: (not s.own, -s.confidence, s.start))
    return tuple(dict.fromkeys(_quote(s) for s in seen))[:MOST]


def unread_parts(judged: Judged) -> tuple[str, ...]:
    """Names of the parts that could not be read."""
    return tuple(dict.fromkeys(_short(u.part) for u in judged.words.unread if u.part))[:MOST]


def _counts(s: Sighting) -> bool:
    return s.own or s.zone is not Zone.QUOTED


def _quote(s: Sighting) -> str:
    if s.type is Type.PASSWORD:
        return _short(s.understood)
    text = _short(s.text)
    read = _short(s.understood)
    same = "".join(text.split()).casefold() == "".join(read.split()).casefold()
    told = read and not same and s.type in _READ_AS
    return f"`{text}` (read as {read})" if told else f"`{text}`"


def _short(text: str) -> str:
    """On one line, and nothing in it that can't be seen."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "\u2026"


def sentences(judged: Judged, reason: str) -> Iterator[str]:
    """For a letter or a reply: what it is about, where there is something to show."""
    shown = unread_parts(judged) if reason == "not_read" else quotes(judged, reason)
    if shown:
        yield f"This is about: {'; '.join(shown)}"
