"""The one table of permissions: what each role may do at all.

A permission opens a page. Which items stand on it is decided item by item (``checks``): the own
organisation and below, and never what concerns oneself (law 13).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from .actor import Actor, System
from .checks import NotAllowed

WRITER = "writer"
"""Anybody of the workforce."""
OFFICER, DEPUTY, LEAD = "safeguarding_officer", "deputy_officer", "safeguarding_lead"
COMMUNICATIONS, MANAGER = "communications", "manager"
TRUSTEE, ADMINISTRATOR = "trustee", "administrator"
ROLES = (WRITER, OFFICER, DEPUTY, LEAD, COMMUNICATIONS, MANAGER, TRUSTEE, ADMINISTRATOR)


class Permission(StrEnum):
    """What a page is opened by."""

    HOME = "home"
    """What waits for me, my account, my own devices."""
    REPORT = "report"
    """Report a worry."""
    WRITE = "write"
    """Write to people and groups; see one's own conversations."""
    READ = "read"
    """Read other people's messages, in scope."""
    DECIDE = "decide"
    """Release and refuse holds, close exceptions, review emergencies."""
    PEOPLE = "people"
    """Look people up."""
    RESTRICTIONS = "restrictions"
    """See and set who may not reach whom."""
    REGISTER = "register"
    """Change the register: import, leavers, addresses."""
    INVITE = "invite"
    """Invite people of the workforce to sign in, and end their access."""
    CONCERNS = "concerns"
    """Read concerns that one has access to."""
    NUMBERS = "numbers"
    """Counts, never messages."""
    SETTINGS = "settings"
    """Change how the installation works."""


_EVERYBODY = frozenset(ROLES)
_SAFEGUARDING = frozenset({OFFICER, DEPUTY, LEAD})
MAY: Mapping[Permission, frozenset[str]] = MappingProxyType(
    {
        Permission.HOME: _EVERYBODY,
        Permission.REPORT: _EVERYBODY,
        Permission.WRITE: frozenset({WRITER}) | _SAFEGUARDING,
        Permission.READ: _SAFEGUARDING,
        Permission.DECIDE: _SAFEGUARDING,
        Permission.PEOPLE: _SAFEGUARDING | {ADMINISTRATOR},
        Permission.RESTRICTIONS: _SAFEGUARDING,
        Permission.REGISTER: frozenset({LEAD, OFFICER, ADMINISTRATOR}),
        Permission.INVITE: frozenset({LEAD, OFFICER, ADMINISTRATOR}),
        Permission.CONCERNS: _SAFEGUARDING,
        Permission.NUMBERS: frozenset({LEAD, TRUSTEE}),
        Permission.SETTINGS: frozenset({LEAD, ADMINISTRATOR}),
    }
)
READS_OTHERS = (Permission.READ, Permission.CONCERNS)
"""Whoever may do one of these has to prove who they are with a second factor."""


def check_may(actor: Actor, permission: Permission) -> None:
    """Raises ``NotAllowed`` unless one of the actor's roles has the permission."""
    if isinstance(actor, System):
        return
    if not actor.active:
        raise NotAllowed("your access has ended")
    if actor.roles.isdisjoint(MAY[permission]):
        raise NotAllowed("your role does not open this")


def can_may(actor: Actor, permission: Permission) -> bool:
    """Whether ``check_may`` would let the actor."""
    try:
        check_may(actor, permission)
    except NotAllowed:
        return False
    return True


def needs_second_factor(actor: Actor) -> bool:
    """Whether the actor may read what others wrote."""
    return any(can_may(actor, permission) for permission in READS_OTHERS)
