"""A link for each role of the demonstration, good once."""

from __future__ import annotations

from alongside.access.actor import System

_CAST = (
    ("priya", "Priya, a coach"),
    ("sam", "Sam, safeguarding officer"),
    ("ruth", "Ruth, safeguarding lead"),
    ("dev", "Dev, deputy officer"),
    ("ada", "Ada, administrator"),
    ("carys", "Carys, communications"),
    ("miles", "Miles, manager"),
    ("margot", "Margot, trustee"),
)


def ways_in(base: str) -> list[tuple[str, str]]:
    """Whom it signs in as, and the link."""
    from alongside.accounts import api

    actor = System("demo")
    return [(who, f"{base}/sign-in/link/{api.way_in(actor, id)}/") for id, who in _CAST]
