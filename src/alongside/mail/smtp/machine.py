"""The server's side of SMTP (RFC 5321) as a machine without I/O, in the manner of h11.

Feed it what was read; it returns, in order, the replies to send and the events to know. A
``Question`` is always the last of them and waits for ``answer``; meanwhile the machine buffers.
However the stream is cut into pieces, replies and events are the same.

This file cuts the stream into commands and messages; ``states`` says which command may come when,
``commands`` what each one does.
"""

from __future__ import annotations

from . import commands, replies
from .content import ContentReader, longest_line, strict, unstuffed
from .envelope import Envelope, Parameters, Recipient
from .events import Closed, Connected, DataComplete, Hello, Question
from .replies import Reply
from .states import NOT_SMTP, TABLE, State
from .terms import Terms

Happenings = list[Reply | Question | Hello | Closed]


class Machine:
    """One session: ``begin``, then ``feed`` and ``answer``; ``secured`` after a handshake.

    The application reads ``state``, ``idle``, ``asking`` and ``backlog``; the other attributes are
    for ``commands``.
    """

    __slots__ = (
        "_buffer",
        "_commands",
        "_errors",
        "_reader",
        "_scanned",
        "asked",
        "failed_logins",
        "logged_in",
        "parameters",
        "recipients",
        "secure",
        "sender",
        "state",
        "terms",
        "then",
        "username",
    )

    def __init__(self, terms: Terms, *, secure: bool = False) -> None:
        self.terms = terms
        self.state = State.NEW
        self.then = State.NEW
        """The state after the command in hand was granted."""
        self.secure = secure
        self.asked: Question | None = None
        self.logged_in = False
        self.failed_logins = 0
        self.username: str | None = None
        """In the middle of AUTH: None for PLAIN, empty for LOGIN until it is given."""
        self.sender = ""
        self.parameters: Parameters = {}
        self.recipients: list[Recipient] = []
        self._buffer = bytearray()
        self._scanned = 0
        self._reader = ContentReader(terms.limits.size)
        self._commands = 0
        self._errors = 0

    @property
    def idle(self) -> bool:
        """Whether the session may be closed without hurting a message under way."""
        return self.asked is None and self.state in (State.NEW, State.READY, State.LOGIN)

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self.asked is not None

    @property
    def backlog(self) -> int:
        """Octets that wait to be read."""
        return len(self._buffer)

    def begin(self) -> Happenings:
        """The first question: shall we greet the client?"""
        self.asked = Connected()
        return [self.asked]

    def feed(self, octets: bytes) -> Happenings:
        """Take what was read. After ``Closed`` it is ignored."""
        if self.state is State.CLOSED:
            return []
        self._buffer += octets
        return self._advance([])

    def answer(self, reply: Reply) -> Happenings:
        """Answer the question asked, and go on with what was buffered. A 421 closes the session.

        Raises ``RuntimeError`` when nothing was asked.
        """
        asked, self.asked = self.asked, None
        if asked is None:
            raise RuntimeError("there is no question to answer")
        out: Happenings = []
        if reply.code == 421:
            self.hang_up(out, reply)
            return out
        out.append(reply)
        commands.SETTLE[type(asked)](self, asked, reply, out)
        return self._advance(out)

    def secured(self) -> Happenings:
        """The handshake is done: what the client said before is forgotten (RFC 3207 4.2)."""
        self.secure = True
        self.logged_in = False
        self.state = State.NEW
        self.forget_mail()
        return self._advance([])

    def forget_input(self) -> None:
        """Throw away what was read and not yet understood."""
        self._buffer.clear()
        self._scanned = 0

    def forget_mail(self) -> None:
        """Throw away the message under way."""
        self.sender, self.parameters, self.recipients = "", {}, []

    def forgive(self) -> None:
        """Start counting errors anew."""
        self._errors = 0

    def start_content(self) -> None:
        """What follows is a message."""
        self.state = State.CONTENT
        self._reader.start(self._buffer)

    def ask(self, out: Happenings, question: Question) -> None:
        """Wait for an answer."""
        self.asked = question
        out.append(question)

    def refuse(self, out: Happenings, reply: Reply) -> None:
        """Refuse a command by ourselves; too many of these end the session."""
        self._errors += 1
        if self._errors > self.terms.limits.errors:
            return self.hang_up(out, reply, replies.TOO_MANY_ERRORS)
        out.append(reply)

    def hang_up(self, out: Happenings, *last_words: Reply) -> None:
        """Say the last words; nothing is read after them."""
        out.extend(last_words)
        self.close(out)

    def close(self, out: Happenings, *, quit: bool = False) -> None:
        """The session is over."""
        self.state = State.CLOSED
        self.asked = None
        self.forget_input()
        self.forget_mail()
        out.append(Closed(quit))

    def _advance(self, out: Happenings) -> Happenings:
        while self.asked is None and self._buffer:
            if self.state is State.CONTENT:
                if not self._read_content(out):
                    break
            elif self.state is State.HANDSHAKE or not self._read_line(out):
                break
        return out

    def _read_line(self, out: Happenings) -> bool:
        buffer = self._buffer
        limits = self.terms.limits
        longest = 1 + (limits.login_line if self.state is State.LOGIN else limits.command)
        end = buffer.find(b"\n", self._scanned)
        if end > longest or (end < 0 and len(buffer) > longest):
            self.hang_up(out, replies.LINE_TOO_LONG, replies.CLOSING_UNSOUND)
            return False
        if end < 0:
            self._scanned = len(buffer)
            return False
        self._scanned = 0
        line = bytes(buffer[: end + 1])
        del buffer[: end + 1]
        if not line.endswith(b"\r\n") or line.count(b"\r") != 1 or b"\0" in line:
            self.hang_up(out, replies.BARE_LINE_END, replies.CLOSING_UNSOUND)
            return False
        try:
            words = line[:-2].decode("utf-8")
        except UnicodeDecodeError:
            self.refuse(out, replies.NOT_TEXT)
            return True
        if self.state is State.LOGIN:
            commands.go_on_logging_in(self, words, out)
        else:
            self._obey(words, out)
        return True

    def _obey(self, words: str, out: Happenings) -> None:
        verb, _, argument = words.partition(" ")
        verb = verb.upper()
        self._commands += 1
        if self._commands > self.terms.limits.commands:
            return self.hang_up(out, replies.TOO_MANY_COMMANDS)
        then = TABLE[self.state].get(verb)
        if then is None:
            if ":" in verb or verb in NOT_SMTP:
                return self.hang_up(out, replies.UNKNOWN_COMMAND, replies.CLOSING_UNSOUND)
            return self.refuse(out, replies.UNKNOWN_COMMAND)
        if isinstance(then, Reply):
            return self.refuse(out, then)
        self.then = then
        commands.STEPS[verb](self, argument.strip(" \t"), out)

    def _read_content(self, out: Happenings) -> bool:
        raw = self._reader.read(self._buffer)
        if raw is None:
            return False
        message = unstuffed(raw)
        sound = strict(raw)
        text_line = self.terms.limits.text_line
        envelope = Envelope(
            sender=self.sender,
            recipients=tuple(self.recipients),
            content=message,
            parameters=self.parameters,
        )
        self.state = State.READY
        self.forget_mail()
        if not self._reader.fits(message):
            self.refuse(out, replies.TOO_BIG)
        elif not sound:
            self.hang_up(out, replies.LINE_ENDS, replies.CLOSING_UNSOUND)
        elif text_line is not None and longest_line(message) > text_line:
            self.refuse(out, replies.LONG_LINES)
        else:
            self.ask(out, DataComplete(envelope))
        return True
