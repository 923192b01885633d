"""What follows from what the reader saw: the rulebook's word for each type and sureness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .decision import Finding, Nature
from .facts import Facts, Seen, Writer
from .obligations import Obligation, Warn
from .rulebook import Rulebook
from .vocabulary import Action, Level, Sight, Sureness, Verdict

READ = frozenset({Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE})
"""Whose words are read: people's, not machines'."""

_OF_ONES_OWN = frozenset({"N1", "N4"})
"""Of a private fact that the register has as the writer's own, N2 is the clause."""

_REASONS = {
    Sight.PHONE: "seen_phone",
    Sight.EMAIL_ADDRESS: "seen_email_address",
    Sight.HOME_ADDRESS: "seen_home_address",
    Sight.HANDLE: "seen_handle",
    Sight.PROFILE_LINK: "seen_profile_link",
    Sight.IMAGE_LINK: "seen_image_link",
    Sight.PERSONAL_SITE: "seen_personal_site",
    Sight.PASSWORD: "seen_password",
    Sight.INSTANT_MESSAGING: "seen_instant_messaging",
    Sight.FRIEND_REQUEST: "seen_friend_request",
    Sight.GAME: "seen_game",
    Sight.PLATFORM_AGE: "seen_platform_age",
    Sight.PRIVATE_TALK: "seen_private_talk",
    Sight.SECRECY: "secrecy",
}
SIGHT_OF = {reason: sight for sight, reason in _REASONS.items()}
"""Reason of a finding -> what was seen, for whoever quotes it."""

_VERDICTS = {
    Action.MARK: Verdict.PERMIT,
    Action.WARN: Verdict.PERMIT,
    Action.HOLD: Verdict.HOLD,
    Action.REFUSE: Verdict.REFUSE,
}


def is_read(facts: Facts) -> bool:
    """Whether the do-nots speak of this message: the workforce writes to a service user or a
    supporter. A parent writes to their own child as they like."""
    if facts.writer not in READ:
        return False
    return facts.supporters > 0 or any(not s.own_child for s in facts.served)


def those_of(facts: Facts, *sights: Sight) -> tuple[Seen, ...]:
    """What was seen of these types, the surest of each, in the order of the types."""
    found: list[Seen] = []
    for sight in sights:
        surest = max(
            (s for s in facts.sightings if s.sight is sight),
            key=lambda s: (s.own, s.sureness),
            default=None,
        )
        if surest is not None:
            found.append(surest)
    return tuple(found)


def action_on(seen: Seen, rulebook: Rulebook) -> Action:
    """What follows from a sighting; of the writer's own, by the register, it is certain."""
    surest = Sureness.CERTAIN if seen.own else seen.sureness
    return rulebook.actions[seen.sight][Sureness.CERTAIN - surest]


def findings(
    facts: Facts, rulebook: Rulebook, rule: str, clause: str, fix: str, *sights: Sight
) -> Iterator[Finding]:
    """One finding for each of these types that was seen."""
    if not facts.sightings or not is_read(facts):
        return
    for seen in those_of(facts, *sights):
        cited = "N2" if seen.own and clause in _OF_ONES_OWN else clause
        yield from finding(
            rulebook, rule, cited, _REASONS[seen.sight], fix, action_on(seen, rulebook)
        )


def finding(
    rulebook: Rulebook, rule: str, clause: str, reason: str, fix: str, action: Action
) -> Iterator[Finding]:
    """An action as a finding; off is off."""
    if rulebook.clauses[clause].level is Level.OFF:
        return
    told: tuple[Obligation, ...] = (Warn(reason),) if action is Action.WARN else ()
    yield Finding(
        rule=rule,
        clause=clause,
        verdict=_VERDICTS[action],
        reason=reason,
        fix="" if action is Action.MARK else fix,
        nature=Nature.CONTENT,
        obligations=told,
    )


def softened(finding: Finding) -> Finding:
    """One step softer, as ``teach`` acts: refused is held, held is told, told is marked."""
    if finding.verdict is Verdict.REFUSE:
        return replace(finding, verdict=Verdict.HOLD, told=Verdict.REFUSE)
    if finding.verdict is Verdict.HOLD:
        warned = (Warn(finding.reason),)
        return replace(finding, verdict=Verdict.PERMIT, obligations=warned, told=Verdict.HOLD)
    return replace(finding, obligations=(), fix="")
