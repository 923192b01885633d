"""What each command does once the table allowed it, and what the answer to each question means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import grammar, login, replies
from .envelope import Recipient
from .events import Auth, Connected, DataComplete, Hello, Mail, Question, Rcpt, StartTls
from .replies import Reply
from .states import State

if TYPE_CHECKING:
    from .machine import Happenings, Machine

# The name goes into our Received line: nothing that would end a comment or a line there.
_HELLO_NAME = re.compile(r"[^\x00-\x20\x7f-\xa0()<>\"\\;,\u2028\u2029]{1,255}")


def _helo(machine: Machine, name: str, out: Happenings) -> None:
    if _hello(machine, name, out, extended=False):
        out.append(replies.hello(machine.terms.host))


def _ehlo(machine: Machine, name: str, out: Happenings) -> None:
    if _hello(machine, name, out, extended=True):
        extensions = machine.terms.extensions(secure=machine.secure)
        out.append(replies.extended_hello(machine.terms.host, extensions))


def _hello(machine: Machine, name: str, out: Happenings, *, extended: bool) -> bool:
    if _HELLO_NAME.fullmatch(name) is None:
        machine.refuse(out, replies.BAD_HELLO)
        return False
    machine.state = machine.then
    machine.forget_mail()
    out.append(Hello(name, extended))
    return True


def _starttls(machine: Machine, argument: str, out: Happenings) -> None:
    if argument:
        machine.refuse(out, replies.NO_ARGUMENT)
    elif machine.secure:
        machine.refuse(out, replies.ALREADY_ENCRYPTED)
    elif not machine.terms.tls:
        machine.refuse(out, replies.NOT_OFFERED)
    else:
        machine.ask(out, StartTls())


def _auth(machine: Machine, argument: str, out: Happenings) -> None:
    mechanism, _, initial = argument.partition(" ")
    mechanism = mechanism.upper()
    if not machine.terms.login:
        machine.refuse(out, replies.NOT_OFFERED)
    elif not machine.secure and not machine.terms.login_without_tls:
        machine.refuse(out, replies.LOGIN_NEEDS_TLS)
    elif machine.logged_in:
        machine.refuse(out, replies.ALREADY_LOGGED_IN)
    elif mechanism not in ("PLAIN", "LOGIN"):
        machine.refuse(out, replies.UNKNOWN_MECHANISM)
    else:
        machine.username = None if mechanism == "PLAIN" else ""
        machine.state = State.LOGIN
        if initial:
            go_on_logging_in(machine, initial, out)
        else:
            out.append(replies.GO_ON if mechanism == "PLAIN" else replies.ASK_USERNAME)


def go_on_logging_in(machine: Machine, word: str, out: Happenings) -> None:
    """Take one line of the client's side of AUTH."""
    try:
        if word == "*":
            machine.state = State.READY
            return machine.refuse(out, replies.LOGIN_CANCELLED)
        if machine.username is None:
            username, password = login.plain(word)
        elif not machine.username:
            machine.username = login.text(word)
            if not machine.username:
                raise login.BadForm
            return out.append(replies.ASK_PASSWORD)
        else:
            username, password = machine.username, login.text(word)
    except login.BadForm:
        machine.state = State.READY
        return machine.refuse(out, replies.BAD_LOGIN_FORM)
    machine.state = State.READY
    machine.username = None
    machine.ask(out, Auth(username, password))


def _mail(machine: Machine, argument: str, out: Happenings) -> None:
    if machine.terms.tls_required and not machine.secure:
        return machine.refuse(out, replies.TLS_FIRST)
    try:
        sender, parameters = grammar.mail(argument, machine.terms)
    except grammar.Refusal as refusal:
        return machine.refuse(out, refusal.reply)
    machine.ask(out, Mail(sender, parameters))


def _rcpt(machine: Machine, argument: str, out: Happenings) -> None:
    if len(machine.recipients) >= machine.terms.limits.recipients:
        return out.append(replies.TOO_MANY_RECIPIENTS)
    smtputf8 = "SMTPUTF8" in machine.parameters
    try:
        address, parameters = grammar.rcpt(argument, machine.terms, smtputf8=smtputf8)
    except grammar.Refusal as refusal:
        return machine.refuse(out, refusal.reply)
    machine.ask(out, Rcpt(Recipient(address, parameters)))


def _data(machine: Machine, argument: str, out: Happenings) -> None:
    if argument:
        return machine.refuse(out, replies.NO_ARGUMENT)
    machine.start_content()
    out.append(replies.SEND_CONTENT)


def _rset(machine: Machine, argument: str, out: Happenings) -> None:
    if argument:
        return machine.refuse(out, replies.NO_ARGUMENT)
    machine.state = machine.then
    machine.forget_mail()
    out.append(replies.OK)


def _quit(machine: Machine, argument: str, out: Happenings) -> None:
    if argument:
        return machine.refuse(out, replies.NO_ARGUMENT)
    out.append(replies.GOODBYE)
    machine.close(out, quit=True)


def _connected(machine: Machine, _: Question, reply: Reply, out: Happenings) -> None:
    if not reply.positive:
        machine.close(out)


def _started_tls(machine: Machine, _: Question, reply: Reply, out: Happenings) -> None:
    if reply.positive:
        # What was said in the clear behind STARTTLS is thrown away (CVE-2011-0411).
        machine.forget_input()
        machine.state = State.HANDSHAKE


def _logged_in(machine: Machine, _: Question, reply: Reply, out: Happenings) -> None:
    if reply.positive:
        machine.logged_in = True
    elif reply.code == replies.WRONG_LOGIN.code:
        machine.failed_logins += 1
        if machine.failed_logins >= machine.terms.limits.logins:
            machine.hang_up(out, replies.TOO_MANY_LOGINS)


def _mailed(machine: Machine, asked: Question, reply: Reply, out: Happenings) -> None:
    if reply.positive and isinstance(asked, Mail):
        machine.state = machine.then
        machine.sender, machine.parameters = asked.sender, asked.parameters


def _rcpted(machine: Machine, asked: Question, reply: Reply, out: Happenings) -> None:
    if reply.positive and isinstance(asked, Rcpt):
        machine.state = machine.then
        machine.recipients.append(asked.recipient)


def _completed(machine: Machine, _: Question, reply: Reply, out: Happenings) -> None:
    if reply.positive:
        machine.forgive()


Step = Callable[["Machine", str, "Happenings"], None]
Settlement = Callable[["Machine", Question, Reply, "Happenings"], None]

STEPS: dict[str, Step] = {
    "HELO": _helo,
    "EHLO": _ehlo,
    "STARTTLS": _starttls,
    "AUTH": _auth,
    "MAIL": _mail,
    "RCPT": _rcpt,
    "DATA": _data,
    "RSET": _rset,
    "NOOP": lambda machine, argument, out: out.append(replies.OK),
    "HELP": lambda machine, argument, out: out.append(replies.HELP),
    "VRFY": lambda machine, argument, out: out.append(replies.CANNOT_VERIFY),
    "QUIT": _quit,
}

SETTLE: dict[type[Question], Settlement] = {
    Connected: _connected,
    StartTls: _started_tls,
    Auth: _logged_in,
    Mail: _mailed,
    Rcpt: _rcpted,
    DataComplete: _completed,
}
