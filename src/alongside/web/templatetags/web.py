"""``{% load web %}``: how things are said on a page, and the components. The gallery shows each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from .. import moments
from ..pages import Sheet
from ..values import Card, Event, Fact, Table, Tone

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """ "Tuesday 4 March", with the year if it isn't this one."""
    return moments.day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """ "Tuesday 4 March, 6:40 pm", in local time."""
    return moments.moment(value) if value else ""


@register.filter
def ago(value: datetime | None) -> str:
    """ "3 hours ago", for machines as well as for people."""
    if not value:
        return ""
    at = moments.local(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="minutes"),
        moments.moment(value),
        moments.ago(value),
    )


@register.filter
def counted(number: int, word: str) -> str:
    """``{{ 4|counted:"message" }}``; an odd plural after a comma: ``"reply,replies"``."""
    one, _, many = word.partition(",")
    return moments.counted(number, one, many)


@register.filter
def nothing(value: object, words: str = "Not recorded") -> object:
    """The value, or in words that there is none: an empty cell leaves the reader guessing."""
    if value or value == 0:
        return value
    return format_html('<span class="web-nothing">{}</span>', words)


@register.inclusion_tag("web/components/button.html")
def button(
    text: str, href: str = "", kind: str = "", name: str = "", value: str = "", **more: Any
) -> dict[str, Any]:
    """``kind``: secondary, warning, quiet. ``about``: said after the text, to screen readers."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value, **more}


@register.inclusion_tag("web/components/tag.html")
def tag(text: str, tone: Tone = "quiet") -> dict[str, Any]:
    return {"text": text, "tone": tone}


@register.inclusion_tag("web/components/table.html")
def table(table: Table) -> dict[str, Any]:
    return {"table": table, "id": f"table-{slugify(table.caption)}"}


@register.inclusion_tag("web/components/pagination.html")
def pagination(sheet: Sheet[Any], word: str = "item") -> dict[str, Any]:
    one, _, many = word.partition(",")
    return {"sheet": sheet, "of": moments.counted(sheet.total, one, many)}


@register.inclusion_tag("web/components/back.html")
def back(href: str, text: str = "Back") -> dict[str, Any]:
    return {"href": href, "text": text}


@register.inclusion_tag("web/components/empty.html")
def empty(
    heading: str, words: str = "", action: str = "", href: str = "", level: int = 2
) -> dict[str, Any]:
    return {"heading": heading, "words": words, "action": action, "href": href, "level": level}


@register.inclusion_tag("web/components/cards.html")
def cards(cards: Iterable[Card], level: int = 2) -> dict[str, Any]:
    return {"cards": list(cards), "level": level}


@register.inclusion_tag("web/components/facts.html")
def facts(facts: Iterable[Fact], caption: str = "") -> dict[str, Any]:
    listed = list(facts)
    return {"facts": listed, "caption": caption, "acting": any(fact.url for fact in listed)}


@register.inclusion_tag("web/components/timeline.html")
def timeline(events: Iterable[Event], level: int = 3) -> dict[str, Any]:
    return {"events": list(events), "level": level}


@register.inclusion_tag("web/components/progress.html")
def progress(label: str, done: int, total: int, words: str = "") -> dict[str, Any]:
    return {"label": label, "done": done, "total": total, "words": words}


@register.inclusion_tag("web/components/confirm.html", takes_context=True)
def confirm(
    context: template.Context, heading: str, words: str, action: str, button: str, **more: Any
) -> dict[str, Any]:
    """``action``: where it posts. Also ``cancel_url``, ``consequences``, ``warning``, ``form``."""
    token = context.get("csrf_token")
    given = {"heading": heading, "words": words, "action": action, "button": button}
    return {"csrf_token": token, "cancel": "Cancel", **given, **more}


def _around(component: str, content: str, **given: Any) -> SafeString:
    return render_to_string(f"web/components/{component}.html", {"content": content, **given})


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    return _around("details", content, summary=summary, open=open)


@register.simple_block_tag
def notice(content: str, heading: str = "", tone: Tone = "info", level: int = 2) -> SafeString:
    return _around("notice", content, heading=heading, tone=tone, level=level)


@register.simple_block_tag
def panel(content: str, heading: str, id: str = "panel", level: int = 2) -> SafeString:
    """What changes inside is read out by screen readers, once it settles."""
    return _around("panel", content, heading=heading, id=id, level=level)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """Around a table written by hand: it scrolls, the page does not."""
    return _around("scroll", content, label=label)


@register.simple_block_tag
def actions(content: str, sticky: bool = False) -> SafeString:
    return _around("actions", content, sticky=sticky)


@register.simple_block_tag
def letter(
    content: str, writer: str, readers: str, when: datetime, subject: str = "", **more: Any
) -> SafeString:
    """Also ``ours``, ``channel``, ``notes`` (each with ``text`` and ``tone``), ``level``."""
    given = {"writer": writer, "readers": readers, "when": when, "subject": subject}
    return _around("letter", content, **given, **{"level": 2, **more})
