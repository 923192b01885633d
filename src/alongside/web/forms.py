"""Forms as our pages show them: Django's own, in our templates, with a summary of what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

_REQUIRED = forms.Field.default_error_messages["required"]


class Renderer(DjangoTemplates):
    """Finds Django's templates for the widgets and ours for the field and form around them."""

    field_template_name = "web/field.html"
    form_template_name = "web/form.html"
    formset_template_name = "web/formset.html"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to mend, and the id of the control where it is mended."""

    text: str
    target: str


def error_summary(form: forms.BaseForm) -> list[Wrong]:
    """All errors of a form in the order of its fields; those of the form as a whole come first.

    What belongs to no field leads to the first one: there is always somewhere to go.
    """
    if not form.is_bound or not form.errors:
        return []
    shown = form.visible_fields()
    first = target(shown[0]) if shown else ""
    found = [Wrong(str(text), first) for text in form.non_field_errors()]
    for field in form.hidden_fields():
        found += [Wrong(f"{field.label}: {text}", first) for text in field.errors]
    for field in shown:
        found += [Wrong(text, target(field)) for text in said(field)]
    return found


def said(field: BoundField) -> list[str]:
    """A field's errors. "This field is required", eight times over, would help nobody, so what is
    missing is named; a form that has words of its own for it keeps them."""
    errors = field.form.errors.as_data().get(field.name, [])
    return [
        missing(field) if error.code == "required" and error.message == _REQUIRED else str(text)
        for error, text in zip(errors, field.errors, strict=True)
    ]


def missing(field: BoundField) -> str:
    """How to mend it, whatever the label: a noun, a sentence or a question."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return f"Choose at least one under “{field.label}”"
    if isinstance(widget, forms.RadioSelect | forms.Select):
        return f"Choose an answer under “{field.label}”"
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{field.label}” to go on"
    if isinstance(widget, forms.FileInput):
        return f"Choose a file under “{field.label}”"
    return f"Fill in “{field.label}”"


def target(field: BoundField) -> str:
    """The control itself; of a group the first box, where the keyboard can go on."""
    if not field.auto_id:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"


class Form(forms.Form):
    """The browser's own bubbles are left out: they vanish, and screen readers miss them."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def error_summary(self) -> Sequence[Wrong]:
        return error_summary(self)


class DayInput(forms.DateInput):
    """The browser's calendar. It wants ISO dates, whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            attrs={"class": "govuk-input--width-10", **(attrs or {})}, format="%Y-%m-%d"
        )


class DayField(forms.DateField):
    """A day, picked or typed as people here write it."""

    widget = DayInput
    default_error_messages = {"invalid": "Enter a date, such as 27/3/2026"}  # noqa: RUF012
    input_formats = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
