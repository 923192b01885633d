"""The judge of one message of the archive: the decision point of the gateway, on its day.

Addresses come first: most mail is of other people or of no service user, and of it nothing but its
digest is worked out. The text is read only where the workforce wrote to a service user or
supporter.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from alongside.enforcement.known import known_for
from alongside.policy.content import is_read
from alongside.policy.decide import decide
from alongside.policy.facts import Writer
from alongside.policy.people import People
from alongside.policy.register import SignatureStanding
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Mode
from alongside.scan.known import Known

from .letter import Letter, digest, open_letter
from .past import Days, as_it_was
from .rows import Contact, Finding, Judgement, Raw, Result, Seen, Unreadable, What
from .scope import Scope, Within
from .wrongs import Case, contacts, findings, unknown_in, writers_of

log = logging.getLogger("alongside.archive")

LONGEST_EXCERPT = 200
"""Characters of what was seen that a finding keeps."""
Read = Callable[[bytes, Known, bool, frozenset[str]], tuple[list[Seen], list[str]]]
"""Octets, what is known, whether it is a reply, approved signatures -> what was seen, and what
could not be read."""
Judge = Callable[[Raw], Result]


@dataclass(frozen=True, slots=True)
class Factory:
    """Makes a judge; goes to each worker, so it can be pickled."""

    people: People
    rulebook: Rulebook
    scope: Scope
    attachments: bool = True

    def __call__(self) -> Judge:
        from .reader import Reader

        return Bench(self.people, self.rulebook, self.scope, Reader(self.attachments).read).judge


def factory(
    people: People, rulebook: Rulebook, scope: Scope, *, attachments: bool = True
) -> Factory:
    """A factory of judges for this register, rulebook and scope.

    ``attachments``: whether attached files are opened, each in a child process.
    """
    # Without what the snapshot has worked out so far: it would be sent to every worker.
    return Factory(replace(people), rulebook, scope, attachments)


class Bench:
    """Judges messages one after the other."""

    def __init__(self, people: People, rulebook: Rulebook, scope: Scope, read: Read) -> None:
        then = as_it_was(people)
        self._days = Days(then)
        self._people = then
        self._rulebook = rulebook.with_modes(Mode.ENFORCE)
        self._within = Within.of(scope, then, rulebook.zone)
        self._read = read

    def judge(self, raw: Raw) -> Result:
        """What is to be said of it. Never raises: what can't be judged is unreadable."""
        try:
            return self._judge(raw)
        except Exception as error:  # INVARIANT: no message is undecided in silence
            log.error("`%s` at `%s` was not judged: %s", raw.file, raw.place, type(error).__name__)
            return _unreadable(raw, "not_a_message", type(error).__name__)

    def _judge(self, raw: Raw) -> Result:
        letter = open_letter(raw.octets)
        if letter is None:
            return _unreadable(raw, "not_a_message", "there is no header field in it")
        if not (letter.authors or letter.senders or letter.returns):
            return _unreadable(raw, "no_writer", "neither From nor Sender names an address")
        if letter.at is None:
            return _unreadable(raw, "no_date", "neither Date nor Received says when it was written")
        fingerprint = digest(letter)
        plain = Judgement(
            file=raw.file,
            place=raw.place,
            message_id=letter.message_id or f"<{fingerprint[:32]}@no-message-id.invalid>",
            digest=fingerprint,
            at=letter.at,
            in_scope=False,
            judged=False,
        )
        if not self._within.in_scope(letter.everybody, letter.at):
            return plain
        return self._decided(letter, letter.at, replace(plain, in_scope=True))

    def _decided(self, letter: Letter, at: datetime, plain: Judgement) -> Judgement:
        today = at.astimezone(UTC).date()
        people = self._days.on(today)
        message = letter.message(people, at)
        decision = decide(message, people, self._rulebook)
        unknown = tuple(unknown_in(decision, message, people))
        facts = decision.facts
        if not decision.in_scope or facts is None:
            wrote, address = writers_of(message, people)[0]
            return replace(plain, unknown=unknown, writer=wrote, writer_address=address)
        writers = writers_of(message, people)
        case = Case(
            message=message,
            decision=decision,
            facts=facts,
            people=people,
            rulebook=self._rulebook,
            writers=writers,
            returns=letter.returns,
        )
        found = [*findings(case)]
        unread: tuple[str, ...] = ()
        if is_read(facts) and not case.sealed:
            seen, unread = self._sightings(letter, case)
            found += _as_findings(seen, case)
        first = decision.service_users if facts.writer is Writer.SERVICE_USER else ()
        by = (first[0], next(iter(message.authors), "")) if first else writers[0]
        return replace(
            plain,
            judged=True,
            findings=tuple(found),
            contacts=_once(contacts(case)),
            unread=unread,
            unknown=() if case.sealed else unknown,
            writer=by[0],
            writer_address=by[1],
        )

    def _sightings(self, letter: Letter, case: Case) -> tuple[list[Seen], tuple[str, ...]]:
        local = case.message.at.astimezone(self._rulebook.zone).date()
        try:
            known = known_for(case.decision, case.people, local)
            approved = approved_signatures(case)
            seen, unread = self._read(letter.octets, known, letter.is_reply, approved)
        except Exception as error:
            # What the addresses say stands; that the text was not read is said beside it. The
            # words may hold what somebody wrote: the log gets the error's type.
            log.error("a text could not be read: %s", type(error).__name__)
            return [], ("text: broken",)
        return seen, tuple(unread)


def approved_signatures(case: Case) -> frozenset[str]:
    """Keys of the signatures that the organisation has approved for whoever wrote."""
    return frozenset(
        s.key
        for p in case.decision.writers
        for s in case.people.persons[p].signatures
        if s.standing is SignatureStanding.APPROVED
    )


def _as_findings(seen: Iterable[Seen], case: Case) -> list[Finding]:
    service_user = next(iter(case.decision.service_users), "")
    told = [
        r.written for r in case.decision.routes if r.service_users or str(r.part) == "supporter"
    ]
    return [
        Finding(
            what=What.SIGHTING,
            clause=clause,
            writer=person,
            writer_address=address,
            service_user=service_user,
            address=next(iter(told), ""),
            type=type_,
            confidence=confidence,
            excerpt=excerpt[:LONGEST_EXCERPT],
        )
        for type_, clause, confidence, excerpt in seen
        for person, address in case.writers
    ]


def _once(found: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(dict.fromkeys(found))


def _unreadable(raw: Raw, why: str, detail: str) -> Unreadable:
    return Unreadable(file=raw.file, place=raw.place, why=why, detail=detail)
