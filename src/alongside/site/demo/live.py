"""The live view: who wrote to whom, what was decided, and where each leg went, in order.

The gateway tells of a decision when its legs are under way, the sink of each message that arrives.
A leg that arrives first waits a moment for its decision, so that the story reads from the top.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import click

from alongside.mail.smtp.sink import Received
from alongside.policy import explain
from alongside.policy.address import key
from alongside.policy.decision import Decision
from alongside.policy.people import People, Person
from alongside.policy.vocabulary import Verdict

PATIENCE = 0.6
"""Seconds that a leg waits for its decision."""
_RECENT = 50
_COLOURS = {Verdict.PERMIT: "green", Verdict.HOLD: "yellow", Verdict.REFUSE: "red"}
_WORDS = {Verdict.PERMIT: "PERMITTED", Verdict.HOLD: "HELD", Verdict.REFUSE: "REFUSED"}
_INDENT = " " * 10


@dataclass(slots=True)
class _Story:
    """One decision that lets mail go: who may be copied, who is still to be written to, the legs so
    far."""

    reference: str
    copies: frozenset[str]
    routes: set[str]
    legs: int = 0


class Live:
    """``decided`` is the gateway's watcher, ``arrived`` the sink's; ``run`` shows what waits."""

    def __init__(self, people: People, *, say: Callable[[str], object]) -> None:
        self._people = people
        self._say = say
        self._waiting: deque[tuple[float, Received]] = deque()
        self._stories: deque[_Story] = deque(maxlen=_RECENT)
        self._above = ""
        """Reference of the decision that the last lines are about."""

    def decided(self, decision: Decision, reference: str) -> None:
        """Show the decision, and the legs of it that came first."""
        colour = _COLOURS[decision.verdict]
        word = click.style(f"{_WORDS[decision.verdict]:9}", fg=colour, bold=True)
        writers = _listed(self._name(w) for w in decision.writers) or "somebody unknown"
        written = dict.fromkeys(r.written for r in decision.routes)
        readers = _listed(self._whose(a) for a in written) or "nobody"
        self._say(f"{_clock()}  {word}  {writers} -> {readers}  [{reference}]")
        for line in self._reasons(decision):
            self._say(f"{_INDENT}{line}")
        self._above = reference
        if decision.verdict is not Verdict.PERMIT:
            return
        self._stories.append(
            _Story(
                reference=reference,
                copies=frozenset(key(t.address) for t in decision.third_parties if t.eligible),
                routes={key(r.address) for r in decision.routes},
            )
        )
        early, self._waiting = self._waiting, deque()
        for deadline, received in early:
            if self._story(received) is None:
                self._waiting.append((deadline, received))
            else:
                self._show(received)

    async def arrived(self, received: Received) -> None:
        """A message that the sink accepted."""
        self._waiting.append((asyncio.get_running_loop().time() + PATIENCE, received))

    async def run(self) -> None:
        """Show what nobody decided about, or what was decided long before. Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(PATIENCE / 4)
            while self._waiting and self._waiting[0][0] <= loop.time():
                self._show(self._waiting.popleft()[1])

    def _story(self, received: Received) -> _Story | None:
        """The newest decision that this leg can be of."""
        to = {key(r.address) for r in received.envelope.recipients}
        copy = _is_copy(received)
        return next(
            (s for s in reversed(self._stories) if to & (s.copies if copy else s.routes)), None
        )

    def _show(self, received: Received) -> None:
        envelope = received.envelope
        to = [r.address for r in envelope.recipients]
        story = self._story(received)
        if not envelope.sender:
            self._say(f"{_clock()}  notice     to {_listed(map(self._whose, to))}")
            self._above = ""
            return
        if story is None:
            readers = _listed(map(self._whose, to))
            self._say(f"{_clock()}  untouched  {self._whose(envelope.sender)} -> {readers}")
            self._above = ""
            return
        if story.reference != self._above:
            self._say(f"{_clock()}  of         [{story.reference}]")
            self._above = story.reference
        story.legs += 1
        what = click.style("copy", fg="cyan", bold=True) if _is_copy(received) else "mail"
        for address in to:
            story.routes.discard(key(address))
            self._say(f"{_INDENT}{story.legs}. {what} to {self._whose(address)}  <{address}>")

    def _reasons(self, decision: Decision) -> Iterable[str]:
        if decision.verdict is Verdict.HOLD:
            yield explain.HELD
            yield "an eligible officer sees why: `holds show`"
            return
        if decision.verdict is Verdict.REFUSE:
            for said in explain.for_writer(decision):
                yield f"{said.clause}: {said.reason} {said.fix}"
            return
        clauses = dict.fromkeys(f.clause for f in decision.findings if f.obligations)
        headings = (f"{c}, {explain.CLAUSES[c]}" for c in clauses)
        if clauses:
            yield f"because of {'; '.join(headings)}"
        for person, exemption in decision.exemptions:
            yield f"{self._name(person)}: {exemption.value.replace('_', ' ')}, so no copy"

    def _name(self, person: str) -> str:
        known = self._people.persons.get(person)
        return f"{known.name} ({_what(known)})" if known else person

    def _whose(self, address: str) -> str:
        found = self._people.at.get(key(address), ())
        if found:
            return " and ".join(self._name(person) for person, _ in found)
        group = self._people.group_at.get(key(address))
        if group:
            return f"group {self._people.groups[group].name or group}"
        mailbox = self._people.mailboxes.get(key(address))
        if mailbox is None:
            return address
        known = (self._people.persons.get(reader) for reader in mailbox.readers)
        readers = _listed(sorted(person.name for person in known if person))
        return f"the {mailbox.kind.value} mailbox of {readers}"


def _is_copy(received: Received) -> bool:
    """By the signed bounce address that every copy has as its envelope sender."""
    return received.envelope.sender.casefold().startswith("copy+")


def _what(person: Person) -> str:
    roles = sorted(role.value for role in person.roles)
    categories = sorted(category.value for category in person.categories)
    return ", ".join(word.replace("_", " ") for word in (roles or categories))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _clock() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
