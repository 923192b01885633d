"""Which networks may not be trusted: those that strangers share."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

Network = IPv4Network | IPv6Network
_LIST = Path(__file__).with_name("shared_ranges.toml")
_WIDEST_PUBLIC = {4: 8, 6: 32}
"""The widest prefix that one organisation may plausibly hold for itself."""


@lru_cache(maxsize=1)
def shared_ranges() -> tuple[tuple[str, Network], ...]:
    """(provider, network) of the dated list."""
    table = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return tuple(
        (provider["name"], ip_network(network))
        for provider in table["provider"]
        for network in provider["networks"]
    )


def parse(text: str) -> Network:
    """Raises ``ValueError`` with a sentence."""
    try:
        return ip_network(text.strip())
    except ValueError:
        pass
    try:
        meant = ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise ValueError(
            f"`{text}` is not a network, as in `192.0.2.10` or `10.0.0.0/8`"
        ) from error
    raise ValueError(f"`{text}` has bits after its prefix; did you mean `{meant}`?")


def why_shared(network: Network) -> str:
    """Why strangers can send from this network; empty when nothing is known against it."""
    if not _private(network):
        if network.prefixlen < _WIDEST_PUBLIC[network.version]:
            return "is wider than one organisation's network can be: anybody could send through you"
        for provider, shared in shared_ranges():
            if network.version == shared.version and network.overlaps(shared):
                return (
                    f"belongs to {provider}, which every customer of {provider} sends from: "
                    "anybody could send through you"
                )
    return ""


def _private(network: Network) -> bool:
    return network.is_private or network.is_loopback or network.is_link_local
