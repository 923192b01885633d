"""Decisions in plain words: what happened, which clause, what to do instead.

Reading age about eleven. Guarded causes are said to an eligible officer only; to everybody else
every hold reads the same (law 15).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .decision import Decision, Finding, Nature, ThirdParty
from .obligations import Warn
from .vocabulary import Class, Verdict

CLAUSES = {
    "A1": "everyone agrees to the policy, is vetted and trained before they write",
    "D10": "how old you must be for a site or app",
    "D5": "what is written online is a document",
    "E1": "e-mail is the simple way",
    "E2": "group e-mail is better",
    "E3": "an e-mail to one person is copied",
    "G1": "no one-to-one messages",
    "G2": "someone else is copied",
    "G3": "social sites: copy someone, or tell the officer",
    "I1": "no instant messaging",
    "N1": "private details stay private",
    "N2": "nothing from your own phone or mailbox",
    "N3": "work only, at sensible hours",
    "N4": "your own pages stay your own",
    "N5": "no friend requests",
    "N7": "no gaming together online",
    "P5": "who to ask",
    "S1": "texts are the second choice",
    "S2": "texts for people who need them",
    "S3": "texts go to groups, and are copied",
    "S4": "texts in an emergency are copied",
    "T1": "keeping people safe",
    "T3": "keeping personal details private",
}
"""Clause -> its heading in our own words."""

REASONS = {
    "spoofed_writer": "The message names one person as its writer, but another person sent it.",
    "unreadable_writer": "We can't tell for certain who wrote this message.",
    "stopped_writer": "The writer is suspended or has left.",
    "restricted_together": "Two people are in this message who must not be in touch.",
    "unsafe_address": "Somebody who must not be in touch with this person reads their address.",
    "unsafe_role_address": "Somebody who must not see this message reads one of its addresses.",
    "open_concern": "This conversation belongs to an open concern.",
    "two_hats": "This person is both a colleague and a participant at this address.",
    "nobody_there": "Nobody can be reached at this group's address.",
    "instant_messaging": "Instant messages are never used with the people we serve.",
    "group_too_small": "The group is too small: it needs more people from different homes.",
    "too_few_vetted_adults": "Not enough vetted adults are in this conversation.",
    "not_agreed": "The writer has not agreed to the online safeguarding policy.",
    "not_vetted": "The writer's vetting check is missing or out of date.",
    "not_trained": "The writer's safeguarding training is missing or out of date.",
    "too_young": "This child is too young to be written to directly.",
    "copied": "A third party gets a copy first.",
    "copied_at_once": "This is an emergency: it goes at once, and everyone who can be is copied.",
    "copy_preferred": "A copy to somebody else is better.",
    "no_third_party": "There is nobody who can be copied, so nobody else would see this message.",
    "should_not_met": "Nobody could be copied; the writer gave a reason, which is on the record.",
    "text_to_one": "A text to one person is only for an emergency, or for someone who needs texts.",
    "stay_on_the_site": "Keep this conversation on the site. The safeguarding officer is told.",
    "child_writes": "What a child writes arrives, and a safeguarding officer gets a copy.",
    "supporters_too": "Their parent or carer gets a copy as well.",
    "individualised": "Each person gets their own message, so that no one sees who else got it.",
    "visible_to_each_other": "The people in this message would see each other's addresses.",
    "encrypted": "The message is encrypted, so nobody else could ever read it.",
    "quiet_hours": "It is late. The message will be delivered in the morning.",
    "emergency": "This was sent as an emergency. Somebody will look at it within a day.",
    "prefer_the_group": "Writing to the group is better than writing to one person.",
    "prefer_email": "E-mail is better than a text.",
    "email_is_simple": "E-mail is the simple way to write.",
    "on_the_record": "This message is a written record.",
    "own_child": "The writer is this child's parent.",
    "automatic_mailbox": "This is automatic mail from a registered mailbox.",
    "objection": "This adult asked for nobody to be copied, and that was approved.",
    "confidential_destination": "Reports to helplines and authorities are never copied.",
    "seen_phone": "There is a phone number in it that is not one of ours.",
    "seen_email_address": "There is a private e-mail address in it.",
    "seen_home_address": "It says where somebody lives.",
    "seen_handle": "It gives the name of somebody's own account.",
    "seen_profile_link": "It links to somebody's own page on a social site.",
    "seen_image_link": "It links to pictures that are not on our own pages.",
    "seen_personal_site": "It links to somebody's own website.",
    "seen_password": "It gives or asks for a password, a PIN or a code.",
    "seen_instant_messaging": "It asks people to talk in an instant messaging app.",
    "seen_friend_request": "It asks somebody to be a friend or follower.",
    "seen_game": "It asks people to play a game together online.",
    "seen_platform_age": "It sends people to a site or app that they are too young for.",
    "seen_private_talk": "It reads like private talk, with nothing of work in it.",
    "secrecy": "It asks to keep something secret, or to leave out whoever is copied.",
    "own_mailbox": "It comes from a private address, not from a work address.",
    "not_read": "A part of it could not be read.",
    "rule_failed": "Something went wrong while we checked this message.",
}

FIXES = {
    "write_as_yourself": "Sign in and write from your own address.",
    "send_with_one_from": "Send it again from your usual mail program.",
    "use_one_hat_address": "Write to their work address, or ask the officer to set one up.",
    "write_to_the_contact": "Write to the safeguarding contact below instead.",
    "use_email_or_text": "Use e-mail, or a text from our number, instead.",
    "agree_to_the_policy": "Read and agree to the policy, then send it again.",
    "renew_vetting": "Ask your manager to renew your vetting check, then send it again.",
    "renew_training": "Take the short training, then send it again.",
    "write_to_the_supporters": "Write to their parent or carer instead.",
    "add_third_party": "Ask the safeguarding officer to add someone who can be copied.",
    "give_reason": "Copy someone, or say why that was not possible.",
    "use_group_or_email": "Text the whole group, or send an e-mail.",
    "use_the_group": "Write to the group's address instead.",
    "send_unencrypted": "Send it again without encryption.",
    "use_work_details": "Take it out, or give a work number or address that is on our list.",
    "meet_at_the_club": "Take it out. Meet at the club instead.",
    "use_our_profiles": "Take it out. Point people to our own pages instead.",
    "use_our_pages": "Take it out. Ask for it to be put on our own pages.",
    "no_passwords": "Take it out. Nobody needs to know anybody's password.",
    "play_at_the_club": "Take it out. Play together at the club instead.",
    "fit_for_their_age": "Take it out, or pick something that everybody is old enough for.",
    "keep_to_work": "Next time, keep to what is about the work.",
    "use_work_address": "Send it from your work address.",
    "send_it_readable": "Next time, put it in the message itself, or send it without a password.",
    "ask_the_officer": "Ask the safeguarding officer.",
}

HELD = "Your message is held for the safeguarding team."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One finding in words."""

    clause: str
    heading: str
    reason: str
    fix: str
    code: str = ""
    """Of the reason."""


def sentence(finding: Finding) -> Sentence:
    """One finding in words. Raises ``KeyError`` for a code without words: a test holds there is
    none."""
    return Sentence(
        clause=finding.clause,
        heading=CLAUSES[finding.clause],
        reason=REASONS[finding.reason],
        fix=FIXES[finding.fix] if finding.fix else "",
        code=finding.reason,
    )


def for_writer(decision: Decision) -> tuple[Sentence, ...]:
    """What the writer is told: open causes of a refusal; of a hold, nothing of its cause."""
    if decision.verdict is not Verdict.REFUSE:
        return ()
    return tuple(
        sentence(f)
        for f in decision.findings
        if f.verdict is Verdict.REFUSE and f.nature is not Nature.GUARDED
    )


def warnings(decision: Decision) -> tuple[Sentence, ...]:
    """What the writer is told of once it has gone."""
    warned = {o.why for f in decision.findings for o in f.obligations if isinstance(o, Warn)}
    return tuple(sentence(f) for f in decision.findings if f.reason in warned)


def shown_findings(decision: Decision, *, officer: bool) -> tuple[Finding, ...]:
    """The findings that this reader may see. Where anything is held, others see none of them."""
    if officer:
        return decision.findings
    if decision.verdict is Verdict.HOLD:
        return ()
    return tuple(
        f for f in decision.findings if f.nature is not Nature.GUARDED and f.reason != "rule_failed"
    )


def shown_class(decision: Decision, *, officer: bool) -> str:
    """The class, where this reader may know it; every hold is ``held`` to others."""
    if officer or decision.verdict is not Verdict.HOLD:
        if decision.klass is Class.GUARDED and not officer:
            return str(Class.OPEN)
        return str(decision.klass)
    return "held"


def shown_third_parties(decision: Decision, *, officer: bool) -> tuple[ThirdParty, ...]:
    """The ranking; for others without restricted people, or anybody barred because of one."""
    if officer:
        return decision.third_parties
    if decision.verdict is Verdict.HOLD:
        return ()
    return tuple(t for t in decision.third_parties if t.eligible or t.why not in _TELLING)


_TELLING = frozenset(
    {
        "restricted",
        "household_of_restricted",
        "address_of_restricted",
        "read_by_restricted",
        "named_in_concern",
        "read_by_named_in_concern",
        "not_active",
        "no_eligible_reader",
    }
)


def codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The reasons, each once: for logs and counts."""
    return tuple(dict.fromkeys(f.reason for f in findings))
