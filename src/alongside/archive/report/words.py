"""What findings are called, in words that everybody on a board of trustees reads at once."""

from __future__ import annotations

from dataclasses import dataclass

from ..rows import Finding, What
from ..suggest import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of finding, as the report speaks of it."""

    id: str
    """``What`` or, of a sighting, its type."""
    title: str
    means: str
    """One sentence."""
    next: str
    """What to do about it, beginning with a verb; empty: nothing of its own."""


KINDS: tuple[Kind, ...] = (
    Kind(
        id="restricted",
        title="People who must be kept apart",
        means="Somebody who must not be in touch with a child or participant was in the same"
        " message, or wrote it.",
        next="Look first at messages with people who must be kept apart. Check that the person is"
        " safe now, and that the restriction is known to everyone who needs it.",
    ),
    Kind(
        id="secrecy",
        title="Asked to keep it secret",
        means="The writer asked to keep the talk secret, or to leave out the person copied.",
        next="Treat each request to keep a secret as a concern. Ask your local authority's"
        " designated officer before you speak to the writer.",
    ),
    Kind(
        id="one_to_one",
        title="One-to-one",
        means="One of our people wrote to one child or participant, and no third person saw it.",
        next="Go through the one-to-one messages person by person, starting with the most. Read"
        " them before you judge: many will be harmless habit, and none should go on.",
    ),
    Kind(
        id="private_talk",
        title="Private talk",
        means="The message is private talk, with no work in it.",
        next="Read the private talk with a second safeguarding person.",
    ),
    Kind(
        id="instant_messaging",
        title="Move to instant messaging",
        means="The writer invites to WhatsApp, Snapchat or another messaging service.",
        next="Ask each person who invited somebody to instant messaging whether those talks still"
        " go on, and move them to mail with a copy.",
    ),
    Kind(
        id="friend_request",
        title="Friend or follow request",
        means="The writer asks to be friends, or to follow each other, on a social site.",
        next="",
    ),
    Kind(
        id="home_address",
        title="Home address",
        means="The writer gives away their home address, or invites home.",
        next="",
    ),
    Kind(
        id="phone",
        title="Private phone number",
        means="The message holds a phone number that is not the organisation's.",
        next="Give work numbers to those who need one, so that nobody has to use their own.",
    ),
    Kind(
        id="handle",
        title="Name on a social site",
        means="The message holds a name on a social site that is not registered.",
        next="",
    ),
    Kind(
        id="game",
        title="Gaming together",
        means="The writer invites to play online together.",
        next="",
    ),
    Kind(
        id="password",
        title="Password or PIN",
        means="A password or PIN is given or asked for.",
        next="Have the passwords and PINs that were mailed changed.",
    ),
    Kind(
        id="email_address",
        title="Private e-mail address",
        means="The message holds a private e-mail address.",
        next="",
    ),
    Kind(
        id="personal_mailbox",
        title="Private mailbox used for work",
        means="Work mail was sent from a private address, or asks for answers there.",
        next="Give everyone who wrote from a private mailbox a work address, and show them how to"
        " use it on their phone.",
    ),
    Kind(
        id="profile_link",
        title="Link to a profile",
        means="The message links to somebody's page on a social site that is not registered.",
        next="",
    ),
    Kind(
        id="image_link",
        title="Link to pictures",
        means="The message links to a private store of pictures.",
        next="",
    ),
    Kind(
        id="personal_site",
        title="Link to a personal site",
        means="The message links to a private site.",
        next="",
    ),
    Kind(
        id="platform_age",
        title="Site for older people",
        means="The message sends its readers to a site for older people than they are.",
        next="",
    ),
    Kind(
        id="not_copied",
        title="Several people, no copy",
        means="The message went to several children or participants, and no third person saw it.",
        next="Copy an officer or a colleague into every message to a group.",
    ),
    Kind(
        id="late",
        title="Late hours",
        means="A message was sent to a child or participant late in the evening or at night.",
        next="Agree on hours in which nobody writes to children or participants.",
    ),
    Kind(
        id="mutual_sight",
        title="Addresses shown to others",
        means="Children, participants or families could see each other's addresses.",
        next="Use group addresses, or blind copies, so that families do not see each other's"
        " addresses.",
    ),
)
"""The most serious first."""

BY_ID = {k.id: k for k in KINDS}
RANK = {k.id: at for at, k in enumerate(KINDS)}

CLAUSES = {
    "G1": "No one-to-one talk",
    "G2": "A third person is copied",
    "E3": "Mail to one person is copied",
    "N1": "Private details stay private",
    "N2": "No private mailbox or phone for work",
    "N3": "Only work, in working hours",
    "N4": "Social sites: profiles are kept apart",
    "N5": "No friends or followers from work",
    "N7": "No gaming together",
    "I1": "No instant messaging",
    "D10": "Sites fit the readers' age",
    "T1": "People are kept safe",
    "T3": "Personal details are kept by the law",
}

WHY = {
    "not_a_message": "It is not an e-mail message",
    "not_mail": "It is no mail",
    "too_large": "It is too large",
    "broken_archive": "The archive file is broken",
    "encrypted": "It is encrypted",
    "needs_program": "It needs a program that is not installed",
    "no_permission": "The file may not be opened",
    "io": "The disk or the server could not give it",
    "no_date": "It has no date",
    "no_writer": "It does not say who wrote it",
    "too_long": "Reading it took too long",
    "broken": "It is broken",
    "unknown_charset": "Its letters are in a code that nobody knows",
    "unknown_type": "It is a kind of file that is not read",
    "too_deep": "It is packed inside too many other messages",
    "picture": "It is a picture",
    "sound_or_video": "It is sound or video",
}

SUGGESTED = {
    Reason.SCHOOL: "The address is at a school or college",
    Reason.FAMILY_NAME: "It holds the family name of somebody we serve",
    Reason.HOUSEHOLD: "It looks like the address of a family that we know",
    Reason.WITH_GROUP: "A group's leader wrote to it together with the group's members",
    Reason.WITH_KNOWN: "It was in messages with people we serve",
    Reason.NAME_OF_OURS: "It holds the name of one of our own people",
}


def kind_of(finding: Finding) -> str:
    """The id of a finding's kind."""
    return finding.type if finding.what is What.SIGHTING else finding.what.value


def kind(id_: str) -> Kind:
    """What there is to say of a kind; of one that is new here, its bare name."""
    known = BY_ID.get(id_)
    return known or Kind(id=id_, title=id_.replace("_", " ").capitalize(), means="", next="")


def rank(id_: str) -> int:
    """Its place among the kinds, the most serious being 0."""
    return RANK.get(id_, len(RANK))


def why(code: str) -> str:
    """Why something was not read."""
    return WHY.get(code) or code.replace("_", " ").capitalize()
