"""The pages of people and what stands around them, without the other rooms."""

from __future__ import annotations

from django.urls import include, path

from alongside.home import views as home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("alongside.accounts.urls")),
    path("", include("alongside.home.people.urls")),
]
handler403 = "alongside.web.errors.forbidden"
handler404 = "alongside.web.errors.not_found"
