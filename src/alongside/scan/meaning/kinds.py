"""What the network can tell, in the order of its outputs."""

from __future__ import annotations

from ..sighting import Type

HEARD: tuple[Type, ...] = (
    Type.INSTANT_MESSAGING,
    Type.FRIEND_REQUEST,
    Type.GAME,
    Type.PLATFORM_AGE,
    Type.PRIVATE_TALK,
    Type.SECRECY,
    Type.PASSWORD,
    Type.HOME_ADDRESS,
    Type.HANDLE,
    Type.PERSONAL_SITE,
)
"""What may be said in words that no rule knows."""
WEIGHED: tuple[Type, ...] = (
    Type.IMAGE_LINK,
    Type.PROFILE_LINK,
    Type.PHONE,
    Type.EMAIL_ADDRESS,
)
"""What a rule has to see first: then the network says whose it sounds like."""
KINDS: tuple[Type, ...] = HEARD + WEIGHED
