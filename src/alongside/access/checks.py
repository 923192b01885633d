"""The permissions of the messages' side of the house.

Law 13, *nobody reviews themselves*: whoever an item is about neither sees nor decides it, whatever
their office; an item that is invisible to them looks to them as if it did not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from .actor import Actor, Person, System


class NotAllowed(Exception):
    """not allowed"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Anything of the record that somebody may want to see or decide."""

    organisation: str
    about: frozenset[str] = frozenset()
    """Persons it concerns as writer, restricted person or subject: law 13 keeps it from them."""
    sealed_for: frozenset[str] = frozenset()
    """Not empty: only these persons, whatever anybody's office."""


def check_oversee(actor: Actor, item: Item) -> None:
    """May this actor see the item's cause and decide it?

    Raises ``NotAllowed`` unless they hold a safeguarding role that reaches the organisation and the
    item does not concern themselves.
    """
    if isinstance(actor, System):
        return
    if actor.id in item.about:
        raise NotAllowed("it concerns you: nobody reviews themselves")
    if item.sealed_for and actor.id not in item.sealed_for:
        raise NotAllowed("it is sealed for named people")
    if not actor.safeguarding:
        raise NotAllowed("only an active safeguarding lead, officer or deputy may do this")
    if item.organisation and item.organisation not in actor.reach:
        raise NotAllowed("your role does not reach this organisation")


def can_oversee(actor: Actor, item: Item) -> bool:
    """Whether ``check_oversee`` would let the actor."""
    try:
        check_oversee(actor, item)
    except NotAllowed:
        return False
    return True


def check_administer(actor: Actor) -> None:
    """May this actor change the register of people (import, role addresses)?"""
    if isinstance(actor, System):
        return
    if not actor.active or actor.roles.isdisjoint(
        {"administrator", "safeguarding_lead", "safeguarding_officer"}
    ):
        raise NotAllowed("only an administrator or a safeguarding officer may change the register")


__all__ = [
    "Item",
    "NotAllowed",
    "Person",
    "can_oversee",
    "check_administer",
    "check_oversee",
]
