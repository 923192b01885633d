"""One case of a clause: a message, what becomes of it, and the sentence that the manual says.

A test asks ``tell(title, message)`` and claims what must come of it: ``sent``, ``arrives``,
``held``, ``refused``, ``passes``. The sentence is made from the decision, never from the claim, so
that the manual can't say what is not so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.enforcement.fulfil import plan_of
from alongside.enforcement.known import known_for
from alongside.enforcement.learning import Learned
from alongside.enforcement.reading import what_counts
from alongside.enforcement.values import Answer, Judged, Parcel, Words
from alongside.mail.replies import reply_to
from alongside.policy import explain
from alongside.policy.decide import decide, wants_reading, with_reading
from alongside.policy.decision import Decision, Finding, Nature
from alongside.policy.facts import Unread
from alongside.policy.message import Message
from alongside.policy.obligations import Obligation, Warn
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook
from alongside.policy.rulebook_file import load
from alongside.policy.vocabulary import Channel, Class, Exemption, Mode, Verdict
from alongside.scan.reading import plain
from alongside.scan.scan import scan
from tests.world import CONFIDENTIAL, PEOPLE, mail

from . import words

SHIPPED = load("online-safeguarding").with_confidential(*CONFIDENTIAL)
SECTOR = load("sector-guidance").with_confidential(*CONFIDENTIAL)
CONTACT = "safeguarding@charity.example"
REFERENCE = "A7K3-9QXM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One case with its decision. Each claim returns the case, so that more can be claimed."""

    title: str
    message: Message
    people: People
    decision: Decision
    owed: Mapping[str, tuple[str, ...]]
    """Service user -> who can be the copy, best first: person ids, or a mailbox's address."""
    words: Words = field(default_factory=Words)
    """What the reader saw in what was written."""

    @property
    def sentence(self) -> str:
        return words.outcome(self.decision, self.people)

    def sent(
        self,
        *,
        copy: str | Mapping[str, str | None] | None = None,
        cites: str,
        reason: str = "copied",
        uncopied: Exemption | None = None,
    ) -> Told:
        """Permitted. ``copy``: whom the first copy goes to, for all or for each service user."""
        self._is(Verdict.PERMIT)
        self._says(cites, reason)
        found = dict(self.decision.exemptions)
        assert set(found.values()) == ({uncopied} if uncopied else set()), found
        first = {s: ranking[0] if ranking else None for s, ranking in self.owed.items()}
        if isinstance(copy, str):
            assert set(first.values()) == {copy}, self.owed
        else:
            assert first == dict(copy or {}), self.owed
        return self

    def arrives(self, *, copy: str | None = None, sealed: bool = False) -> Told:
        """What a service user or supporter writes: delivered, and copied or not."""
        self._is(Verdict.PERMIT)
        assert (self.decision.klass is Class.SEALED) is sealed
        assert {r[0] for r in self.owed.values() if r} == ({copy} if copy else set()), self.owed
        return self

    def refused(self, *, cites: str, reason: str, fix: str) -> Told:
        """Refused, and the reply names clause, reason, mend and the contact (P5)."""
        self._is(Verdict.REFUSE)
        finding = self._says(cites, reason)
        assert finding.verdict is Verdict.REFUSE and finding.fix == fix, finding
        said = self.reply
        assert said.startswith("550")
        assert CONTACT in said
        assert cites in said and explain.REASONS[reason] in said and explain.FIXES[fix] in said
        return self

    def held(self, *, cites: str, reason: str, guarded: bool = False) -> Told:
        """Held; the reply says nothing of the cause."""
        self._is(Verdict.HOLD)
        self._says(cites, reason)
        assert (self.decision.klass is Class.GUARDED) is guarded
        assert self.reply == HELD
        return self

    def passes(self, klass: Class = Class.OUT_OF_SCOPE) -> Told:
        """No service user and no supporter in it: untouched, and not on the record (law 8)."""
        self._is(Verdict.PERMIT)
        assert self.decision.klass is klass, self.decision.klass
        return self

    def advises(self, cites: str, reason: str) -> Told:
        """Says this besides, and asks nothing."""
        assert self._says(cites, reason).advice
        return self

    def warned(self, *, cites: str, reason: str) -> Told:
        """Sent, and the writer is told what was seen in it."""
        self._is(Verdict.PERMIT)
        self._says(cites, reason)
        assert Warn(reason) in self.decision.obligations, self.decision.obligations
        return self

    def clean(self) -> Told:
        """Sent, and nothing is said of what was written."""
        self._is(Verdict.PERMIT)
        seen = [f for f in self.decision.findings if f.nature is Nature.CONTENT]
        assert not seen and not self.words.sightings, (seen, self.words.sightings)
        return self

    def clean_of(self, clause: str) -> Told:
        """Sent, and this clause has nothing to say of it."""
        self._is(Verdict.PERMIT)
        assert clause not in {f.clause for f in self.decision.findings}
        return self

    def owes(self, obligation: Obligation) -> Told:
        """This must be done, besides or before."""
        assert obligation in self.decision.obligations, self.decision.obligations
        return self

    def never_copies(self, *persons: str) -> Told:
        """None of these may be the third party of anybody in it."""
        copied = {p for ranking in self.owed.values() for p in ranking}
        assert copied.isdisjoint(persons), copied
        return self

    def reaches(self, *addresses: str) -> Told:
        """Goes to these addresses, the copy aside, and to no other."""
        assert {r.address for r in self.decision.routes} == set(addresses)
        return self

    def would_be(self, verdict: Verdict) -> Told:
        """In shadow: what it would have been."""
        assert self.decision.would_be is verdict
        return self

    @property
    def reply(self) -> str:
        """What the writer's mail program shows."""
        kind = {Verdict.REFUSE: "refused", Verdict.HOLD: "held"}[self.decision.verdict]
        parcel = Parcel(message=self.message, content=b"", fingerprint="")
        judged = Judged(
            parcel=parcel, decision=self.decision, reference=REFERENCE, words=self.words
        )
        answer = Answer(kind=kind, reference=REFERENCE, judged=judged)
        return reply_to(answer, contact=CONTACT).octets.decode()

    def _is(self, verdict: Verdict) -> None:
        assert self.decision.verdict is verdict, self.sentence

    def _says(self, cites: str, reason: str) -> Finding:
        found = [f for f in self.decision.findings if (f.clause, f.reason) == (cites, reason)]
        assert found, [(f.clause, f.reason) for f in self.decision.findings]
        return found[0]


HELD = f"250 2.0.0 held for the safeguarding team, reference {REFERENCE}\r\n"


@dataclass(slots=True)
class Teller:
    """What a clause test is given: it decides each case and remembers it for the manual."""

    told: list[Told] = field(default_factory=list)

    def __call__(
        self,
        title: str,
        message: Message,
        *,
        people: People = PEOPLE,
        rulebook: Rulebook = SHIPPED,
        mode: Mode = Mode.ENFORCE,
        wrote: str | None = None,
    ) -> Told:
        book = rulebook.with_modes(mode)
        decision = decide(message, people, book)
        words = Words()
        if wrote is not None and wants_reading(decision):
            words, decision = read(wrote, decision, people, book, message)
        case = Told(
            title=title,
            message=message,
            people=people,
            decision=decision,
            owed=owed(decision),
            words=words,
        )
        self.told.append(case)
        return case


def read(
    wrote: str, decision: Decision, people: People, rulebook: Rulebook, message: Message
) -> tuple[Words, Decision]:
    """The decision with what stands in these words."""
    today = message.at.astimezone(rulebook.zone).date()
    reading = plain(wrote)
    sightings = scan(reading, known_for(decision, people, today))
    seen = what_counts(sightings, Learned.UNKNOWN)
    return Words(sightings=sightings), with_reading(decision, seen, Unread.NOTHING, rulebook)


def owed(decision: Decision) -> dict[str, tuple[str, ...]]:
    """Service user -> the candidates for the copy that is owed, best first."""
    if decision.verdict is not Verdict.PERMIT:
        return {}
    return {
        need.service_user: tuple(t.person or t.address for t in need.candidates)
        for need in plan_of(decision).needs
    }


CARLA_PHONE, CARL_PHONE, OWEN_PHONE = "+447700900001", "+447700900002", "+447700900003"
CHLOE_PHONE, MARY_PHONE = "+447700900010", "+447700900011"


def text(from_: str, *to: str, **changes: Any) -> Message:
    """A text from one number to others."""
    return mail(from_, *to, channel=Channel.TEXT, **changes)


def chat(from_: str, *to: str, **changes: Any) -> Message:
    """An instant message."""
    return mail(from_, *to, channel=Channel.INSTANT_MESSAGE, **changes)


def post(from_: str, *to: str, **changes: Any) -> Message:
    """A private message on a social site."""
    return mail(from_, *to, channel=Channel.SOCIAL, **changes)
