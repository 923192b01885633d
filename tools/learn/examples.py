"""From the labelled corpus and the word lists' examples to rows that a network learns from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.corpus import Entry
from tests.corpus.measure import DETAILS

from alongside.scan.fold import fold
from alongside.scan.meaning.inputs import Shown, shown
from alongside.scan.meaning.kinds import KINDS
from alongside.scan.meaning.pieces import Pieces
from alongside.scan.meaning.units import sentences
from alongside.scan.sighting import Type
from alongside.scan.wordlists import phrases

LISTS: dict[Type, tuple[str, ...]] = {
    Type.INSTANT_MESSAGING: ("instant_messaging", "instant_messaging_wide"),
    Type.FRIEND_REQUEST: ("friend_request", "friend_request_wide"),
    Type.GAME: ("game", "game_wide"),
    Type.PLATFORM_AGE: ("platform_age",),
    Type.PRIVATE_TALK: ("private_talk", "private_talk_closer"),
    Type.SECRECY: ("secrecy", "secrecy_hide", "secrecy_lie"),
    Type.PASSWORD: ("password_asked",),
}
_TOUCHES = 3
"""Characters of a label that must stand in a sentence for it to be one that says so."""
_YOUNG = 13
"""Years: whoever is younger is too young for nearly all platforms."""
_NOT_WRITTEN = re.compile(r"(?m)^>.*$|^On .{1,200}wrote:\s*$|^-+ ?Original Message.*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence, what it says (1), does not (0), or nobody knows (-1), and whose it is."""

    shown: Shown
    says: tuple[int, ...]
    text: str
    entry: str
    plain: bool
    """An ordinary message's."""
    empty: bool
    """One's in which nothing is labelled."""


def rows(entry: Entry, pieces: Pieces) -> Iterator[Row]:
    """The sentences of an entry that its writer wrote."""
    body = _NOT_WRITTEN.sub("", re.split(r"\n-- \n", entry.text)[0])
    for text in filter(None, (entry.subject, body)):
        folded = fold(text).text
        spans = [(kind, *span) for kind, label in entry.labels for span in places(label, folded)]
        those = sentences(folded)
        for n, (sentence, what) in enumerate(
            zip(those, shown(folded, those, range(len(those)), pieces), strict=True)
        ):
            said = {
                kind
                for kind, start, end in spans
                if min(sentence.end, end) - max(sentence.start, start) >= _TOUCHES
            }
            yield Row(
                what,
                tuple(_told(kind, kind in said, entry) for kind in KINDS),
                folded[those[n].start : those[n].end],
                entry.id,
                not entry.labels and not entry.hard,
                not entry.labels,
            )


def _told(kind: Type, said: bool, entry: Entry) -> int:
    """How old a reader must be is looked up and not learnt, and so is whose a detail is: where
    that may be why nothing is labelled, nobody knows."""
    if said:
        return 1
    if kind is Type.PLATFORM_AGE and not _young(entry):
        return -1
    return -1 if kind in DETAILS and entry.theirs else 0


def _young(entry: Entry) -> bool:
    return entry.to == "child" or (entry.youngest is not None and entry.youngest < _YOUNG)


def places(label: str, folded: str) -> list[tuple[int, int]]:
    """Where a label stands in a folded text."""
    words = [re.escape(word) for word in fold(label).text.split()]
    return [match.span() for match in re.finditer(r"\s+".join(words), folded)]


def listed(pieces: Pieces) -> Iterator[Row]:
    """The examples and counter-examples of the word lists: they speak of one kind only."""
    for kind, names in LISTS.items():
        for phrase in (p for name in names for p in phrases(name)):
            for says, those in ((1, phrase.examples), (0, phrase.counterexamples)):
                for text in those:
                    folded = fold(text).text
                    whole = sentences(folded)
                    if len(whole) == 1:
                        yield Row(
                            shown(folded, whole, (0,), pieces)[0],
                            tuple(says if k is kind else -1 for k in KINDS),
                            folded,
                            f"list-{phrase.name}",
                            False,
                            False,
                        )
