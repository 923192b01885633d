"""Home: what waits for me, in order of urgency, with one action each; nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.actor import Person
from alongside.access.permissions import Permission
from alongside.access.waiting import Urgency, Waiting
from alongside.accounts.api import page
from alongside.people import api as people
from alongside.web.values import Card, Tone

from .waiting import waiting

_LOOKS: dict[Urgency, tuple[Tone, str]] = {
    Urgency.NOW: ("stop", "Now"),
    Urgency.TODAY: ("wait", "Today"),
    Urgency.SOON: ("info", "Soon"),
    Urgency.SOMETIME: ("quiet", ""),
}


@page(Permission.HOME)
def home(request: HttpRequest, actor: Person) -> HttpResponse:
    """By role, since nobody waits for what they may not do."""
    cards = [_card(item) for item in waiting(actor)]
    return render(request, "home/home.html", {"name": people.name_of(actor.id), "cards": cards})


def _card(item: Waiting) -> Card:
    tone, label = _LOOKS[item.urgency]
    return Card(
        text=item.what,
        url=reverse(item.view),
        action=item.action,
        count=item.count,
        since=item.oldest,
        tone=tone,
        label=label,
    )
