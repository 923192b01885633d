"""Forms: what is wrong is listed at the top, named, and leads to where it is mended."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from alongside.web.forms import DayField, Form, Wrong, error_summary
from alongside.web.gallery import Everything
from alongside.web.values import Choice

from .lint import Source


class Range(Form):
    first = forms.IntegerField(error_messages={"required": "Say where it begins"})
    last = forms.IntegerField(required=False, help_text="Where it ends")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("It ends before it begins")


class Pair(Form):
    both = forms.SplitDateTimeField(label="When?", widget=forms.SplitDateTimeWidget)


def test_what_is_missing_is_named_by_kind():
    said = [wrong.text for wrong in error_summary(Everything({}))]
    assert said == [
        "Fill in “Name”",
        "Fill in “Password”",
        "Choose an answer under “How should it go?”",
        "Choose at least one under “Who is it for?”",
        "Choose an answer under “Place”",
        "Fill in “On which day?”",
        "Fill in “Your message”",
        "Tick “I have read it through” to go on",
    ]


def test_a_file_that_is_missing_is_asked_for():
    form = type("Upload", (Form,), {"paper": forms.FileField()})({})
    assert [wrong.text for wrong in form.error_summary] == ["Choose a file under “Paper”"]


def test_a_form_keeps_its_own_words_and_what_belongs_to_no_field_comes_first():
    assert list(Range({}).error_summary) == [
        Wrong("It ends before it begins", "id_first"),
        Wrong("Secret: This field is required.", "id_first"),
        Wrong("Say where it begins", "id_first"),
    ]


def test_nothing_is_wrong_before_it_is_sent():
    assert Range().error_summary == []


def test_a_link_to_a_group_goes_to_its_first_box():
    targets = {wrong.text: wrong.target for wrong in error_summary(Everything({}))}
    assert targets["Choose at least one under “Who is it for?”"] == "id_who_0"
    assert targets["Choose an answer under “How should it go?”"] == "id_how_0"
    assert error_summary(Pair({}))[0].target == "id_both_0"


def test_a_form_without_ids_lists_its_errors_without_links():
    assert {wrong.target for wrong in error_summary(Everything({}, auto_id=False))} == {""}


def test_hint_and_error_are_tied_to_the_control():
    page = Source(str(Everything({})))
    name = page.tree.css_first("#id_name")
    assert name is not None
    assert name.attributes["aria-describedby"] == "id_name_helptext id_name_error"
    assert name.attributes["aria-invalid"] == "true"
    assert "required" not in name.attributes
    message = page.tree.css_first("#id_words")
    assert message is not None
    assert message.attributes["aria-describedby"] == "id_words_error id_words-info"


def test_a_group_has_its_legend_first_and_a_line_why_with_each_choice():
    page = Source(str(Everything()))
    assert [node.text() for node in page.tree.css("fieldset > legend:first-child")] == [
        "How should it go?",
        "Who is it for?",
    ]
    first = page.tree.css_first("#id_how_0")
    assert first is not None
    assert first.attributes["aria-describedby"] == "id_how_0_hint"


def test_several_controls_of_one_field_stand_in_a_group():
    page = Source(str(Pair()))
    assert len(page.tree.css("fieldset input")) == 2


def test_only_what_may_be_left_out_says_so():
    words = Source(str(Everything())).tree.css("label, legend")
    said = [node.text() for node in words if "(optional)" in node.text()]
    assert said == [
        "E-mail address (optional)",
        "Note for later (optional)",
        "Attach a file (optional)",
    ]


def test_a_hidden_field_and_a_formset_are_drawn():
    assert '<input type="hidden" name="secret"' in str(Range())
    rows = forms.formset_factory(Range, extra=2)()
    assert str(rows).count('class="govuk-input"') == 4


@pytest.mark.parametrize("typed", ["2026-03-27", "27/3/2026", "27/03/26", "27 March 2026"])
def test_a_day_is_read_as_people_write_it(typed):
    assert DayField().clean(typed) == date(2026, 3, 27)


def test_a_choice_is_its_words():
    assert Choice("Mail", "why") == "Mail"
    assert Choice("Mail").hint == ""
