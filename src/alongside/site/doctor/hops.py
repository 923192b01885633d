"""The next hops: are they there, is their TLS good, do they take our login?"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from ipaddress import ip_address

from alongside.mail.smtp.route import Route
from alongside.mail.smtp.tls import client_context
from alongside.site.config import Config
from alongside.site.config.hops import label

from .finding import Finding, ok, problem, warning

AREA = "next hop"
SECONDS = 5.0


def examine(config: Config) -> Iterator[Finding]:
    for route, used_for in routes(config).items():
        yield from _examine(route, ", ".join(used_for))


def routes(config: Config) -> dict[Route, list[str]]:
    """Each next hop once, with what it is used for."""
    found: dict[Route, list[str]] = {}
    found.setdefault(config.relay.outbound_hop, []).append("outbound")
    found.setdefault(config.relay.inbound_hop, []).append("inbound")
    for domain, table in config.relay.routes.items():
        for side, hop in (("outbound", table.outbound_hop), ("inbound", table.inbound_hop)):
            if hop is not None:
                found.setdefault(hop, []).append(f"{side} of {domain}")
    return found


def _examine(route: Route, used_for: str) -> Iterator[Finding]:
    name = f"{label(route)} ({used_for})"
    try:
        with _connected(route) as smtp:
            smtp.ehlo()
            if route.scheme == "smtp+starttls":
                if not smtp.has_extn("starttls"):
                    yield problem(AREA, f"{name} offers no STARTTLS", "use `smtps://`, or mend it")
                    return
                smtp.starttls(context=client_context(route.authorities))
                smtp.ehlo()
            if route.user and route.secret_file:
                smtp.login(route.user, route.secret_file.read_text("utf-8").splitlines()[0])
            yield ok(AREA, f"{name} answers{', with a certificate that verifies' * _tls(route)}")
            if not _tls(route) and not _near(route.host):
                yield warning(
                    AREA,
                    f"{name} gets mail in the clear",
                    "use `smtp+starttls://` or `smtps://`",
                )
    except ssl.SSLError as error:
        yield problem(
            AREA,
            f"{name}: its certificate does not verify: {error.reason or error}",
            "mend the certificate, or name its authority in `ca_file`",
        )
    except smtplib.SMTPAuthenticationError as error:
        yield problem(
            AREA,
            f"{name} does not take our login: {error.smtp_code}",
            "check the user in the address and the password in the secret file",
        )
    except (OSError, smtplib.SMTPException, IndexError) as error:
        why = getattr(error, "strerror", None) or error
        yield problem(
            AREA, f"{name} does not answer: {why}", "is it running, or is a firewall in the way?"
        )


def _connected(route: Route) -> smtplib.SMTP:
    if route.scheme == "smtps":
        context = client_context(route.authorities)
        return smtplib.SMTP_SSL(route.host, route.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(route.host, route.port, timeout=SECONDS)


def _tls(route: Route) -> bool:
    return route.scheme != "smtp"


def _near(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        try:
            address = ip_address(socket.gethostbyname(host))
        except OSError:
            return False
    return address.is_private or address.is_loopback
