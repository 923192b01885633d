"""Every component in every state, on one page: to look at, and for the tests to measure.

Mounted by the tests only; see ``tests/web/urls.py``. ``?state=empty`` shows what teaches when
there is nothing; sending the form empty shows the errors.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .forms import DayField, Form
from .pages import paginate
from .values import TONES, Card, Cell, Choice, Column, Event, Fact, Link, Table


class Everything(Form):
    """One field of each kind."""

    name = forms.CharField(help_text="First name and family name")
    post = forms.EmailField(label="E-mail address", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    how = forms.ChoiceField(
        label="How should it go?",
        help_text="What is offered depends on who reads it.",
        widget=forms.RadioSelect,
        choices=[
            ("mail", Choice("E-mail", "Everybody in the group can be reached this way.")),
            ("text", Choice("Text message", "Two people have no telephone number.")),
        ],
    )
    who = forms.MultipleChoiceField(
        label="Who is it for?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("blue", "Blue group"), ("green", "Green group"), ("red", "Red group")],
    )
    place = forms.ChoiceField(choices=[("", "Choose one"), ("a", "Sports hall"), ("b", "Pool")])
    on = DayField(label="On which day?", help_text="For example, 27/3/2026")
    words = forms.CharField(
        label="Your message", widget=forms.Textarea(attrs={"rows": 6}), max_length=400
    )
    note = forms.CharField(label="Note for later", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Attach a file", required=False, help_text="Up to 10 MB")
    sure = forms.BooleanField(
        label="I have read it through", help_text="It is a written record, and stays one."
    )


def gallery(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = Everything(request.POST if request.method == "POST" else None)
    if request.method == "GET" and request.GET.get("state") == "banners":
        messages.success(request, "Your message has gone to 14 people.")
        messages.info(request, "The hall is closed on Monday.")
        messages.warning(request, "Two addresses could not be reached.")
        messages.error(request, "The file is too large. Choose one under 10 MB.")
    lines = [("Ann Archer", 12), ("Ben Ŵyn", 3), ("Cara Łęcka", 1_204), ("Dee", 0), ("Eve", 7)]
    return render(
        request,
        "web/gallery.html",
        {
            "form": form,
            "organisation": SimpleNamespace(
                name="Riverside Sports and Arts Trust",
                contact="hello@riverside.example",
                contact_phone="01632 960 001",
                website="https://www.riverside.example/",
            ),
            "empty": request.GET.get("state") == "empty",
            "tones": TONES,
            "now": now,
            "hours": now - timedelta(hours=3),
            "long_ago": now - timedelta(days=800),
            "navigation": [
                Link(url="?", text="Home", current=True),
                Link(url="?a", text="Messages", count=4),
                Link(url="?b", text="People"),
                Link(url="?c", text="Settings"),
            ],
            "signed_in_as": "Ann Archer",
            "sign_out_url": "/sign-out",
            "report_url": "/report",
            "cards": [
                Card(
                    text="messages wait for an answer",
                    count=4,
                    since=now - timedelta(hours=30),
                    url="?d",
                    action="Answer",
                    tone="stop",
                    label="Urgent",
                ),
                Card(
                    text="address to check",
                    count=1,
                    since=now - timedelta(minutes=50),
                    url="?e",
                    action="Check",
                    tone="wait",
                    label="Today",
                ),
                Card(text="pages to read", count=128, url="?f", action="Read", words="No hurry"),
            ],
            "facts": [
                Fact(label="Name", value="Ann Archer", url="?g"),
                Fact(label="E-mail address", value="ann.archer@a-rather-long-name.example"),
                Fact(label="Telephone", value="", nothing="None given", url="?h", action="Add"),
            ],
            "events": [
                Event(when=now, title="Read", who="Ben", label="Done", tone="good"),
                Event(
                    when=now - timedelta(hours=2),
                    title="Waited for a second reader",
                    words="It named somebody who should not be named.",
                    label="Waiting",
                    tone="wait",
                    url="?i",
                    link="See why",
                ),
                Event(when=now - timedelta(days=400), title="Written", who="Ann"),
            ],
            "table": Table(
                caption="Messages this month",
                columns=[
                    Column(text="Name"),
                    Column(text="Group"),
                    Column(text="State"),
                    Column(text="Messages", numeric=True),
                ],
                rows=[
                    [Cell(name, url="?j"), "Blue", Cell("", label="Read", tone="good"), number]
                    for name, number in lines
                ],
            ),
            "sheet": paginate(request, range(1, 431), size=25),
            "notes": [
                {"text": "Delivered", "tone": "good"},
                {"text": "Two copies", "tone": "info"},
            ],
            "consequences": ["It can’t be brought back.", "Everybody in the group is told."],
        },
    )
