"""Addresses of the pages of people. An id may hold a slash: what follows one is matched first."""

from __future__ import annotations

from django.urls import path

from . import decisions, lists, restricting, views

_PERSON = "people/person/<path:person>"
urlpatterns = [
    path("people/", views.search, name="people"),
    path("people/export/", views.export, name="people-export"),
    path("people/bouncing/", lists.bouncing, name="people-bouncing"),
    path("people/groups/", lists.groups, name="people-groups"),
    path("people/groups/<path:group>/", lists.group, name="people-group"),
    path("people/organisations/", lists.organisations, name="people-organisations"),
    path("people/restrictions/", restricting.liftings, name="people-liftings"),
    path("people/restrictions/<int:number>/", restricting.lifting, name="people-lifting"),
    path(f"{_PERSON}/standing/", decisions.standing, name="person-standing"),
    path(f"{_PERSON}/at-risk/", decisions.at_risk, name="person-at-risk"),
    path(f"{_PERSON}/objection/", decisions.objection, name="person-objection"),
    path(f"{_PERSON}/address/<int:number>/", decisions.reachable, name="person-reachable"),
    path(f"{_PERSON}/restrict/", restricting.restrict, name="person-restrict"),
    path(f"{_PERSON}/lift/<path:other>/", restricting.lift, name="person-lift"),
    path(f"{_PERSON}/", views.person, name="person"),
]
