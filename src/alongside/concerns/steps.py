"""What can be done about a concern, each with its form: one page for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from alongside.access.actor import Person
from alongside.web.forms import Form

from . import api, forms
from .kinds import Body, Clock, Outcome

Do = Callable[[Person, str, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do: its form, the words around it, and the call."""

    title: str
    form: type[Form]
    button: str
    done: str
    do: Do
    intro: str = ""


def _decide(actor: Person, reference: str, said: Mapping[str, Any]) -> None:
    not_to = Clock(said["not_to"]) if said["not_to"] else None
    api.decide(actor, reference, said["text"], not_to=not_to)


def _evidence(actor: Person, reference: str, said: Mapping[str, Any]) -> None:
    for upload in said["file"]:
        api.add_evidence(actor, reference, upload, said["text"])


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "action": Step(
            title="Write down what was done",
            form=forms.Action,
            button="Add it",
            done="It is added.",
            do=lambda actor, ref, said: api.add_action(actor, ref, said["text"]),
        ),
        "decision": Step(
            title="Write down a decision",
            form=forms.Decision,
            button="Add the decision",
            done="The decision is added.",
            do=_decide,
        ),
        "referral": Step(
            title="Write down that you told somebody outside",
            form=forms.Referral,
            button="Add the referral",
            done="The referral is added.",
            intro="Ring first, then write it down here. Nothing is sent from this page. If "
            "somebody may be in danger now, ring 999. Before you speak to the person it is about, "
            "or look into it yourself, ask the LADO or the police.",
            do=lambda actor, ref, said: api.refer(actor, ref, Body(said["body"]), said["text"]),
        ),
        "clock": Step(
            title="Start a clock",
            form=forms.StartClock,
            button="Start the clock",
            done="The clock runs.",
            intro="Some bodies have to be told in time. The clock stops when you write down that "
            "you told them, or why you did not.",
            do=lambda actor, ref, said: api.start_clock(
                actor, ref, Clock(said["clock"]), said["text"], said["known_since"]
            ),
        ),
        "evidence": Step(
            title="Add a file",
            form=forms.Evidence,
            button="Add the file",
            done="The file is kept.",
            intro="It is kept as it came, with its fingerprint. Do not open, copy or send on a "
            "picture that may show the abuse of a child: ring 101, and keep the phone as it is.",
            do=_evidence,
        ),
        "outcome": Step(
            title="Say how it ended",
            form=forms.Conclude,
            button="Ask for sign-off",
            done="It waits for a second person with access to sign it off.",
            intro="A second person with access signs it off. Until then nothing can be added.",
            do=lambda actor, ref, said: api.conclude(
                actor, ref, Outcome(said["outcome"]), said["text"]
            ),
        ),
        "sign-off": Step(
            title="Sign it off",
            form=forms.SignOff,
            button="Save",
            done="It is saved.",
            do=lambda actor, ref, said: api.sign_off(
                actor, ref, said["text"], agreed=said["agreed"] == "yes"
            ),
        ),
        "reopen": Step(
            title="Open it again",
            form=forms.Reopen,
            button="Open it again",
            done="It is open again.",
            do=lambda actor, ref, said: api.reopen(actor, ref, said["text"]),
        ),
    }
)
