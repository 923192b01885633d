"""TLS contexts: TLS 1.2 at least (RFC 8996), the ciphers of the system's OpenSSL."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path
from typing import Any

from .session import Certificate


def server_context(
    certificate: Path, key: Path | None = None, *, client_authorities: Path | None = None
) -> ssl.SSLContext:
    """For our front. ``certificate`` is the chain in PEM, with the key or beside it.

    With ``client_authorities`` (PEM) clients are asked for a certificate; one that is shown must
    verify or the handshake fails, none is allowed. Raises ``OSError`` for an unreadable file and
    ``ssl.SSLError`` for a wrong one.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    if client_authorities is not None:
        context.load_verify_locations(client_authorities)
        context.verify_mode = ssl.CERT_OPTIONAL
    return context


def client_context(
    authorities: Path | None = None, *, certificate: Path | None = None, key: Path | None = None
) -> ssl.SSLContext:
    """For the next hop: its certificate must verify and name the host.

    ``authorities`` (PEM) replace the system's. ``certificate`` is shown where the next hop asks
    for one. Raises as ``server_context`` does.
    """
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate is not None:
        context.load_cert_chain(certificate, key)
    return context


def unverified_client_context() -> ssl.SSLContext:
    """For opportunistic encryption only (RFC 7435): better than none, proves nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate_of(connection: Any) -> Certificate | None:
    """The verified certificate that the other side showed, from its ``SSLObject``; else None."""
    seen = connection.getpeercert() if connection is not None else None
    if not seen:
        return None
    subject = ",".join(
        f"{_SHORT.get(name, name)}={value}"
        for part in reversed(seen["subject"])
        for name, value in part
    )
    whole = connection.getpeercert(binary_form=True)
    return Certificate(subject, hashlib.sha256(whole).hexdigest())


_SHORT = {
    "commonName": "CN",
    "organizationName": "O",
    "organizationalUnitName": "OU",
    "countryName": "C",
    "localityName": "L",
    "stateOrProvinceName": "ST",
}
