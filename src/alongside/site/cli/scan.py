"""``alongside scan``: what a message or a text gives away."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from .errors import bad_input
from .options import as_json, config_file
from .output import note, say

if TYPE_CHECKING:
    from alongside.scan.known import Known
    from alongside.site.scanning import Item, Scanned


@click.command()
@click.argument("files", metavar="[FILE|-]...", nargs=-1)
@click.option("--from", "sender", metavar="ADDRESS", help="Who writes: place it among people.")
@click.option(
    "--to", "recipients", metavar="ADDRESS", multiple=True, help="Who reads; may be repeated."
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Without any register: all that looks like a detail. Needs no configuration.",
)
@click.option("--plain", is_flag=True, help="The input is a text, not a mail message.")
@click.option("--text", "show_text", is_flag=True, help="Print the decoded text instead.")
@as_json
@config_file
def scan(
    files: tuple[str, ...],
    sender: str | None,
    recipients: tuple[str, ...],
    everything: bool,
    plain: bool,
    show_text: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Say what a message gives away: private numbers, moves elsewhere, calls for secrecy and so on.

    Reads mail messages, or texts with --plain; `-` is standard input. A file that ends in .jsonl
    holds a JSON object on each line, with `text` (and `subject`), or `message`; anything else in it
    comes back with the answer. One input gives a list, several give JSON Lines. Offsets count the
    characters of the decoded text, which --text prints. What could not be read is said on standard
    error, or under `unread` in JSON Lines. Exit status 0 whatever is seen, 2 for bad input.
    """
    if everything and (sender or recipients):
        bad_input("`--all` asks no register", "leave out --from and --to")
    if recipients and not sender:
        bad_input("`--to` is given without `--from`", "say who writes as well")
    known = _known(config_file, sender, recipients, everything)
    items = list(files) or ["-"]
    several = len(items) > 1 or any(name.endswith(".jsonl") for name in items)
    from alongside.site.scanning import closing_opener, scanned

    with closing_opener() as opener:
        for name in items:
            for item in _items(name, plain):
                found = scanned(item, known, opener)
                if show_text:
                    say(found.reading.text)
                elif as_json or several:
                    _say_json(found, item, several=several)
                else:
                    _tell(found)


def _known(
    config_file: Path | None, sender: str | None, recipients: tuple[str, ...], everything: bool
) -> Known:
    from alongside.site import scanning

    now = datetime.now(UTC)
    if everything:
        return scanning.nobody(now.date())
    from alongside.site.config import load
    from alongside.site.start import start

    config = load(config_file)
    start(config)
    return scanning.among(config, sender or "", recipients, now)


def _items(name: str, plain: bool) -> Iterator[Item]:
    from alongside.site.scanning import Item

    if name.endswith(".jsonl"):
        yield from _lines(name)
        return
    with _opened(name) as file:
        yield Item(name=name, content=file.read(), plain=plain)


def _lines(name: str) -> Iterator[Item]:
    from alongside.site.scanning import Item

    with _opened(name) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                bad_input(f"{name}, line {number}: this is no JSON", "one object on each line")
            text = row.get("text") if isinstance(row, dict) else None
            message = row.get("message") if isinstance(row, dict) else None
            if isinstance(message, str):
                content, plain = message.encode("utf-8", "surrogateescape"), False
            elif isinstance(text, str):
                subject = row.get("subject")
                whole = f"{subject}\n{text}" if isinstance(subject, str) and subject else text
                content, plain = whole.encode("utf-8", "replace"), True
            else:
                bad_input(
                    f"{name}, line {number}: there is neither `text` nor `message`",
                    'as in {"id": "1", "text": "see you on Saturday"}',
                )
            rest = {k: v for k, v in row.items() if k not in ("text", "message", "subject")}
            yield Item(name=name, content=content, plain=plain, rest=rest)


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return open(name, "rb")  # the caller's `with` closes it
    except OSError as error:
        bad_input(f"`{name}` can't be read: {error.strerror}")


def _say_json(found: Scanned, item: Item, *, several: bool) -> None:
    from alongside.enforcement.entries import as_json

    seen = [as_json(s) for s in found.sightings]
    if not several:
        click.echo(json.dumps(seen, indent=2, ensure_ascii=False))
        _say_unread(found)
        return
    unread = [{"part": u.part, "why": u.why} for u in found.reading.unread]
    line = {"file": item.name, **item.rest, "sightings": seen, "unread": unread}
    click.echo(json.dumps(line, ensure_ascii=False))


def _say_unread(found: Scanned) -> None:
    for unread in found.reading.unread:
        note(f"not read: {unread.part or 'the message'} ({unread.why.replace('_', ' ')})")


def _tell(found: Scanned) -> None:
    for s in found.sightings:
        line, column = found.place(s)
        where = str(s.zone) + (f", {s.part}" if s.part else "")
        text = " ".join(s.text.split())
        read = "" if s.understood == text else f", read as {s.understood}"
        kind = s.type.replace("_", " ")
        say(f"{line}:{column}  {s.clause}  {kind}, {s.confidence.word}: {text}{read}  ({where})")
    _say_unread(found)
    if not found.sightings:
        note("nothing is given away")
