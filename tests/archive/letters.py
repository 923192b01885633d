"""Messages as they lie in an archive, written in one line."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from itertools import count
from typing import Any

from alongside.archive.judge import Bench, Read
from alongside.archive.rows import Judgement, Raw, Seen, Unreadable
from alongside.archive.scope import Scope
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook
from alongside.policy.rulebook_file import load
from alongside.scan.known import Known
from tests.world import CONFIDENTIAL, NOW, PEOPLE

BOOK = load("online-safeguarding").with_confidential(*CONFIDENTIAL)
EVERYTHING = Scope(everything=True)
_numbers = count(1)


def letter(
    from_: str,
    to: str = "",
    *,
    at: datetime | None = NOW,
    body: str = "See you at training.",
    id_: str | None = None,
    **headers: Any,
) -> Raw:
    """``Reply_To="x"`` and the like are more header fields; an empty one is left out."""
    number = next(_numbers)
    fields = {
        "From": from_,
        "To": to,
        "Date": format_datetime(at) if at else "",
        "Message-ID": f"<m{number}@club.example>" if id_ is None else id_,
        "Subject": "Training",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return Raw(file="club.mbox", place=str(number), octets=f"{head}\n{body}\n".encode())


def reads_nothing(
    octets: bytes, known: Known, reply: bool, approved: frozenset[str]
) -> tuple[list[Seen], list[str]]:
    return [], []


def bench(
    people: People = PEOPLE,
    book: Rulebook = BOOK,
    scope: Scope = EVERYTHING,
    read: Read = reads_nothing,
) -> Bench:
    return Bench(people, book, scope, read)


def judged(raw: Raw, **made: object) -> Judgement:
    """The judgement of a message that can be read."""
    found = bench(**made).judge(raw)  # type: ignore[arg-type]
    assert isinstance(found, Judgement), found
    return found


def unread(raw: Raw) -> Unreadable:
    found = bench().judge(raw)
    assert isinstance(found, Unreadable), found
    return found


def what(judgement: Judgement) -> list[tuple[str, str, str, str]]:
    """(what, clause, writer, service user) of each finding."""
    return [(f.what.value, f.clause, f.writer, f.service_user) for f in judgement.findings]
