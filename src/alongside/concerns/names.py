"""Whether a text may speak of somebody by name. Pure.

It errs on the side of yes: whoever is named wrongly is passed over for one report, and a lead can
let them in; whoever is overlooked might read what is said about them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

SHORTEST = 3
"""Letters of a part of a name that can be told from any other word."""
LONG = 5
"""Letters of a part of a name that is sure to be one inside a longer word (an address)."""
ALIKE = 0.8
"""How like a name a word must be to be taken for a slip of the pen."""
ORDINARY = frozenset(
    "able about after again all also always and another any are art ask away back bad been bell "
    "being best bill black both brown bring bush but came can child chase clay come cook could "
    "day dawn dean did does done down each even ever face fair faith feel field few ford for "
    "found frank from gave get girl give god good got grace grant gray green had hall hand has "
    "have hay head hear heard her here hers high hill him his home hope how hunt into iris its "
    "ivy jack just joy june keep kept kid kids kind king know last late left less let like "
    "little live lives long look lot love mad made make man many mark may mean men met mike "
    "mind miles more most much must name never new next nice night nor not now off often old "
    "olive one only our out over own page park part pat penny phone play put rain ray read real "
    "rich rob rose said same sand saw say see send sent set shall she short should show sky some "
    "son star stay stone street strong sue sunny take talk team tell text than that the their "
    "them then they this time told too took training two use used very victor wait walk wall "
    "want ward was way well went were west what when where which white who why will win with "
    "wood work would year yes you young your".split()
)
"""Words that stand in any report: a name only where they begin with a capital."""
SHORT_FORMS = {
    "andy": "andrew", "barney": "barnaby", "becky": "rebecca", "bert": "robert",
    "betty": "elizabeth", "bill": "william", "billy": "william", "bob": "robert",
    "bobby": "robert", "cathy": "catherine", "charlie": "charles", "chuck": "charles",
    "debbie": "deborah", "dick": "richard", "drew": "andrew", "frankie": "francis",
    "gerry": "gerald", "hal": "harold", "hank": "henry", "harry": "henry", "jack": "john",
    "jim": "james", "jimmy": "james", "jo": "joanne", "kate": "katherine", "katie": "katherine",
    "kathy": "katherine", "larry": "laurence", "maggie": "margaret", "mandy": "amanda",
    "meg": "margaret", "mick": "michael", "mike": "michael", "molly": "mary", "nancy": "anne",
    "ned": "edward", "nell": "eleanor", "peggy": "margaret", "polly": "mary", "rick": "richard",
    "sally": "sarah", "sandy": "alexander", "steve": "stephen", "ted": "edward",
    "teddy": "edward", "tony": "anthony", "vicky": "victoria", "wendy": "gwendolyn",
}  # fmt: skip
"""Those that can't be seen from the letters."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a text, and which of them may be names."""

    words: frozenset[str]
    likely: frozenset[str]
    """Not ordinary, or written with a capital."""

    @classmethod
    def of(cls, text: str) -> Spoken:
        """Where nobody wrote a capital, an ordinary word may be a name all the same."""
        written = _split(text)
        words = frozenset(word.casefold() for word in written)
        shouted = not any(word[0].isupper() for word in written)
        capitals = frozenset(word.casefold() for word in written if word[0].isupper())
        likely = frozenset(w for w in words if w not in ORDINARY or w in capitals or shouted)
        return cls(words, likely)


def whole_name(name: str, text: str) -> bool:
    """Whether every part of the name stands in the text, in any order."""
    parts = Spoken.of(name).words
    return bool(parts) and parts <= Spoken.of(text).words


def may_name(name: str, text: str, *, loose: bool = False) -> bool:
    """Whether any part of the name, or something like it, stands in the text.

    ``loose`` where the text is somebody's name or description and little else.
    """
    spoken = Spoken.of(text)
    parts = Spoken.of(name).words
    told = [part for part in parts if len(part) >= SHORTEST] or list(parts)
    return any(_like(part, word, loose=loose) for part in told for word in spoken.likely)


def _like(part: str, word: str, *, loose: bool) -> bool:
    if part == word or SHORT_FORMS.get(word) == part or SHORT_FORMS.get(part) == word:
        return True
    if len(part) >= LONG and part in word:
        return True
    if word in ORDINARY or len(word) < SHORTEST:
        return False
    if part.startswith(word) or (loose and word in part):
        return True
    if abs(len(part) - len(word)) > 1 or part[0] != word[0]:
        return False
    least = SHORTEST if loose else SHORTEST + 1
    return min(len(part), len(word)) >= least and _alike(part, word) >= ALIKE


def _alike(part: str, word: str) -> float:
    return SequenceMatcher(None, part, word).ratio()


def _split(text: str) -> list[str]:
    """The words without accents and apostrophes, as they are written."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", re.sub(r"['’ʼ`](?:s\b)?", "", plain))
