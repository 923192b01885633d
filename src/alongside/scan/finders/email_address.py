"""N1: mail addresses that are not the organisation's, spelt out or pulled apart too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..finder import Finder, Window
from ..known import Known
from ..matching import compiled
from ..sighting import Confidence, Sighting, Type
from .cues import cue
from .providers import CALLED, DOMAINS, ENDINGS, NAME, mended, organisational
from .squeezed import squeezed

_LABELS = r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}\b"
_OPEN, _SHUT = r"[\[({<*_~|'\"-]{1,2} ?", r" ?[\])}>*_~|'\"-]{1,2}"
_DOT = rf"(?:\.| ?{_OPEN}(?:dot|d0t|\.|point){_SHUT} ?|,? (?:dot|d0t|point|full stop),? (?:then )?)"
_PROVIDER = rf"(?:{NAME})"
_DOMAIN = rf"(?:(?:{_PROVIDER}|[a-z0-9-]{{1,63}})(?:{_DOT}[a-z0-9-]{{2,63}}){{1,4}}|{_PROVIDER}\b)"

_THEN = r"(?:(?:and |and then |then |followed by )?(?:the |an? |that |my )?)"
_AT_SIGN = (
    rf"(?:at|@|{_THEN}(?:(?:curly |little |usual |funny |swirly )*(?:at|a|@|snail|monkey|whirly)"
    r"[ -](?:sign|symbol|thing|thingy|one|key)|curly a(?: sign| thing)?|@ sign|a with a (?:tail|"
    r"ring))"
    r")"
)
"""What people call the sign between name and domain."""
_SIGN = compiled(rf"[a-z0-9_](?: ?@ ?|\n@\n)(?:the |my )?(?:{_LABELS}|{_PROVIDER}\b)")
_BRACKETED = compiled(rf"[a-z0-9_] ?{_OPEN}(?:at|@|a){_SHUT} ?{_DOMAIN}")
_SAID = compiled(rf"[a-z0-9_]\"?,? {_AT_SIGN},? {_THEN}\"?{_DOMAIN}")
_HALF = compiled(rf"(?:\A|\s)@(?:{_LABELS}|{_PROVIDER}\b)")
"""What follows the name, where the name is told another way."""
_FINDS = (_SIGN, _BRACKETED, _SAID)
_AT = re.compile(
    rf"\"?,? ?(?:\n@\n|{_OPEN}(?:at|@|a){_SHUT}|@ ?(?:the |my )|"
    rf"{_AT_SIGN}(?![a-z]),?(?: {_THEN}(?=[a-z0-9\"]))?"
    r"\"?|@) ?"
)

_LOCAL = re.compile(r"[a-z0-9_](?:[a-z0-9._%+'-]{0,62}[a-z0-9_+-])?$")
_NAMED = compiled(
    rf"\b(?:{_PROVIDER})(?: (?:address|account|email|e-mail|one|name|addy))? ?"
    r"(?:,? (?:which|that|and it) is|is|:|=|-+>?) ?[a-z0-9][a-z0-9._+-]{2,40}"
)
_ON = compiled(rf"[a-z0-9][a-z0-9._+-]{{2,40}} (?:on|at) (?:my )?(?:{_PROVIDER})\b")
_NO_NAME = frozenset(
    "the a an my your our this that full broken down not slow fine gone hacked blocked playing up "
    "working being still also free better best easiest good bad old new usual it i me we us you he "
    "she they them him her on off at in is are was to and or if so but then look looking based "
    "work works meet arrive see find bought seen anyone someone everyone people account accounts "
    "mail email e-mail address stuck login page home please lives live sits kept posted published "
    "hosted housed open read more written drawn shared here there everything stuff recipes photos "
    "pictures notes prices details shop site blog website up online out one".split()
)
_ALONE = re.compile(
    r"(?:\A|[.:,;!?>(\n-]|\b(?:is|its|it's|to|me|on|try|use|via|i'm|she's|he's)) ?\Z"
)
_CLOSED = re.compile(r" ?(?:\Z|[.,;!?)\n])")
_SENTENCE = re.compile(r"[!?](?=\s)|\.(?=\s+\S)|\n\s*\n")
_SENT = re.compile(
    r"\b(?:send|sent|e-?mail|mail|ping|write|forward|fwd|reply|addy|address|cc|bung|"
    r"chuck)\b[^.!?]{0,40}$"
)
_AFTER_SENTENCE = re.compile(r"[.!?](?=\s)|\n")
_MINE = re.compile(
    r"[ ,;:(-]*(?:that'?s|is|it'?s|which is|this is|will)?(?: really| just)?"
    r" ?\b(?:me|mine|my|us|reach(?:es)? me|gets? (?:to )?me|comes (?:straight )?to me)\b"
)
_LETTERS = re.compile(r"(?:\b\w ){3}")
"""A name that is spelt letter by letter."""
_A_PATH = re.compile(r"/[a-z0-9]")
_NOBODYS = re.compile(
    r"(?:some|any)(?:one|body)|(?:your|user|first|full|last)?[._-]?name|surname|user|example|"
    r"(?:joe|jane|fred)[._-]?bloggs"
)
"""What stands for a name in an example."""
_BEFORE, _AFTER = 90, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A mail address in a folded text."""

    start: int
    end: int
    address: str
    hidden: bool
    """Written so that a filter might miss it."""
    weak: bool = False
    """It may be something else, unless what is around says so."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    apart = squeezed(window.folded)
    for view in (window,) if apart is None else (window, replace(window, folded=apart)):
        for found in _finds(view.text):
            sighting = _sighting(view, known, found)
            if sighting is not None:
                yield sighting


def _finds(text: str) -> Iterator[Find]:
    for pattern in _FINDS:
        for match in pattern.finditer(text):
            found = _whole(text, match.start(), match.end(), said=pattern is _SAID)
            if found is not None:
                yield found
    for match in _HALF.finditer(text):
        domain = text[match.start() : match.end()].strip().lstrip("@")
        if mended(domain) in DOMAINS:
            start = match.end() - len(domain) - 1
            yield Find(start=start, end=match.end(), address=f"@{mended(domain)}", hidden=True)
    yield from _by_provider(text)


def _whole(text: str, anchor: int, end: int, *, said: bool) -> Find | None:
    """The address whose name ends at ``anchor``."""
    sign = _AT.match(text, anchor + 1)
    first = max(0, anchor - 63)
    local = _LOCAL.search(text[first : anchor + 1])
    if sign is None or local is None:
        return None
    start = first + local.start()
    name, domain = local[0], mended(_plain(text[sign.end() : end]))
    before = text[start - 1 : start]
    plain = sign[0] == "@"
    if not plain and (text[end : end + 2].strip() in ("/", "/@") or _A_PATH.match(text, end)):
        return None
    if before in ("@", "/", "=", "#", "£") or (plain and text[max(0, start - 4) : start] == "cid:"):
        return None
    if not plain and (domain.rpartition(".")[2] not in ENDINGS or domain.startswith("www.")):
        return None
    written = re.search(r"dot|d0t|[\[({<*]", text[sign.end() : end]) is not None
    telling = re.search(r"[0-9._+-]", name) is not None
    if "," in sign[0] and not telling and not written and domain not in DOMAINS:
        return None  # ``with my moans about the ferry, at sandrasorts.example``
    spaced = sign[0].strip() == "@" and not plain
    weak = (said or spaced) and not telling and domain not in DOMAINS
    bare = text[sign.end() : end].strip() in CALLED
    if said and written and not telling:
        weak = not (_ALONE.search(text[max(0, start - 8) : start]) and _CLOSED.match(text, end))
    if said and bare and not telling:
        weak = not (_ALONE.search(text[max(0, start - 8) : start]) and _CLOSED.match(text, end))
    if name in _NO_NAME and (said or spaced):
        return None
    return Find(
        start=start, end=end, address=f"{name}@{domain}", hidden=not plain or written, weak=weak
    )


def _plain(domain: str) -> str:
    return re.sub(_DOT, ".", domain)


def _by_provider(text: str) -> Iterator[Find]:
    """``gmail: sam.coach``, ``sam.coach on gmail``."""
    for match in _NAMED.finditer(text):
        said = text[match.start() : match.end()]
        name = re.split(r"[ :=>]|is ", said)[-1].strip("-").rstrip(".")
        provider = re.match(_PROVIDER, said)
        if provider is None or name in _NO_NAME or text[match.end() : match.end() + 1] == "@":
            continue
        yield _of(match.start(), match.end(), name, provider[0])
    for match in _ON.finditer(text):
        name, _, provider_name = text[match.start() : match.end()].partition(" ")
        provider = re.search(rf"(?:{_PROVIDER})$", provider_name)
        telling = re.search(r"[0-9._+-]", name.strip(".")) is not None
        if provider is None or name in _NO_NAME or not telling:
            continue
        yield _of(match.start(), match.end(), name, provider[0])


def _of(start: int, end: int, name: str, provider: str) -> Find:
    telling = re.search(r"[0-9._+-]", name) is not None
    return Find(
        start=start, end=end, address=f"{name}@{mended(provider)}", hidden=True, weak=not telling
    )


def _sighting(window: Window, known: Known, found: Find) -> Sighting | None:
    address, domain = found.address, found.address.rpartition("@")[2]
    if address in {known.same(a) for a in known.own.addresses} or known.same(address) in {
        known.same(a) for a in known.own.addresses
    }:
        return window.see(
            Type.EMAIL_ADDRESS, found.start, found.end, address, Confidence.CERTAIN, own=True
        )
    if _registered(address, domain, known):
        return None
    apart = _LETTERS.search(window.folded.seen(found.start, found.end)) is not None
    sure = _sure(window.text, found, domain, apart=apart)
    return window.see(Type.EMAIL_ADDRESS, found.start, found.end, address, sure)


def _registered(address: str, domain: str, known: Known) -> bool:
    if any(domain == ours or domain.endswith(f".{ours}") for ours in known.domains):
        return True
    same = known.same(address)
    return any(same == known.same(a) for of in (known.ours, known.theirs) for a in of.addresses)


def _sure(text: str, found: Find, domain: str, *, apart: bool) -> Confidence:
    before = _SENTENCE.split(text[max(0, found.start - _BEFORE) : found.start])[-1]
    after = _AFTER_SENTENCE.split(text[found.end : found.end + _AFTER])[0]
    own = cue("email_own").search(before) is not None or _MINE.match(after) is not None
    if found.weak and not apart:
        sent = own or (found.hidden and _SENT.search(before) is not None)
        return Confidence.LIKELY if sent else Confidence.POSSIBLE
    if domain in DOMAINS:
        return Confidence.CERTAIN
    if own or found.hidden:
        return Confidence.CERTAIN
    name = found.address.rpartition("@")[0]
    role = cue("email_role").match(re.split(r"[._+-]", name)[0])
    if _NOBODYS.fullmatch(name):
        return Confidence.POSSIBLE
    if role is not None and role.end() == len(re.split(r"[._+-]", name)[0]):
        return Confidence.POSSIBLE
    if organisational(domain):
        return Confidence.POSSIBLE
    return Confidence.LIKELY


_GATE = (
    r"[a-z0-9_](?: ?@ ?|\n@\n)[a-z0-9-]+ ?\. ?[a-z]",
    rf"@ ?(?:{NAME})\b",
    r"[\[({<*_~|'\"-] ?(?:at|@|a) ?[\])}>*_~|'\"-]",
    rf"\bat {_PROVIDER}\b",
    r"\bat(?:[ -]sign)?,? [a-z0-9-]+,? ?[\[({<*_~|-]{0,2} ?(?:dot|d0t|point|\.[a-z])",
    rf"\b(?:{NAME})(?: [a-z-]+)? ?(?:,? which is|is|:|=|-) ?[a-z0-9]",
    rf"[0-9._+-][a-z0-9]* on (?:my )?(?:{NAME})\b",
    r"(?:[a-z0-9_.-] ){2}@ [a-z0-9]",
    r"[a-z0-9_] ?@ ?(?:the|my) [a-z0-9-]+[.][a-z]",
    r"\b(?:at|a|@|snail|monkey|whirly)[ -](?:sign|symbol|thing|thingy)\b|\bcurly a\b",
    r"\bat [a-z0-9]+ (?:hyphen|dash) [a-z0-9]+ dot\b",
)

FINDER = Finder(name="email_address", types=frozenset({Type.EMAIL_ADDRESS}), gate=_GATE, find=find)
