"""The decisions about a person in words: what is asked, what follows, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.policy.vocabulary import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A decision in words; ``{name}`` is who or what it is about."""

    title: str
    words: str = ""
    consequences: tuple[str, ...]
    done: str
    button: str = "Yes, do this"


STANDING: Mapping[Standing, Said] = {
    Standing.SUSPENDED: Said(
        title="Suspend {name}?",
        done="{name} is suspended.",
        consequences=(
            "They can’t sign in to Alongside.",
            "What they send waits for the safeguarding team.",
            "Groups and copies leave them out.",
            "Alongside does not tell them. Do so yourself when it is right.",
        ),
    ),
    Standing.LEFT: Said(
        title="Mark that {name} has left?",
        done="{name} has left.",
        consequences=(
            "They can’t sign in to Alongside any more.",
            "Groups and copies leave them out.",
            "Their messages and their history stay on the record.",
        ),
    ),
    Standing.ACTIVE: Said(
        title="Make {name} active again?",
        done="{name} is active again.",
        consequences=(
            "Groups and copies reach them again.",
            "If they could sign in before, they can again.",
            "From now on an import may change this.",
        ),
    ),
}
AT_RISK: Mapping[bool, Said] = {
    True: Said(
        title="Put an officer first for {name}?",
        words="For an adult who may be at risk. When a copy is needed, an officer gets it first.",
        consequences=("An officer comes first when a copy is needed.",),
        done="An officer now comes first for {name}.",
    ),
    False: Said(
        title="End “officer first” for {name}?",
        words="Do this when there is no reason any more to protect them more than others.",
        consequences=("An officer no longer comes first when a copy is needed.",),
        done="An officer no longer comes first for {name}.",
    ),
}
OBJECTION: Mapping[bool, Said] = {
    True: Said(
        title="Stop copies for {name}?",
        words="An adult may ask that nobody is copied. Talk with them first about what it means.",
        consequences=(
            "Nobody is copied when somebody writes to them.",
            "They can change their mind whenever they like.",
        ),
        done="Nobody is copied any more when somebody writes to {name}.",
    ),
    False: Said(
        title="Start copies for {name} again?",
        words="What they asked for ends, and somebody is alongside again.",
        consequences=("Messages to them are copied again.",),
        done="Messages to {name} are copied again.",
    ),
}
WORKS = Said(
    title="Does {name} work again?",
    words="Say so only if you have tried it, or if they told you.",
    consequences=(
        "It is written to again, and counts again when a copy is needed.",
        "If a message comes back once more, you see it here.",
    ),
    done="{name} is used again.",
)
RESTRICT = Said(
    title="Who may not reach {name}?",
    words="For example a parent with a court order against them, or a coach under inquiry.",
    consequences=(
        "Nothing that is written to {name} goes to {other}.",
        "A message between them waits for the safeguarding team.",
        "Alongside tells neither of them, nor anybody else.",
        "Only two people of the safeguarding team together can lift it.",
    ),
    done="{other} is kept apart from {name}.",
)
LIFT = Said(
    title="Ask to lift this restriction?",
    words="It stays until a second person of the safeguarding team agrees.",
    consequences=(
        "{other} stays kept apart from {name} until somebody else agrees.",
        "Whoever else may decide it sees your reason.",
    ),
    done="Somebody else of the safeguarding team has to agree now.",
    button="Yes, ask",
)
AGREE = Said(
    title="Lift this restriction?",
    consequences=(
        "{other} may be written to about {name} again, as anybody else.",
        "{other} gets no copies by this. That is a separate choice.",
    ),
    done="The restriction is lifted.",
    button="Yes, lift it",
)
DECLINE = Said(
    title="Keep this restriction?",
    consequences=("{other} stays kept apart from {name}.", "The request to lift it ends."),
    done="The restriction stays.",
    button="Yes, keep it",
)
