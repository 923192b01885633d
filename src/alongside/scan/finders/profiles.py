"""Which paths on a platform are somebody's page: posts, events, tags and help pages are not."""

from __future__ import annotations

import re
from collections.abc import Callable

from .providers import organisational

_NAME = re.compile(r"@?[a-z0-9][a-z0-9._*-]{1,60}$")
_PUBLIC = re.compile(
    r"^(?:the|uk|gb|team|radio|visit|love|we|our)[._-](?!real)|^(?:bbc|itv|sky|team|visit|radio|"
    r"ukgov)"
    r"|official|news|(?:uk|gb|eng|hq|fc|afc|cc|rfc|tv|ltd)$|^the(?:guardian|times|sun|telegraph|fa)"
    r"|sport|olymp|para|england|wales|scot|britain|british|national|world|games|youth|disab|sense"
)
_NOBODY = frozenset(
    "p reel reels explore tv about accounts directory developer legal privacy terms help support "
    "login signup events event groups group watch photo photos story.php permalink.php sharer "
    "sharer.php share hashtag hashtags tag tags marketplace policies settings home search i intent "
    "status notifications messages jobs news newsroom press download downloads app apps business "
    "results feed shorts playlist live videos video clip clips channels categories gaming discover "
    "foryou music trending topics legal company companies school showcase posts pulse learning "
    "ideas pin today r comments wiki clubs segments routes activities challenges blog features "
    "pricing store shop games charts create upload embed oembed plugins dialog tr v e t c s "
    "people pages careers safety community guidelines parents teens education stories".split()
)


def _one(steps: list[str]) -> str | None:
    """``platform/name`` and nothing behind it."""
    return _named(steps[0]) if len(steps) == 1 else None


def _marked(steps: list[str]) -> str | None:
    """``platform/@name``."""
    return _named(steps[0]) if len(steps) == 1 and steps[0].startswith("@") else None


def _after(*heads: str) -> Callable[[list[str]], str | None]:
    """``platform/head/name``."""

    def look(steps: list[str]) -> str | None:
        if len(steps) < 2 or steps[0] not in heads:
            return None
        name = _named(steps[1])
        return None if name is None or (len(steps) > 2 and official(name)) else name

    return look


_POSTS = frozenset(
    "status video videos post posts photo photos reel reels p shorts featured about streams live "
    "playlists community tagged saved followers following friends media replies likes lists boards "
    "pins clips albums photos_by photos_of story stories highlights media_set".split()
)


def _boards(steps: list[str]) -> str | None:
    """``platform/name/board``."""
    name = _named(steps[0]) if len(steps) == 2 else None
    return None if name is None or official(name) else name


def _post(steps: list[str]) -> str | None:
    """What somebody posted, under their name: ``@name/video/1``, ``name/status/1``."""
    if len(steps) < 2 or (steps[1] not in _POSTS and not steps[0].startswith("@")):
        return None
    name = _named(steps[0])
    return None if name is None or official(name) else name


def official(name: str) -> bool:
    """Whether the name looks like a paper's, a team's, a federation's."""
    plain = name.isalpha() and organisational(f".{name}")
    return plain or _PUBLIC.search(name) is not None


def _named(step: str) -> str | None:
    name = step.rstrip(".*")
    if name in _NOBODY or not _NAME.match(name) or re.search(r"\.(?:php|html?|aspx?)$", name):
        return None
    return name.lstrip("@")


_SOMEBODY: dict[str, tuple[Callable[[list[str]], str | None], ...]] = {
    "instagram": (_one, _after("stories")),
    "facebook": (_one, _after("people", "profile")),
    "threads": (_marked,),
    "x": (_one,),
    "tiktok": (_marked,),
    "youtube": (_marked, _after("c", "channel", "user")),
    "reddit": (_after("u", "user"),),
    "linkedin": (_after("in", "pub"),),
    "snapchat": (_after("add", "u", "p"), _marked),
    "bluesky": (_after("profile"),),
    "mastodon": (_marked,),
    "strava": (_after("athletes", "pros"),),
    "steam": (_after("id", "profiles", "user"),),
    "roblox": (_after("users", "user"),),
    "chess_com": (_after("member", "@"), _marked),
    "discord": (_after("users"),),
    "vimeo": (_one, _after("user")),
    "xbox": (_after("profile"),),
    "bereal": (_one,),
    "pinterest": (_one, _boards),
    "twitch": (_one,),
    "vk": (_one,),
}
_ONE = (_one, _marked)
_OTHERS: dict[str, tuple[Callable[[list[str]], str | None], ...]] = {
    "soundcloud.com": (_one,),
    "ravelry.com": (_after("people"),),
    "ridewithgps.com": (_after("users"),),
    "depop.com": (_one,),
    "vinted.co.uk": (_after("member"),),
    "mixcloud.com": (_one,),
    "bandcamp.com": (_one,),
    "ao3.org": (_after("users"),),
    "garmin.com": (_after("profile"),),
    "parkrun.org.uk": (_after("parkrunner"),),
    "patreon.com": (_one,),
    "ko-fi.com": (_one,),
    "open.spotify.com": (_after("user"),),
    "last.fm": (_after("user"),),
    "letterboxd.com": (_one,),
    "goodreads.com": (_after("user"),),
    "deviantart.com": (_one,),
    "wattpad.com": (_after("user"),),
    "vsco.co": (_one,),
    "cash.app": (_one,),
    "venmo.com": (_one,),
    "paypal.me": (_one,),
    "komoot.com": (_after("user"),),
    "connect.garmin.com": (_after("modern"),),
    "zwiftpower.com": (_one,),
    "duolingo.com": (_after("profile"),),
    "github.com": (_one,),
    "quora.com": (_after("profile"),),
    "clubhouse.com": (_marked,),
    "dailymotion.com": (_one,),
    "rumble.com": (_after("c", "user"),),
}
"""Sites with people's pages that the list of platforms doesn't name, by host."""


def somebody(platform: str, steps: list[str], query: str) -> str | None:
    """The name of the person or account whose page it is; none: it is nobody's."""
    steps = [step for step in steps if step != "#!"]
    if platform == "facebook" and steps[:1] == ["profile.php"]:
        found = re.search(r"[?&]id=(\d+)", query)
        return found[1] if found else None
    for look in (*_SOMEBODY.get(platform, _ONE), _post):
        name = look(steps)
        if name is not None:
            return name
    return None


def elsewhere(host: str, steps: list[str]) -> str | None:
    """The same for a site that is no platform of the list."""
    for look in _OTHERS.get(host, ()):
        name = look(steps)
        if name is not None:
            return name
    return None
