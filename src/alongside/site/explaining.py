"""One decision, put into plain values for whoever asks (``alongside decide``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from alongside.access.actor import Person
from alongside.access.checks import Item, can_oversee
from alongside.policy import explain as words
from alongside.policy.decide import decide
from alongside.policy.decision import Decision
from alongside.policy.message import Message
from alongside.policy.obligations import Inform, Obligation, Review
from alongside.policy.people import People
from alongside.policy.vocabulary import Channel

from .config import Config
from .wiring import rulebook, snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody might write, to whom, how."""

    channel: Channel
    sender: str
    recipients: tuple[str, ...]
    urgent: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The decision, as far as this viewer may see it."""

    decision: Decision
    officer: bool
    """Whether the viewer is an eligible officer, who sees all of it."""

    def as_json(self) -> dict[str, Any]:
        """The keys of the command's contract, in their order; reasons and fixes as codes."""
        decision = self.decision
        exemptions = dict.fromkeys(str(e) for _, e in decision.exemptions)
        return {
            "verdict": decision.verdict.word,
            "class": words.shown_class(decision, officer=self.officer),
            "exemption": ",".join(exemptions) or None,
            "findings": [
                {"rule": f.rule, "clause": f.clause, "reason": f.reason, "fix": f.fix}
                for f in words.shown_findings(decision, officer=self.officer)
            ],
            "obligations": [self._obligation(o) for o in self.obligations()],
            "third_parties": [
                {
                    "person": t.person or t.address,
                    "kind": str(t.kind),
                    "eligible": t.eligible,
                    "why": t.why,
                }
                for t in words.shown_third_parties(decision, officer=self.officer)
            ],
            "rulebook": decision.rulebook,
            "version": decision.version,
        }

    def obligations(self) -> tuple[Obligation, ...]:
        """To others than an officer, neither a hold's nor those that only the officer hears of."""
        if self.officer:
            return self.decision.obligations
        if self.decision.verdict.word == "hold":
            return ()
        return tuple(o for o in self.decision.obligations if not isinstance(o, Inform | Review))

    def _obligation(self, obligation: Obligation) -> dict[str, Any]:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(obligation).__name__).lower()
        told: dict[str, Any] = {"obligation": name}
        for field in fields(obligation):
            value = getattr(obligation, field.name)
            if field.name == "service_user":
                value = self.decision.service_users[value]
            elif isinstance(value, frozenset):
                value = sorted(str(v) for v in value)
            told[field.name] = value
        return told


def explain(config: Config, question: Question, at: datetime, viewer: Person | None) -> Explained:
    """Judge as the gateway would, a message that its writer handed over properly.

    Raises ``InvalidRulebook`` and ``sqlite3.Error``.
    """
    people = snapshot(config)
    message = Message(
        channel=question.channel,
        at=at,
        recipients=question.recipients,
        envelope_from=question.sender,
        authors=(question.sender,),
        named=question.recipients,
        login=question.sender,
        trusted=True,
        urgent=question.urgent,
        reason=question.reason,
    )
    decision = decide(message, people, rulebook(config))
    return Explained(
        decision=decision, officer=viewer is not None and _may(viewer, decision, people)
    )


def _may(viewer: Person, decision: Decision, people: People) -> bool:
    about = {*decision.writers, *decision.service_users}
    for service_user in decision.service_users:
        about |= people.restricted_for(service_user)
    about |= {p for r in decision.routes for p in r.persons if r.part.value == "supporter"}
    return can_oversee(viewer, Item(organisation=decision.organisation, about=frozenset(about)))
