"""N1, N4: no private facts of the writer's to those we serve and to families: numbers, addresses,
accounts, pages, picture stores, passwords. What the register has as the writer's own is N2.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, findings
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Sight


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    said = facts, rulebook, RULE.name
    yield from findings(*said, "N1", "use_work_details", Sight.PHONE, Sight.EMAIL_ADDRESS)
    yield from findings(*said, "N1", "meet_at_the_club", Sight.HOME_ADDRESS)
    yield from findings(*said, "N1", "use_our_profiles", Sight.HANDLE)
    yield from findings(*said, "N4", "use_our_profiles", Sight.PROFILE_LINK)
    yield from findings(*said, "N1", "use_our_pages", Sight.IMAGE_LINK, Sight.PERSONAL_SITE)
    yield from findings(*said, "N1", "no_passwords", Sight.PASSWORD)


RULE = Rule(name="private_details", clauses=("N1", "N2", "N4"), check=check, writers=READ)
