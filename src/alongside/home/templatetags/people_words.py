"""``{% load people_words %}``: the register's words as people say them."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

register = template.Library()

_WORDS = {
    "adult_participant": "adult participant",
    "safeguarding_lead": "safeguarding lead",
    "safeguarding_officer": "safeguarding officer",
    "deputy_officer": "deputy safeguarding officer",
    "other": "somebody else",
    "vetted": "Vetted until",
    "trained": "Trained until",
    "agreed": "Agreed to the rules on",
    "workforce": "for work",
    "participant": "for taking part",
    "both": "for work and for taking part",
    "shadow": "watching only",
    "teach": "teaching",
    "enforce": "in force",
}


@register.filter
def word(value: str) -> str:
    """One word of the register; what we have no better word for loses its underscores."""
    return _WORDS.get(value, value.replace("_", " "))


@register.filter
def words(values: Iterable[str]) -> str:
    """Several of them, with commas; the first letter is a capital."""
    said = ", ".join(word(value) for value in values)
    return said[:1].upper() + said[1:]


@register.filter
def listed(values: Iterable[str]) -> str:
    """Names, with commas."""
    return ", ".join(values)
