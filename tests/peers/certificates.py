"""Certificates for the programs of the chain, signed by one authority of the test's own."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.mail.smtp.certificates import Authority, authority


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files; each server's holds its key and then its certificate, as Postfix wants it."""

    authority: Path
    stranger: Path
    """An authority that signed nothing here."""
    mail: Path
    gateway: Path

    @classmethod
    def made(cls, folder: Path, address: str) -> Certificates:
        ours = authority(folder)
        return cls(
            authority=ours.file,
            stranger=authority(folder, "Another Authority").file,
            mail=_signed(ours, "mail.charity.example", address),
            gateway=_signed(ours, "alongside.charity.example", address),
        )


def _signed(by: Authority, name: str, address: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(address))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(by.name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
        .sign(by.key, hashes.SHA256())
    )
    file = by.folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
