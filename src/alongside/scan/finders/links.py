"""N1, N4: links to people's pages on social sites, to stores of pictures, to people's own sites.

Links that open an instant message belong to that finder. News, events, tags, posts and the pages
of organisations are nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Finder, Window
from ..known import Known
from ..sighting import Confidence, Sighting, Type
from ..wordlists import Platform
from .cues import cue
from .profiles import elsewhere, official, somebody
from .providers import DOMAINS as MAIL
from .providers import organisational
from .squeezed import GATE as SQUEEZED
from .web import GATE, Link, links, platform_of

_SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co ow.ly is.gd rb.gy cutt.ly shorturl.at tiny.cc goo.gl lnkd.in buff.ly "
    "rebrand.ly t.ly s.id v.gd qr.ae shorte.st adf.ly bl.ink trib.al dlvr.it".split()
)
_SHARED = frozenset(
    "vm.tiktok.com vt.tiktok.com strava.app.link t.snapchat.com ig.me fb.me pin.it".split()
)
"""Short links of platforms, which may lead to anything there."""
_LINK_PAGES = frozenset({"linktree"})
_ALBUMS = {
    "icloud_photos": re.compile(r"/(?:sharedalbum|photos|iclouddrive)|^/[#]?b0"),
    "amazon_photos": re.compile(r"/.*share"),
}
_STORES = frozenset({"image_store", "file_store"})
_BUILDERS = {"site_builder"}
_OTHER_BUILDERS = re.compile(
    r"(?:^|\.)(?:medium\.com|substack\.com|beehiiv\.com|ghost\.io|webnode\.\w+|jimdofree\.com|"
    r"jimdosite\.com"
    r"|godaddysites\.com|mystrikingly\.com|strikingly\.com|github\.io|neocities\.org|webs\.com"
    r"|yolasite\.com|livejournal\.com|dreamwidth\.org|bandcamp\.com|etsy\.com|notion\.site"
    r"|canva\.site|myportfolio\.com|format\.com|cargo\.site|typepad\.com|over-blog\.com|"
    r"gofundme\.com"
    r"|justgiving\.com/fundraising)$"
)
_FOLDERS = re.compile(r"/(?:folders?|sh|scl/fo|a|f|album|albums)(?:/|$)")
_OTHER_STORES = re.compile(
    r"(?:^|\.)(?:shutterfly\.com|snapfish\.(?:com|co\.uk)|photobox\.co\.uk|pixieset\.com|ente\.io"
    r"|pic-time\.com|tinybeans\.com|lifecake\.com|googleusercontent\.com|pcloud\.link|"
    r"jumpshare\.com"
    r"|zonerama\.com|piwigo\.com|imgbox\.com|sendvid\.com|streamable\.com|gofile\.io|cluster\.co)$"
)
_PICTURED = re.compile(r"\.(?:jpe?g|png|heic|gif|mp4|mov|avi|m4v|webm)$")
_NOT_OWN = re.compile(
    r"\b(?:(?:bought|ordered|booked|got|get|hired|found|saw|read|heard|donated|borrowed|order|buy|"
    r"book"
    r"|tickets|entries|entry|enter|register|apply|sign up|available|cheaper|"
    r"recommend\w*)\b[^.!?]{0,40}"
    r"\b(?:from|at|on|through|via|with|by|of)|official|council|(?:the|our) (?:league|venue|hotel|"
    r"hall|team|company|maker|makers|supplier|county|charity|federation|region|host|hosts))\b"
)
"""What says whose it is, where nothing says that it is the writer's."""
_TEAM = re.compile(
    r"fixtures|results|tables|rovers|united|rangers|wanderers|wheelers|tigers|sharks|harriers|"
    r"eagles"
    r"|runners|ramblers|village|parish|scouts|guides|brownies|group|network|forum|project|hub|town"
    r"|partnership|alliance|festival|events|campaign"
)
_FROM_ME = re.compile(r"\b(?:from|off|with|through) me\b")
_MY = re.compile(
    r"\b(?:my|mi)(?: [a-z&'-]+){1,4}(?:[:,;(=-]+| at| on| is| are| r| here| see| go to)* ?$"
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
_WHERE_I = re.compile(
    r",? (?:is where (?:i|we)|has (?:all )?(?:my|everything i)|is (?:all )?(?:me|mine|my own|my)\b)"
)
_PLAINLY = re.compile(
    r"^(?:my|mi|our|i|i'm|i've|ive) .*(?:web ?site|page|site|blog|vlog|shop|podcast|portfolio|"
    r"newsletter|etsy|"
    r"substack|linktree)"
)
_DOCUMENTS = frozenset({"docs.google.com", "forms.gle", "sheets.google.com"})
_SENTENCE = re.compile(r"[.!?](?=\s)|\n\s*\n")
_AFTER_AT = re.compile(r"[\[({<*_~|-] ?(?:at|@|a) ?[\])}>*_~|-] ?\Z")
"""A mail address is another finder's."""
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|i'll|my|me|mine)\b")
_FOLLOWED = re.compile(
    r"\b(?:follow|official|news|team|squad|club|them|their|they|federation|watch|live|final|"
    r"results|"
    r"paralympics?|olympics?|squad|league|tournament|association|society|charity)\b"
)
_ALONE = 12
"""Characters beside a link that say nothing about it."""
_BEFORE, _AFTER = 160, 60


def find(window: Window, known: Known) -> Iterator[Sighting]:
    for link in links(window):
        sighting = _look(link, known)
        if sighting is not None:
            yield sighting


def _look(link: Link, known: Known) -> Sighting | None:
    if _ours(link, known) or (link.host in MAIL and not link.path) or _AFTER_AT.search(_lead(link)):
        return None
    told = platform_of(link)
    if told is None:
        name = elsewhere(link.host, link.steps)
        if name is not None:
            return _profile(link, link.host.rpartition(".")[0].rpartition(".")[2], name, known)
        return _site(link)
    platform, domain = told
    invited = any(_under(link.bare, invite) for invite in platform.invites)
    if invited and "social" not in platform.kinds:
        return None
    if _STORES & set(platform.kinds) and "social" not in platform.kinds:
        return _pictures(link, platform)
    if platform.id in _LINK_PAGES and (link.steps or link.host != domain):
        return _see(link, Type.PERSONAL_SITE, Confidence.CERTAIN)
    if "site_builder" in platform.kinds:
        return _built(link, domain)
    name = somebody(platform.id, link.steps, link.path)
    if name is not None:
        return _profile(link, platform.id, name, known)
    if link.host in _SHARED and link.steps:
        mine = re.search(r"\b(?:me|my|mine|i'm)\b", _around(link)) is not None
        mine = mine or len(link.window.text) < link.end - link.start + _ALONE
        return _see(link, Type.PROFILE_LINK, Confidence.LIKELY if mine else Confidence.POSSIBLE)
    return _see(link, Type.PERSONAL_SITE, Confidence.POSSIBLE) if _short(link) else None


def _lead(link: Link) -> str:
    return link.window.text[max(0, link.start - 12) : link.start]


def _under(bare: str, invite: str) -> bool:
    return bare.startswith(invite.rpartition("://")[2].removeprefix("www.").rstrip("/") + "/")


def _ours(link: Link, known: Known) -> bool:
    if any(link.host == d or link.host.endswith(f".{d}") for d in known.domains):
        return True
    bare = link.bare
    return any(
        bare == p or bare.startswith(f"{p}/")
        for of in (known.ours, known.theirs)
        for p in of.profiles
        if "/" in p or "." in p.partition(":")[0]
    )


def _profile(link: Link, platform: str, name: str, known: Known) -> Sighting | None:
    understood = f"{platform}:{name}"
    if understood in known.own.profiles or link.bare in known.own.profiles:
        return _see(link, Type.PROFILE_LINK, Confidence.CERTAIN, understood, own=True)
    if understood in known.ours.profiles or understood in known.theirs.profiles:
        return None
    text, at = link.window.text, link.start
    before = " ".join(_SENTENCE.split(text[max(0, at - _BEFORE) : at])[-2:])
    others = cue("number_others").search(before) is not None or official(name)
    mine = cue("personal_site").search(before) or re.search(r"\b(?:my|mine|me|i'm|i)\b", before)
    if others and not mine:
        personal = re.search(r"[._\d]", name) and not _FOLLOWED.search(before)
        sure = Confidence.LIKELY if personal and not organisational(name) else Confidence.POSSIBLE
        return _see(link, Type.PROFILE_LINK, sure, understood)
    return _see(link, Type.PROFILE_LINK, Confidence.CERTAIN, understood)


def _pictures(link: Link, platform: Platform) -> Sighting | None:
    path = link.path
    if not link.steps and "#" not in path:
        return None
    album = _ALBUMS.get(platform.id)
    if platform.id == "icloud_photos" and link.host != "share.icloud.com":
        if album is None or not album.search(path):
            return None
    if "file_store" not in platform.kinds:
        return _see(link, Type.IMAGE_LINK, Confidence.CERTAIN)
    pictured = cue("pictures").search(_around(link)) is not None
    album_path = re.search(r"^/a/", path) is not None
    if pictured or album_path or _PICTURED.search(re.split(r"[?#]", path)[0]):
        folder = _FOLDERS.search(path) is not None
        return _see(link, Type.IMAGE_LINK, Confidence.CERTAIN if folder else Confidence.LIKELY)
    alone = len(link.window.text) < link.end - link.start + _ALONE
    folder = alone and _FOLDERS.search(path) is not None
    return _see(link, Type.IMAGE_LINK, Confidence.LIKELY if folder else Confidence.POSSIBLE)


def _built(link: Link, domain: str) -> Sighting | None:
    owner = link.host.removesuffix(domain).strip(".")
    if not owner and not link.steps:
        return None
    if owner in ("www", "help", "support", "blog", "about") and not link.steps:
        return None
    around = _around(link)
    public = (
        organisational(f"{owner}/{link.path}")
        or official(owner)
        or _TEAM.search(f"{owner}{link.path}")
        or _NOT_OWN.search(around)
    )
    private = not public or (_FIRST_PERSON.search(around) and not organisational(owner))
    return _own_site(link, Confidence.LIKELY if private else Confidence.POSSIBLE)


def _site(link: Link) -> Sighting | None:
    if _short(link):
        mine = cue("personal_site").search(_around(link)) is not None
        return _see(link, Type.PERSONAL_SITE, Confidence.LIKELY if mine else Confidence.POSSIBLE)
    if link.host in _DOCUMENTS:
        return None
    if _OTHER_STORES.search(link.host) and link.steps:
        return _see(link, Type.IMAGE_LINK, Confidence.CERTAIN)
    if link.host == "medium.com" and link.path.startswith("/@"):
        return _see(link, Type.PERSONAL_SITE, Confidence.CERTAIN)
    if _OTHER_BUILDERS.search(link.host):
        return _built(link, ".".join(link.host.split(".")[-2:]))
    return _own_site(link, None)


def _short(link: Link) -> bool:
    return link.host in _SHORTENERS and bool(link.steps)


def _own_site(link: Link, otherwise: Confidence | None) -> Sighting | None:
    """Somebody's own site where the words around it say so."""
    around = _around(link)
    said = list(cue("personal_site").finditer(around))
    if not said:
        if otherwise is None and _told_as_mine(link):
            otherwise = Confidence.LIKELY
        return _see(link, Type.PERSONAL_SITE, otherwise) if otherwise is not None else None
    sure = any(re.match(r"(?:my|mi|our)\W", m.group(0)) for m in said)
    plainly = any(_PLAINLY.search(m.group(0)) for m in said)
    if not plainly and otherwise is None and _others(around):
        return None
    if otherwise is None and organisational(link.host):
        return _see(link, Type.PERSONAL_SITE, Confidence.LIKELY if plainly else Confidence.POSSIBLE)
    return _see(link, Type.PERSONAL_SITE, Confidence.CERTAIN if sure else Confidence.LIKELY)


def _told_as_mine(link: Link) -> bool:
    """``Buy my mugs: edithmugs.example``, ``edithmugs.example is where I sell them``."""
    text = link.window.text
    lead = _MY.search(text[max(0, link.start - 60) : link.start])
    if lead is not None:
        another = _NOT_MINE.search(lead[0]) or organisational(link.host) or _others(_around(link))
        return not another
    return _WHERE_I.match(text[link.end : link.end + _AFTER]) is not None


def _others(around: str) -> bool:
    """Whether what is said makes it somebody else's: bought there, booked there, the council's."""
    return _NOT_OWN.search(around) is not None and _FROM_ME.search(around) is None


def _around(link: Link) -> str:
    """The link's sentence and the one before it."""
    text = link.window.text
    parts = _SENTENCE.split(text[max(0, link.start - _BEFORE) : link.start])
    after = _SENTENCE.split(text[link.end : link.end + _AFTER])[0]
    return " ".join(parts[-2:]) + " | " + after


def _see(
    link: Link, kind: Type, sure: Confidence, understood: str = "", *, own: bool = False
) -> Sighting:
    return link.window.see(kind, link.start, link.end, understood or link.bare, sure, own=own)


FINDER = Finder(
    name="links",
    types=frozenset({Type.PROFILE_LINK, Type.IMAGE_LINK, Type.PERSONAL_SITE}),
    gate=(*GATE, *SQUEEZED),
    find=find,
)
