"""Tests about the code itself: who may open what, and who changed it, is said in one place."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.access.actor import Actor, Person
from alongside.access.permissions import MAY, ROLES, Permission, can_may, needs_second_factor
from alongside.accounts import api
from alongside.people import api as people
from alongside.records import api as records

from .club import ROLES as PEOPLE_OF_ROLES

NOT_WRITING = {"actor_of", "page", "public"}
SIGNED_IN = {
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "usersessions_list",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
}
"""allauth's pages of one's own account: each shows its owner only, whatever their role."""
PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "sign-in-link",
}
"""What anybody may open: argue here before adding one."""


def pages(patterns=None) -> Iterator[URLPattern]:
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(each, URLResolver):
            yield from pages(each.url_patterns)
        else:
            yield each


def test_every_page_has_a_name_and_says_who_may_open_it():
    for each in pages():
        assert each.name, each
        permission = getattr(each.callback, "permission", "none said")
        if each.name in PUBLIC | SIGNED_IN:
            assert permission in (None, "none said"), each.name
        else:
            assert isinstance(permission, Permission), f"`{each.name}` says nobody who may open it"


def test_the_lists_name_no_page_that_is_gone():
    assert {each.name for each in pages()} >= PUBLIC | SIGNED_IN


def test_every_permission_is_somebody_s_and_every_role_has_one():
    assert MAY.keys() == set(Permission)
    assert all(MAY.values())
    assert set().union(*MAY.values()) == set(ROLES)


READ_MESSAGES = (Permission.READ, Permission.DECIDE, Permission.CONCERNS)


@pytest.mark.parametrize(
    "role", ["writer", "trustee", "administrator", "communications", "manager"]
)
def test_messages_and_concerns_are_the_safeguarding_team_s_alone(role):
    actor = Person(id="x", roles=frozenset({role}))
    assert not any(can_may(actor, permission) for permission in READ_MESSAGES)
    assert not needs_second_factor(actor)


def test_who_reads_others_messages_needs_a_second_step():
    for role in ROLES:
        actor = Person(id="x", roles=frozenset({role}))
        reads = any(can_may(actor, permission) for permission in READ_MESSAGES)
        assert needs_second_factor(actor) == reads


def test_whoever_has_left_may_nothing():
    for role in ROLES:
        actor = Person(id="x", roles=frozenset({role}), active=False)
        assert not any(can_may(actor, permission) for permission in Permission)


def functions():
    found = {name: getattr(api, name) for name in api.__all__}
    return {name: f for name, f in found.items() if inspect.isfunction(f)}


@pytest.mark.parametrize("name", sorted(functions().keys() - NOT_WRITING))
def test_every_writing_function_takes_an_actor_and_leaves_an_entry(club, name):
    function = functions()[name]
    assert inspect.get_annotations(function, eval_str=True)["actor"] is Actor
    owen = people.actor("owen")
    api.invite(owen, "carla")
    before = len(records.find(owen, kind="account"))
    function(owen, "carla")
    assert len(records.find(owen, kind="account")) == before + 1


@pytest.mark.parametrize(("role", "person"), PEOPLE_OF_ROLES.items())
def test_each_role_is_read_from_the_register(club, role, person):
    assert role in people.actor(person).roles
