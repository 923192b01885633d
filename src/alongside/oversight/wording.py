"""From what the desk knows to what its pages show: tables, cards and a time line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.urls import reverse

from alongside.access.waiting import Urgency
from alongside.web import moments
from alongside.web.values import Card, Cell, Column, Event, Fact, Table, Tone

from .emergencies import Emergency
from .exceptions import KINDS, Exceptional
from .holds import Ended, Happened, Held, Whole

NOBODY_YET = "Nobody yet"
_HAPPENED: dict[str, str] = {
    "released": "Released",
    "refused": "Refused",
    "handed_over": "Given to somebody to decide",
    "escalated": "Nobody decided in time",
    "read": "The message was read",
    "reviewed": "Looked back at",
    "closed": "An exception was closed",
    "bounced": "A copy came back",
    "notice": "A letter about it was sent",
    "account": "A letter about it was sent",
}
_DECIDED = {"permit": "Allowed", "hold": "Held", "refuse": "Stopped"}
_OUTCOMES = {
    "relayed": "Delivered",
    "delivered": "Delivered",
    "queued": "On its way",
    "deferred": "Could not be delivered yet",
    "failed": "Could not be delivered",
    "uncopied": "Not delivered, because the copy could not be",
    "in_doubt": "Not sure whether it was delivered",
}
_CHANNELS = {"email": "E-mail", "text": "Text message", "social": "Social site"}


def names(found: Sequence[str]) -> str:
    """In one line."""
    return ", ".join(found)


def hold_cards(holds: Iterable[Held], now: datetime) -> list[Card]:
    """One for each: they read well on a phone, where a table does not."""
    return [_hold_card(held, now) for held in holds]


def _hold_card(held: Held, now: datetime) -> Card:
    url = reverse("hold", args=[held.reference])
    if not held.eligible:
        words = "Others of the team decide this one."
        return Card(text=held.reference, url=url, action="See it", since=held.at, words=words)
    label, tone = urgency(held)
    who = f"{held.with_name} has it." if held.with_name else "Nobody has taken it on yet."
    due = f"{_time_left(held.due - now)} " if held.due else ""
    return Card(
        text=_from(held.writers, held.concerned),
        url=url,
        action="Decide",
        since=held.at,
        tone=tone,
        label=label,
        words=f"{held.reference}. {due}{who}",
    )


def _time_left(span: timedelta) -> str:
    if span <= timedelta(0):
        return "Its time is up."
    return f"Decide within {moments.length(span) or 'a minute'}."


def _from(writers: Sequence[str], others: Sequence[str]) -> str:
    wrote = f"From {names(writers)}" if writers else "From somebody we don’t know"
    return f"{wrote}, about {names(others)}" if others else wrote


def urgency(held: Held) -> tuple[str, Tone]:
    """A tag's words and colour; none where it is not urgent."""
    if held.escalated:
        return "Waited too long", "stop"
    if held.urgent:
        return "Urgent", "wait"
    return "", "quiet"


def decided_table(decided: Iterable[Ended]) -> Table:
    """The latest first."""
    words: dict[str, tuple[str, Tone]] = {
        "released": ("Released", "good"),
        "refused": ("Refused", "stop"),
    }
    columns = ("Reference", "About", "Decided", "By", "When")
    return Table(
        caption="Decided holds",
        columns=tuple(Column(text=text) for text in columns),
        rows=tuple(
            (
                Cell(each.reference, url=reverse("hold", args=[each.reference])),
                names(each.concerned),
                Cell("", label=words[each.kind][0], tone=words[each.kind][1]),
                each.by,
                moments.moment(each.at),
            )
            for each in decided
        ),
        hide_caption=True,
    )


def hold_facts(whole: Whole) -> list[Fact]:
    """What is known of one hold."""
    held = whole.held
    people = [Fact(label=part, value=found) for part, found in whole.people]
    since = [
        Fact(label="Reference", value=held.reference),
        Fact(label="Held since", value=moments.moment(held.at)),
    ]
    if not held.eligible:
        return since
    turn = []
    if held.due:
        turn.append(Fact(label="Decide by", value=moments.moment(held.due)))
    if held.state == "held":
        turn.append(Fact(label="Who has it", value=held.with_name or NOBODY_YET))
    by = Fact(label="Sent by", value=_CHANNELS.get(held.channel, held.channel))
    return [*people, by, *since, *turn]


def events(happened: Iterable[Happened]) -> list[Event]:
    """The time line of one message."""
    return [Event(when=each.at, title=_title(each), who=each.by) for each in happened]


def _title(each: Happened) -> str:
    if each.kind == "decided":
        return _DECIDED.get(each.verdict, "Looked at")
    if each.kind == "outcome":
        return _OUTCOMES.get(each.answer, "Dealt with")
    return _HAPPENED.get(each.kind, each.kind.replace("_", " ").capitalize())


def exceptions_table(found: Iterable[Exceptional], now: datetime) -> Table:
    """One line for each."""
    return Table(
        caption="Exceptions",
        columns=tuple(Column(text=text) for text in ("What", "About", "Waiting", "Reference")),
        rows=tuple(
            (
                Cell(each.kind.title, url=reverse("exception", args=[each.number])),
                names(each.concerned) or "Nobody we know",
                moments.ago(each.at, now),
                each.reference,
            )
            for each in found
        ),
        hide_caption=True,
    )


def exception_cards(found: Iterable[Exceptional]) -> list[Card]:
    """By kind, the urgent ones first, in the order of the table of kinds."""
    order = {code: n for n, code in enumerate(KINDS)}

    def place(each: Exceptional) -> tuple[int, int, str]:
        return each.kind.urgency, order.get(each.code, len(order)), each.code

    cards = []
    for _, group in groupby(sorted(found, key=place), key=place):
        same = sorted(group, key=lambda each: each.at)
        first = same[0]
        today = first.kind.urgency <= Urgency.TODAY
        one = len(same) == 1
        cards.append(
            Card(
                text=first.kind.title,
                words=first.kind.what,
                count=len(same),
                since=first.at,
                url=reverse("exception", args=[first.number])
                if one
                else f"{reverse('exceptions')}?kind={first.code}",
                action="Look at it" if one else "Look at them",
                tone="wait" if today else "quiet",
                label="Today" if today else "",
            )
        )
    return cards


def exception_facts(each: Exceptional) -> list[Fact]:
    """What is known of one exception."""
    return [
        Fact(label="Since", value=moments.moment(each.at)),
        Fact(label="About", value=names(each.concerned), nothing="Nobody we know"),
        *(Fact(label=label, value=words) for label, words in each.details),
        Fact(label="Reference", value=each.reference, nothing="None"),
    ]


def emergency_cards(found: Iterable[Emergency]) -> list[Card]:
    """One for each."""
    return [
        Card(
            text=_from(each.writers, each.served),
            url=reverse("emergency", args=[each.reference]),
            action="Look back",
            since=each.at,
            tone="stop" if each.late else "quiet",
            label="Late" if each.late else "",
            words=f"{each.reference}. Look at it by {moments.moment(each.due)}.",
        )
        for each in found
    ]


def emergency_facts(each: Emergency) -> list[Fact]:
    """What is known of one emergency."""
    return [
        Fact(label="From", value=names(each.writers)),
        Fact(label="For", value=names(each.served)),
        Fact(label="Who got the copy", value=names(each.copied), nothing="Nobody"),
        Fact(label="Sent", value=moments.moment(each.at)),
        Fact(label="To be looked at by", value=moments.moment(each.due)),
        Fact(label="Reference", value=each.reference),
    ]
