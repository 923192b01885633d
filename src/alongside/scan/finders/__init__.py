"""All finders, in the order in which they are asked. The order decides nothing."""

from __future__ import annotations

from ..finder import Finder
from . import (
    email_address,
    friend_request,
    game,
    handle,
    home_address,
    instant_messaging,
    links,
    password,
    phone,
    platform_age,
    private_talk,
    secrecy,
)

FINDERS: tuple[Finder, ...] = (
    # What is private?
    phone.FINDER,
    email_address.FINDER,
    links.FINDER,
    handle.FINDER,
    home_address.FINDER,
    password.FINDER,
    # Where are the readers asked to go?
    instant_messaging.FINDER,
    friend_request.FINDER,
    game.FINDER,
    platform_age.FINDER,
    # What is it like?
    private_talk.FINDER,
    secrecy.FINDER,
)
