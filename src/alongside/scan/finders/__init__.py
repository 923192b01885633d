"""All finders, in the order in which they are asked. The order decides nothing."""

from __future__ import annotations

from ..finder import Finder
from . import email_address, handle, home_address, links, password, phone

FINDERS: tuple[Finder, ...] = (
    phone.FINDER,
    email_address.FINDER,
    links.FINDER,
    handle.FINDER,
    home_address.FINDER,
    password.FINDER,
)
