"""The naive second model (law 14): what must become of a message, written from the documents.

Whoever wrote it had read DESIGN.md, CLAUSES.md and the pitfalls, and none of the rules. It is
meant to be plain, not quick; where the documents can be read in two ways it accepts both, and says
so in ``naive_words.OPEN_QUESTIONS``. It speaks for the shipped rulebook only: E3, G2, S3, S4 must;
I1 never; G3 should (social); agreed, vetted and trained gate with a grace of 28, 0 and 28 days; an
agreement holds for ever; no quiet hours; a group is two service users of two households.

Not modelled: the text of a message, released holds, an organisation's own mode, other rulebooks,
the order in which third parties are tried, the adults who agreed to know each other.
"""

from __future__ import annotations

from dataclasses import replace

from alongside.policy.address import key
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.policy.vocabulary import Channel, Class, Kind, Mode, Standing, Verdict

from . import naive_who as who
from .naive_case import (
    Case,
    gather,
    held,
    in_case_channel,
    restricted_pairs,
    sealed,
    stopped,
    to_leads,
)
from .naive_company import owners
from .naive_who import Part
from .naive_words import (
    NOT_COPIED,
    OPEN_QUESTIONS,
    Copy,
    Expectation,
    Need,
    Openings,
    Outcome,
    every_answer,
)
from .naive_workforce import workforce_wrote

__all__ = ["CONFIDENTIAL", "OPEN_QUESTIONS", "Copy", "Expectation", "Need", "Outcome", "expect"]

CONFIDENTIAL = frozenset({"lado@council.example", "police.example", "helpline.example"})


def expect(
    message: Message,
    people: People,
    mode: Mode = Mode.ENFORCE,
    confidential: frozenset[str] = CONFIDENTIAL,
) -> Expectation:
    """Every outcome that the documents allow for this message."""

    def judge(openings: Openings) -> Outcome:
        # Shadow judges as enforce would, and then does nothing about it.
        case = gather(
            message,
            people,
            Mode.ENFORCE if mode is Mode.SHADOW else mode,
            confidential,
            openings,
        )
        outcome = _judge(case)
        if mode is Mode.SHADOW:
            return _only_watched(outcome, case)
        return replace(outcome, would_be=outcome.verdict)

    return every_answer(judge)


def _judge(case: Case) -> Outcome:
    ask = case.ask
    # Confidential destinations: their leg leaves at once, uncopied, and nobody keeps an entry.
    if case.to.confidential and not case.to.direct and not case.to.groups:
        return replace(
            stopped(case, Verdict.PERMIT, frozenset({Class.CONFIDENTIAL}), "confidential"),
            untouched=True,
        )

    # Spoofs: refused, in scope.
    if who.spoof(case.slots, case.people, case.today, ask):
        if _involves(case) or ask.ask("spoof_out_of_scope"):
            any_class = frozenset({Class.OPEN, Class.GUARDED, Class.EMERGENCY})
            return stopped(case, Verdict.REFUSE, any_class, "spoof")

    # Several or unreadable From fields that claim the workforce: held (in teach too).
    unreadable = who.claims_workforce_unreadably(case.message, case.slots, ask)
    if unreadable and not _involves(case):
        unreadable = ask.ask("spoof_out_of_scope")

    served = Part.SERVED in case.parts
    if served and unreadable and not ask.ask("unreadable_served"):
        unreadable = False
    if served and not unreadable:
        # The most protective reading wins: any named service user makes it theirs.
        mixed = Part.COLLEAGUE in case.parts
        if not (mixed and ask.ask("mixed_writers")):
            return _service_user_wrote(case, mixed)
    if Part.COLLEAGUE in case.parts or unreadable:
        return workforce_wrote(case, unreadable)
    return _outsider_wrote(case)


def _involves(case: Case) -> bool:
    """Whether a service user or supporter has any part in it (law 8)."""
    to, head = case.to, case.head
    return bool(
        to.served
        or to.both
        or to.supporters
        or to.groups
        or head.served
        or head.both
        or head.supporters
        or {Part.SERVED, Part.SUPPORTER} & case.parts
    )


def _service_user_wrote(case: Case, mixed: bool) -> Outcome:
    """Law 3: it arrives, whatever it is."""
    ask, people = case.ask, case.people
    if case.message.channel is Channel.INSTANT_MESSAGE and ask.ask("im_not_to_served"):
        return stopped(case, Verdict.REFUSE, frozenset({Class.OPEN}), "instant message")
    authors = _served_writers(case)
    direct = frozenset(case.to.direct | case.to.confidential)

    # The case channel of a concern, and mail to role-holders alone: sealed, copied to nobody.
    if in_case_channel(case) or (not mixed and sealed(case)):
        return Outcome(
            verdict=Verdict.PERMIT,
            classes=frozenset({Class.SEALED}),
            copies=dict.fromkeys(authors, NOT_COPIED),
            must_arrive=direct,
            may_arrive=direct,
            why=("sealed",),
        )

    # A child's is copied to an officer, in teach too; an adult's own is not copied (decision (c)),
    # unless somebody else may have written it: then it is marked uncertain, and copied.
    uncertain = mixed or bool(case.writers - authors)
    copies: dict[str, Copy] = {}
    for s in authors | (set(case.to.served) if mixed else set()):
        copied = case.minor(s) or mixed
        if not copied and uncertain:
            copied = ask.ask("adult_uncertain")
        if copied:
            officers = case.company(s, frozenset({Kind.OFFICER}))
            copies[s] = Copy(
                need=Need.WANTED, persons=officers.possible, addresses=officers.addresses
            )
        else:
            copies[s] = NOT_COPIED

    # To a group: its leads and officer, never the members; and nobody restricted for the writer.
    barred = frozenset(r for s in authors for r in people.restricted_for(s))
    may, must = _unexpanded(case, barred)
    for copy in copies.values():
        may |= copy.addresses
    return Outcome(
        verdict=Verdict.PERMIT,
        classes=frozenset({Class.OPEN}),
        copies=copies,
        must_arrive=direct,
        must_receive=frozenset(must),
        may_arrive=direct | may,
        never=barred - {p for k in direct for p in owners(people, k)},
        why=("law 3",),
    )


def _unexpanded(case: Case, barred: frozenset[str]) -> tuple[set[str], set[str]]:
    """Every group of the envelope goes to its leads, whoever its writer claimed to be."""
    case.redirected = [*case.redirected, *case.expanding]
    case.expanding = []
    return to_leads(case, barred)


def _served_writers(case: Case) -> frozenset[str]:
    """The service users among the writers, at an address where they are one."""
    found = set()
    for slot in case.slots:
        for person, contact in slot.persons:
            part = who.part_as_writer(person, contact, slot, False, case.today, case.ask)
            if part is Part.SERVED:
                found.add(person.id)
    return frozenset(found)


def _outsider_wrote(case: Case) -> Outcome:
    """A supporter, a professional or a stranger: delivered, recorded where it is in scope."""
    ask, people = case.ask, case.people
    supporter = Part.SUPPORTER in case.parts
    in_scope = supporter or bool(case.to.served or case.to.supporters)
    if not in_scope and (case.to.both or case.head.served or case.head.supporters):
        in_scope = ask.ask("both_softened") if case.to.both else ask.ask("header_only")
    if restricted_pairs(case):
        return held(case, Class.GUARDED, "a restricted person is named (d)")
    if in_scope and case.message.channel is Channel.INSTANT_MESSAGE:
        if ask.ask("im_not_to_served"):
            return stopped(case, Verdict.REFUSE, frozenset({Class.OPEN}), "instant message")
    left = any(people.persons[p].standing is not Standing.ACTIVE for p in case.writers)
    if left and (case.to.served or case.to.supporters) and ask.ask("suspended_other"):
        return held(case, Class.GUARDED, "the writer no longer acts")

    direct = frozenset(case.to.direct | case.to.confidential)
    may, must = _unexpanded(case, frozenset())
    if in_case_channel(case) or (supporter and sealed(case)):
        classes = frozenset({Class.SEALED})
    elif case.to.groups:
        classes = frozenset({Class.OPEN} if in_scope else {Class.OPEN, Class.OUT_OF_SCOPE})
    else:
        classes = frozenset({Class.OPEN if in_scope else Class.OUT_OF_SCOPE})
    return Outcome(
        verdict=Verdict.PERMIT,
        classes=classes,
        copies=dict.fromkeys((*case.to.served, *case.to.both), NOT_COPIED),
        must_arrive=direct,
        must_receive=frozenset(must),
        may_arrive=direct | may,
        untouched=not in_scope and not case.to.groups,
        why=("from outside the workforce",),
    )


def _only_watched(outcome: Outcome, case: Case) -> Outcome:
    """Shadow: no copy, nothing refused or held; a group's address may be left as it is."""
    people = case.people
    direct = {key(a) for a in case.message.recipients if key(a) not in people.group_at}
    wide = {key(a) for a in case.message.recipients}
    barred: frozenset[str] = frozenset()
    for group in case.to.groups:
        wide |= {key(c.address) for m in group.members for c in people.persons[m].contacts}
    may, _ = _unexpanded(case, barred)
    return replace(
        outcome,
        verdict=Verdict.PERMIT,
        copies=dict.fromkeys(outcome.copies, NOT_COPIED),
        must_reach=frozenset(),
        must_arrive=outcome.must_arrive if outcome.verdict is Verdict.PERMIT else frozenset(direct),
        must_receive=frozenset(),
        may_arrive=frozenset(wide | may),
        never=frozenset(),
        individual=False,
        would_be=outcome.verdict,
        why=(*outcome.why, "shadow"),
    )
