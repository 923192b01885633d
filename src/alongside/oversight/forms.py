"""What an officer is asked on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from alongside.web.forms import Form
from alongside.web.values import Choice

LONGEST = 2_000


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: nothing until somebody sends it."""
    return request.POST if request.method == "POST" else None


class Reason(Form):
    """Why: it is kept on the record."""

    reason = forms.CharField(
        label="Why?",
        help_text="This is kept on the record. The writer does not see it.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


class Close(Reason):
    """What was done about an exception."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = "What did you do about it?"
        self.fields["reason"].help_text = "This is kept on the record."
        self.fields["reason"].error_messages["required"] = "Say what you did about it"


class Read(Form):
    """Why somebody opens a message."""

    reason = forms.CharField(
        label="Why do you need to read it?",
        help_text="Your name, the time and this reason are kept on the record.",
        max_length=200,
        error_messages={"required": "Say why you need to read it"},
    )


class HandOver(Form):
    """To whom, and why."""

    to_person = forms.ChoiceField(
        label="Who is to decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is to decide"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="This is kept on the record.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to_person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = others


class Review(Form):
    """Was it right to send it at once?"""

    right = forms.ChoiceField(
        label="Was it right to send it at once?",
        choices=(
            ("yes", Choice("Yes", "It could not wait.")),
            ("no", Choice("No", "It should have waited.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    note = forms.CharField(
        label="What did you find, and what did you do?",
        help_text="This is kept on the record. You may leave it out if it was right.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("right") == "no" and not said.get("note"):
            self.add_error("note", "Say why it should have waited, and what you did")
        return said
