"""What the pages of people ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from alongside.access.actor import Person
from alongside.people import api as people
from alongside.policy.vocabulary import Category, Standing
from alongside.web.forms import Form
from alongside.web.values import Choice

from ..templatetags.people_words import words

ELSE = "somebody else"
"""No id is spelt like this: ids hold no spaces."""
_NO_CHOICE = {"invalid_choice": "Choose one from the list"}
_MOST = 5
"""People named where a name fits several."""


class SearchForm(Form):
    """Whom one looks for. Nonsense in an address line narrows nothing."""

    text = forms.CharField(
        label="Name, address, number, group or club",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "search"}),
    )
    category = forms.ChoiceField(label="What they are", required=False, error_messages=_NO_CHOICE)
    group = forms.ChoiceField(label="Group", required=False, error_messages=_NO_CHOICE)
    organisation = forms.ChoiceField(
        label="Organisation", required=False, error_messages=_NO_CHOICE
    )
    left = forms.BooleanField(label="Show people who have left, too", required=False)

    def __init__(
        self,
        asked: Any,
        groups: Iterable[people.Named],
        organisations: Iterable[people.Named],
    ) -> None:
        super().__init__(asked)
        for field, known in (("group", groups), ("organisation", organisations)):
            self._offer(field, [(n.id, n.name) for n in known])
        self._offer("category", [(c.value, words([c.value])) for c in Category])

    def search(self) -> people.Search:
        self.is_valid()
        return people.Search(**self.cleaned_data)

    def _offer(self, field: str, known: Sequence[tuple[str, str]]) -> None:
        choice = self.fields[field]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Any"), *known]


class Decision(Form):
    """Anything that is decided about somebody: with a reason, and looked at again before it is
    done."""

    reason = forms.CharField(
        label="Why?",
        help_text="It stays on the record, for whoever asks in ten years.",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Say why"},
    )

    def carried(self) -> list[tuple[str, str]]:
        """What the page that asks once more hands on."""
        return [(name, str(value)) for name, value in self.cleaned_data.items()]


class StandingForm(Decision):
    """Suspended, left, or active again."""

    standing = forms.ChoiceField(
        label="What is true from now on?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one", **_NO_CHOICE},
    )
    field_order = ("standing", "reason")

    def __init__(self, asked: Any, now: str) -> None:
        super().__init__(asked)
        choice = self.fields["standing"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(v, c) for v, c in _STANDINGS if v != now]


class SwitchForm(Decision):
    """On or off. Which of the two was asked for is part of the form: if somebody else has switched
    it in the meantime, it is not switched back."""

    to = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], widget=forms.HiddenInput)

    def __init__(self, asked: Any, begins: bool) -> None:
        super().__init__(asked, initial={"to": "on" if begins else "off"})
        given = str(self["to"].value())
        self.begins = given == "on"


class AnswerForm(Decision):
    """A second person's answer to a request; whoever asked can only take it back."""

    answer = forms.ChoiceField(
        label="What do you say?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one", **_NO_CHOICE},
    )
    field_order = ("answer", "reason")

    def __init__(self, asked: Any, mine: bool) -> None:
        super().__init__(asked)
        choice = self.fields["answer"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = _TAKE_BACK if mine else _ANSWERS


class RestrictForm(Decision):
    """Who may not reach a child, a young person or an adult participant any more."""

    known = forms.ChoiceField(
        label="Who?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say who", **_NO_CHOICE},
    )
    other = forms.CharField(
        label="Somebody else",
        required=False,
        max_length=320,
        error_messages={"required": "Say who"},
        help_text="Their name, their e-mail address or their id. It may be a coach, too.",
    )
    field_order = ("known", "other", "reason")

    def __init__(
        self, asked: Any, actor: Person, person: str, supporters: Sequence[people.Named]
    ) -> None:
        super().__init__(asked)
        self._actor, self._person = actor, person
        self.who = people.Named(id="", name="")
        self._supporters = {n.id: n for n in supporters}
        choice = self.fields["known"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(n.id, n.name) for n in supporters]
        if supporters:
            choice.choices = [*choice.choices, (ELSE, "Somebody else")]
        else:
            del self.fields["known"]
            self.fields["other"].label = "Who?"
            self.fields["other"].required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = given.get("known", ELSE if "known" not in self.fields else "")
        if known in self._supporters:
            self.who = self._supporters[known]
        elif known == ELSE and "other" in given:
            self._look_for(given["other"].strip())
        return given

    def carried(self) -> list[tuple[str, str]]:
        return [("known", ELSE), ("other", self.who.id), ("reason", self.cleaned_data["reason"])]

    def _look_for(self, text: str) -> None:
        found: Sequence[people.Row] = ()
        if text:
            all_found = people.find(self._actor, people.Search(text=text, left=True))
            found = [row for row in all_found if row.id != self._person]
            found = [row for row in found if text in {row.id, row.name}] or found
        if len(found) == 1:
            self.who = people.Named(id=found[0].id, name=found[0].name)
        elif not text:
            self.add_error("other", "Say who")
        elif not found:
            self.add_error("other", "Nobody here has this name, address or id")
        else:
            several = "; ".join(f"{row.name}: {row.id}" for row in found[:_MOST])
            self.add_error("other", f"That may be several people. Enter the id ({several})")


_STANDINGS = (
    (Standing.ACTIVE.value, Choice("Active", "They act for the organisation, or take part")),
    (Standing.SUSPENDED.value, Choice("Suspended", "For now, until you decide otherwise")),
    (Standing.LEFT.value, Choice("Left", "They have gone; their history stays")),
)
_AGREE = ("agree", Choice("Lift the restriction", "It ends at once"))
_ANSWERS = (_AGREE, ("keep", Choice("Keep the restriction", "The request ends")))
_TAKE_BACK = (("keep", Choice("Take my request back", "The restriction stays")),)
