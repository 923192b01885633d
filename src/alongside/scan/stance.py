"""Whether the words around a find take it back: a refusal, a rule quoted, a warning, a lesson.

All of it looks at the sentence of the find, or at the sentences beside it; what it says is a
reason to leave the find alone, never to see one. The words are data (``stance.toml``).
"""

from __future__ import annotations

from functools import lru_cache

from .matching import Pattern, compiled
from .platform_names import names, words
from .wording import spelt_out
from .wordlists import every_platform, phrases

_STOPS = (".", "!", "?")
_FAR = 400
"""How many characters before and after a find are looked at for the ends of its sentence."""
_NEAR = 160
"""How many characters of a sentence before and after a find are looked at."""
_BESIDE = 60
"""How many characters of the next sentence."""
_END = compiled(r"[.!?]+[\"')\]]*(?:\s|$)|\n\s*\n|\n\s*(?:[-*>•]|\d+[.)])\s")


@lru_cache(maxsize=64)
def _saying(name: str) -> Pattern:
    """The rows of that name, of all languages."""
    found = [spelt_out(p.pattern, {}) for p in phrases("stance") if p.name == name]
    return compiled("|".join(f"(?:{pattern})" for pattern in found))


@lru_cache(maxsize=1)
def _row_of_names() -> Pattern:
    """``WhatsApp, Messenger,``: commas that divide no thoughts."""
    ever = every_platform()
    return compiled(rf"(?:\b(?:{names(ever)}|{words(ever)})\s*,\s*)+$")


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence, or sentences, that the find stands in."""
    first = max(0, start - _FAR)
    left = first
    for match in _END.finditer(text[first:start]):
        left = first + match.end()
    if text[end - 1 : end] in _STOPS:
        return min(left, start), end
    after = _END.search(text[end : end + _FAR])
    right = end + after.start() + 1 if after else min(len(text), end + _FAR)
    return min(left, start), max(right, end)


def refused(text: str, start: int, end: int, *, listed: bool = False) -> bool:
    """Whether the sentence says that it is not so, not done, or that a rule is against it.

    ``listed``: the find is a bare name, so that commas before it may be those of a list.
    """
    left, right = sentence(text, start, end)
    before, after = text[max(left, start - _NEAR) : start], text[end : min(right, end + _NEAR)]
    return (
        _negated(before, text[start:end], listed=listed)
        or _denied(after)
        or _ruled_out(before, after)
        or bool(_saying("no next").search(text[right : right + _BESIDE]))
    )


def warned(text: str, start: int, end: int) -> bool:
    """Whether the writer warns of others who do it, reports what they did, or shows their words."""
    left, right = sentence(text, start, end)
    return (
        bool(_saying("warning").search(text[left:right]))
        or bool(_saying("reported").search(text[left:start]))
        or bool(_saying("not us").search(text[right : right + _BESIDE]))
        or _quoted_speech(text, start, end)
    )


def spoken_of(text: str, start: int, end: int) -> bool:
    """Whether it is a topic here, or of others' doing: the news, a lesson, a warning nearby."""
    left, right = sentence(text, start, end)
    near = text[max(0, left - 200) : right + 200]
    return bool(_saying("topic").search(near) or _saying("warning").search(near))


def _negated(before: str, found: str, *, listed: bool) -> bool:
    if row := _row_of_names().search(before):
        before = before[: row.start()]
    thoughts = _saying("break")
    cut = before
    for match in thoughts.finditer(before):
        if not (listed and before[match.start()] == ","):
            cut = before[match.end() :]
    said = cut + found
    told = [m.start() for m in _saying("never").finditer(said)]
    last = max((m.start() for m in thoughts.finditer(found)), default=-1) + len(cut)
    # A negation that something harmless explains doesn't count, nor one in the midst of the find
    # that a new thought follows; any other does.
    harmless = [(m.start(), m.end()) for m in _saying("harmless").finditer(said)]
    return bool(_saying("leaving").search(cut)) or any(
        not any(a <= at < b for a, b in harmless) and not len(cut) <= at < last for at in told
    )


def _denied(after: str) -> bool:
    ends = _saying("break").search(after)
    near = (after[: ends.start()] if ends else after)[:_BESIDE]
    match = _saying("denied").search(near)
    return bool(match and not _saying("condition").search(near[: match.start()]))


def _ruled_out(before: str, after: str) -> bool:
    rules, despite = _saying("rule"), _saying("despite")
    rule = rules.search(after)
    if rule and not despite.search(after[: rule.start()]):
        return True
    rule = rules.search(before)
    if not rule or despite.search(before[: rule.start()]):
        return False
    return not _saying("nevertheless").search(before[rule.end() :])


def _quoted_speech(text: str, start: int, end: int) -> bool:
    """In quotation marks, where others' words are shown: ``ask children to "add me"``."""
    before = text[max(0, start - 600) : start]
    if before.count('"') % 2 == 0 or '"' not in text[end : end + 120]:
        return False
    near = text[max(0, start - _FAR) : end + _FAR]
    return any(
        _saying(name).search(where)
        for name, where in (("asking", before[-80:]), ("training", near), ("warning", near))
    )
