"""Details as people give them in passing, and messages that only look as if they held any."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import CLUB, found, look

GIVEN = (
    (Type.HOME_ADDRESS, "Party starts at 7!! Address is Flat 3, 19 Orchard Road, Stow."),
    (Type.HOME_ADDRESS, "Can your mum drop you at Rowan Cottage, Church Lane? The kettle's on."),
    (Type.HOME_ADDRESS, "Send the form back to me at 15 Poplar Avenue, Otterbridge NG38 2LD"),
    (Type.HOME_ADDRESS, "Sunday lunch at ours? It's 3 The Paddocks, Stow WR71 6TN."),
    (Type.HOME_ADDRESS, "mi addres is 10 albion st wexcombe"),
    (Type.HOME_ADDRESS, "if u run away come here 24 kestrel way il look after u"),
    (Type.HOME_ADDRESS, "I've got the old bats in my shed. 73 Northgate, come and pick one."),
    (Type.HOME_ADDRESS, "Please return the chair to Mrs P Dunn, 118 Albert Road, NR91 5EF"),
    (Type.HOME_ADDRESS, "tell ur taxi 31 Gladstone Rd"),
    (Type.HOME_ADDRESS, "Three weeks in and no sofa. Apartment 61, Slice House, Quay Road."),
    (Type.HOME_ADDRESS, "we can practise in my garden whenever you want"),
    (Type.HOME_ADDRESS, "u can kip at ours"),
    (Type.PERSONAL_SITE, "I do private swimming lessons, prices at www.swimwithjodie.example"),
    (Type.PERSONAL_SITE, "www.kevspt.example if you want one to one sessions with me"),
    (Type.PERSONAL_SITE, "Buy my mugs: edithmugs.example"),
    (Type.PERSONAL_SITE, "gazrugby.example is where I put my training plans"),
    (Type.PERSONAL_SITE, "My nephew built me a page, http://gazpelham.example"),
    (Type.PERSONAL_SITE, "https://davepedals.wordpress.com/2026/09/my-worst-fall/"),
    (Type.PERSONAL_SITE, "www.wrenwrites.example my wee book is out"),
    (Type.PROFILE_LINK, "the clip: https://www.facebook.com/lindsey.marr.9/videos/123456789"),
    (Type.PROFILE_LINK, "my reels are at instagram.com/the_real_donna/reels"),
    (Type.PROFILE_LINK, "https://www.pinterest.co.uk/lucienmadeup/masks/"),
    (Type.PROFILE_LINK, "My games are public, https://lichess.org/@/KnightRiderMadeUp."),
    (Type.IMAGE_LINK, "https://www.dropbox.com/s/madeup/serve.mp4 ur serve"),
    (Type.IMAGE_LINK, "The shots I took: https://www.shutterfly.com/share-product/?shareid=madeup"),
    (Type.EMAIL_ADDRESS, "I check my work email more, it's t.baines@stowcouncil.example"),
    (Type.EMAIL_ADDRESS, "physio sheets come from lorraine@stowclinic.example thats me"),
    (Type.EMAIL_ADDRESS, "ping it to leanne at leanneruns dot example"),
    (Type.HANDLE, "I'm on tiktok as coachmandy"),
    (Type.HANDLE, "You can find me on Facebook, just search for Karen Dobbs"),
    (Type.HANDLE, "my youtube's called ChairDanceWithDee"),
    (Type.HANDLE, "facebook? Dav Madeup Wheeler, pic is a dog on a tandem"),
    (Type.HANDLE, "pinterest - sianmadeuphollis, board 4"),
    (Type.HANDLE, "follow 4 follow? mine is real.zeb.madeup"),
    (Type.HANDLE, "im ellie.rae03 on everything"),
    (Type.HANDLE, "there's one on TikTok where I'm lane4larry_waffles"),
    (Type.HANDLE, "it's on my own YouTube where I'm called FlightyFrankOverWater"),
    (Type.HANDLE, "Sent you a request on Facebook, it's from Jaz Underhill-Moon, thats me"),
    (Type.HANDLE, "Send me a message on Messenger, I'm Shona Laird on there"),
    (Type.HANDLE, "pictures are on Facebook, where I appear as Winnie Thrupp-Lacey"),
    (Type.HANDLE, "whole team follows me, kez_the_keeper"),
    (Type.HANDLE, "u got it? mine is lew.the.cox"),
    (Type.HANDLE, "use my username so it shares right: bellalux_moves"),
    (Type.HANDLE, "Jess did the reel, she's @jessknowsjudo"),
    (Type.HANDLE, "credit me as padraigmakesnoise, which is what I am on SoundCloud"),
    (Type.EMAIL_ADDRESS, "ifor.badminton, then that curly a sign, then postbox.example"),
    (Type.EMAIL_ADDRESS, "rasheed hyphen rows, then the at sign, then homebox dot example"),
    (Type.EMAIL_ADDRESS, "The wife's: d i l y s @ valleymail . example"),
    (Type.EMAIL_ADDRESS, "Use tombola-tina @ the postbox.example one"),
    (Type.PHONE, "oh double-seven double-oh, nine hunner, one four two"),
    (Type.PHONE, "+44 (0) 77 00 90 07 18, my husband's"),
    (Type.PHONE, "My private mobile is on the yellow card, and here too in case: 07700 900002"),
    (Type.PHONE, "nort sevan sevan nort nort nyne nort nort too too ate"),
    (Type.PHONE, "by text relay: 18001 07700 900123"),
)


@pytest.mark.parametrize(("kind", "text"), GIVEN)
def test_what_is_given_in_passing_is_seen(kind, text):
    assert found(text, kind)


ORDINARY = (
    "Training is at Stow Leisure Centre, 14 Mill Lane, Stow WR71 2AB, from 6 till 7.30.",
    "The fun day is on the field behind 12 Station Road, look for the flags.",
    "Wexcombe Wheelers are at Kings Gym, 41 Wharf Road. Step free from the back.",
    "Come to the open day! Weston Park School, Weston Road, WN99 2BB.",
    "Could you drop the cones at 27 Beacon Hill? That's the scout hut.",
    "The coach will collect you from 9 Elm Road at 8.15 as usual.",
    "From 6 to 24 April the road's shut from the arch to Tesco.",
    "Awards are Friday, 5.30, on the stage side that has the ramp.",
    "Two players at 3 corners, four feeders at the net.",
    "The home leg is at ours on Saturday, the away leg is at theirs.",
    "My place is in lane 3 and yours is in lane 4.",
    "I ordered my chair from www.rollfast.example and it took nine weeks.",
    "My favourite chair maker has a sale on: www.rollfast.example",
    "My brother's school has the same hoist, see https://www.hoists.example/h2.",
    "I've sent your entries in: www.entrycentral.example/stow. Start lists on Thursday.",
    "My train times came from www.nationalrail.example, so check them.",
    "Search for Boccia England on YouTube and watch the first one before Tuesday.",
    "Our Facebook page is called Stow Wheelers Official, please like it.",
    "Facebook: please don't tag other people's children. Thank you.",
    "Instagram - Remember to ask before you post.",
    "Under-12s on court 2, under-16s on court 3; photos on Instagram later.",
    "You need to email info@stowcouncil.example about the blue badge bays.",
    "Type in bigtoffee99 and you're in.",
    "U should be on time, every1 is.",
    "Her name's Dot and she's lovely. You'll meet at the cafe.",
    "The consultant's secretary is on 01632 960321.",
    "Transport can be asked for through their own line, 01632 960840.",
    "One two three and lift, then one two three and down.",
    "Ring Childline on 0800 1111, or by text relay 18001 0808 800 5000 for the NSPCC.",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_message_holds_no_detail(text):
    details = {*(kind for kind, _ in GIVEN)}
    sure = [s for s in look(text, CLUB) if s.confidence >= Confidence.LIKELY]
    assert not [s for s in sure if s.type in details]


def test_the_key_of_a_link_is_no_handle():
    assert not found("https://www.snapchat.com/add/leonnn.xo?share_id=abc", Type.HANDLE)
