"""The words of the house, one meaning each. The values are what files and records say."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """How a message travels, whether or not something here carries it yet."""

    EMAIL = "email"
    TEXT = "text"
    INSTANT_MESSAGE = "instant_message"
    SOCIAL = "social"


class Verdict(IntEnum):
    """What may become of a message; the worst of all findings wins."""

    PERMIT = 0
    HOLD = 1
    REFUSE = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Mode(IntEnum):
    """How far Alongside acts on what it decides."""

    SHADOW = 0
    TEACH = 1
    ENFORCE = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Level(StrEnum):
    """How strongly a clause binds, strongest first."""

    NEVER = "never"
    MUST = "must"
    SHOULD = "should"
    PREFER = "prefer"
    OFF = "off"


class Category(StrEnum):
    """What somebody is to the organisation; one person may be several."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"
    TRUSTEE = "trustee"
    FEDERATION_MEMBER = "federation_member"
    YOUNG_LEADER = "young_leader"
    CHILD = "child"
    YOUNG_PERSON = "young_person"
    ADULT_PARTICIPANT = "adult_participant"
    PARENT = "parent"
    CARER = "carer"
    PERSONAL_ASSISTANT = "personal_assistant"
    ADVOCATE = "advocate"
    PROFESSIONAL = "professional"


WORKFORCE = frozenset(
    {
        Category.STAFF,
        Category.VOLUNTEER,
        Category.TRUSTEE,
        Category.FEDERATION_MEMBER,
        Category.YOUNG_LEADER,
    }
)
SERVICE_USERS = frozenset({Category.CHILD, Category.YOUNG_PERSON, Category.ADULT_PARTICIPANT})
SUPPORTERS = frozenset(
    {Category.PARENT, Category.CARER, Category.PERSONAL_ASSISTANT, Category.ADVOCATE}
)
CHILD_UNLESS_KNOWN = frozenset({Category.CHILD, Category.YOUNG_PERSON, Category.YOUNG_LEADER})
"""Categories whose unknown birth date means: a child."""


class Role(StrEnum):
    """An office somebody holds in their organisation."""

    SAFEGUARDING_LEAD = "safeguarding_lead"
    SAFEGUARDING_OFFICER = "safeguarding_officer"
    DEPUTY_OFFICER = "deputy_officer"
    COMMUNICATIONS = "communications"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


SAFEGUARDING_ROLES = frozenset(
    {Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER, Role.DEPUTY_OFFICER}
)


class Standing(StrEnum):
    """Whether somebody still acts for the organisation."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Hat(StrEnum):
    """As what somebody is written to at one contact point."""

    WORKFORCE = "workforce"
    PARTICIPANT = "participant"
    BOTH = "both"


class ContactKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    PROFILE = "profile"


class MailboxKind(StrEnum):
    """A registered address that is no person's."""

    SHARED = "shared"
    AUTOMATIC = "automatic"
    ROLE = "role"


class Relationship(StrEnum):
    """What a link's second person is to the service user; any person may be restricted."""

    PARENT = "parent"
    CARER = "carer"
    PERSONAL_ASSISTANT = "personal_assistant"
    ADVOCATE = "advocate"
    OTHER = "other"


class Kind(StrEnum):
    """A third party as the clauses count them. A carer in a parent's place counts as parent, and
    so does the supporter that an adult chose."""

    OFFICER = "officer"
    PARENT = "parent"
    COLLEAGUE = "colleague"


class Seat(StrEnum):
    """Where in the order of third parties somebody stands for one service user."""

    GROUP_OFFICER = "group_officer"
    ORGANISATION_OFFICER = "organisation_officer"
    LEAD = "lead"
    DEPUTY = "deputy"
    PARENT_ORGANISATION_OFFICER = "parent_organisation_officer"
    SUPPORTER = "supporter"
    PROGRAMME_MAILBOX = "programme_mailbox"
    COLLEAGUE = "colleague"


KIND_OF_SEAT = {
    Seat.GROUP_OFFICER: Kind.OFFICER,
    Seat.ORGANISATION_OFFICER: Kind.OFFICER,
    Seat.LEAD: Kind.OFFICER,
    Seat.DEPUTY: Kind.OFFICER,
    Seat.PARENT_ORGANISATION_OFFICER: Kind.OFFICER,
    Seat.SUPPORTER: Kind.PARENT,
    Seat.PROGRAMME_MAILBOX: Kind.COLLEAGUE,
    Seat.COLLEAGUE: Kind.COLLEAGUE,
}


class Class(StrEnum):
    """What kind of decision it is. Guarded causes are shown to an eligible officer only."""

    OUT_OF_SCOPE = "out_of_scope"
    CONFIDENTIAL = "confidential"
    SEALED = "sealed"
    EMERGENCY = "emergency"
    OPEN = "open"
    GUARDED = "guarded"


class Exemption(StrEnum):
    """The only reasons for which a service user may be written to without a third party (law 1)."""

    OWN_CHILD = "own_child"
    AUTOMATIC_MAILBOX = "automatic_mailbox"
    CONFIDENTIAL_DESTINATION = "confidential_destination"
    SHOULD_NOT_MET = "should_not_met"
    OBJECTION = "objection"


class Sight(StrEnum):
    """What may be seen in what somebody wrote; the reader knows the same words."""

    PHONE = "phone"
    EMAIL_ADDRESS = "email_address"
    HOME_ADDRESS = "home_address"
    HANDLE = "handle"
    PROFILE_LINK = "profile_link"
    IMAGE_LINK = "image_link"
    PERSONAL_SITE = "personal_site"
    PASSWORD = "password"  # a word, not a secret
    INSTANT_MESSAGING = "instant_messaging"
    FRIEND_REQUEST = "friend_request"
    GAME = "game"
    PLATFORM_AGE = "platform_age"
    PRIVATE_TALK = "private_talk"
    SECRECY = "secrecy"


class Sureness(IntEnum):
    """How sure the reader is of what it saw."""

    POSSIBLE = 0
    LIKELY = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Action(IntEnum):
    """What follows from a sighting, mildest first."""

    MARK = 0
    """On the record, and nobody is told."""
    WARN = 1
    """It goes; the writer is told."""
    HOLD = 2
    REFUSE = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def softer(self) -> Action:
        """One step milder, as ``teach`` acts."""
        return Action(max(self - 1, 0))
