"""What the configuration says of the organisation itself, in the form that the register has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from alongside.policy.people import Organisation

from .importing.pages import profile, website
from .importing.problems import CellError


def configured(*, address: str = "", phone: str = "", site: str = "", today: date) -> Organisation:
    """An organisation without an id, with what can be read of that.

    ``phone`` may hold words beside the numbers ("01632 960123, weekdays"). Where ``site`` is a page
    at a provider it counts as that page, never as the provider's domain.
    """
    domain, page = _read(website, site, today), _read(profile, site, today)
    return Organisation(
        id="",
        role_address=address,
        phones=tuple(dict.fromkeys(_numbers(phone))),
        profiles=(page,) if page and not domain else (),
        websites=(domain,) if domain else (),
    )


def _numbers(text: str) -> list[str]:
    """British without a country code, as in the lists."""
    found = PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE)
    return [format_number(each.number, PhoneNumberFormat.E164) for each in found]


def _read(reader: Callable[[str, date], str], text: str, today: date) -> str:
    try:
        return reader(text.strip(), today)
    except CellError:
        return ""
