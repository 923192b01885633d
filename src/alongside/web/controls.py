"""How a form's field becomes a control: which kind it is, and the classes and ids it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from .values import Choice

Kind = Literal["group", "checkbox", "password", "select", "textarea", "file", "input", "other"]

_CLASSES: dict[Kind, str] = {
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "web-file",
    "input": "govuk-input",
    "checkbox": "govuk-checkboxes__input",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One radio or checkbox of a group."""

    control: str
    id: str
    label: str
    hint: str


def kind(field: BoundField) -> Kind:
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], Kind], ...] = (
        (forms.RadioSelect, "group"),
        (forms.CheckboxInput, "checkbox"),
        (forms.PasswordInput, "password"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
        (Input, "input"),
    )
    return next((name for base, name in kinds if isinstance(widget, base)), "other")


def family(field: BoundField) -> str:
    """Radios and boxes look alike in all but their class."""
    several = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    return "checkboxes" if several or kind(field) == "checkbox" else "radios"


def limit(field: BoundField) -> int | None:
    """How many characters a textarea takes, so that the page can count them."""
    longest = getattr(field.field, "max_length", None)
    return longest if kind(field) == "textarea" else None


def control(field: BoundField) -> SafeString:
    """The widget with its classes; Django ties hint and error to it by itself."""
    what = kind(field)
    widget = field.field.widget
    classes = [_CLASSES.get(what, ""), str(widget.attrs.get("class", ""))]
    if what == "textarea" and limit(field):
        classes.append("govuk-js-character-count")
    if field.errors and what in {"input", "password", "select", "textarea"}:
        classes.append(f"govuk-{'input' if what == 'password' else what}--error")
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if what == "textarea":
        attrs["rows"] = str(widget.attrs.get("rows", "5"))
        if limit(field):
            attrs["aria-describedby"] = f"{field.aria_describedby or ''} {_info(field)}".strip()
    if what == "password" or getattr(widget, "input_type", "") in {"email", "url"}:
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    return field.as_widget(attrs=dict(attrs))


def boxes(field: BoundField) -> list[Box]:
    """The group's radios or checkboxes. The one at fault is the group: its fieldset says so."""
    made = []
    for widget in field.subwidgets:
        attrs = widget.data["attrs"]
        attrs["class"] = f"govuk-{family(field)}__input"
        attrs.pop("aria-invalid", None)
        label = widget.choice_label
        hint = label.hint if isinstance(label, Choice) else ""
        if hint:
            attrs["aria-describedby"] = f"{attrs['id']}_hint"
        made.append(Box(widget.tag(), attrs["id"], str(label), hint))
    return made


def layout(field: BoundField) -> str:
    """A class on a group's widget is the group's: ``govuk-radios--inline``, ``--small``."""
    return str(field.field.widget.attrs.get("class", ""))


def _info(field: BoundField) -> str:
    return f"{field.auto_id}-info"
