"""Could a stranger send mail through this gateway?"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from alongside.site.config import Config, networks
from alongside.site.config.networks import Network
from alongside.site.plurals import counted

from .finding import Finding, ok, problem, warning

AREA = "open relay"
_MANY = {4: 24, 6: 64}
"""A public network wider than this is more than one site."""


def examine(config: Config) -> Iterator[Finding]:
    gateway = config.gateway
    trusted = [networks.parse(text) for text in gateway.trusted]
    outside = [host for host, _ in gateway.endpoints if not _loopback(host)]
    wide = [n for n in trusted if not n.is_private and n.prefixlen < _MANY[n.version]]
    for network in wide:
        yield problem(
            AREA,
            f"`{network}` is trusted: {network.num_addresses} public addresses may send as you",
            "name the addresses of your own mail server only",
        )
    if not outside:
        yield ok(AREA, "listens on this machine only")
        yield from _same_machine(config, trusted)
    else:
        yield from _reachable(config, outside, trusted)
    if not wide:
        none = "not" if len(trusted) == 1 else "none of them"
        number = counted(len(trusted), "trusted network")
        yield ok(AREA, f"{number}, {none} shared with strangers")


def _same_machine(config: Config, trusted: list[Network]) -> Iterator[Finding]:
    """A mail server on this machine hands over what the Internet sent it, too."""
    here = any(n.is_loopback and n.num_addresses > 1 for n in trusted)
    vouched = config.gateway.relays_outside_mail and config.gateway.authserv_id
    beside = _loopback(config.relay.inbound_hop.host) and config.relay.inbound_passes_us
    if here and beside and not vouched:
        yield warning(
            AREA,
            "all of this machine is trusted, and your mail server on it may pass on outside mail:"
            " a stranger who writes as one of you would be believed",
            "let outside mail come from another loopback address and trust one only, or set"
            " `relays_outside_mail` and `authserv_id` (docs/how-to/beside-postfix.md)",
        )


def _reachable(config: Config, outside: list[str], trusted: list[Network]) -> Iterator[Finding]:
    private = [n for n in trusted if n.is_private and not n.is_loopback and n.num_addresses > 256]
    if private:
        yield warning(
            AREA,
            f"`{private[0]}` is trusted: every machine in that network may send as anybody of you",
            "name single addresses, or use client certificates (`client_ca`)",
        )
    if any(host in ("0.0.0.0", "::") for host in outside):
        yield warning(
            AREA,
            f"it listens on every interface (`{outside[0]}`)",
            "listen on the one address that your mail server reaches",
        )
    else:
        yield ok(AREA, f"listens on {', '.join(outside)}")
    if config.gateway.tls_certificate is None:
        yield warning(
            "TLS",
            "it listens beyond this machine and offers no STARTTLS",
            "set `tls_certificate` and `tls_key` in [gateway]",
        )
    if any(n.is_loopback for n in trusted) and len(trusted) == 1 and not _signs_in(config):
        yield warning(
            AREA,
            "it listens beyond this machine, yet nobody there may hand over your people's mail",
            "name your mail server in `trusted`, or set `client_ca` or `users_file`",
        )


def _signs_in(config: Config) -> bool:
    return config.gateway.client_ca is not None or config.gateway.users_file is not None


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
