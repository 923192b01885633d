"""What the configuration says of the organisation itself, as the register would have it."""

from __future__ import annotations

import pytest

from alongside.people.configured import configured
from alongside.policy.people import Organisation

from .lists import TODAY


@pytest.mark.parametrize(
    ("phone", "numbers"),
    [
        ("", ()),
        ("01632 960123", ("+441632960123",)),
        ("+44 (0)1632 960123", ("+441632960123",)),
        ("01632 960123, weekdays 9 to 5", ("+441632960123",)),
        ("01632 960123 or 07700 900123; 01632 960123", ("+441632960123", "+447700900123")),
        ("ask at the office", ()),
    ],
)
def test_numbers_are_found_among_words(phone: str, numbers: tuple[str, ...]) -> None:
    assert configured(phone=phone, today=TODAY).phones == numbers


@pytest.mark.parametrize(
    ("site", "websites", "profiles"),
    [
        ("", (), ()),
        ("https://www.charity.example/safeguarding", ("charity.example",), ()),
        ("charity.example", ("charity.example",), ()),
        ("https://www.facebook.com/exampleactive", (), ("facebook:exampleactive",)),
        ("https://sites.google.com/view/exampleactive", (), ()),
        ("https://www.org.uk", (), ()),
        ("see our page", (), ()),
    ],
)
def test_a_page_at_a_provider_is_never_the_provider_s_domain(
    site: str, websites: tuple[str, ...], profiles: tuple[str, ...]
) -> None:
    found = configured(site=site, today=TODAY)
    assert (found.websites, found.profiles) == (websites, profiles)


def test_where_to_ask_stands_as_the_role_s_address() -> None:
    found = configured(address="help@safe.example", today=TODAY)
    assert found == Organisation(id="", role_address="help@safe.example")
