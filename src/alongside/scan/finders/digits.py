"""Digits as people write them to each other: in figures, in words, in letters that look alike.

``groups`` finds what stands for digits, ``joint`` says what lies between two groups. What is
plainly a time, a date or a price is left out. Digits in reverse order are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nowt": "0", "one": "1",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
    "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "sero": "0", "zeero": "0", "wun": "1", "fiv": "5", "zro": "0", "nyn": "9", "sevin": "7",
    "fower": "4", "eyt": "8", "thri": "3", "niner": "9", "fife": "5", "ought": "0",
    # Welsh
    "dim": "0", "un": "1", "dau": "2", "dwy": "2", "tri": "3", "tair": "3", "pedwar": "4",
    "pedair": "4", "pump": "5", "chwech": "6", "chwe": "6", "saith": "7", "wyth": "8", "naw": "9",
    "sevn": "7", "nin": "9", "nien": "9", "thre": "3",
    # By ear
    "nort": "0", "nowght": "0", "nawt": "0", "ziro": "0", "zeroe": "0", "foor": "4", "foar": "4",
    "fyve": "5", "fiive": "5", "faiv": "5", "siks": "6", "sics": "6", "sevan": "7", "sevven": "7",
    "sevun": "7", "seben": "7", "eigt": "8", "eihgt": "8", "eght": "8", "aight": "8", "nyne": "9",
    "nein": "9", "nain": "9", "ninne": "9",
    # French
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "huit": "8", "neuf": "9",
}  # fmt: skip
_HEARD = {
    "to": "2",
    "too": "2",
    "tu": "2",
    "for": "4",
    "fore": "4",
    "won": "1",
    "ate": "8",
    "tree": "3",
    "sept": "7",
}
"""Ordinary words that are digits where others stand right before them."""
_TIMES = {"double": 2, "dubble": 2, "dbl": 2, "treble": 3, "triple": 3, "tripple": 3}
_HUNDRED = {
    "hundred": "00",
    "hundered": "00",
    "hunner": "00",
    "hunnert": "00",
    "hunderd": "00",
    "thousand": "000",
}
_LEET = str.maketrans("01357", "oiest")
_ALL = frozenset({*_WORDS, *_HEARD, *_TIMES, *_HUNDRED})
_BEGINNINGS = frozenset(word[:2] for word in _ALL)
_SIGNS = {"o": "[o0]", "i": "[i1]", "e": "[e3]", "s": "[s5]", "t": "[t7]"}


def _spellings(those: Iterable[str]) -> str:
    """These words, with figures for letters where a word has letters that no figure is like."""
    words = sorted(those, key=len, reverse=True)
    return "|".join(
        "".join(_SIGNS.get(c, c) for c in word) if set(word) - _SIGNS.keys() else word
        for word in words
    )


SURE = rf"(?:{_spellings(_ALL - _HEARD.keys())})"
"""A word for a digit that is not an ordinary word too, as a pattern."""
WORD = rf"(?:{_spellings(_ALL)})"
"""A word for a digit or a few, as a pattern; figures may stand for letters."""
_TOKEN = re.compile(r"[a-z0-9|]+")
_RUN = re.compile(rf"s?(?:{WORD}|[0-9oil|]|(?<=[0-9])s(?=[0-9]))+s?")
"""Words and figures that stand together: ``nine00``, ``ohsevenseven``."""
_GLUED = re.compile(r"[a-z]+(?P<glued>0[0-9]{9,10})|(?P<led>0[0-9]{9,10})[a-z]{2,}")
_BETWEEN = re.compile(r"0(?P<sign>[a-z])(?:[0-9]{1,4}(?P=sign)){3,10}[0-9]{1,4}")
"""``0x7x7x0x0x9``."""
_LONGEST_RUN = 90
_PART = re.compile(rf"(?P<word>{WORD})|[0-9oils|]+?(?={WORD}|\Z)")
_FIGURES = str.maketrans("oil|s", "01115")

FILLERS = (
    r"(?:then|and|next|plus|followed|by|finally|lastly|last|first|second|third|half|part|bit|bits|"
    r"the|is|it's|its|it|ends?|ending|with|in|after|that|this|comes?|now|rest|of|number|numbers|"
    r"digits?|starts?|begins?|my|dash|space|dot|comma|hyphen|slash|stop|gap|pause|again|and then|"
    r"also|just|so|add|put|ok|um|er|erm|bracket|brackets|open|close|star|line|emoji|spaces|"
    r"(?:part|bit|half|line|step) (?:\d|one|two|three|four)|"
    r"lol|haha|ha|n|yeah|ron|innit|lads|ok so|\([a-z ]{1,12}\)|[a-z]{2,12}:|"
    r"last (?:two|three|four|five|six|2|3|4|5|6)(?: digits| numbers)?(?: are| is)?)"
)
_FILLED = re.compile(rf"(?:[^a-z0-9£$%@(]*\(?{FILLERS}(?![a-z0-9])){{0,8}}[^a-z0-9£$%@]*")
_TIGHT = re.compile(r"[ .()\-/]{0,4}")
_LOOSE = re.compile(r"[^a-z0-9@£$%=]{0,16}")
_COUNTED = re.compile(r"\b(?:part|bit|half|line|step|last|first|next)\W?$")
_COUNT_ENDS = re.compile(r"\s*(?:[:)=]|(?:is|are|digits?|numbers?|bits?|ones?|goes|of)\b)")
FAR = 90
"""Characters between two groups of one number, at most."""


class Joint(IntEnum):
    """What lies between two groups of digits."""

    TIGHT = 0
    """What belongs between the digits of a number: a space, a dash, a bracket."""
    LOOSE = 1
    """Any signs: line ends, pictures, stars."""
    FILLED = 2
    """Words such as "then" and "the last three are"."""
    APART = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together."""

    digits: str
    start: int
    end: int
    words: int = 0
    """How many words for digits are in it."""
    mixed: bool = False
    """Letters stand for some of them."""


def groups(text: str) -> Iterator[Group]:
    """What stands for digits in a folded text, in order."""
    times = 1
    begun = last = -1
    held: Group | None = None
    for start, end, word, figures in _parts(text):
        if _counts(text, start, end):
            continue
        if word is None:
            digits, spoken = figures.translate(_FIGURES), 0
            mixed = digits != figures
        else:
            digits, spoken, mixed = _spoken(word), 1, word.translate(_LEET) != word
        if word in _HEARD and not (held and held.words and text[held.end : start] in (" ", "-")):
            continue
        near = text[last:start].strip(" -") == "" and 0 <= last and start - last < 4
        if word is not None and _plain(word) in _TIMES:
            times, begun, last = _TIMES[_plain(word)], start, end
            continue
        if word is not None and _plain(word) in _HUNDRED:
            if held is not None and near and len(held.digits) <= 2:
                held = Group(held.digits + digits, held.start, end, held.words + 1, held.mixed)
                last = end
            times = 1
            continue
        if times > 1 and near:
            digits, start, spoken = digits[0] * times + digits[1:], begun, spoken + 1
        times = 1
        if held is not None and near and _tens(held, digits, word):
            held = Group(held.digits[0] + digits, held.start, end, held.words + 1, held.mixed)
        else:
            if held is not None:
                yield held
            held = Group(digits, start, end, spoken, mixed)
        last = end
    if held is not None:
        yield held


def _parts(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    """Start and end of every word and every row of figures; the word, or the figures."""
    for token in _TOKEN.finditer(text):
        said, at = token[0], token.start()
        if said in _ALL:
            yield at, token.end(), said, said
        elif said.isdigit():
            yield at, token.end(), None, said
        elif len(said) <= _LONGEST_RUN and (not said.isalpha() or said[:2] in _BEGINNINGS):
            yield from _mixed(said, at)


def _mixed(said: str, at: int) -> Iterator[tuple[int, int, str | None, str]]:
    if found := _BETWEEN.fullmatch(said):
        yield at, at + len(said), None, said.replace(found["sign"], "")
    elif found := _GLUED.fullmatch(said):
        name = "glued" if found["glued"] else "led"
        yield at + found.start(name), at + found.end(name), None, found[name]
    elif _RUN.fullmatch(said):
        plural = said.endswith("s") and said[-2:-1].isdigit() and not said.startswith("s")
        parts = list(_PART.finditer(said[:-1] if plural else said))
        if any(p["word"] or any(c.isdigit() for c in p[0]) for p in parts):
            for part in parts:
                yield at + part.start(), at + part.end(), part["word"], part[0]


def _counts(text: str, start: int, end: int) -> bool:
    """Whether it only counts: "part 2:", "the last three are"."""
    return (
        _COUNTED.search(text, max(0, start - 8), start) is not None
        and _COUNT_ENDS.match(text, end) is not None
    )


def _plain(word: str) -> str:
    return word if word.isalpha() else word.translate(_LEET)


def _spoken(word: str) -> str:
    word = _plain(word)
    return _WORDS.get(word) or _HEARD.get(word) or _HUNDRED.get(word, "")


def _tens(held: Group, digits: str, word: str | None) -> bool:
    """Whether it goes on as in "forty four"."""
    return (
        word is not None
        and held.words == 1
        and len(held.digits) == 2
        and held.digits[1] == "0"
        and held.digits[0] in "23456789"
        and len(digits) == 1
        and digits != "0"
    )


def joint(text: str, before: Group, after: Group) -> Joint:
    """What lies between two groups that follow each other."""
    between = text[before.end : after.start] if after.start - before.end <= FAR else None
    if between is None:
        return Joint.APART
    if _TIGHT.fullmatch(between):
        return Joint.TIGHT
    if _LOOSE.fullmatch(between):
        return Joint.LOOSE
    if _FILLED.fullmatch(between):
        return Joint.FILLED
    return Joint.APART


def timely(text: str, these: list[Group]) -> set[int]:
    """Which of the groups are times of day, dates or sums of money, by their place."""
    found: set[int] = set()
    for at, group in enumerate(these):
        if text[max(0, group.start - 2) : group.start].strip()[-1:] in ("£", "$"):
            found.add(at)
        if text[group.end : group.end + 1] == "%":
            found.add(at)
        parts = [group]
        signs = []
        for after in these[at + 1 : at + 4]:
            sign = text[parts[-1].end : after.start]
            if sign not in (":", ".", "/", "-"):
                break
            signs.append(sign)
            parts.append(after)
        went_on = at and text[these[at - 1].end : group.start] in (".", "/", "-", ":")
        if not went_on and _is_time_or_date(parts, signs):
            found.update(range(at, at + len(parts)))
    return found


def _is_time_or_date(parts: list[Group], signs: list[str]) -> bool:
    numbers = [p.digits for p in parts]
    if any(p.words or p.mixed for p in parts):
        return False
    if len(parts) == 2 and signs[0] in ":." and len(numbers[0]) <= 2 and len(numbers[1]) == 2:
        return int(numbers[0]) <= 24 and int(numbers[1]) <= 59
    if len(parts) == 2 and signs[0] == "/" and len(numbers[0]) <= 2 and len(numbers[1]) <= 2:
        return True
    if len(parts) != 3 or len(set(signs)) > 1 or len(numbers[2]) not in (2, 4):
        return False
    return len(numbers[0]) <= 2 and len(numbers[1]) <= 2 and _day(numbers[0], numbers[1])


def _day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12
