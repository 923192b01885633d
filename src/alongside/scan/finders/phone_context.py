"""What is said around a number: whose it is, and whether it is a telephone number at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cues import cue

_BEFORE, _AFTER = 110, 60
_COUNT_NEAR = 45
_SENTENCE = re.compile(r"[.!?](?=\s)|\n\s*\n")
_THEIR_OWN = re.compile(
    r"\b(their|its|(?:the|your) (?:[a-z]+ )?(?:hub|cent(?:re|er)|hall|venue|hotel|college|"
    r"school|shop|clinic|library|pool|gallery|museum|lodge|theatre|stadium|office|council|firm|"
    r"company)'?s) own(?: landline)?\b"
)
"""``through their own line``, ``the hub's own number``: an organisation's."""
_NONE_OF_OURS = re.compile(
    r"\b(?:no|not|never|without)(?: an?y?)? (?:personal|private|home|own) numbers?\b"
)
"""``no personal numbers, please: ring the switchboard on``."""
_THEIRS = re.compile(r"\s*(?:they're|they are|theirs|their|its|it's)\b")
_PHONED = re.compile(r"\b(?:phone|fone|mobile|mob|tel|telephone|ring|call|text|txt)\b")
_LINE_END = re.compile(r"[a-z ]{0,16}[ .:#=(*-]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the words around it say."""

    own: bool
    """The writer's, or a private person's: "my number", "ring me at home"."""
    organisation: bool
    """Another organisation's: "call the leisure centre on"."""
    telephone: bool
    """To be rung or texted."""
    after: str
    """What follows in its line."""
    counted: bool
    """Something else that is counted: an order, an account, a meeting."""


def context(text: str, start: int, end: int) -> Context:
    """What is said in the sentence in which ``text[start:end]`` stands."""
    parts = _SENTENCE.split(text[max(0, start - _BEFORE) : start])
    before = _NONE_OF_OURS.sub("", _THEIR_OWN.sub(r"\1", parts[-1]))
    after = _SENTENCE.split(text[end : end + _AFTER])[0].split("\n")[0]
    own = cue("number_own").search(before) or cue("number_own").search(after)
    if _THEIRS.match(before) and len(parts) > 1:  # "Boyle's Chemist has it. They're on"
        before = parts[-2] + before
    return Context(
        own=own is not None,
        organisation=cue("number_others").search(before) is not None
        or cue("number_others").search(after[:30]) is not None,
        telephone=cue("telephone").search(before) is not None,
        after=after,
        counted=_counted(text[max(0, start - _COUNT_NEAR) : start].split("\n")[-1]),
    )


def _counted(before: str) -> bool:
    """Whether the last words before it name something that has a number of its own."""
    said = list(cue("counted").finditer(before))
    if not said:
        return False
    rest = before[said[-1].end() :]
    return _LINE_END.fullmatch(rest) is not None and not _PHONED.search(rest)
