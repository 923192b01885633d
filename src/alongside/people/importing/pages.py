"""The organisation's own pages and sites in a cell, in the form in which the reader compares them.

A page on a social site becomes ``platform:name``; a page of links (Linktree) stays a link without
its scheme, since many hosts share one name. A site becomes its domain. What would let anybody's
page pass - a provider's own domain, the end of many people's domains - is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from alongside.policy.address import domain_of
from alongside.scan.finders.profiles import elsewhere, somebody
from alongside.scan.finders.providers import DOMAINS as MAIL
from alongside.scan.wordlists import Platform, every_platform, platforms

from .cells import check_domain, check_visible
from .problems import CellError
from .suffixes import is_suffix

_WRITTEN = re.compile(r"(?P<platform>[^:/@]+):\s*@?(?P<name>[^:/@\s]+)")
_NAME = re.compile(r"[a-z0-9_][a-z0-9._-]{0,62}")
_HEADS = frozenset({"clubs", "company", "pages", "school", "showcase"})
"""What stands before the name of a body rather than of a person."""
_FOR_PAGES = frozenset({"game", "social", "video"})
_PAGES_OF_LINKS = "linktree"
_ANYBODYS = frozenset(
    "amazon.co.uk amazon.com apple.com bit.ly cutt.ly dailymotion.com deviantart.com "
    "eventbrite.co.uk eventbrite.com forms.gle github.com gofundme.com goo.gl google.co.uk "
    "google.com is.gd justgiving.com letterboxd.com live.com microsoft.com msn.com ow.ly paypal.me "
    "rb.gy ravelry.com rebrand.ly rumble.com soundcloud.com spotify.com t.ly tiny.cc tinyurl.com "
    "vsco.co wattpad.com yahoo.co.uk yahoo.com".split()
)
"""Besides platforms and mail providers: anybody has a page there, or a link that leads anywhere."""
_HOSTS_SITES = frozenset("bandcamp.com etsy.com onmicrosoft.com sharepoint.com".split())
"""The same, but a name before it is somebody's own, as with the platforms of kind site_builder."""
_HOW_PAGES = (
    "write the site and the name, as in instagram:exampleactive, or the link to the page, as in "
    "https://www.instagram.com/exampleactive"
)
_SUCH_AS = "facebook, instagram, linkedin, threads, tiktok, x, youtube or another social site"
_HOW_SITES = "write the site's own domain, as in www.charity.example"


@dataclass(frozen=True, slots=True)
class _Link:
    host: str
    """A-label in lower case, without ``www.``."""
    steps: list[str]
    path: str
    """With its query."""


def profile(cell: str, today: date) -> str:
    """A page on a social site: ``instagram:exampleactive``, or a link to it."""
    check_visible(cell)
    text = unicodedata.normalize("NFKC", cell).casefold().strip()
    written = _WRITTEN.fullmatch(text)
    if written is not None:
        platform = _called(cell, written["platform"].strip(), today)
        name = written["name"].strip(".")
        if platform.id == _PAGES_OF_LINKS:
            return f"{platform.domains[0]}/{_checked(cell, name)}"
        return _on(cell, platform, name)
    link = _link(text)
    if link is None or not link.steps:
        raise CellError(f"`{cell}` names no page", _HOW_PAGES)
    platform, domain = _leading_to(cell, link, today)
    if platform.id == _PAGES_OF_LINKS and len(link.steps) == 1 and link.host == domain:
        return f"{domain}/{_checked(cell, link.steps[0])}"
    return _on(cell, platform, _whose(platform, link))


def website(cell: str, _: date) -> str:
    """A domain of a site of one's own, of a link or bare."""
    check_visible(cell)
    text = unicodedata.normalize("NFKC", cell).casefold().strip()
    if "@" in text:
        raise CellError(f"`{cell}` is an address", _HOW_SITES)
    link = _link(text)
    if link is None:
        raise CellError(f"`{cell}` is no website", _HOW_SITES)
    check_domain(cell, link.host)
    if is_suffix(link.host):
        raise CellError(f"`{link.host}` is the end of many people's domains", _HOW_SITES)
    if _anybodys(link.host):
        raise CellError(
            f"anybody can have a page at `{link.host}`",
            "write a page of yours on a social site into `profiles`, and here only your own domain",
        )
    return link.host


def _called(cell: str, word: str, today: date) -> Platform:
    """The platform of that id, or of that name, such as ``twitter``."""
    known = platforms(today)
    for platform in known:
        if word == platform.id:
            return platform
    for platform in known:
        if word in platform.names or word in platform.words:
            return platform
    raise _unknown(cell, word, known)


def _leading_to(cell: str, link: _Link, today: date) -> tuple[Platform, str]:
    known = platforms(today)
    found = [
        (len(domain), platform, domain)
        for platform in known
        for domain in platform.domains
        if _under(link.host, domain)
    ]
    if not found:
        if elsewhere(link.host, link.steps) is None and not _anybodys(link.host):
            raise CellError(
                f"`{link.host}` is no social site that is known here",
                "write a site of your own into `websites`",
            )
        raise _unknown(cell, link.host, known)
    _, platform, domain = max(found, key=lambda each: each[0])
    return platform, domain


def _whose(platform: Platform, link: _Link) -> str:
    """The name as the reader sees it; empty where it sees nobody's page."""
    name = somebody(platform.id, link.steps, link.path)
    if name is None and len(link.steps) > 1 and link.steps[0] in _HEADS:
        name = link.steps[1]
    return name or ""


def _on(cell: str, platform: Platform, name: str) -> str:
    if "site_builder" in platform.kinds and "social" not in platform.kinds:
        raise CellError(
            f"`{cell}` is a site rather than a page on a social site",
            "write its domain into `websites`",
        )
    if "social" not in platform.kinds and platform.kind not in _FOR_PAGES:
        raise CellError(
            f"`{platform.id}` has no pages of organisations",
            "take it out; only pages on social sites, video sites and games can be registered",
        )
    return f"{platform.id}:{_checked(cell, name)}"


def _checked(cell: str, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CellError(f"`{cell}` names no page", _HOW_PAGES)
    return name


def _unknown(cell: str, word: str, known: tuple[Platform, ...]) -> CellError:
    close = get_close_matches(word, [p.id for p in known if "social" in p.kinds], n=1)
    mend = f"did you mean `{close[0]}`? " if close else ""
    return CellError(f"the site of `{cell}` is not known here", f"{mend}use {_SUCH_AS}")


def _link(text: str) -> _Link | None:
    """Its parts; ``None`` where it has no host with a dot."""
    rest = re.sub(r"^[a-z]+://", "", text)
    end = re.search(r"[/?#]|$", rest)
    at = end.start() if end else len(rest)
    host = domain_of("@" + re.sub(r":\d+$", "", rest[:at])).removeprefix("www.")
    if "." not in host or any(c.isspace() for c in rest):
        return None
    path = rest[at:]
    steps = [step for step in re.split(r"[?#]", path)[0].split("/") if step]
    return _Link(host, steps, path)


def _anybodys(host: str) -> bool:
    """Whether pages there are other people's too: a provider's own domain, or any part of one that
    does not give everybody a domain of their own."""
    if host in MAIL or host in _HOSTS_SITES or any(_under(host, each) for each in _ANYBODYS):
        return True
    return any(
        host == domain or (_under(host, domain) and "site_builder" not in platform.kinds)
        for platform in every_platform()
        for domain in platform.domains
    )


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
