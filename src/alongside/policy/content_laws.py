"""What must follow from what the reader saw, whatever a rulebook says.

Beside ``laws`` and ``hard_cases``, and in their manner: each returns what is wrong, or nothing, and
knows no rule. They ask the facts and the rulebook's own words for each type and sureness.
"""

from __future__ import annotations

from collections.abc import Mapping

from .facts import Facts, Seen, Unread, Writer
from .laws import Answer, Law
from .obligations import Review, Warn
from .rulebook import Rulebook
from .vocabulary import Action, Level, Mode, Sight, Sureness, Verdict


def nothing_private_is_given_away(a: Answer) -> str | None:
    """N1 and N4."""
    detail = _unanswered(a, "N1", *_DETAILS) or _unanswered(a, "N4", Sight.PROFILE_LINK)
    return f"`{detail}` would be given away" if detail else None


def nobody_is_asked_elsewhere(a: Answer) -> str | None:
    """I1."""
    asked = _unanswered(a, "I1", Sight.INSTANT_MESSAGING)
    return "somebody would be invited to instant messaging" if asked else None


def nobody_is_befriended(a: Answer) -> str | None:
    """N5."""
    return "a friend request would pass" if _unanswered(a, "N5", Sight.FRIEND_REQUEST) else None


def nobody_is_asked_to_play(a: Answer) -> str | None:
    """N7."""
    return "an invitation to play would pass" if _unanswered(a, "N7", Sight.GAME) else None


def nobody_is_sent_where_they_are_too_young(a: Answer) -> str | None:
    """D10, of service users."""
    if not a.facts.served or not _unanswered(a, "D10", Sight.PLATFORM_AGE):
        return None
    return "somebody would be sent to a platform that they are too young for"


def private_talk_is_told_and_stops_nothing(a: Answer) -> str | None:
    """N3."""
    if any(f.clause == "N3" and f.verdict is not Verdict.PERMIT for f in a.findings):
        return "private talk would stop a message"
    told = _unanswered(a, "N3", Sight.PRIVATE_TALK)
    return "private talk would pass in silence" if told else None


def secrecy_is_put_in_front_of_an_officer(a: Answer) -> str | None:
    """G1: from teach upward, in an emergency too, and it waits unless it is one."""
    facts = a.facts
    seen = _seen(facts, Sight.SECRECY)
    if seen is None or _action(seen, a.rulebook) is not Action.HOLD or not _acts(a):
        return None
    if not any(o == Review(o.within_hours, "secrecy") for o in _reviews(a)):
        return "no officer would hear of a call for secrecy"
    if a.verdict is Verdict.PERMIT and not facts.emergency and not facts.released:
        return "a call for secrecy would pass"
    return None


def nobody_writes_from_a_mailbox_of_their_own(a: Answer) -> str | None:
    """N2."""
    if not a.facts.own_mailbox:
        return None
    passed = not _answered(a, a.rulebook.own_mailbox)
    return "somebody would write from a mailbox of their own" if passed else None


def what_could_not_be_read_is_said(a: Answer) -> str | None:
    """Never passed over; where nothing could be read because we erred, it waits (law 11)."""
    unread = a.facts.unread
    if unread is Unread.NOTHING:
        return None
    due = Action.HOLD if unread is Unread.ALL else a.rulebook.unread
    return None if _answered(a, due) else "what could not be read would pass in silence"


_DETAILS = (
    Sight.PHONE,
    Sight.EMAIL_ADDRESS,
    Sight.HOME_ADDRESS,
    Sight.HANDLE,
    Sight.IMAGE_LINK,
    Sight.PERSONAL_SITE,
    Sight.PASSWORD,
)


def _unanswered(a: Answer, clause: str, *sights: Sight) -> str:
    """The first of these that was seen, and of which less came than the rulebook says."""
    if a.rulebook.clauses[clause].level is Level.OFF:
        return ""
    for sight in sights:
        seen = _seen(a.facts, sight)
        if seen is not None and not _answered(a, _action(seen, a.rulebook)):
            return sight
    return ""


def _seen(facts: Facts, sight: Sight) -> Seen | None:
    found = [s for s in facts.sightings if s.sight is sight]
    return max(found, key=lambda s: (s.own, s.sureness), default=None)


def _action(seen: Seen, rulebook: Rulebook) -> Action:
    at = 0 if seen.own else Sureness.CERTAIN - seen.sureness
    return rulebook.actions[seen.sight][at]


def _answered(a: Answer, due: Action) -> bool:
    """Whether at least this came of it: one step less in teach, nothing where it does not count."""
    facts = a.facts
    if not _acts(a) or facts.emergency:
        return True
    if facts.mode is Mode.TEACH:
        due = due.softer
    if due is Action.REFUSE:
        return a.verdict is Verdict.REFUSE
    if due is Action.HOLD:
        return a.verdict is not Verdict.PERMIT or facts.released
    if due is Action.WARN:
        warned = any(isinstance(o, Warn) for f in a.findings for o in f.obligations)
        return warned or a.verdict is not Verdict.PERMIT
    return True


def _acts(a: Answer) -> bool:
    """The workforce writes to somebody we serve who is not only their own child, or to a family."""
    facts = a.facts
    return (
        facts.mode is not Mode.SHADOW
        and not a.sealed
        and facts.writer in (Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE)
        and (facts.supporters > 0 or any(not s.own_child for s in facts.served))
    )


def _reviews(a: Answer) -> list[Review]:
    return [o for f in a.findings for o in f.obligations if isinstance(o, Review)]


CONTENT_LAWS: Mapping[str, Law] = {
    law.__name__: law
    for law in (
        nothing_private_is_given_away,
        nobody_is_asked_elsewhere,
        nobody_is_befriended,
        nobody_is_asked_to_play,
        nobody_is_sent_where_they_are_too_young,
        private_talk_is_told_and_stops_nothing,
        secrecy_is_put_in_front_of_an_officer,
        nobody_writes_from_a_mailbox_of_their_own,
        what_could_not_be_read_is_said,
    )
}
