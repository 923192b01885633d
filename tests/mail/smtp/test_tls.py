"""STARTTLS, TLS from the start, certificates of either side, and logins."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import ssl
import time

import pytest

from alongside.mail.smtp.house import nobody
from alongside.mail.smtp.server import Server
from alongside.mail.smtp.terms import Limits, Terms
from alongside.mail.smtp.throttle import Throttle
from alongside.mail.smtp.tls import client_context, server_context

from .certificates import authority
from .conversation import Recorder, call, front

PLAIN = base64.b64encode(b"\0coach\0geheim").decode()
WRONG = base64.b64encode(b"\0coach\0falsch").decode()


async def check(username, password):
    return "coach@charity.example" if (username, password) == ("coach", "geheim") else None


async def test_starttls_and_all_begins_anew(tls, trust):
    recorder = Recorder()
    async with front(recorder, tls=tls) as server, call(server) as client:
        await client.hello()
        await client.say("STARTTLS")
        await client.expect("220 2.0.0 ")
        await client.start_tls(trust)
        await client.say("MAIL FROM:<a@a.example>")
        await client.expect("503 ")
        await client.say("EHLO laptop.example")
        reply = await client.expect("250")
        assert "STARTTLS" not in reply
        await client.envelope()
        await client.say("x", ".")
        await client.expect("250 ")
        await client.say("QUIT")
        await client.expect("221")
        await client.closed()
    assert recorder.protocols == ["ESMTPS"]
    assert recorder.sessions[0].certificate is None


async def test_what_is_injected_behind_starttls_is_never_obeyed(tls, trust):
    """CVE-2011-0411: commands in the clear must not act under TLS."""
    recorder = Recorder()
    async with front(recorder, tls=tls) as server, call(server) as client:
        await client.hello()
        await client.say("STARTTLS", "EHLO evil.example", "MAIL FROM:<evil@evil.example>")
        await client.expect("220 ")
        await client.start_tls(trust)
        await client.silent()
        await client.say("RCPT TO:<child@home.example>")
        await client.expect("503 ")
    assert recorder.sessions[0].helo == ""


async def test_a_failed_handshake_ends_the_connection_and_no_more(tls):
    async with front(Recorder(), tls=tls, limits=Limits(handshake=0.2)) as server:
        for octets in (b"this is no handshake at all\r\n", b""):
            async with call(server) as client:
                await client.hello()
                await client.say("STARTTLS")
                await client.expect("220 ")
                await client.send(octets)
                with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
                    while True:
                        await client._reader.readexactly(1)
        async with asyncio.timeout(5):
            while server.connections:
                await asyncio.sleep(0.01)
        async with call(server) as client:
            await client.hello()


async def test_tls_from_the_start(tls, trust):
    recorder = Recorder()
    async with (
        front(recorder, tls=tls, implicit_tls=True) as server,
        call(server, ssl=trust, server_hostname="localhost") as client,
    ):
        await client.hello()
        await client.say("STARTTLS")
        await client.expect("503 ")
        await client.envelope()
        await client.say("x", ".")
        await client.expect("250 ")
    assert recorder.protocols == ["ESMTPS"]


async def test_tls_from_the_start_needs_a_certificate():
    with pytest.raises(ValueError, match="certificate"):
        await Server(Recorder()).listen("127.0.0.1", implicit_tls=True)


async def test_a_verified_client_certificate_is_known_by_subject_and_fingerprint(ca):
    recorder = Recorder()
    pem = ca.sign("relay.charity.example")
    tls = server_context(ca.sign("server"), client_authorities=ca.file)
    trust = client_context(ca.file, certificate=pem)
    async with front(recorder, tls=tls) as server, call(server) as client:
        await client.hello()
        await client.say("STARTTLS")
        await client.expect("220 ")
        await client.start_tls(trust)
        await client.say("EHLO x")
        await client.expect("250")
    certificate = recorder.sessions[0].certificate
    assert certificate is not None
    assert certificate.subject == "CN=relay.charity.example,O=Example Charity"
    der = ssl.PEM_cert_to_DER_cert(pem.read_text().partition("-----BEGIN PRIVATE")[0])
    assert certificate.fingerprint == hashlib.sha256(der).hexdigest()


async def test_a_client_certificate_of_another_authority_is_not_let_in(ca, tmp_path):
    other = authority(tmp_path, "Other Authority")
    tls = server_context(ca.sign("server"), client_authorities=ca.file)
    recorder = Recorder()
    trust = client_context(ca.file, certificate=other.sign("relay.charity.example"))
    async with front(recorder, tls=tls) as server, call(server) as client:
        await client.hello()
        await client.say("STARTTLS")
        await client.expect("220 ")
        with pytest.raises((ssl.SSLError, ConnectionError, asyncio.IncompleteReadError)):
            await client.start_tls(trust)
            await client.say("EHLO x")
            await client.expect("250")
    assert recorder.sessions[0].certificate is None


async def test_a_new_certificate_is_used_from_the_next_handshake(ca, tls, trust, tmp_path):
    other = authority(tmp_path, "Other Authority")
    async with front(Recorder(), tls=tls) as server:
        async with call(server) as client:
            await client.hello()
            await client.say("STARTTLS")
            await client.expect("220 ")
            await client.start_tls(trust)
            server.use_certificate(server_context(other.sign("server")))
            await client.say("EHLO x")
            await client.expect("250")
        async with call(server) as client:
            await client.hello()
            await client.say("STARTTLS")
            await client.expect("220 ")
            await client.start_tls(client_context(other.file))


async def test_a_new_certificate_is_used_under_tls_from_the_start_too(ca, tls, trust, tmp_path):
    other = authority(tmp_path, "Other Authority")
    async with front(Recorder(), tls=tls, implicit_tls=True) as server:
        async with call(server, ssl=trust, server_hostname="localhost") as client:
            await client.hello()
            server.use_certificate(server_context(other.sign("server")))
            await client.say("NOOP")
            await client.expect("250")
        trust_other = client_context(other.file)
        async with call(server, ssl=trust_other, server_hostname="127.0.0.1") as client:
            await client.hello()
        with pytest.raises(ssl.SSLError):
            async with call(server, ssl=trust, server_hostname="localhost"):
                pass


async def test_a_certificate_can_not_appear_on_a_server_without_tls(tls):
    with pytest.raises(ValueError, match="without TLS"):
        Server(Recorder()).use_certificate(tls)


async def test_a_login_under_tls(tls, trust):
    recorder = Recorder()
    async with front(recorder, tls=tls, authenticate=check) as server, call(server) as client:
        await client.hello()
        await client.say(f"AUTH PLAIN {PLAIN}")
        await client.expect("538 5.7.11 ")
        await client.say("STARTTLS")
        await client.expect("220 ")
        await client.start_tls(trust)
        await client.say("EHLO x")
        assert "AUTH PLAIN LOGIN" in await client.expect("250")
        await client.say(f"AUTH PLAIN {PLAIN}")
        await client.expect("235 2.7.0 ")
        await client.envelope()
        await client.say("x", ".")
        await client.expect("250 ")
    assert recorder.sessions[0].login == "coach@charity.example"
    assert recorder.protocols == ["ESMTPSA"]


async def test_where_nobody_may_log_in_no_login_is_right():
    assert await nobody("coach", "geheim") is None


async def test_wrong_logins_cost_time_and_then_the_session():
    terms = Terms(login_without_tls=True, limits=Limits(logins=2, login_delay=0.1))
    recorder = Recorder()
    async with front(recorder, terms=terms, authenticate=check) as server, call(server) as client:
        await client.hello()
        began = asyncio.get_running_loop().time()
        await client.say(f"AUTH PLAIN {WRONG}")
        await client.expect("535 5.7.8 ")
        await client.say(f"AUTH PLAIN {WRONG}")
        await client.expect("535 5.7.8 ", "421 4.7.0 ")
        assert asyncio.get_running_loop().time() - began >= 0.3
        await client.closed()
    assert recorder.sessions[0].login is None


async def test_failed_logins_of_one_client_are_limited_over_all_of_its_sessions():
    limits = Limits(logins_per_client=2, login_delay=0.0)
    terms = Terms(login_without_tls=True, limits=limits)
    async with front(Recorder(), terms=terms, authenticate=check) as server:
        for _ in range(2):
            async with call(server) as client:
                await client.hello()
                await client.say(f"AUTH PLAIN {WRONG}")
                await client.expect("535 ")
        async with call(server) as client:
            await client.hello()
            await client.say(f"AUTH PLAIN {PLAIN}")
            await client.expect("454 4.7.0 too many")


def test_the_throttle_counts_a_network_and_forgets():
    throttle = Throttle(limit=1, seconds=0.05)
    throttle.failed("2001:db8::1")
    assert not throttle.may_try("2001:db8::ffff")
    assert throttle.may_try("2001:db8:0:1::1")
    assert throttle.may_try("192.0.2.1")
    time.sleep(0.06)
    assert throttle.may_try("2001:db8::1")
    throttle.failed("2001:db8::1")
    assert not throttle.may_try("2001:db8::1")
    for number in range(10_001):
        throttle.failed(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert throttle.may_try("2001:db8::1"), "the oldest was forgotten"


async def test_trouble_with_checking_logins_is_temporary(caplog):
    async def broken(username, password):
        raise RuntimeError(f"no database for {username}")

    terms = Terms(login_without_tls=True)
    async with (
        front(Recorder(), terms=terms, authenticate=broken) as server,
        call(server) as client,
    ):
        await client.hello()
        await client.say(f"AUTH PLAIN {PLAIN}")
        assert "database" not in await client.expect("454 4.7.0 ")
    assert "coach" not in caplog.text
