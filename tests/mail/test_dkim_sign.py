"""Signatures of our own, checked by dkimpy."""

from __future__ import annotations

import base64
import random
import time
from pathlib import Path
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail.compose import compose
from alongside.mail.dkim_sign import Key, KeyRing, KeyTrouble, read_key, relaxed_body, signed
from alongside.mail.headers import split
from tests.world import WELFARE

from .corpus import IDENTITY, RECEIVED, leg, message, parcel

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED = ed25519.Ed25519PrivateKey.generate()
RING = KeyRing([Key("club.example", "s1", RSA)])


Private = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


def pem(key: Private, password: bytes | None = None) -> bytes:
    wrap: serialization.KeySerializationEncryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, wrap)


def record(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    """What stands in the DNS for it."""
    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        kind, octets = b"rsa", public.public_bytes(serialization.Encoding.DER, form)
    else:
        raw = serialization.Encoding.Raw
        kind, octets = b"ed25519", public.public_bytes(raw, serialization.PublicFormat.Raw)
    return b"v=DKIM1; k=" + kind + b"; p=" + base64.b64encode(octets)


def verified(raw: bytes, index: int = 0) -> bool:
    def dns(name: bytes, timeout: int = 5) -> bytes:
        return record(ED if name.startswith(b"ed.") else RSA)

    try:
        return bool(dkim.DKIM(raw).verify(index, dnsfunc=dns))
    except dkim.ValidationError:
        return False


def test_composed_mail_carries_a_signature_that_verifies() -> None:
    out = b"".join(compose(leg(), parcel(), received=RECEIVED, identity=IDENTITY, signer=RING))
    assert verified(out)


@pytest.mark.parametrize(
    "change",
    [
        (b"Training on Tuesday", b"Training on Monday"),
        (WELFARE.encode(), b"nobody@club.example"),
        (b"See you", b"Meet you"),
        (b"Subject:", b"Reply-To: x@y.test\r\nSubject:"),
        (b"Subject:", b"Cc: x@y.test\r\nSubject:"),
        (b"Subject:", b"From: x@y.test\r\nSubject:"),
    ],
)
def test_a_change_on_the_way_breaks_it(change: tuple[bytes, bytes]) -> None:
    out = b"".join(compose(leg(), parcel(), received=RECEIVED, identity=IDENTITY, signer=RING))
    assert not verified(out.replace(*change))


def test_our_broken_signature_is_replaced_and_others_stay() -> None:
    old = signed(RING, "club.example", message())
    other = b"DKIM-Signature: v=1; d=elsewhere.test; s=x; h=from:cc; bh=AA; b=AA\r\n"
    out = b"".join(
        compose(leg(), parcel(other + old), received=RECEIVED, identity=IDENTITY, signer=RING)
    )
    fields = split(out).all(b"dkim-signature")
    assert len(fields) == 2
    assert b"d=elsewhere.test" in fields[1].raw
    assert verified(out)


def test_without_a_key_ours_is_taken_off_and_the_smart_host_signs() -> None:
    old = signed(RING, "club.example", message())
    out = b"".join(compose(leg(), parcel(old), received=RECEIVED, identity=IDENTITY))
    assert not split(out).all(b"dkim-signature")


def test_an_untouched_leg_keeps_its_signature_whole() -> None:
    old = signed(RING, "club.example", message())
    out = b"".join(
        compose(leg(untouched=True), parcel(old), received=RECEIVED, identity=IDENTITY, signer=RING)
    )
    assert out == RECEIVED + old
    assert verified(out)


def test_a_signature_that_our_change_did_not_touch_stays() -> None:
    old = b"DKIM-Signature: v=1; d=club.example; h=subject; b=AA\r\n" + message()
    out = b"".join(compose(leg(), parcel(old), received=RECEIVED, identity=IDENTITY))
    assert b"h=subject" in split(out).all(b"dkim-signature")[0].raw


def test_ed25519_verifies_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """dkimpy's own verdict, with the mathematics of the cryptography library."""

    class VerifyKey:
        def __init__(self, octets: bytes, encoder: object) -> None:
            self.key = ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(octets))

        def verify(self, digest: bytes, signature: bytes) -> None:
            self.key.verify(signature, digest)

    stand_in = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(BadSignatureError=InvalidSignature, ValueError=ValueError),
    )
    monkeypatch.setattr(dkim, "nacl", stand_in, raising=False)
    both = KeyRing([Key("club.example", "s1", RSA), Key("club.example", "ed", ED)])
    raw = signed(both, "club.example", message())
    assert verified(raw, 0)
    assert verified(raw, 1)
    assert not verified(raw.replace(b"six", b"ten"), 1)


def test_a_key_signs_for_the_domains_below_its_own_and_for_no_other() -> None:
    raw = message()
    assert b"d=club.example;" in signed(RING, "juniors.club.example", raw)
    assert signed(RING, "otherclub.example", raw) == raw
    assert signed(RING, "example", raw) == raw


def test_nothing_is_signed_that_has_no_author() -> None:
    raw = message({"From": None})
    assert signed(RING, "club.example", raw) == raw


def test_lines_of_the_signature_keep_to_the_width() -> None:
    head = signed(RING, "club.example", message()).partition(b"From:")[0]
    assert max(len(line) for line in head.split(b"\r\n")) <= 78


@given(
    st.lists(
        st.sampled_from([b" ", b"\t", b"a", b"\r\n", b"  \t", b"\r\n\r\n", b"b c"]), max_size=30
    )
)
def test_any_body_verifies(pieces: list[bytes]) -> None:
    body = b"".join(pieces)
    raw = signed(RING, "club.example", message(body=body + b"\r\n" if body else b""))
    assert verified(raw)


def test_a_body_of_blanks_is_no_way_to_stop_us() -> None:
    body = b" " * 3_000_000 + b"x\r\n" * 10 + b"\r\n" * 300_000
    began = time.monotonic()
    relaxed_body(body)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        (b"", b""),
        (b" ", b""),
        (b"\r\n\r\n", b""),
        (b" \t\r\n", b""),
        (b"a", b"a\r\n"),
        (b"a ", b"a\r\n"),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),
    ],
)
def test_the_relaxed_form_is_that_of_the_rfc(body: bytes, canonical: bytes) -> None:
    assert relaxed_body(body) == canonical


def test_the_same_body_is_hashed_once_and_another_anew() -> None:
    ring = KeyRing([Key("club.example", "s1", RSA)])
    first, second = message(body=b"one\r\n"), message(body=b"two\r\n")
    for raw in random.Random(1).choices([first, second], k=6):
        assert verified(signed(ring, "club.example", raw))


def test_keys_are_read_from_files(tmp_path: Path) -> None:
    for key in (RSA, ED):
        file = tmp_path / "key.pem"
        file.write_bytes(pem(key))
        assert read_key("Club.Example", "s1", file).domain == "club.example"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "can't be read"),
        (b"", "no unencrypted PEM key"),
        (pem(RSA, b"secret"), "no unencrypted PEM key"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "neither RSA nor Ed25519"),
    ],
)
def test_a_key_that_cannot_sign_is_named_at_the_start(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "key.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(KeyTrouble, match=says) as trouble:
        read_key("club.example", "s1", file)
    assert str(file) in str(trouble.value)


def test_a_short_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.mail.dkim_sign.SMALLEST_RSA", 4096)
    file = tmp_path / "key.pem"
    file.write_bytes(pem(RSA))
    with pytest.raises(KeyTrouble, match="too short"):
        read_key("club.example", "s1", file)


@pytest.mark.pitfall(26)
@pytest.mark.parametrize(
    "kind",
    [
        "multipart/signed; protocol=application/pgp-signature; boundary=b",
        "application/pkcs7-mime; smime-type=signed-data",
    ],
)
def test_signed_bodies_leave_byte_for_byte(kind: str) -> None:
    body = b"--b\r\nContent-Type: text/plain\r\n\r\ntext \t\r\n--b\r\n\xff odd\r\n--b--\r\n \r\n"
    of = parcel(message({"Content-Type": kind}, body))
    for what in (leg(), leg(individual=True, to="")):
        out = b"".join(compose(what, of, received=RECEIVED, identity=IDENTITY, signer=RING))
        assert out.endswith(b"\r\n\r\n" + body)
        assert split(out).text(b"content-type") == kind.encode()
