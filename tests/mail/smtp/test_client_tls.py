"""The client under TLS, and logging in: verified or nothing, and never a password in the clear."""

from __future__ import annotations

import os

import pytest

from alongside.enforcement.values import Fate
from alongside.mail.smtp import outcomes
from alongside.mail.smtp.client import Client
from alongside.mail.smtp.route import Route, Timeouts
from alongside.mail.smtp.sink import Sink
from alongside.mail.smtp.terms import Limits, Terms
from alongside.mail.smtp.tls import server_context

from .certificates import authority
from .conversation import ScriptedPeer

COACH = "coach@charity.example"
HELLO = b"Subject: x\r\n\r\nhello\r\n"
QUICK = Timeouts(connect=1.0, greeting=1.0, handshake=1.0, command=1.0, final=1.0)


async def send_once(port, scheme, host="localhost", **settings):
    client = Client(Route(host=host, port=port, scheme=scheme, timeouts=QUICK, **settings))
    try:
        (result,) = await client.send(COACH, ("officer@charity.example",), HELLO)
    finally:
        await client.close()
    return result


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret"
    file.write_text("geheim\nsecond line is ignored\n")
    return file


async def check(username, password):
    return username if (username, password) == ("gateway", "geheim") else None


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+starttls", False), ("smtps", True)])
async def test_a_verified_next_hop_gets_the_mail_under_tls(ca, tls, scheme, implicit):
    async with Sink(tls=tls, implicit_tls=implicit) as sink:
        for host in ("localhost", "127.0.0.1"):
            result = await send_once(sink.port, scheme, host, authorities=ca.file)
            assert result.accepted
        assert {received.protocol for received in sink.messages} == {"ESMTPS"}


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+starttls", False), ("smtps", True)])
async def test_a_next_hop_that_can_not_be_verified_gets_nothing(tmp_path, tls, scheme, implicit):
    stranger = authority(tmp_path, "Stranger")
    async with Sink(tls=tls, implicit_tls=implicit) as sink:
        result = await send_once(sink.port, scheme, authorities=stranger.file)
        assert result == outcomes.UNVERIFIED
        assert result.fate is Fate.TEMPORARY
        result = await send_once(sink.port, scheme)
        assert result == outcomes.UNVERIFIED
        assert sink.offered == 0


async def test_a_next_hop_with_another_name_gets_nothing(ca, tls):
    async with Sink(tls=tls) as sink:
        assert await send_once(sink.port, "smtp+starttls", "127.0.0.2", authorities=ca.file) in (
            outcomes.UNVERIFIED,
            outcomes.UNREACHABLE,
        )
        assert sink.offered == 0


async def test_starttls_demanded_and_not_offered_sends_nothing(ca):
    async with Sink() as sink:
        result = await send_once(sink.port, "smtp+starttls", authorities=ca.file)
        assert result == outcomes.NO_TLS
        assert sink.offered == 0


async def test_opportunistic_tls_refused_goes_on_in_the_clear():
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 STARTTLS")
        await peer.expect("STARTTLS")
        await peer.say("454 4.7.0 not now")
        await peer.expect("MAIL")
        await peer.say("550 no")

    async with ScriptedPeer(script) as peer:
        assert (await send_once(peer.port, "smtp", opportunistic=True)).code == 550


async def test_starttls_refused_sends_nothing(ca):
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 STARTTLS")
        await peer.expect("STARTTLS")
        await peer.say("454 4.7.0 not now")
        await peer.closed()

    async with ScriptedPeer(script) as peer:
        result = await send_once(peer.port, "smtp+starttls", authorities=ca.file)
        assert result == outcomes.NO_TLS


async def test_words_injected_behind_the_answer_to_starttls_end_it(ca):
    """CVE-2011-0411, from the other side."""

    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 STARTTLS")
        await peer.expect("STARTTLS")
        await peer.send(b"220 go\r\n250-evil.example\r\n250 AUTH PLAIN\r\n")
        await peer.closed()

    async with ScriptedPeer(script) as peer:
        result = await send_once(peer.port, "smtp+starttls", authorities=ca.file)
        assert result == outcomes.GARBLED


async def test_plain_smtp_never_encrypts_unless_asked(tls):
    async with Sink(tls=tls) as sink:
        assert (await send_once(sink.port, "smtp")).accepted
        assert (await send_once(sink.port, "smtp", opportunistic=True)).accepted
        assert [received.protocol for received in sink.messages] == ["ESMTP", "ESMTPS"]
    async with Sink() as sink:
        assert (await send_once(sink.port, "smtp", opportunistic=True)).accepted


async def test_our_own_certificate_is_shown_to_a_next_hop_that_asks(ca, tmp_path):
    tls = server_context(ca.sign("server"), client_authorities=ca.file)
    seen = []

    async def remember(received):
        seen.append(received)

    async with Sink(tls=tls, on_message=remember) as sink:
        ours = ca.sign("gateway.charity.example")
        result = await send_once(sink.port, "smtp+starttls", authorities=ca.file, certificate=ours)
        assert result.accepted
    assert seen[0].certificate is not None
    assert seen[0].certificate.subject.startswith("CN=gateway.charity.example")


async def test_authorities_that_can_not_be_read_are_temporary(tmp_path, tls):
    async with Sink(tls=tls) as sink:
        missing = tmp_path / "missing.pem"
        assert await send_once(sink.port, "smtps", authorities=missing) == outcomes.UNVERIFIED
        assert sink.server.connections == 0


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
async def test_a_login_with_the_secret_of_a_file(secret, mechanism):
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", f"250 AUTH {mechanism}")
        if mechanism == "PLAIN":
            await peer.expect(r"AUTH PLAIN AGdhdGV3YXkAZ2VoZWlt\r\n")
        else:
            await peer.expect(r"AUTH LOGIN\r\n")
            await peer.say("334 VXNlcm5hbWU6")
            await peer.expect(r"Z2F0ZXdheQ==\r\n")
            await peer.say("334 UGFzc3dvcmQ6")
            await peer.expect(r"Z2VoZWlt\r\n")
        await peer.say("235 2.7.0 welcome")
        await peer.expect("MAIL")
        await peer.say("550 no")

    async with ScriptedPeer(script) as peer:
        result = await send_once(
            peer.port, "smtp", user="gateway", secret_file=secret, login_without_tls=True
        )
        assert result.code == 550


async def test_a_login_refused_at_its_first_word_is_not_gone_on_with(secret):
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 AUTH LOGIN")
        await peer.expect(r"AUTH LOGIN\r\n")
        await peer.say("504 not today")
        await peer.closed()

    async with ScriptedPeer(script) as peer:
        settings = {"user": "gateway", "secret_file": secret, "login_without_tls": True}
        assert await send_once(peer.port, "smtp", **settings) == outcomes.NO_LOGIN


async def test_a_login_under_tls_at_a_real_server(ca, tls, secret):
    terms = Terms(limits=Limits(login_delay=0.0))
    async with Sink(tls=tls, authenticate=check, terms=terms) as sink:
        settings = {"authorities": ca.file, "user": "gateway", "secret_file": secret}
        assert (await send_once(sink.port, "smtp+starttls", **settings)).accepted
        assert sink.messages[0].login == "gateway"
        assert sink.messages[0].protocol == "ESMTPSA"
        secret.write_text("falsch")
        assert await send_once(sink.port, "smtp+starttls", **settings) == outcomes.NO_LOGIN


async def test_a_login_that_is_not_offered_sends_nothing(ca, tls, secret):
    async with Sink(tls=tls) as sink:
        settings = {"authorities": ca.file, "user": "gateway", "secret_file": secret}
        assert await send_once(sink.port, "smtp+starttls", **settings) == outcomes.NO_LOGIN
        assert sink.offered == 0


async def test_a_secret_that_can_not_be_read_is_temporary_and_not_told(ca, tls, secret):
    async with Sink(tls=tls, authenticate=check) as sink:
        settings = {"authorities": ca.file, "user": "gateway", "secret_file": secret}
        secret.write_bytes(b"\xff\xfe")
        assert await send_once(sink.port, "smtp+starttls", **settings) == outcomes.NO_SECRET
        os.remove(secret)
        assert await send_once(sink.port, "smtp+starttls", **settings) == outcomes.NO_SECRET
