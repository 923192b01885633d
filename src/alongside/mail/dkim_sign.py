"""Signing the mail whose headers we changed or made (RFC 6376, and 8463 for Ed25519).

Relaxed canonical forms on both sides. The keys are read once, at the start, so that a key that
can't be used stops the start and not a message. Canonical forms are our own: dkimpy's take
quadratic time on long runs of blanks, and its RSA is plain Python; it is our oracle in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from .headers import Field, split, tail
from .identity import Signer

SMALLEST_RSA = 1024
"""Bits; RFC 8301 3.2. Verifiers take no less."""

_FROZEN = b"from to cc reply-to subject date message-id".split()
"""Signed once more than they stand there, so that nobody adds another (RFC 6376 8.15)."""
_SIGNED = frozenset(
    b"from sender reply-to subject date message-id to cc mime-version content-type"
    b" content-transfer-encoding in-reply-to references list-id auto-submitted"
    b" x-alongside-copied".split()
)
_BLANKS = re.compile(rb"[ \t]+")


class KeyTrouble(Exception):
    """a signing key can't be used"""


@dataclass(frozen=True, slots=True)
class Key:
    """One domain's key, parsed. Make it with ``read_key``."""

    domain: str
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey

    @property
    def algorithm(self) -> str:
        return "rsa-sha256" if isinstance(self.private, RSAPrivateKey) else "ed25519-sha256"

    def signature(self, content: bytes) -> bytes:
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(hashlib.sha256(content).digest())


def read_key(domain: str, selector: str, file: Path) -> Key:
    """Read a PEM file with an RSA or Ed25519 key without a password.

    Raises ``KeyTrouble`` naming the file and the mend.
    """
    try:
        private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise KeyTrouble(f"the DKIM key `{file}` can't be read: {error.strerror}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyTrouble(
            f"the DKIM key `{file}` is no unencrypted PEM key: make one with"
            " `openssl genrsa -out FILE 2048`"
        ) from error
    if not isinstance(private, RSAPrivateKey | Ed25519PrivateKey):
        raise KeyTrouble(f"the DKIM key `{file}` is neither RSA nor Ed25519: make one that is")
    if isinstance(private, RSAPrivateKey) and private.key_size < SMALLEST_RSA:
        raise KeyTrouble(f"the DKIM key `{file}` is too short: make one of 2048 bits")
    return Key(domain.lower(), selector, private)


class KeyRing:
    """The organisation's keys; signs for a domain with its own key or the nearest one above it."""

    def __init__(self, keys: Iterable[Key], clock: Callable[[], float] = time.time) -> None:
        self._keys: dict[str, list[Key]] = {}
        for key in keys:
            self._keys.setdefault(key.domain, []).append(key)
        self._clock = clock
        self._last: tuple[bytes, str] = (b"", "")

    def sign(self, domain: str, header: bytes, body: bytes) -> bytes:
        """Whole ``DKIM-Signature`` fields, one for each key of the domain; empty without a key.

        A key of ``charity.example`` signs for ``club.charity.example`` too (aligned, RFC 7489 3.1).
        """
        keys = self._for(domain.lower())
        if not keys:
            return b""
        fields = [f for f in split(header).fields if f.name in _SIGNED]
        if not any(f.name == b"from" for f in fields):
            return b""
        body_hash = self._body_hash(body)
        return b"".join(self._field(key, fields, body_hash) for key in keys)

    def _for(self, domain: str) -> Sequence[Key]:
        while domain:
            if domain in self._keys:
                return self._keys[domain]
            domain = domain.partition(".")[2]
        return ()

    def _body_hash(self, body: bytes) -> str:
        last_body, last_hash = self._last
        if last_hash and body == last_body:
            return last_hash
        made = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode("ascii")
        # The legs of one message follow each other: the same body is hashed once.
        self._last = (body, made)
        return made

    def _field(self, key: Key, fields: Sequence[Field], body_hash: str) -> bytes:
        chosen = _chosen(fields)
        names = ":".join(name.decode("ascii") for name, _ in chosen)
        lines = [
            f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/relaxed; d={key.domain};",
            f" s={key.selector}; t={int(self._clock())};",
            *_wrapped(f" h={names};"),
            f" bh={body_hash};",
            " b=",
        ]
        unsigned = "\r\n".join(lines).encode("ascii")
        own = relaxed_field(b"dkim-signature", unsigned.partition(b":")[2]).removesuffix(b"\r\n")
        content = b"".join(relaxed_field(n, f.raw[f.start :]) for n, f in chosen if f) + own
        value = base64.b64encode(key.signature(content))
        folded = b"\r\n ".join(value[i : i + 72] for i in range(0, len(value), 72))
        return unsigned + folded + b"\r\n"


def signed(signer: Signer, domain: str, message: bytes) -> bytes:
    """A whole message of our own, with its signature on top where there is a key."""
    block = split(message)
    return signer.sign(domain, block.joined(), tail(message, block).removeprefix(b"\r\n")) + message


def relaxed_field(name: bytes, value: bytes) -> bytes:
    """RFC 6376 3.4.2."""
    return name + b":" + _BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ") + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 3.4.4, in linear time whatever the body."""
    if b"  " in body or b"\t" in body:
        body = _BLANKS.sub(b" ", body)
    body = body.replace(b" \r\n", b"\r\n")
    end = len(body)
    if body.endswith(b" "):
        end -= 1
    while end >= 2 and body[end - 2 : end] == b"\r\n":
        end -= 2
    return body[:end] + b"\r\n" if end else b""


def _chosen(fields: Sequence[Field]) -> list[tuple[bytes, Field | None]]:
    """Each field from the bottom up (RFC 6376 5.4.2), and one that is not there for each frozen."""
    chosen: list[tuple[bytes, Field | None]] = [(f.name, f) for f in reversed(fields)]
    return [*chosen, *((name, None) for name in _FROZEN)]


def _wrapped(line: str) -> list[str]:
    lines = [""]
    for part in re.findall(r"[^:]*:?", line):
        if len(lines[-1]) + len(part) > 76:
            lines.append(" ")
        lines[-1] += part
    return lines
