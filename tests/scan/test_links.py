"""N1, N4: links to people's pages, to stores of pictures, to people's own sites."""

from __future__ import annotations

import pytest

from alongside.scan.finders import links as links_module
from alongside.scan.meant import LOUD
from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import CLUB, found, how_sure, look

PROFILES = (
    ("https://www.instagram.com/coach.sam.made.up/", "instagram:coach.sam.made.up"),
    ("instagram.com/coach.sam", "instagram:coach.sam"),
    ("m.facebook.com/profile.php?id=000001234000", "facebook:000001234000"),
    ("https://www.facebook.com/nigel.made.up.35.", "facebook:nigel.made.up.35"),
    ("tiktok.com/@bee.made.up", "tiktok:bee.made.up"),
    ("x.com/mo_made_up", "x:mo_made_up"),
    ("twitter.com/mo_made_up/status/1234", "x:mo_made_up"),
    ("https://uk.linkedin.com/in/mei-made-up/", "linkedin:mei-made-up"),
    ("youtube.com/@nigevlogs", "youtube:nigevlogs"),
    ("https://bsky.app/profile/gwen.bsky.social", "bluesky:gwen.bsky.social"),
    ("https://www.strava.com/athletes/0231", "strava:0231"),
    ("twitch . tv / leon_made_up", "twitch:leon_made_up"),
    ("instagram dot com slash coach.sam", "instagram:coach.sam"),
    ("insta*gram.com/sly*made*up", "instagram:slymadeup"),
    ("instagram[.]com/coach.sam", "instagram:coach.sam"),
    ("ｉｎｓｔａｇｒａｍ．ｃｏｍ/coach.sam", "instagram:coach.sam"),
    ("soundcloud.com/djdav", "soundcloud:djdav"),
    ("steamcommunity.com/id/turboted", "steam:turboted"),
)


@pytest.mark.parametrize(("text", "understood"), PROFILES)
def test_a_link_to_somebodys_page(text, understood):
    assert found(f"have a look: {text} ok", Type.PROFILE_LINK) == [understood]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/events/123456",
        "https://www.instagram.com/p/Cabc123/",
        "https://www.youtube.com/watch?v=abc123",
        "https://x.com/hashtag/boccia",
        "https://x.com/BBCSport/status/123",
        "https://www.facebook.com/sharer.php?u=x",
        "https://www.linkedin.com/company/example",
        "https://www.facebook.com/groups/998877",
        "instagram.com",
        "https://www.tiktok.com/legal/terms",
        "https://help.instagram.com/",
        "https://www.northmeremercury.example/sport/wheels-of-steel-2291",
        "https://maps.google.com/?q=53.00,-1.00",
        "www.activetogether.example/shop",
        "https://www.mereline.example/routes/36",
    ],
)
def test_news_posts_events_and_organisations_are_nothing(text):
    assert not [
        s for s in look(f"See {text} for more", CLUB) if s.type.value.endswith(("link", "site"))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "instagram.com/activetogether",
        "https://facebook.com/ActiveTogether",
        "tiktok.com/@noah_spins",
    ],
)
def test_registered_pages_pass(text):
    assert found(text, Type.PROFILE_LINK, CLUB, Confidence.POSSIBLE) == []


def test_a_page_that_looks_like_a_federations_is_only_possible():
    assert how_sure("Follow the charity: instagram.com/paralympicsgb", Type.PROFILE_LINK) == [
        Confidence.POSSIBLE
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://photos.app.goo.gl/MadeUp7Qx",
        "https://www.icloud.com/sharedalbum/#B0MadeUp",
        "imgur.com/a/MadeUp9",
        "flickr.com/photos/hilary-made-up/sets/7215",
        "photos.google.com/share/AF1MadeUp",
        "pictures at https://1drv.ms/a/s!MadeUp",
        "all the clips: https://www.dropbox.com/sh/madeup/AAA?dl=0",
        "raw files, my own drive: https://drive.google.com/drive/folders/1MadeUp",
        "I filmed it: https://we.tl/t-MadeUpX1",
    ],
)
def test_stores_of_pictures(text):
    assert found(text, Type.IMAGE_LINK)


@pytest.mark.parametrize(
    "text",
    ["https://drive.google.com/file/d/1MadeUp/view", "https://onedrive.live.com/edit?id=1"],
)
def test_documents_in_a_store_are_at_most_possible(text):
    assert found(f"The timetable: {text}", Type.IMAGE_LINK) == []


@pytest.mark.parametrize(
    "text",
    [
        "I wrote it in my blog https://coachsamruns.wordpress.com/2026/10/ten-things",
        "my website leonmadeup.example made it myself",
        "I keep my recipes at stansbakes dot example, have a look",
        "all my stuff is here linktr.ee/krismadeup",
        "I do a Substack about para sport. krisonwheels.substack.com",
        "I do private coaching on the side, prices on https://www.dazfit.example/pt",
        "poems of mine rospoems.tumblr.com",
        "There's Marlon, marlon-moves.example, and Ginny, who has nothing.",
        "My brother Declan welds, and it's all on his site, hotmetal.example",
        "deaf-diaries.example, that's me, Tuesdays and Fridays",
        "on the site my brother and I keep, penrose-tree.example",
        "That's my husband's band: www.thelatebuses.example",
        "My daughter sells earrings, www.sparklybysian.example",
        "I was asked to write it up: kirstyskitchen.example",
        "-- \nHamza Iqbal\nhamza-throws.example",
    ],
)
def test_peoples_own_sites(text):
    assert found(text, Type.PERSONAL_SITE)


@pytest.mark.parametrize(
    "text", ["https://bit.ly/x7Yz", "https://harbrookrovers.wordpress.com/fixtures"]
)
def test_what_may_be_anybodys_is_possible(text):
    assert how_sure(f"Draw: {text}", Type.PERSONAL_SITE) == [Confidence.POSSIBLE]


def test_a_link_that_opens_an_instant_message_is_no_page():
    assert found("https://wa.me/447700900123", Type.PROFILE_LINK) == []


@pytest.mark.parametrize(
    "text",
    [
        "I found it on www.wheel-guides.example, worth a read.",
        "The author's own site is www.ingrid-hale.example.",
        "St Martin's: www.st-martins-stow.example has the parking plan.",
        "The taxi firm is www.kens-cabs.example, ring them.",
        "My train is on www.trains.example, seat 12A.",
        "My favourite recipe is on www.goodstews.example.",
        "get on mc, ip is play.wheels.example me and dave r building",
        "pearl at purl-and-pearl dot example reaches me",
    ],
)
def test_other_sites_are_nobodys_own(text):
    assert found(text, Type.PERSONAL_SITE) == []


def test_an_album_on_an_unknown_host_is_the_writers_by_what_is_said():
    link = "https://share.pics.example/album/bluebells"
    assert found(f"Photographs: {link}. My own album, not the charity's.", Type.IMAGE_LINK)
    assert not found(f"The league's photographs: {link}.", Type.IMAGE_LINK)


def test_a_museums_pictures_are_at_most_possible():
    link = "https://www.flickr.com/photos/wexcombe-transport-museum"
    assert how_sure(f"They have the old ones: {link}", Type.IMAGE_LINK) == [Confidence.POSSIBLE]


def test_a_folder_of_papers_is_at_most_possible():
    link = "https://drive.google.com/drive/folders/1MadeUp"
    assert found(f"my camera roll from the weekend {link}", Type.IMAGE_LINK)
    assert found(f"I've put the minutes in {link}", Type.IMAGE_LINK) == []


def test_a_link_to_somebody_on_messenger_is_a_page_of_theirs():
    assert found("write to me: https://m.me/madeup.cath", Type.PROFILE_LINK) == [
        "facebook:madeup.cath"
    ]


def _sounds(monkeypatch, **logits):
    told = {Type(kind): logit for kind, logit in logits.items()}
    monkeypatch.setattr(links_module, "sounds", lambda window, start, end: told)


def test_a_site_that_no_rule_knows_is_whose_it_sounds_like(monkeypatch):
    text = "Tunes for the warm up: windypier.example/listen"
    _sounds(monkeypatch, personal_site=LOUD, image_link=LOUD - 1)
    assert how_sure(text, Type.PERSONAL_SITE) == [Confidence.LIKELY]
    _sounds(monkeypatch, personal_site=LOUD - 1, image_link=LOUD)
    photos = "Photos of the warm up: windypier.example/listen"
    assert how_sure(photos, Type.IMAGE_LINK) == [Confidence.LIKELY]
    _sounds(monkeypatch, personal_site=LOUD - 0.1, image_link=-9.0)
    assert not look(text)


def test_what_a_body_is_called_is_louder_than_how_it_sounds(monkeypatch):
    _sounds(monkeypatch, personal_site=9.0)
    assert not look("Times are on windypiercouncil.example/pool")


def test_where_nobody_listens_an_unknown_site_is_nothing(monkeypatch):
    _sounds(monkeypatch)
    assert not look("Tunes for the warm up: windypier.example/listen")
