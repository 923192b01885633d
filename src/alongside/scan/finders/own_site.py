"""N1: whether a site on some domain is somebody's own, by what is said of it and what it is called.

Said: ``my site``, ``that's me``, ``on his site`` of a brother. Called: after a first name or after
who signs (``marlon-moves.example``). The sites of bodies, shops, papers and events are nothing.
"""

from __future__ import annotations

import re

from ..sighting import Confidence
from .cues import cue
from .first_names import begins_with_one, first_names
from .own_site_cues import AUTHORED, HOMELY, KIN, MADE_IT, WORKS
from .profiles import official
from .providers import ENDINGS, organisational
from .web import Link

_NOT_OWN = re.compile(
    r"\b(?:(?:bought|ordered|booked|got|get|hired|found|saw|read|heard|donated|borrowed|"
    r"(?<!no )order|buy|"
    r"book"
    r"|tickets|entries|entry|enter|register|apply|sign up|available|cheaper|"
    r"recommend\w*)\b[^.!?]{0,40}"
    r"\b(?:from|at|on|through|via|with|by|of)|official|favourite|council|"
    r"(?:the|our) (?:league|venue|hotel|"
    r"hall|team|company|maker|makers|supplier|county|charity|federation|region|host|hosts))\b"
)
"""What says whose it is, where nothing says that it is the writer's."""
_FROM_ME = re.compile(r"\b(?:from|off|with|through) me\b")
_MY = re.compile(
    r"\b(?:my|mi|ma|me)(?: [a-z&'-]+){1,4}(?:[:,;(=-]+| at| on| is| are| r| here| see| go to)* ?$"
)
_NOT_MINE = re.compile(
    r"\b(?:favourite|local|nearest|usual|team|club|school|daughter|son|kids?|child|physio|doctor|"
    r"gp|"
    r"council|bank|train|bus|route|tickets?|order|phone|insurance|chair|wheelchair|frame|supplier|"
    r"makers?|understanding|view|opinion|advice|notes|source|work|employer|office|university|"
    r"college|"
    r"hospital|church|league|hotel|town|village|county|region|charity|group|booking|brother|sister|"
    r"mate|friend|mum|dad|husband|wife|boss|company|firm|entry|entries|train times|legs?|back|"
    r"name)'?s?\b"
)
_AFTER_IT = re.compile(
    r"[ \"')]{0,3},? ?(?:is where (?:i|we)\b|has (?:all )?(?:my|everything i)\b"
    r"|(?:is|are) (?:all |both )?(?:me|mine|my)\b|(?:both |all )?mine\b|me(?=[.!,?)]|\s*\Z)"
    r"|(?:that|this|which|it|they)(?:'?s| is|'?re| are) ?(?:all |both |just |really )?"
    r"(?:me|mine|my|our)\b"
    r"|if you (?:want|fancy|care|like)[a-z ]{0,24} (?:i|me|my|we)\b)"
)
"""What makes it the writer's, said right after it."""
_PLAINLY = re.compile(
    r"^(?:my|mi|our|i|i'm|i've|ive) .*(?:web ?site|page|site|blog|vlog|shop|podcast|portfolio|"
    r"newsletter|etsy|"
    r"substack|linktree)"
)
_PAGE = r"(?:web ?sites?|web ?page|site|blog|vlog|page|journal|diary|shop|portfolio|podcast)"
_A_PERSONS = re.compile(
    rf"\b(?:my|our|me|ma|mi) (?:[a-z'-]+,? ){{0,12}}(?:his|her|their|hers|"
    rf"theirs) (?:[a-z]+ ){{0,3}}{_PAGE}\b"
    rf"|\b(?:my|our|me|ma|mi) (?:[a-z]+ )?(?:brother|sister|mate|wife|husband|partner|son|"
    rf"daughter|mum|"
    rf"mam|dad|nan|gran|cousin|uncle|aunt|auntie|niece|nephew|flatmate|lad|lass|girlfriend|"
    rf"boyfriend|other half|missus|fianc[a-z]+|better half|friend)(?:-in-law)?"
    rf"(?:'s| [a-z]+'s| [a-z]+)? (?:[a-z]+ ){{0,5}}(?:{_PAGE}|writes|blogs|posts|runs|keeps|"
    rf"sells|makes|"
    rf"put|made|built|wrote|teaches|coaches|draws|paints|bakes|sings)\b"
    rf"|\b{_PAGE}(?: that| which|,)? (?:my|our) [a-z' ]{{2,30}}\b(?:keep|keeps|run|runs|made|"
    rf"make|built|write|writes|started|set up)\b"
    rf"|\b{_PAGE}(?: that| which)? (?:i|me and|we)\b"
    rf"|\b(?:hubby|(?:the|my) (?:wife|husband|missus|old man)|she|he)(?:'s [a-z]+| also| has)*"
    rf"[^.!?]{{0,50}} (?:made|built|set up|started|its own|own) (?:a |me a |us a )?(?:wee |"
    rf"little )?"
    rf"{_PAGE}\b|\bmy (?:own )?(?:little |wee )?corner of the (?:web|internet)\b"
    rf"|\b{_PAGE} of (?:(?:his|her|their|its) own|hers|his|mine|theirs)\b|\byours truly\b"
    rf"|\b(?:i|we)(?:'ve|ve| have)? (?:got |just )?(?:made|built|run|keep|wrote|set up|have|got|a)"
    rf"(?: that| this| a| the| my| our)?(?: own| wee| little| new)* {_PAGE}\b"
    r"|\b(?:the|our) (?:wife|husband|missus|other half|young ?'?un) (?:does|makes|sells|bakes|"
    r"paints)\b"
    r"|\bmy (?:[a-z]+ ){0,2}(?:web ?page|web address|diary|memoirs|musings|moans)\b"
    r"|\bmy (?:magic|race|little|wee|daft|hire|art|music|baking|story|craft) (?:page|site|notes)\b"
)
"""A private person's: ``my brother ... on his site``, ``the site my brother and I keep``."""
_BODY = re.compile(
    r"\b(?:the|our|your|their|its|this|that|an?) (?:[a-z'-]+ ){0,3}?(?:'s|s') ?(?:own )?"
    r"(?:web ?site|site|page|pages)\b"
    r"|\b(?:council|library|library's|cinema|museum|league|federation|association|trust|hall|"
    r"centre|venue|shop|store|firm|company|hotel|paper|gazette|bbc|news|map|maps|timetable|"
    r"results|fixtures|tickets?|entry|entries|booking|register|apply|forms?|rules|(?:to|your|"
    r"an) order|returns|"
    r"forecast|insurers?|makers?|supplier|charity|society|university|college|school|governing body|"
    r"article|piece|report|event|race|course|train|bus|coach company|route|champ|champion|"
    r"author|singer|player|athlete|star|hospital|clinic|nhs|dame|sir)(?:'?s)?\b"
)
"""Who has a site that everybody may know."""
_FIRST = re.compile(r"\b(?:i|i'm|im|i've|ive|i'll|i'd|my|mi|me|mine|meself|myself)\b")
_LED = re.compile(
    r"(?:coach|miss|mister|mr|mrs|auntie|aunty|uncle|nana|nan|grandad|captain|big|wee)"
)
_NAMES_OWN = re.compile(
    r"\b([a-z]{3,12})'s (?:own )?(?:recipes?|paintings?|poems|art|blog|site|page|photos|drawings|"
    r"book|tunes|songs|stories|crafts|stall|travels|diary|cakes|pots|cards|comics?|prints|garden)\b"
)
_ACCOUNT = re.compile(
    r"(?<![a-z0-9._@-])(?:@[a-z0-9._]{4,}|[a-z0-9]+(?:[._][a-z0-9]+)+)(?![a-z0-9@/])|"
    r"/[a-z0-9_]{5,}\b"
)
_SAINT = re.compile(r"(?:^|[.-])(?:st|saint|sir|dame|king|queen|prince|princess|lord|lady)-?$")
_SENTENCE = re.compile(r"[.!?](?=\s)|\n\s*\n")
_SIGNED = re.compile(r"\n[ \t>*_~x-]*([^\n]{2,40})\s*$")
_TOLD_MAIL = re.compile(r"(?<!,) (?:at|sign,?|@|goes) $")
_SITE_VERB = re.compile(
    r"\b(?:is|are|it's|its|i'm|live|lives|notes|through|diary|words|blog|write|scribble|site|"
    r"page|me|look|up|online|all|read|"
    r"more|find|found|photos|pictures|recipes|website|see|have a look|shop|sell|post|share|"
    r"out) at $"
)
_NAME_THERE = re.compile(
    r"\b(?:insta\w*|tik ?tok|snap\w*|twitter|threads|there) (?:as|called|under) $"
)
"""``on Instagram as ines.missed.it``: a name there, and no site."""
BEFORE, AFTER = 160, 60
_ENOUGH = 2


def own_site(link: Link, otherwise: Confidence | None) -> Confidence | None:
    """How sure it is that the link leads to somebody's own site; none: it is nobody's.

    ``otherwise`` is what it is where nothing says so."""
    about = around(link)
    said = [m for m in cue("personal_site").finditer(about) if not _anothers(m.group(0))]
    if _NAME_THERE.search(link.window.text[max(0, link.start - 30) : link.start]):
        return None
    if link.apart and (max(map(len, link.host.split(".")[:-1])) < 3 or _in_a_mail_address(link)):
        return None
    if not said:
        if otherwise is None and (_told_as_mine(link) or _weight(link, about) >= _ENOUGH):
            return Confidence.LIKELY
        return otherwise
    sure = any(re.match(r"(?:my|mi|our)\W", m.group(0)) for m in said)
    plainly = any(_PLAINLY.search(m.group(0)) or m.group(0).startswith("my own") for m in said)
    if not plainly and otherwise is None and others(about):
        return None
    label = link.host.split(".")[0]
    if otherwise is None and (organisational(link.host) or official(label)):
        return Confidence.LIKELY if plainly else Confidence.POSSIBLE
    return Confidence.CERTAIN if sure else Confidence.LIKELY


def _anothers(said: str) -> bool:
    """``my train is on``: what is the writer's there is no site."""
    return _NOT_MINE.search(said) is not None and _PLAINLY.search(said) is None


def _told_as_mine(link: Link) -> bool:
    """``Buy my mugs: edithmugs.example``, ``edithmugs.example is where I sell them``."""
    text = link.window.text
    lead = _MY.search(text[max(0, link.start - 60) : link.start])
    if lead is not None:
        another = _NOT_MINE.search(lead[0]) or organisational(link.host) or others(around(link))
        if not another:
            return True
    return _AFTER_IT.match(text[link.end : link.end + AFTER]) is not None


def _in_a_mail_address(link: Link) -> bool:
    """``pearl at purl-and-pearl dot example``: the end of a mail address that is spelt out."""
    before = link.window.text[max(0, link.start - 30) : link.start]
    return _TOLD_MAIL.search(before) is not None and _SITE_VERB.search(before) is None


def _weight(link: Link, about: str) -> int:
    """What speaks for a private person, less what speaks for a body."""
    weight = _called_after(link)
    if _A_PERSONS.search(about) is not None:
        weight += 2
    weight += _also_an_account(link)
    weight += (
        AUTHORED.search(link.window.text[max(0, link.start - BEFORE - 60) : link.start]) is not None
    )
    owner = _NAMES_OWN.search(_sentence(link))
    if owner is not None and owner[1] in first_names():
        weight += 1
    text = link.window.text
    weight += 2 * bool(MADE_IT.match(text[link.end : link.end + AFTER]))
    if KIN.search(text[max(0, link.start - BEFORE) : link.start]) is not None:
        weight += 2
    if _FIRST.search(about) is not None:
        weight += 1
    if WORKS.search(_sentence(link)) is not None:
        weight += 1
    if a_bodys(link):
        weight -= 2
    return weight


def a_bodys(link: Link) -> bool:
    """Whether its sentence or its name makes it a shop's, a hall's or an author's."""
    said = _sentence(link)
    return organisational(link.host) or others(said) or _BODY.search(said) is not None


def _called_after(link: Link) -> int:
    """Whether the host is called after somebody: surely so by a name that is told, or that stands
    by itself; half so by what one calls a page of one's own."""
    labels = link.host.split(".")
    words = [w for label in labels[:-1] for w in label.split("-") if w not in ("co", "org", "me")]
    host = link.host
    named = [w for w in words if w in first_names() and not _SAINT.search(host[: host.index(w)])]
    if (
        named
        or any(_glued(w, _others_text(link)) for w in words)
        or any(w.startswith(tuple(_signed(link))) for w in words)
    ):
        return 2
    called = any(w.removesuffix("s") in first_names() for w in words if len(w) > 3)
    glued = any(_holds_a_name(w) for w in words)
    return 1 if called or glued or any(HOMELY.match(w) for w in words) else 0


def _holds_a_name(word: str) -> bool:
    """``dingwallderek``, ``ianonboccia``: it begins or ends with a first name."""
    if begins_with_one(word):
        return True
    names = first_names()
    if any(word[start:] in names for start in range(3, len(word) - 3)):
        return True
    return word[:3] in names and len(word) > 7


def _also_an_account(link: Link) -> bool:
    """Whether an account in the same text is called so too: ``inky.marguerite``."""
    label = re.sub(r"[^a-z0-9]", "", ".".join(link.host.split(".")[:-1]))
    text = link.window.text
    rest = text[max(0, link.start - 2 * BEFORE) : link.start] + " " + text[link.end :][: 2 * BEFORE]
    words = [w for w in re.split(r"[.-]", link.host) if len(w) > 4]
    for account in _ACCOUNT.findall(rest):
        name = re.sub(r"[^a-z0-9]", "", account)
        if account.rpartition(".")[2] in ENDINGS:
            continue
        if len(name) > 5 and (name in label or label in name or any(w in name for w in words)):
            return True
    return False


def _others_text(link: Link) -> str:
    """What is said before and after it."""
    text = link.window.text
    return text[max(0, link.start - BEFORE) : link.start] + " | " + text[link.end :][:BEFORE]


def _glued(word: str, told: str) -> bool:
    """``kirstyskitchen``, ``wrenwrites``: a name with what its owner does."""
    if (led := _LED.match(word)) is not None and word[led.end() :] in first_names():
        return True
    if (by := re.search(r"by([a-z]{3,})$", word)) is not None and by[1] in first_names():
        return True
    for end in range(3, min(11, len(word) - 2)):
        if word[:end] in first_names():
            rest = word[end:]
            if re.search(rf"\b{word[:end]}\b", told):
                return True
            if HOMELY.match(rest) or (rest[:1] == "s" and HOMELY.match(rest[1:])):
                return True
    return False


def _signed(link: Link) -> frozenset[str]:
    """Who signs the text, word by word."""
    found = _SIGNED.search(link.window.text[link.end :])
    name = found[1] if found else ""
    if not found and link.window.piece.zone.value == "signature":
        name = link.window.text.strip().removeprefix("--").strip().split("\n")[0]
    words = re.findall(r"[a-z']{4,}", name)
    return frozenset(words) if len(words) <= 4 else frozenset()


def others(about: str) -> bool:
    """Whether what is said makes it somebody else's: bought there, booked there, the council's."""
    return _NOT_OWN.search(about) is not None and _FROM_ME.search(about) is None


def around(link: Link) -> str:
    """The link's sentence and the one before it."""
    text = link.window.text
    parts = _SENTENCE.split(text[max(0, link.start - BEFORE) : link.start])
    after = _SENTENCE.split(text[link.end : link.end + AFTER])[0]
    return ". ".join(parts[-2:]) + " | " + after


def _sentence(link: Link) -> str:
    text = link.window.text
    before = _SENTENCE.split(text[max(0, link.start - BEFORE) : link.start])[-1]
    return before + " | " + _SENTENCE.split(text[link.end : link.end + AFTER])[0]
