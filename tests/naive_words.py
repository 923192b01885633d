"""What the naive model answers, and what it had to leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from alongside.policy.vocabulary import Class, Exemption, Verdict

OPEN_QUESTIONS: Mapping[str, str] = {
    "also_reader_served": "a service user only also reads an address: are they written to? both",
    "parent_hat": "to a coach who is a parent, at no workforce hat: supporter or colleague? both",
    "uncategorised_local": "a known person of no category at a local address: workforce? both",
    "expander_unclear": "login, From and Sender only partly name somebody the group names: both",
    "unlisted_expander": "organisational address, but the group does not name the writer: refused, "
    "or to leads and officer as a stranger's",
    "young_leader_group": "a young leader whom the group does not name writes to it: workforce or "
    "child? both",
    "suspended_group": "somebody suspended writes to a group: held as if expanded, or treated as a "
    "stranger",
    "urgent_unclear": "declared urgent where login, From and Sender differ, or a lesser address is "
    "among them: emergency or not",
    "spoof_sender_only": "From is the one who signed in, and Sender (or a second From) is another "
    "of the workforce: both writers, or refused",
    "several_from": "several mailboxes in one From that names the workforce: held, or ordinary",
    "envelope_mailbox": "the envelope is a registered mailbox, From is somebody else: does the "
    "mailbox count as a writer?",
    "spoof_served": "From names the workforce, login or envelope a service user: refused (a spoof) "
    "or delivered (law 3)",
    "spoof_as_served": "the person From claims is a service user at that address: a spoof of the "
    "workforce or not",
    "spoof_out_of_scope": "a spoof, or a From of several, where no service user or supporter is "
    "involved: in scope and refused (hard case) or untouched (law 8)",
    "unreadable_local": "an unreadable From with an unknown local address: claims the workforce?",
    "unreadable_served": "an unreadable From claims the workforce and a service user is named too: "
    "held, or delivered (law 3)",
    "mixed_writers": "a service user and somebody else of the workforce both wrote: theirs (law 3; "
    "then still copied, law 1), or the workforce's",
    "adult_uncertain": "an adult participant's message marked uncertain: copied or not",
    "restricted_hat": "the service user stands in the message only at a workforce hat: does the "
    "restriction hold it? both",
    "restricted_own": "a young leader writes as workforce and names somebody restricted for "
    "themselves: held, or as law 3",
    "restricted_header": "an emergency whose header alone names a service user and somebody "
    "restricted for them: held or sent",
    "restricted_and_group": "somebody restricted is written to directly, the service user through "
    "a group: held, or either left out, or sent (separate envelopes)",
    "nobody_to_reach": "members of whom it is not sure that one can be reached: refused? both",
    "group_of_left_out": "a member is restricted for a member who is left out: left out too? both",
    "unsafe_emergency": "an emergency to an address that the service user shares with somebody "
    "restricted: sent (law 5) or dropped",
    "emergency_empty": "after dropping, an emergency reaches no service user but somebody else: "
    "sent or held",
    "emergency_concern": "an emergency in a concern's thread from outside the case: sent or held",
    "mailbox_readers": "a reader of the shared mailbox that wrote is suspended, lapsed or (group) "
    "restricted: does it count? both (law 2 always counts them)",
    "suspended_other": "a suspended or departed supporter, or outsider, writes: held or not",
    "gates_nobody": "gates when a group's every service user is left out: apply or not",
    "sealed_guarded": "a case channel's message that a restriction or suspension would hold: held "
    "or sealed",
    "case_mixed": "two writers, one of the case and one not, reach a service user: held or not",
    "own_child_gates": "gates when only the writer's own children are reached: apply or not",
    "own_child_adult": "own child: an adult child, a carer, or several writers: exempt or copied",
    "automatic_person": "a registered automatic From, but a person signed in or is in Sender or "
    "envelope, or Reply-To is no registered mailbox: exempt (the letter) or copied",
    "mailbox_to_both": "from a registered mailbox to a `both` hat: held, or a colleague's mail",
    "both_softened": "a `both` hat in teach, or not from the workforce: held, asked or sent copied",
    "third_party_unclear": "nobody is surely eligible but somebody may be (see naive_company): "
    "copied or refused",
    "role_in_envelope": "a role address in the envelope, none of whose readers is eligible, or "
    "whose readers nobody lists: guarded hold (the letter), or nothing",
    "unknown_household": "a text group whose households are not on record: two households or one",
    "to_oneself": "a service user who is also a writer is among the recipients: copied or not",
    "im_not_to_served": "instant messaging that reaches no service user, or that a service user or "
    "outsider wrote: refused (law 4), delivered (law 3), untouched (law 8)",
    "header_only": "a service user stands only in a header (a split envelope): in scope or not; "
    "a young leader counts as writing to them or not",
    "sealed_header": "to role-holders alone, but a header names somebody else: sealed or not",
    "sealed_holder": "a role address, or an office held by the organisation's list only, or not "
    "active: a safeguarding role-holder?",
    "sealed_case_served": "the workforce writes to a service user in the case channel of a "
    "concern: sealed without a copy (hard case) or copied (law 1)",
    "staff_group": "somebody the group does not name writes to a group without service users",
    "supporter_writer": "a coach who is a parent writes from a participant hat to colleagues: "
    "supporter's (recorded) or colleague's (untouched)",
}


class Undecided(Exception):
    """Nobody has answered this question yet."""


class Openings:
    """One way to answer what is open; the model is run once for each way."""

    def __init__(self, answers: Mapping[str, bool]) -> None:
        self.answers = answers

    def ask(self, question: str) -> bool:
        if question not in OPEN_QUESTIONS:
            raise KeyError(question)
        if question not in self.answers:
            raise Undecided(question)
        return self.answers[question]


class Need(Enum):
    """What becomes of the copy for one service user."""

    REQUIRED = "accepted first, or the message may not go (law 1)"
    WANTED = "made where somebody is eligible; the message goes anyway (laws 3 and 5)"
    OPTIONAL = "may be made"
    NONE = "is not made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The copy for one service user: whether, why not, who may be it, and where it may go."""

    need: Need
    exemption: Exemption | None = None
    persons: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    """Address keys: of those persons, and of mailboxes that they read."""


NOT_COPIED = Copy(need=Need.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One acceptable outcome. What may arrive counts only where the verdict is PERMIT."""

    verdict: Verdict
    classes: frozenset[Class]
    copies: Mapping[str, Copy] = field(default_factory=dict)
    """Service users who may be reached (or, law 3, who wrote) -> their copy."""
    must_reach: frozenset[str] = frozenset()
    """Service users among them who will be reached."""
    must_arrive: frozenset[str] = frozenset()
    """Address keys that the message must go to; with any verdict: confidential destinations."""
    must_receive: frozenset[str] = frozenset()
    """Persons who must get it at one of their addresses (a group's members, or its leads)."""
    may_arrive: frozenset[str] = frozenset()
    """Address keys that anything may go to, copies included: nothing goes anywhere else."""
    never: frozenset[str] = frozenset()
    """Persons at whose addresses nothing may arrive."""
    individual: bool = False
    """Each service user must get an envelope of their own (law 7)."""
    untouched: bool = False
    """Law 8."""
    would_be: Verdict = Verdict.PERMIT
    """In shadow: what enforce would have said. Otherwise the verdict."""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Every outcome that the documents allow; the properties take them together."""

    outcomes: tuple[Outcome, ...]
    asked: frozenset[str]
    """The open questions that this message runs into."""

    @property
    def verdicts(self) -> frozenset[Verdict]:
        return frozenset(o.verdict for o in self.outcomes)

    @property
    def classes(self) -> frozenset[Class]:
        return frozenset(c for o in self.outcomes for c in o.classes)

    @property
    def sure(self) -> Outcome:
        """The only outcome; an error when the documents leave more than one."""
        (only,) = self.outcomes
        return only

    def where(self, verdict: Verdict, klass: Class | None = None) -> tuple[Outcome, ...]:
        """The outcomes of this verdict and class."""
        return tuple(
            o
            for o in self.outcomes
            if o.verdict is verdict and (klass is None or klass in o.classes)
        )

    def third_parties(self, service_user: str) -> frozenset[str]:
        """Everybody whom some outcome accepts as the copy for this service user."""
        return frozenset(
            p
            for o in self.outcomes
            if service_user in o.copies
            for p in o.copies[service_user].persons
        )


def every_answer(judge: Callable[[Openings], Outcome]) -> Expectation:
    """Run the model with every combination of answers to the questions that it asks."""
    outcomes: list[Outcome] = []
    asked: set[str] = set()
    waiting: list[dict[str, bool]] = [{}]
    while waiting:
        answers = waiting.pop()
        try:
            outcome = judge(Openings(answers))
        except Undecided as undecided:
            question = str(undecided)
            asked.add(question)
            waiting += [answers | {question: False}, answers | {question: True}]
        else:
            if outcome not in outcomes:
                outcomes.append(outcome)
    return Expectation(outcomes=tuple(outcomes), asked=frozenset(asked))
