"""What the network can tell, in the order of its outputs."""

from __future__ import annotations

from ..sighting import Type

KINDS: tuple[Type, ...] = (
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
