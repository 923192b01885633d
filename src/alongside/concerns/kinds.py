"""The closed lists of this room, with the words that people see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a report is about, as whoever makes it sees it."""

    SOMEONE = "someone", "I am worried about a child or an adult"
    COLLEAGUE = "colleague", "I am worried about a colleague or a volunteer"
    OFFICER = "officer", "I am worried about somebody in the safeguarding team"
    FRIEND_REQUEST = "friend_request", "I got a friend request"
    OWN_PHONE = "own_phone", "They messaged me on my own phone"
    OTHER = "other", "Something else"


SEEN_AS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SOMEONE: "About a child or an adult",
        Kind.COLLEAGUE: "About a colleague or a volunteer",
        Kind.OFFICER: "About somebody in the safeguarding team",
        Kind.FRIEND_REQUEST: "A friend request",
        Kind.OWN_PHONE: "Messages on somebody's own phone",
        Kind.OTHER: "Something else",
    }
)
"""The same, as those who look into it read it."""
ALLEGATIONS = frozenset({Kind.COLLEAGUE, Kind.OFFICER})
"""May be an allegation against an adult who works with children: the LADO's clock starts."""


class State(TextChoices):
    """Where a concern stands. ``moves.MOVES`` says what may follow what."""

    NEW = "new", "New"
    OPEN = "open", "Open"
    CLOSING = "closing", "Waiting for sign-off"
    CLOSED = "closed", "Closed"


class NoteKind(TextChoices):
    """What a row of the chronology is."""

    WORRY = "worry", "Worry"
    EVIDENCE = "evidence", "Evidence"
    ACTION = "action", "Action"
    DECISION = "decision", "Decision"
    REFERRAL = "referral", "Referral"
    OUTCOME = "outcome", "Outcome"
    ACCESS = "access", "Change of access"
    SIGN_OFF = "sign_off", "Sign-off"


class What(TextChoices):
    """The particulars of a row, where its kind alone does not say enough."""

    NONE = "", ""
    CLOCK = "clock", "A clock started"
    NOT_REFERRED = "not_referred", "Not to tell an outside body"
    DECIDED = "decided", "A decision"
    LOW_LEVEL = "low_level", "A low-level concern about an adult"
    ABOUT = "about", "About an adult"
    GIVEN = "given", "Access given"
    TAKEN = "taken", "Access taken away"
    SIGNED = "signed", "Signed off"
    SENT_BACK = "sent_back", "Sent back"
    REOPENED = "reopened", "Opened again"


class Body(TextChoices):
    """Whom a concern may be passed to."""

    POLICE = "police", "Police"
    CHILDREN = "children", "Children's social care"
    ADULTS = "adults", "Adult social care"
    LADO = "lado", "Local authority designated officer (LADO)"
    GOVERNING = "governing", "Governing body of the sport"
    DBS = "dbs", "Disclosure and Barring Service"
    CHARITY_COMMISSION = "charity_commission", "Charity Commission"
    ICO = "ico", "Information Commissioner (ICO)"
    OTHER = "other", "Somebody else"


class Clock(TextChoices):
    """Outside bodies that have to be told in time."""

    LADO = "lado", "Tell the LADO within one working day (24 hours)"
    ICO = "ico", "Tell the Information Commissioner within 72 hours"
    CHARITY_COMMISSION = (
        "charity_commission",
        "Tell the Charity Commission as soon as you reasonably can (3 days)",
    )


class Outcome(TextChoices):
    """How a concern ended."""

    NO_ACTION = "no_action", "Nothing more to do"
    ADVICE = "advice", "Advice or training given"
    INTERNAL = "internal", "Dealt with inside the organisation"
    PASSED_ON = "passed_on", "Passed on to an outside body, who lead"
    UNFOUNDED = "unfounded", "Shown to be wrong"


class Cause(TextChoices):
    """Why somebody may never see a concern."""

    REPORTER = "reporter", "Whoever reported it asked for this"
    NAMED = "named", "The report names them"
    SUBJECT = "subject", "It is about them, or about somebody they live with"
