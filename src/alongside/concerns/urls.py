"""The pages of this room."""

from __future__ import annotations

from django.urls import path

from . import desk, views

urlpatterns = [
    path("worry/", views.worry, name="worry"),
    path("worry/sent/<str:token>/", views.sent, name="worry-sent"),
    path("concerns/", desk.concerns, name="concerns"),
    path("concerns/<str:reference>/", desk.concern, name="concern"),
    path("concerns/<str:reference>/access/", desk.access, name="concern-access"),
    path("concerns/<str:reference>/adult/", desk.adult, name="concern-adult"),
    path("concerns/<str:reference>/evidence/<int:number>/", desk.evidence, name="concern-evidence"),
    path("concerns/<str:reference>/<str:step>/", desk.step, name="concern-step"),
]
