"""``alongside send``: one test message to the gateway, and its answer in full."""

from __future__ import annotations

import smtplib
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

import click

from .errors import FOUND_BAD, bad_input
from .options import config_file
from .output import say

DEFAULT_SERVER = "127.0.0.1:2525"


@click.command()
@click.option("--from", "sender", metavar="ADDRESS", required=True, help="Who writes.")
@click.option(
    "--to", "recipients", metavar="ADDRESS", required=True, multiple=True, help="May be repeated."
)
@click.option("--subject", default="A test message", show_default=True)
@click.option("--text", default="This is a test of Alongside.", show_default=True)
@click.option("--urgent", is_flag=True, help="Declare an emergency: adds the tag `+urgent`.")
@click.option(
    "--server",
    metavar="HOST:PORT",
    help=f"The gateway. [default: where the configuration says, else {DEFAULT_SERVER}]",
)
@config_file
def send(
    config_file: Path | None,
    sender: str,
    recipients: tuple[str, ...],
    subject: str,
    text: str,
    urgent: bool,
    server: str | None,
) -> None:
    """Send a test message to the gateway.

    Prints the whole answer. Exit status 0 when it was taken, 1 when it was refused or the gateway
    is not there.
    """
    host, port = _server(server, config_file)
    recipients = tuple(_tagged(a) if urgent and not i else a for i, a in enumerate(recipients))
    message = _message(sender, recipients, subject, text)
    try:
        with smtplib.SMTP(host, port, timeout=60) as smtp:
            taken = _converse(smtp, sender, recipients, message)
    except (OSError, smtplib.SMTPException) as error:
        click.echo(f"alongside: no answer from {host}:{port}: {error}", err=True)
        click.echo("    is the gateway running? `alongside gateway` starts it", err=True)
        sys.exit(FOUND_BAD)
    sys.exit(0 if taken else FOUND_BAD)


def _server(given: str | None, config_file: Path | None) -> tuple[str, int]:
    from alongside.site.config import find_file, load
    from alongside.site.config.hops import parse_endpoint

    if given is None and (config_file or find_file().exists()):
        return load(config_file).gateway.endpoints[0]
    try:
        return parse_endpoint(given or DEFAULT_SERVER)
    except ValueError as error:
        bad_input(f"--server: {error}")


def _tagged(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local}+urgent{at}{domain}" if at else address


def _message(sender: str, recipients: tuple[str, ...], subject: str, text: str) -> bytes:
    message = EmailMessage()
    try:
        message["From"] = sender
        message["To"] = ", ".join(recipients)
    except ValueError as error:
        bad_input(f"`{sender}`, `{', '.join(recipients)}`: {error}")
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message.set_content(text)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def _converse(smtp: smtplib.SMTP, sender: str, recipients: tuple[str, ...], message: bytes) -> bool:
    smtp.ehlo()
    needs_utf8 = any(not a.isascii() for a in (sender, *recipients))
    options = ("SMTPUTF8", "BODY=8BITMIME") if needs_utf8 else ()
    if needs_utf8:
        smtp.command_encoding = "utf-8"
    steps = [(f"from {sender}", smtp.mail(sender, options))]
    if steps[-1][1][0] == 250:
        steps += [(f"to {a}", smtp.rcpt(a)) for a in recipients]
    for label, (code, answer) in steps:
        _tell(label, code, answer)
    if any(code not in (250, 251) for _, (code, _) in steps):
        return False
    code, answer = smtp.data(message)
    _tell("message", code, answer)
    return code == 250


def _tell(label: str, code: int, answer: bytes) -> None:
    first, *rest = answer.decode("utf-8", "replace").splitlines() or [""]
    say(f"{label}\n    {code} {first}")
    for line in rest:
        say(f"    {code} {line}")
