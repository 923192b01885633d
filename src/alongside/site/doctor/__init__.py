"""Is this installation fit to stand between an organisation and its mail?

``examine()`` gives one ``Finding`` for each thing looked at. ``offline`` leaves out what needs the
network: the next hops and DNS.
"""

from __future__ import annotations

from collections.abc import Iterator

from alongside.site.config import Config

from . import database, files, hops, names, register, relaying, rules
from .dns import Dns, SystemDns
from .finding import Finding, Health

__all__ = ["Finding", "Health", "examine"]


def examine(config: Config, *, offline: bool = False, dns: Dns | None = None) -> Iterator[Finding]:
    """Look at everything in turn; Django has to be set up (``site.start``)."""
    yield from rules.examine(config)
    yield from database.examine(config)
    yield from files.examine(config)
    yield from register.examine(config)
    yield from relaying.examine(config)
    if offline:
        return
    yield from hops.examine(config)
    yield from names.examine(config, dns or SystemDns())
