"""What was seen in a text: of which type, where, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Type(StrEnum):
    """What a sighting is. The decision point knows the same words (a house test compares them)."""

    PHONE = "phone"
    """A number that is not the organisation's."""
    EMAIL_ADDRESS = "email_address"
    """A personal one."""
    HOME_ADDRESS = "home_address"
    HANDLE = "handle"
    """A name on a social site, such as ``insta: coach.sam``, that is not registered."""
    PROFILE_LINK = "profile_link"
    """A link to somebody's page on a social site that is not registered."""
    IMAGE_LINK = "image_link"
    """A link to an image store or shared album."""
    PERSONAL_SITE = "personal_site"
    PASSWORD = "password"  # a word, not a secret
    """A password or PIN, given or asked for."""
    INSTANT_MESSAGING = "instant_messaging"
    """An invitation to an instant messaging service, as a link or in words."""
    FRIEND_REQUEST = "friend_request"
    GAME = "game"
    """An invitation to play online together."""
    PLATFORM_AGE = "platform_age"
    """Sends the readers to a platform for older people than they are."""
    PRIVATE_TALK = "private_talk"
    """Private talk with nothing of work in it."""
    SECRECY = "secrecy"
    """Asks to keep the conversation secret, or to leave out the one who is copied."""


CLAUSE_OF: Mapping[Type, str] = MappingProxyType(
    {
        Type.PHONE: "N1",
        Type.EMAIL_ADDRESS: "N1",
        Type.HOME_ADDRESS: "N1",
        Type.HANDLE: "N1",
        Type.PROFILE_LINK: "N4",
        Type.IMAGE_LINK: "N1",
        Type.PERSONAL_SITE: "N1",
        Type.PASSWORD: "N1",
        Type.INSTANT_MESSAGING: "I1",
        Type.FRIEND_REQUEST: "N5",
        Type.GAME: "N7",
        Type.PLATFORM_AGE: "D10",
        Type.PRIVATE_TALK: "N3",
        Type.SECRECY: "G1",
    }
)
"""The clause that a sighting of this type is cited under; of the writer's own things it is N2."""

OWN_CLAUSE = "N2"


class Zone(StrEnum):
    """Whose words they are, as far as the message tells."""

    BODY = "body"
    """What the writer wrote: the text, the subject, the writer's name in ``From``."""
    QUOTED = "quoted"
    """Quoted or forwarded: somebody wrote it before."""
    SIGNATURE = "signature"
    ATTACHMENT = "attachment"


class Confidence(IntEnum):
    """How sure it is. The rulebook says for each type what follows."""

    POSSIBLE = 0
    LIKELY = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One thing that was seen."""

    type: Type
    start: int
    """In characters of ``Reading.text``; ``end`` is past the last."""
    end: int
    text: str
    """As it stands there."""
    understood: str
    """As it was understood: E.164, a bare address, ``instagram:coach.sam``, the service's name.
    Of a password nothing but the word that gave it away."""
    confidence: Confidence
    zone: Zone = Zone.BODY
    part: str = ""
    """Where: empty for the text itself, else ``subject``, ``from``, a file's name and so on."""
    own: bool = False
    """It is the writer's own, by the register: it counts in every zone, and under N2."""

    @property
    def clause(self) -> str:
        return OWN_CLAUSE if self.own else CLAUSE_OF[self.type]
