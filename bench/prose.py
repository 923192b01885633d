"""English of every day in any amount: the corpus's ordinary messages, sentence by sentence.

The sentences are shuffled, so that no two texts are alike: a gate that is only shown the same few
letters again and again would never meet anything new. Those of one text were typed in one way: who
writes with little pictures does so in some messages, and in most there are none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tests.corpus import entries

from alongside.scan.finders import FINDERS
from alongside.scan.fold import fold
from alongside.scan.gate import Gate
from alongside.scan.known import Known
from alongside.scan.reading import plain
from alongside.scan.scan import scan

SIZE = 2_000
"""Characters of one text, about: a letter of some length."""
KNOWN = Known(today=date(2026, 11, 1))
"""Nobody is registered, so whatever looks like a detail is a sighting."""
SEED = 2026

_MESSAGES = 1_500
"""Of the corpus's ordinary ones, drawn by lot."""
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_PARAGRAPH = 5
"""Sentences."""
_LETTERS, _YOUNGEST = 40, 8
_LONGEST = 1_500
"""Characters of a letter's text, so that the smallest letter holds it with its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Texts to be read."""

    clean: tuple[str, ...]
    """Nothing in them looks like a detail: the gate lets them pass."""
    ordinary: tuple[str, ...]
    """There is no sighting in them; finders have to look at some."""
    opened: float
    """Part of the ordinary messages, as they were written, for which the gate opens."""


def prose(clean: int, ordinary: int, seed: int = SEED) -> Prose:
    """So many characters of each kind, the same each time. Raises ``ValueError`` when the corpus
    has too few clean sentences to make them of."""
    material = _material()
    chance = random.Random(seed)
    shut = [[s for s in hand if _shut(s)] for hand in material.hands]
    return Prose(
        clean=_texts(shut, clean, chance, _shut),
        ordinary=_texts(material.hands, ordinary, chance, _unseen),
        opened=material.opened,
    )


def letter_texts() -> list[str]:
    """What the letters of the load say: in none of them anything is seen, not even what is merely
    possible, whoever the reader is."""
    known = replace(KNOWN, youngest=_YOUNGEST, readers=True)
    made = (_shortened(t) for t in prose(1, 3_000 * _LETTERS).ordinary if t.isascii())
    return [text for text in made if not scan(plain(text), known)][:_LETTERS]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What the texts are made of."""

    hands: tuple[tuple[str, ...], ...]
    """The sentences that each hand wrote."""
    opened: float


@cache
def _material() -> _Material:
    """Reading the messages takes far longer than making texts of them: it is done once."""
    some = random.Random(SEED).sample(list(_messages()), _MESSAGES)
    messages = [text for text in some if _unseen(text)]
    return _Material(
        hands=tuple(
            tuple(s for text in messages if _hand(text) == hand for s in _sentences(text))
            for hand in range(3)
        ),
        opened=sum(not _shut(text) for text in messages) / len(messages),
    )


@cache
def _gate() -> Gate:
    return Gate(FINDERS)


def _shut(text: str) -> bool:
    return not _gate().asked(fold(text).text)


def _unseen(text: str) -> bool:
    return not scan(plain(text), KNOWN)


def _shortened(text: str) -> str:
    return text[: text.rfind(". ", 0, _LONGEST) + 1]


def _messages() -> Iterator[str]:
    """As somebody would read them, subject and all."""
    for entry in entries("tune"):
        if entry.id.startswith("ordinary-"):
            yield f"{entry.subject}\n\n{entry.text}" if entry.subject else entry.text


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in _ENDS.split(text) if s.strip()]


def _hand(text: str) -> int:
    """How it was typed: with a plain keyboard, with the signs and letters that word processors put
    in, with pictures."""
    highest = max(text)
    return 0 if highest < "\x80" else 1 if highest < "\u2200" else 2


def _texts(
    hands: Sequence[Sequence[str]],
    characters: int,
    chance: random.Random,
    wanted: Callable[[str], bool],
) -> tuple[str, ...]:
    """Sentences in any order, by each hand as much as it wrote. What they say together may be more
    than each says by itself, so each text is asked again."""
    wrote = [sum(map(len, sentences)) for sentences in hands]
    texts: list[str] = []
    size = tried = 0
    while size < characters:
        (sentences,) = chance.choices(hands, wrote)
        text = _text(sentences, chance)
        tried += 1
        if wanted(text):
            texts.append(text)
            size += len(text)
        elif tried > 100 and len(texts) < tried / 100:
            raise ValueError(f"of {tried} texts of clean sentences {len(texts)} are clean")
    return tuple(texts)


def _text(sentences: Sequence[str], chance: random.Random) -> str:
    words: list[str] = []
    size = 0
    while size < SIZE:
        sentence = chance.choice(sentences)
        words += (sentence, "\n\n" if len(words) % (2 * _PARAGRAPH) == 0 else " ")
        size += len(sentence) + 1
    return "".join(words).strip()
