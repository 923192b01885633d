"""What is seen twice: one stretch under two names, one detail in the text and in its HTML.

Nothing is left out that is surer than what stays, is the writer's own, or counts where what stays
does not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .sighting import Confidence, Sighting, Type, Zone

_WITHIN_AN_ADDRESS = frozenset({Type.HANDLE, Type.PROFILE_LINK, Type.PERSONAL_SITE})
_HTML = "html"


def without_echoes(found: Sequence[Sighting]) -> list[Sighting]:
    """What is left of sightings that stand in order, of which no two of one type overlap."""
    addresses = [s for s in found if s.type is Type.EMAIL_ADDRESS]
    messages = [s for s in found if s.type is Type.INSTANT_MESSAGING]
    left = [
        s
        for s in found
        if not (s.type in _WITHIN_AN_ADDRESS and _said_by(s, addresses, whole=True))
        and not (s.type is Type.FRIEND_REQUEST and _said_by(s, messages, whole=False))
        and not (_mere_password(s) and _said_by(s, addresses, whole=False))
    ]
    return list(_in_one_form(left))


def _mere_password(sighting: Sighting) -> bool:
    """``My yahoo is big_dave_77`` sounds a little like one."""
    return sighting.type is Type.PASSWORD and sighting.confidence is Confidence.POSSIBLE


def _said_by(sighting: Sighting, others: Sequence[Sighting], *, whole: bool) -> bool:
    """Whether one of the others says as much of that stretch, or of all of it."""
    if not others or sighting.own:
        return False
    at = bisect_right(others, sighting.start, key=lambda o: o.end)
    for other in others[at:]:
        if other.start >= sighting.end:
            return False
        within = other.start <= sighting.start and sighting.end <= other.end
        if (within or not whole) and other.confidence >= sighting.confidence:
            return True
    return False


def _in_one_form(found: Iterable[Sighting]) -> Iterable[Sighting]:
    """Without what a part's HTML says again."""
    said: dict[tuple[Type, str], tuple[str, Confidence, bool]] = {}
    for sighting in found:
        key = sighting.type, sighting.understood
        again = said.get(key)
        counts = sighting.own or sighting.zone is not Zone.QUOTED
        if again is not None and _html(sighting.part):
            part, sure, counted = again
            if part != sighting.part and sure >= sighting.confidence and counted >= counts:
                continue
        if again is None or (counts, sighting.confidence) > (again[2], again[1]):
            said[key] = sighting.part, sighting.confidence, counts
        yield sighting


def _html(part: str) -> bool:
    return part == _HTML or part.endswith(f"/{_HTML}")
