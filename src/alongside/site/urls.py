"""Every address of the web app. A house test looks at each: who may open it stands at its view."""

from __future__ import annotations

from django.urls import include, path

from alongside.home import views as home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("alongside.accounts.urls")),
    path("", include("alongside.home.people.urls")),
    path("", include("alongside.concerns.urls")),
    path("", include("alongside.oversight.urls")),
]
handler400 = "alongside.web.errors.bad_request"
handler403 = "alongside.web.errors.forbidden"
handler404 = "alongside.web.errors.not_found"
handler500 = "alongside.web.errors.broken"
