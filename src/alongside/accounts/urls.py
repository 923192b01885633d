"""Signing in, and one's own account. allauth's views under our addresses; no sign-up among them."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa import urls as second_factors
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

from . import views

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/link/<str:secret>/", views.link, name="sign-in-link"),
    path("sign-in/no-access/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", views.account, name="account"),
    path("account/second-factor/", views.second_factor, name="second-factor"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/devices/", sessions.list_usersessions, name="usersessions_list"),
    path("account/second-factor/", include(second_factors)),
    path("password/", account.password_reset, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
