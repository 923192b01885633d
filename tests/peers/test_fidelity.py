"""What must come out of the chain exactly as it went in: signatures, octets, wishes for reports."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from alongside.mail.dkim_sign import Key, KeyRing
from alongside.mail.smtp.sink import Received, Sink
from alongside.policy.vocabulary import Category
from tests import world
from tests.casting import own, served, work
from tests.world import CARL, CARLA, CHLOE, DINA, HOME, JUNIORS, OWEN

from .beside import beside, letter
from .chain import FAR, FAR_WIDE, SINK, Chain

pytestmark = [pytest.mark.peer, pytest.mark.asyncio]


def eight_bits(to: str) -> bytes:
    return (
        letter(CARLA, [to])
        .replace(b"Transfer-Encoding: 7bit", b"Transfer-Encoding: 8bit")
        .replace(b"See you on Saturday", "Bis Samstag, liebe Grüße: Café".encode())
    )


@pytest.fixture
async def far(chain: Chain) -> AsyncIterator[Sink]:
    """A server of another organisation, behind Postfix."""
    sink = Sink()
    await sink.listen(chain.address, SINK)
    yield sink
    await sink.stop()


@pytest.fixture(scope="module")
def private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def record_of(private: rsa.RSAPrivateKey) -> bytes:
    """What DNS says at alongside._domainkey.club.example."""
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def signed_well(message: bytes, private: rsa.RSAPrivateKey) -> bool:
    def look_up(name: bytes, timeout: int = 5) -> bytes | None:
        return record_of(private) if name == b"alongside._domainkey.club.example." else None

    return bool(dkim.verify(message, dnsfunc=look_up))


@pytest.mark.pitfall(26)
@pytest.mark.parametrize(
    "raw", [letter(CARLA, [CHLOE]), eight_bits(CHLOE)], ids=["plain", "eight bits"]
)
async def test_our_signature_holds_in_the_childs_mailbox_and_the_officers(
    chain, database, private, raw
):
    ring = KeyRing([Key("club.example", "alongside", private)])
    async with beside(chain, database, signer=ring) as club:
        word = await club.submit(CARLA, CHLOE, raw=raw, mail=["BODY=8BITMIME"])
        assert word.startswith("250"), word
        mail = await club.arrived()
    assert set(mail) == {CHLOE, OWEN}
    for (message,) in mail.values():
        assert OWEN in message["Cc"]
        assert signed_well(message.raw, private), message.text
        assert not signed_well(message.raw.replace(b"Cc: ", b"Cc: x@mail.test, "), private)
        assert not signed_well(message.raw + b"P.S.\r\n", private)


async def test_our_signature_holds_on_each_message_of_a_group(chain, database, private):
    ring = KeyRing([Key("club.example", "alongside", private)])
    async with beside(chain, database, signer=ring) as club:
        await club.submit(CARLA, JUNIORS, raw=letter(CARLA, [JUNIORS]))
        mail = await club.arrived()
    assert set(mail) == {CHLOE, DINA, HOME, OWEN}
    assert all(signed_well(m.raw, private) for messages in mail.values() for m in messages)


async def test_a_colleagues_own_signature_is_left_alone(chain, database, private):
    """Out of scope nothing is signed and nothing broken."""
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    raw = letter(CARLA, [CARL])
    raw = dkim.sign(raw, b"alongside", b"club.example", pem) + raw
    async with beside(chain, database) as club:
        await club.submit(CARLA, CARL, raw=raw)
        mail = await club.arrived()
    (message,) = mail[CARL]
    assert message.came_as(raw)
    assert signed_well(message.raw, private)


async def test_eight_bits_arrive_as_eight_bits(chain, database):
    async with beside(chain, database) as club:
        for to in (CARL, CHLOE):
            word = await club.submit(CARLA, to, raw=eight_bits(to), mail=["BODY=8BITMIME"])
            assert word.startswith("250"), word
        mail = await club.arrived()
    assert mail[CARL][0].came_as(eight_bits(CARL))
    body = eight_bits(CHLOE).partition(b"\r\n\r\n")[2]
    assert [m.raw.partition(b"\r\n\r\n")[2] for m in (*mail[CHLOE], *mail[OWEN])] == [body, body]


async def test_addresses_and_headers_beyond_ascii_pass_as_they_are(chain, far, database):
    to = f"jörg@{FAR_WIDE}"
    raw = letter(CARLA, ["X"]).replace(b"To: X", f"To: Jörg <{to}>".encode())
    async with beside(chain, database) as club:
        word = await club.submit(CARLA, to, raw=raw, mail=["SMTPUTF8", "BODY=8BITMIME"])
        assert word.startswith("250"), word
        (message,) = await far.wait(1)
        await club.quiet()
    assert message.envelope.smtputf8
    assert [r.address for r in message.envelope.recipients] == [to]
    assert message.envelope.content.endswith(raw)


@pytest.mark.clause("E3")
async def test_a_child_with_an_address_beyond_ascii_has_an_officer_copied(chain, far, database):
    zoe, officer = f"zoë@{FAR_WIDE}", f"owen@{FAR_WIDE}"
    child = served("zoe", Category.CHILD, own(zoe))
    people = world.people(owen={"contacts": (work(officer),)}, more=(child,))
    raw = letter(CARLA, ["X"]).replace(b"To: X", f"To: Zoë <{zoe}>".encode())
    async with beside(chain, database, people=people) as club:
        word = await club.submit(CARLA, zoe, raw=raw, mail=["SMTPUTF8", "BODY=8BITMIME"])
        assert word.startswith("250"), word
        await far.wait(2)
        await club.quiet()
        order = club.accepted()
    assert order[0].startswith("copy+") and order[1] == CARLA
    assert {m.envelope.recipients[0].address for m in far.messages} == {zoe, officer}
    assert all(f"To: Zoë <{zoe}>".encode() in m.envelope.content for m in far.messages)
    shown = f"<owen@{FAR_WIDE.encode('idna').decode()}>"
    assert all(f"Cc: Safeguarding officer {shown}".encode() in unfolded(m) for m in far.messages)


def unfolded(message: Received) -> bytes:
    return message.envelope.content.replace(b"\r\n ", b" ")


async def test_wishes_for_delivery_reports_pass_exactly_to_the_next_server(chain, far, database):
    kim = f"kim@{FAR}"
    child = served("kim", Category.CHILD, own(kim))
    envelope = ["RET=HDRS", "ENVID=QQ314159+2B2"]
    wish = ["NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;Kim+2BOriginal@old.example"]
    async with beside(chain, database, people=world.people(more=(child,))) as club:
        for to in (kim, f"stranger@{FAR}"):
            word = await club.submit(CARLA, to, raw=letter(CARLA, [to]), mail=envelope, rcpt=wish)
            assert word.startswith("250"), word
        await far.wait(2)
        mail = await club.arrived()
    for message in far.messages:
        told = message.envelope.parameters
        assert (told["RET"], told["ENVID"]) == ("HDRS", "QQ314159+2B2")
        (recipient,) = message.envelope.recipients
        assert recipient.parameters == dict(w.split("=", 1) for w in wish)
    assert set(mail) == {OWEN}, "a copy is ours: the writer gets no report of it"


async def test_a_delivery_report_that_the_writer_asked_for_reaches_the_writer(chain, database):
    async with beside(chain, database) as club:
        await club.submit(
            CARLA,
            CHLOE,
            raw=letter(CARLA, [CHLOE]),
            mail=["RET=HDRS", "ENVID=QQ1"],
            rcpt=["NOTIFY=SUCCESS", f"ORCPT=rfc822;{CHLOE}"],
        )
        mail = await club.arrived()
    assert set(mail) == {CHLOE, OWEN, CARLA}
    (report,) = mail[CARLA]
    assert "Original-Envelope-Id: QQ1" in report.text
    assert f"Original-Recipient: rfc822;{CHLOE}" in report.text
    assert "copy+" not in report.text
