"""Short answers about one person, for pages that name people."""

from __future__ import annotations

from alongside.policy.vocabulary import WORKFORCE, Category, ContactKind, Hat, Standing

from .models import Person


def name_of(person: str) -> str:
    """As the register has it; the id where it has no name, or no such person."""
    found = Person.objects.filter(id=person).values_list("name", flat=True).first()
    return found or person


def sign_in_address(person: str) -> str:
    """Where an invitation reaches somebody of the active workforce: their organisational address,
    else their own workforce address. Empty for anybody else."""
    who = Person.objects.filter(id=person, standing=Standing.ACTIVE.value).first()
    if who is None or not WORKFORCE & {Category(c) for c in who.categories}:
        return ""
    usable = who.contacts.filter(kind=ContactKind.EMAIL.value, active=True, bouncing=False)
    usable = usable.filter(hat__in=(Hat.WORKFORCE.value, Hat.BOTH.value))
    best = usable.order_by("-organisational", "position").first()
    return best.address if best else ""
