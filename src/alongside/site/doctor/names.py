"""What DNS says: DKIM, and whether SPF lets both legs' addresses be used where mail leaves.

A leg to a service user keeps the writer's own address as its envelope sender; a copy has ours, at
the bounce domain. Each has to pass for the host that mail leaves through, and be aligned with the
writer's domain, or the receiver may throw one leg away and keep the other.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from ipaddress import ip_address

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from alongside.site.config import Config

from .dns import Dns, Unanswered
from .finding import Finding, ok, problem, warning
from .spf import Address, Answer, check, public, record_of

SHORTEST_RSA = 1024
GOOD_RSA = 2048


def examine(config: Config, dns: Dns) -> Iterator[Finding]:
    yield from _dkim(config, dns)
    domains = dict.fromkeys([*config.organisation.domains, config.bounce_domain])
    try:
        hosts = _leaves_through(config, dns)
        for domain in domains:
            yield from _spf(config, domain, hosts, dns)
        if not dns.mx(config.bounce_domain) and not dns.addresses(config.bounce_domain):
            yield problem(
                "bounces",
                f"no mail server is named for {config.bounce_domain}: bounces of copies get lost",
                "give it an MX record, or name another `bounce_domain`",
            )
    except Unanswered:
        yield warning("SPF", "no name server answered", "try again, or look with --offline")
    yield from _aligned(config)


def _dkim(config: Config, dns: Dns) -> Iterator[Finding]:
    if config.dkim is None:
        if config.relay.outbound_signs:
            yield ok("DKIM", "the next hop signs what Alongside changes")
        else:
            yield problem(
                "DKIM",
                "nobody signs the mail that Alongside changes: receivers may throw it away",
                "fill in [dkim], or say `outbound_signs = true` in [relay] if your host signs",
            )
        return
    name = f"{config.dkim.selector}._domainkey.{config.dkim.domain}"
    try:
        key = serialization.load_pem_private_key(config.dkim.key_file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        yield problem("DKIM", f"{config.dkim.key_file}: {error}", "it has to be a PEM private key")
        return
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < SHORTEST_RSA:
            yield problem("DKIM", f"the key has {key.key_size} bits", "make one of 2048 bits")
        elif key.key_size < GOOD_RSA:
            yield warning("DKIM", f"the key has {key.key_size} bits", "make one of 2048 bits")
        public_key, kind = (
            key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            ),
            "rsa",
        )
    elif isinstance(key, ed25519.Ed25519PrivateKey):
        public_key, kind = key.public_key().public_bytes_raw(), "ed25519"
    else:
        yield problem("DKIM", "the key is neither RSA nor Ed25519", "make an RSA one of 2048 bits")
        return
    expected = base64.b64encode(public_key).decode("ascii")
    record = f'{name} TXT "v=DKIM1; k={kind}; p={expected}"'
    try:
        found = [_tag(text, "p") for text in dns.txt(name)]
    except Unanswered:
        yield warning("DKIM", f"no name server answered for {name}", "try again")
        return
    if expected in found:
        yield ok("DKIM", f"{name} holds the public half of our key")
    else:
        what = "holds another key" if found else "does not exist"
        yield problem("DKIM", f"{name} {what}", f"publish: {record}")


def _tag(text: str, name: str) -> str:
    for part in text.split(";"):
        key, _, value = part.partition("=")
        if key.strip() == name:
            return re.sub(r"\s", "", value)
    return ""


def _leaves_through(config: Config, dns: Dns) -> list[Address]:
    host = config.relay.outbound_hop.host
    try:
        found: tuple[str, ...] = (str(ip_address(host)),)
    except ValueError:
        found = dns.addresses(host)
    return public(found)


def _spf(config: Config, domain: str, hosts: list[Address], dns: Dns) -> Iterator[Finding]:
    leg = "copies" if domain == config.bounce_domain else "the writers' own"
    records = record_of(domain, dns)
    if len(records) != 1:
        what = "two SPF records" if records else "no SPF record"
        yield problem(
            "SPF",
            f"{domain} (envelope sender of {leg}) has {what}",
            'publish one TXT record: "v=spf1 ... -all" that names the host mail leaves through',
        )
        return
    if not hosts:
        yield warning(
            "SPF",
            f"{domain} has a record; where mail leaves is not to be seen from here",
            "see that it names the public address of your mail server",
        )
        return
    for host in hosts:
        answer = check(domain, host, dns)
        if answer is Answer.PASS:
            yield ok("SPF", f"{domain} (envelope sender of {leg}) lets {host} send")
        else:
            yield problem(
                "SPF",
                f"{domain} (envelope sender of {leg}) does not let {host} send ({answer.value})",
                f"add `ip{host.version}:{host}` to its SPF record",
            )


def _aligned(config: Config) -> Iterator[Finding]:
    bounce = config.bounce_domain
    strangers = [
        domain
        for domain in config.organisation.domains
        if not (domain == bounce or bounce.endswith(f".{domain}") or domain.endswith(f".{bounce}"))
    ]
    if strangers:
        yield warning(
            "alignment",
            f"copies of mail from {strangers[0]} have their envelope sender at {bounce}, which "
            "DMARC does not count for it",
            "the DKIM signature has to be of that domain, then",
        )
    else:
        yield ok("alignment", f"{bounce} counts for all your domains")
