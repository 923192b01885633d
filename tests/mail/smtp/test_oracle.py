"""Against programs that are not ours: aiosmtpd as the server's oracle, smtplib as a client."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from contextlib import asynccontextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.mail.smtp.client import Client
from alongside.mail.smtp.content import stuffed
from alongside.mail.smtp.envelope import Recipient
from alongside.mail.smtp.machine import Machine
from alongside.mail.smtp.route import Route
from alongside.mail.smtp.sink import Sink
from alongside.mail.smtp.terms import Limits, Terms

from .conversation import converse, dial, messages, said

COACH = "coach@charity.example"


class Keep:
    """aiosmtpd's handler: keeps the envelopes."""

    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        return "250 2.0.0 message accepted"


@asynccontextmanager
async def aiosmtpd(**options):
    """The oracle on a free port."""
    keep = Keep()
    options = {"enable_SMTPUTF8": True, "hostname": "mx.example", **options}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keep, **options), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], keep
    finally:
        server.close()
        await server.wait_closed()


# Our server against the oracle: the same words, the same codes, the same message.

WORD = st.text("abcXYZ09._+-", min_size=1, max_size=12).filter(
    lambda word: not word.startswith(".") and not word.endswith(".") and ".." not in word
)
ADDRESS = st.builds("{}@{}.example".format, WORD, st.text("abcXYZ", min_size=1, max_size=8))
LINE = st.text(st.characters(codec="ascii", exclude_characters="\0\r\n"), max_size=80)
BODY = st.lists(st.one_of(LINE, st.sampled_from([".", "..", ".x", ""])), max_size=12)
SESSION = st.lists(
    st.one_of(
        st.builds("MAIL FROM:<{}>".format, ADDRESS),
        st.builds("MAIL FROM:<{}> SIZE=100 BODY=8BITMIME".format, ADDRESS),
        st.builds("RCPT TO:<{}>".format, ADDRESS),
        st.sampled_from(["RSET", "NOOP", "VRFY x@y.example", "EHLO again.example", "MAIL FROM:<>"]),
        st.tuples(ADDRESS, ADDRESS, BODY),
    ),
    min_size=1,
    max_size=10,
)


def script_of(session):
    """Each step as (octets to say, whether a reply follows)."""
    yield b"EHLO laptop.example\r\n"
    for step in session:
        if isinstance(step, str):
            yield step.encode() + b"\r\n"
            continue
        sender, recipient, body = step
        yield b"RSET\r\n"
        yield f"MAIL FROM:<{sender}>\r\n".encode()
        yield f"RCPT TO:<{recipient}>\r\n".encode()
        yield b"DATA\r\n"
        yield stuffed("".join(f"{line}\r\n" for line in body).encode()) + b".\r\n"
    yield b"QUIT\r\n"


async def oracle_says(script):
    async with aiosmtpd() as (port, keep), dial(port) as client:
        codes = [int((await client.hear())[:3])]
        for octets in script:
            await client.send(octets)
            codes.append(int((await client.hear())[:3]))
    return codes, keep.envelopes


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(SESSION)
def test_on_sound_traffic_we_say_what_aiosmtpd_says(session):
    script = list(script_of(session))
    codes, theirs = asyncio.run(oracle_says(script))
    heard = converse(Machine(Terms()), script)
    assert said(heard) == codes
    ours = messages(heard)
    assert [each.content for each in ours] == [each.content for each in theirs]
    # The oracle keeps the null sender as `<>` in one place only: here it can't be in a message.
    assert [each.sender for each in ours] == [each.mail_from for each in theirs]
    assert [[one.address for one in each.recipients] for each in ours] == [
        each.rcpt_tos for each in theirs
    ]


# Our client against the oracle.


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(ADDRESS, st.lists(ADDRESS, min_size=1, max_size=4, unique=True), BODY)
def test_what_our_client_sends_the_oracle_reads(sender, recipients, body):
    content = "".join(f"{line}\r\n" for line in body).encode()

    async def send():
        async with aiosmtpd() as (port, keep):
            client = Client(Route(host="127.0.0.1", port=port))
            results = await client.send(sender, recipients, content)
            await client.close()
            return results, keep.envelopes

    results, envelopes = asyncio.run(send())
    assert all(result.accepted for result in results)
    assert [(each.mail_from, each.rcpt_tos, each.content) for each in envelopes] == [
        (sender, recipients, content)
    ]


async def test_our_client_logs_in_at_the_oracle_under_tls(ca, tls, tmp_path):
    from aiosmtpd.smtp import AuthResult

    def authenticate(server, session, envelope, mechanism, credentials):
        known = (credentials.login, credentials.password) == (b"gateway", b"geheim")
        return AuthResult(success=known)

    secret = tmp_path / "secret"
    secret.write_text("geheim")
    options = {"tls_context": tls, "require_starttls": True, "authenticator": authenticate}
    async with aiosmtpd(auth_required=True, **options) as (port, keep):
        route = Route(
            host="localhost",
            port=port,
            scheme="smtp+starttls",
            authorities=ca.file,
            user="gateway",
            secret_file=secret,
        )
        client = Client(route)
        results = await client.send(COACH, ["δ@home.example"], b"Subject: x\r\n\r\n")
        assert [result.accepted for result in results] == [True]
        assert keep.envelopes[0].rcpt_tos == ["δ@home.example"]
        await client.close()


# smtplib against our server.


async def check(username, password):
    return username if (username, password) == ("coach", "geheim") else None


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
async def test_smtplib_speaks_with_us_under_tls_logged_in_with_dsn_and_smtputf8(
    ca, tls, trust: ssl.SSLContext, mechanism
):
    message = EmailMessage()
    message["Subject"] = "Grüße"
    message["From"] = COACH
    message["To"] = "jöran@home.example"
    message.set_content("Hello\n.\n..two dots\n")

    def talk(port: int) -> None:
        with smtplib.SMTP("localhost", port, timeout=5) as client:
            client.starttls(context=trust)
            client.ehlo()
            assert client.has_extn("dsn")
            client.user, client.password = "coach", "geheim"
            assert client.auth(mechanism, getattr(client, f"auth_{mechanism.lower()}"))[0] == 235
            client.send_message(
                message,
                mail_options=["RET=HDRS", "ENVID=aBc"],
                rcpt_options=["NOTIFY=FAILURE,DELAY", "ORCPT=utf-8;Jöran@Home.Example"],
            )
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail(COACH, ["no address"], "Subject: x\r\n\r\n")
            assert client.verify(COACH)[0] == 252
            client.help()

    terms = Terms(limits=Limits(login_delay=0.0))
    async with Sink(tls=tls, authenticate=check, terms=terms) as sink:
        await asyncio.to_thread(talk, sink.port)
        (received,) = sink.messages
    envelope = received.envelope
    assert received.protocol == "UTF8SMTPSA"
    assert received.login == "coach"
    assert envelope.parameters["RET"] == "HDRS"
    assert envelope.parameters["ENVID"] == "aBc"
    assert envelope.recipients == (
        Recipient(
            "jöran@home.example",
            {"NOTIFY": "FAILURE,DELAY", "ORCPT": "utf-8;Jöran@Home.Example"},
        ),
    )
    assert b"\r\n.\r\n..two dots\r\n" in envelope.content
    assert "Grüße".encode() in envelope.content


async def test_smtplib_hears_a_wrong_login(tls, trust):
    def talk(port: int) -> None:
        with smtplib.SMTP_SSL("localhost", port, timeout=5, context=trust) as client:
            with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
                client.login("coach", "falsch")
            assert refused.value.smtp_code == 535

    terms = Terms(limits=Limits(login_delay=0.0, logins=9))
    async with Sink(tls=tls, authenticate=check, implicit_tls=True, terms=terms) as sink:
        await asyncio.to_thread(talk, sink.port)
