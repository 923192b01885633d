"""N1, N4: links to people's pages on social sites, to stores of pictures, to people's own sites.

Links that open an instant message belong to that finder. News, events, tags, posts and the pages
of organisations are nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Finder, Window
from ..known import Known
from ..meant import LOUD, NEVER, sounds
from ..sighting import Confidence, Sighting, Type
from ..wordlists import Platform
from .cues import cue
from .own_site import BEFORE, a_bodys, around, others, own_site
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
    r"|justgiving\.com/fundraising|bio\.link|lnk\.bio|linkin\.bio|beacons\.ai|about\.me|taplink\.cc"
    r"|campsite\.bio|solo\.to|flow\.page|allmylinks\.com|msha\.ke|hoo\.be|stan\.store|ko-fi\.com"
    r"|buymeacoffee\.com|write\.as|bearblog\.dev|micro\.blog|pages\.dev|netlify\.app|vercel\.app"
    r"|glitch\.me|gitlab\.io|framer\.website|framer\.ai|wixstudio\.(?:io|com)|webflow\.io|"
    r"square\.site"
    r"|durable\.co|hashnode\.dev|angelfire\.com|tripod\.com|polarsteps\.com|findpenguins\.com"
    r"|folksy\.com|teepublic\.com|society6\.com|podbean\.com|buzzsprout\.com|reverbnation\.com"
    r"|carrd\.co|univer\.se|site123\.me|ucraft\.site|edublogs\.org|hubpages\.com|wattpad\.com)$"
)
_FOLDERS = re.compile(r"/(?:folders?|sh|scl/fo|a|f|album|albums)(?:/|$)")
_OTHER_STORES = re.compile(
    r"(?:^|\.)(?:shutterfly\.com|snapfish\.(?:com|co\.uk)|photobox\.co\.uk|pixieset\.com|ente\.io"
    r"|pic-time\.com|tinybeans\.com|lifecake\.com|googleusercontent\.com|pcloud\.link|"
    r"jumpshare\.com"
    r"|zonerama\.com|piwigo\.com|imgbox\.com|sendvid\.com|streamable\.com|gofile\.io|cluster\.co"
    r"|passgallery\.com|gallery\.photo|shootproof\.com|cloudspot\.io|picflow\.com|500px\.com"
    r"|photobucket\.com|postimg\.cc|ibb\.co|imgbb\.com|gyazo\.com|prnt\.sc|lightroom\.adobe\.com"
    r"|adobe\.ly|fotki\.com|phanfare\.com|jalbum\.net|famipix\.com|family\.album|mitene\.us"
    r"|backthen\.app|notabli\.com|23snaps\.com|photocircleapp\.com|photocrati\.com|guestpix\.com"
    r"|pholder\.com|slickpic\.com|zenfolio\.com|photoshelter\.com|1x\.com|viewbug\.com"
    r"|filemail\.com|smash\.com|fromsmash\.com|swisstransfer\.com|transfernow\.net|sendgb\.com"
    r"|mediafire\.com|4shared\.com|box\.com|proton\.me|degoo\.com|koofr\.(?:eu|net)|internxt\.com)$"
)
_ALBUM = re.compile(
    r"(?:^|[./-])(?:albums?|gallery|galleries|photos?|pics|pictures|snaps|shared?|"
    r"images?)(?:[./-]|$)"
)
_MY_PICTURES = re.compile(
    r"\b(?:my|mi|me|our|his|her|\w+'s)(?: own| little| private| shared| photo| picture| family)* "
    r"(?:albums?|folder|gallery|photos?|pics|pictures|snaps|shots|uploads|account|store|cloud)\b"
    r"|\b(?:i|we|he|she|mum|dad) (?:took|shot|snapped|filmed|uploaded|photograph)\b"
    r"|\btaken (?:by|on) (?:me|my)\b"
)
"""An album on a host that nobody knows is somebody's by what is said of it."""
_PAPERS = re.compile(
    r"\b(?:minutes|timetables?|rotas?|forms?|documents?|docs?|plans?|notes|spreadsheets?|"
    r"registers?|"
    r"risk|polic(?:y|ies)|agendas?|scripts?|sheets?|lists?|handouts?|slides|results|rules|scores|"
    r"parts|music|words|certificates?)\b"
)
"""What else stands in a shared folder."""
_PICTURED = re.compile(r"\.(?:jpe?g|png|heic|gif|mp4|mov|avi|m4v|webm)$")
_TEAM = re.compile(
    r"fixtures|results|tables|rovers|united|rangers|wanderers|wheelers|tigers|sharks|harriers|"
    r"eagles"
    r"|runners|ramblers|village|parish|scouts|guides|brownies|group|network|forum|project|hub|town"
    r"|partnership|alliance|festival|events|campaign"
)
_HEARD = (Type.PERSONAL_SITE, Type.IMAGE_LINK)
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
    if invited and link.host == "m.me":
        person = somebody("facebook", link.steps, link.path)  # one name for both
        return None if person is None else _profile(link, "facebook", person, known)
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
        mine = re.search(r"\b(?:me|my|mine|i'm)\b", around(link)) is not None
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
    before = " ".join(_SENTENCE.split(text[max(0, at - BEFORE) : at])[-2:])
    another = (
        cue("number_others").search(before) is not None
        or official(name)
        or (organisational(name) and _FOLLOWED.search(before) is not None)
    )
    mine = cue("personal_site").search(before) or re.search(r"\b(?:my|mine|me|i'm|i)\b", before)
    if another and not mine:
        personal = re.search(r"[._\d]", name) and not _FOLLOWED.search(before)
        sure = Confidence.LIKELY if personal and not organisational(name) else Confidence.POSSIBLE
        return _see(link, Type.PROFILE_LINK, sure, understood)
    return _see(link, Type.PROFILE_LINK, Confidence.CERTAIN, understood)


def _pictures(link: Link, platform: Platform) -> Sighting | None:
    path = link.path
    if not link.steps and "#" not in path and not re.search(r"[?&](?:res)?id=", path):
        return None
    album = _ALBUMS.get(platform.id)
    if platform.id == "icloud_photos" and link.host != "share.icloud.com":
        if album is None or not album.search(path):
            return None
    if "file_store" not in platform.kinds:
        public = _public_album(link)
        return _see(link, Type.IMAGE_LINK, Confidence.POSSIBLE if public else Confidence.CERTAIN)
    pictured = cue("pictures").search(around(link)) is not None
    album_path = re.search(r"^/a/", path) is not None
    if pictured or album_path or _PICTURED.search(re.split(r"[?#]", path)[0]):
        folder = _FOLDERS.search(path) is not None
        return _see(link, Type.IMAGE_LINK, Confidence.CERTAIN if folder else Confidence.LIKELY)
    mine = _FIRST_PERSON.search(around(link)) and not _PAPERS.search(around(link))
    if mine and _FOLDERS.search(path):
        return _see(link, Type.IMAGE_LINK, Confidence.LIKELY)
    alone = len(link.window.text) < link.end - link.start + _ALONE
    folder = alone and _FOLDERS.search(path) is not None
    return _see(link, Type.IMAGE_LINK, Confidence.LIKELY if folder else Confidence.POSSIBLE)


def _public_album(link: Link) -> bool:
    """A museum's or a team's pictures: its name stands in the link, and nobody says "my"."""
    named = organisational(link.path.replace("/", ".")) or _TEAM.search(link.path) is not None
    return named and _FIRST_PERSON.search(around(link)) is None


def _built(link: Link, domain: str) -> Sighting | None:
    owner = link.host.removesuffix(domain).strip(".")
    if not owner and not link.steps:
        return None
    if owner in ("www", "help", "support", "blog", "about") and not link.steps:
        return None
    about = around(link)
    public = (
        organisational(f"{owner}/{link.path}")
        or official(owner)
        or _TEAM.search(f"{owner}{link.path}")
        or others(about)
    )
    private = not public or (_FIRST_PERSON.search(about) and not organisational(owner))
    return _see_own(link, Confidence.LIKELY if private else Confidence.POSSIBLE)


def _site(link: Link) -> Sighting | None:
    if _short(link):
        mine = cue("personal_site").search(around(link)) is not None
        return _see(link, Type.PERSONAL_SITE, Confidence.LIKELY if mine else Confidence.POSSIBLE)
    if link.host in _DOCUMENTS:
        return None
    if _OTHER_STORES.search(link.host) and link.steps:
        return _see(link, Type.IMAGE_LINK, Confidence.CERTAIN)
    if (
        _ALBUM.search(link.bare)
        and _MY_PICTURES.search(_with_next(link))
        and not others(around(link))
    ):
        return _see(link, Type.IMAGE_LINK, Confidence.LIKELY)
    if link.host == "medium.com" and link.path.startswith("/@"):
        return _see(link, Type.PERSONAL_SITE, Confidence.CERTAIN)
    if _OTHER_BUILDERS.search(link.host):
        return _built(link, ".".join(link.host.split(".")[-2:]))
    return _see_own(link, None) or _heard(link)


def _heard(link: Link) -> Sighting | None:
    """A site that no rule knows: whose it is says only the sentence, to whoever understands it."""
    if a_bodys(link) or link.apart:
        return None
    told = sounds(link.window, link.start, link.end)
    loudest = max(_HEARD, key=lambda kind: told.get(kind, NEVER))
    loud = told.get(loudest, NEVER) >= LOUD
    return _see(link, loudest, Confidence.LIKELY) if loud else None


def _with_next(link: Link) -> str:
    """The link's sentence, the one before it and what follows: "My own album, not the club's"."""
    return around(link) + link.window.text[link.end : link.end + BEFORE]


def _short(link: Link) -> bool:
    return link.host in _SHORTENERS and bool(link.steps)


def _see_own(link: Link, otherwise: Confidence | None) -> Sighting | None:
    sure = own_site(link, otherwise)
    return None if sure is None else _see(link, Type.PERSONAL_SITE, sure)


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
