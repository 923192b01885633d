"""What our own messages say. Short words, one thing at a time, nothing of the message itself.

Subjects are neutral: they stand on lock screens and in shared mailboxes (pitfall 13). A letter
about a hold is the same for every cause (law 15).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from alongside.policy.explain import Sentence

from .own import Letter

DANGER = "If someone is in danger now, phone 999."


def held(*, to: str, reference: str, at: datetime, answers: str = "", when: str = "") -> Letter:
    """To the writer: it waits. For every cause alike."""
    return Letter(
        to=to,
        subject=f"Your message is waiting: {reference}",
        paragraphs=(
            f"Your message{when} has not been sent yet.",
            "It is held for the safeguarding team. Someone will read it and decide.",
            "You do not need to do anything. Please do not send it again.",
            DANGER,
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="held",
        at=at,
        answers=answers,
    )


def released(*, to: str, reference: str, at: datetime, answers: str = "") -> Letter:
    """To the writer: the safeguarding team let it go."""
    return Letter(
        to=to,
        subject=f"Your message has been sent: {reference}",
        paragraphs=(
            "Your message was held for the safeguarding team. It has now been sent.",
            "You do not need to do anything.",
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="released",
        at=at,
        answers=answers,
    )


def hold_refused(*, to: str, reference: str, at: datetime, answers: str = "") -> Letter:
    """To the writer: the safeguarding team did not let it go. For every cause alike."""
    return Letter(
        to=to,
        subject=f"Your message was not sent: {reference}",
        paragraphs=(
            "Your message was held for the safeguarding team. It will not be sent.",
            "Please do not send it again. The safeguarding team can tell you what to do next.",
            DANGER,
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="hold-refused",
        at=at,
        answers=answers,
    )


About = Callable[[str], Iterable[str]]
"""From a reason's code to sentences that quote what it is about."""


def _said(sentences: Sequence[Sentence], about: About) -> list[str]:
    paragraphs: list[str] = []
    for s in sentences:
        paragraphs.append(f"{s.reason} This is rule {s.clause}: {s.heading}.")
        paragraphs += about(s.code)
        if s.fix:
            paragraphs.append(f"What to do: {s.fix}")
    return paragraphs


def _nothing(code: str) -> Iterable[str]:
    return ()


def warned(
    said: Sequence[Sentence],
    *,
    to: str,
    reference: str,
    at: datetime,
    answers: str = "",
    about: About = _nothing,
) -> Letter:
    """To the writer: it went, and what to do differently another time."""
    return Letter(
        to=to,
        subject=f"About your message: {reference}",
        paragraphs=(
            "Your message is on its way. Please read this before you write again.",
            *dict.fromkeys(_said(said, about)),
            "If this is wrong, please tell us. Computers make mistakes.",
            DANGER,
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="warned",
        at=at,
        answers=answers,
    )


def refused(
    said: Sequence[Sentence],
    *,
    to: str,
    reference: str,
    at: datetime,
    answers: str = "",
    about: About = _nothing,
) -> Letter:
    """To the writer: the clause, why, and what to do instead. Open causes only."""
    paragraphs = _said(said, about)
    return Letter(
        to=to,
        subject=f"Your message was not sent: {reference}",
        paragraphs=(
            "Your message was not sent. The online safeguarding policy does not allow it.",
            *dict.fromkeys(paragraphs),
            DANGER,
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="refused",
        at=at,
        answers=answers,
    )


def overdue(*, to: str, reference: str, at: datetime, waiting_hours: int) -> Letter:
    """To whoever a hold goes on to: it waits too long. Says neither who nor why."""
    return Letter(
        to=to,
        subject=f"A message is still waiting: {reference}",
        paragraphs=(
            f"A message has been held for {waiting_hours} hours and nobody has decided about it.",
            f"Please look at it today: alongside holds show {reference}",
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="overdue",
        at=at,
        replied=False,
    )


def alarm(*, to: str, reference: str, at: datetime) -> Letter:
    """To the lead: an emergency was declared. Nothing of its content, and no names."""
    return Letter(
        to=to,
        subject=f"Please look now: {reference}",
        paragraphs=(
            "Someone has just sent a message as an emergency.",
            "It has gone out at once. Please look at it now, and again within 24 hours.",
            DANGER,
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="alarm",
        at=at,
        replied=False,
    )


def copies_begin(*, to: str, reference: str, at: datetime) -> Letter:
    """To somebody who will get copies: what they are, and what to do with them."""
    return Letter(
        to=to,
        subject="About the copies you will get",
        paragraphs=(
            "You will get copies of some of our messages. You do not need to answer them.",
            "They are sent so that no adult is ever alone in a conversation with a child.",
            "If anything in a copy worries you, tell us. A small worry is enough.",
            DANGER,
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="copies-begin",
        at=at,
        replied=False,
    )
