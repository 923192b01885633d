"""``{% load web_forms %}``: what the templates of a form ask about its fields."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from .. import controls, forms

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    return controls.control(field)


@register.filter
def kind(field: BoundField) -> str:
    return controls.kind(field)


@register.filter
def family(field: BoundField) -> str:
    return controls.family(field)


@register.filter
def boxes(field: BoundField) -> list[controls.Box]:
    return controls.boxes(field)


@register.filter
def layout(field: BoundField) -> str:
    return controls.layout(field)


@register.filter
def limit(field: BoundField) -> int | None:
    return controls.limit(field)


@register.filter
def optional(field: BoundField) -> bool:
    """Said of what one may leave out; a single box is never anything else."""
    return not field.field.required and controls.kind(field) != "checkbox"


@register.filter
def said(field: BoundField) -> list[str]:
    return forms.said(field)


@register.filter
def wrongs(form: Any) -> list[forms.Wrong]:
    """What a page has to list at its top: of one form, or of several."""
    if isinstance(form, BaseForm):
        return forms.error_summary(form)
    if isinstance(form, list | tuple):
        return [wrong for one in form for wrong in wrongs(one)]
    return []
