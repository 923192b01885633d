"""An archive of the made-up charity, as large as wanted, and what was planted in it.

``python -m tests.archive.making FOLDER --messages 200000`` writes ``archive/`` (an mbox, a Maildir
and a zip of .eml files), ``lists/`` for ``alongside people import`` and ``truth.jsonl``. The same
seed makes the same octets.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from alongside.people.demo import Demo, write_demo
from alongside.people.demo.cast import ADDRESSES

TODAY = date(2026, 11, 1)
YEARS = 3
_LONDON = ZoneInfo("Europe/London")

_STAFF = ("sam", "ruth", "dev", "grace", "ada")
_COACHES = ("priya", "grace")
_SERVICE_USERS = ("mia", "leo", "alan", "nadia")
_PARENTS = ("jo", "beth")
_SENTENCES = (
    "Training is in the main hall on Tuesday, and the doors open at half past five.",
    "Please bring a drink, a towel and indoor shoes.",
    "The minibus leaves from the car park behind the library.",
    "We came third in the relay, which is our best result so far.",
    "The new boccia balls have arrived and are in the store cupboard.",
    "Thank you to everybody who helped to put the ramps back.",
    "The interpreter is booked for the first hour.",
    "The quiet room is open all afternoon.",
    "Kit orders close on Friday, and the sizes are on the list.",
    "The pool is closed for cleaning in the second week of the month.",
    "The committee agreed the budget for the next season.",
    "Results are on the notice board and on our own site.",
    "If it rains we will meet in the sports hall instead.",
    "The first match is at ten and the last one ends before four.",
    "Well done for a very good session last week.",
    "The hoist was serviced and is safe to use again.",
    "Please let the office know what you would like to eat.",
    "Volunteers are needed for the open day, mostly at the gate.",
    "Our risk assessment for the river path is ready to read.",
    "The raffle made enough to buy two sports chairs.",
)
_SUBJECTS = ("Tuesday", "Results", "Kit", "Minutes", "The open day", "Transport", "Thank you")
_MOVES = (
    "It is easier if you message me on WhatsApp.",
    "Add me on WhatsApp and we can talk there.",
    "Let us carry on this chat on WhatsApp instead.",
)


@dataclass(slots=True)
class Mail:
    """One message as it is going to be written."""

    sender: str
    to: list[str]
    cc: list[str] = field(default_factory=list)
    what: tuple[str, ...] = ()
    """What the audit must find in it."""
    late: bool = False
    say: str = ""
    broken: str = ""
    """The code of ``Unreadable`` that must come of it."""
    shape: str = "plain"


@dataclass(slots=True)
class Made:
    """Where it is, and how much of what."""

    archive: Path
    lists: Demo
    truth: Path
    messages: int = 0
    """Written, copies included."""
    duplicates: int = 0
    octets: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)


def make(folder: Path, messages: int, seed: int = 2026) -> Made:
    """Write the archive. Of ``messages`` some 2 % are written again in another format."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    made = Made(
        archive=folder / "archive",
        lists=write_demo(folder / "lists", today=TODAY),
        truth=folder / "truth.jsonl",
    )
    with _Places(made.archive) as places, made.truth.open("w", encoding="utf-8") as truth:
        for n in range(messages):
            mail = _mail(chance, n)
            name = f"<{n}.{seed}@mail.charity.example>"
            octets = _written(chance, mail, name, n)
            wheres = chance.choices(places.ALL, (5, 3, 2))
            if not mail.broken and chance.random() < 0.02:
                wheres = chance.sample(places.ALL, 2)
                made.duplicates += 1
            for where in wheres:
                places.write(where, octets, n)
                made.messages += 1
                made.octets += len(octets)
            made.planted.update(mail.what)
            if mail.broken:
                made.broken[mail.broken] += 1
            if mail.what or mail.broken:
                said = {"id": name, "what": mail.what, "broken": mail.broken, "in": wheres}
                truth.write(json.dumps(said) + "\n")
    return made


def _mail(chance: random.Random, n: int) -> Mail:
    """Most mail has nothing to do with any child or participant, as in any office."""
    kinds: tuple[tuple[int, Callable[[random.Random], Mail]], ...] = (
        (400, _among_staff),
        (250, _newsletter),
        (100, _to_parent),
        (140, _copied),
        (50, _from_child),
        (20, _stranger),
        (8, _one_to_one),
        (3, _from_home),
        (3, _not_copied),
        (6, _to_whatsapp),
        (3, _restricted),
        (3, _late),
        (6, _broken),
    )
    (pick,) = chance.choices([k for _, k in kinds], [w for w, _ in kinds])
    return pick(chance)


def _a(name: str) -> str:
    return ADDRESSES[name]


def _among_staff(chance: random.Random) -> Mail:
    sender, *to = chance.sample(_STAFF, chance.randrange(2, 4))
    return Mail(_a(sender), [_a(t) for t in to], shape=chance.choice(_SHAPES))


def _newsletter(chance: random.Random) -> Mail:
    return Mail(f"news{chance.randrange(40)}@shop.test", [_a(chance.choice(_STAFF))], shape="html")


def _to_parent(chance: random.Random) -> Mail:
    return Mail(_a(chance.choice(_COACHES)), [_a(chance.choice(_PARENTS))])


def _copied(chance: random.Random) -> Mail:
    to = chance.choice(_SERVICE_USERS)
    return Mail(_a(chance.choice(_COACHES)), [_a(to)], [_a("sam")], shape=chance.choice(_SHAPES))


def _from_child(chance: random.Random) -> Mail:
    return Mail(_a(chance.choice(_SERVICE_USERS)), [_a(chance.choice(_COACHES))], [_a("sam")])


def _stranger(chance: random.Random) -> Mail:
    return Mail(f"pupil{chance.randrange(60)}@oakfield.sch.test", [_a("ada")])


def _one_to_one(chance: random.Random) -> Mail:
    to = chance.choice(_SERVICE_USERS)
    return Mail(_a(chance.choice(_COACHES)), [_a(to)], what=("one_to_one",))


def _from_home(chance: random.Random) -> Mail:
    what = ("one_to_one", "personal_mailbox")
    return Mail("priya.nair@mail.test", [_a(chance.choice(_SERVICE_USERS))], what=what)


def _not_copied(chance: random.Random) -> Mail:
    to = chance.sample(("mia", "leo", "nadia"), 2)
    return Mail(_a("priya"), [_a(t) for t in to], what=("not_copied", "mutual_sight"))


def _to_whatsapp(chance: random.Random) -> Mail:
    to = chance.choice(_SERVICE_USERS)
    say = chance.choice(_MOVES)
    return Mail(_a(chance.choice(_COACHES)), [_a(to)], [_a("sam")], ("sighting",), say=say)


def _restricted(chance: random.Random) -> Mail:
    what = ("restricted", "mutual_sight")
    return Mail(_a("grace"), [_a("mia")], [_a("sam"), _a("dan")], what)


def _late(chance: random.Random) -> Mail:
    to = chance.choice(_SERVICE_USERS)
    return Mail(_a(chance.choice(_COACHES)), [_a(to)], [_a("sam")], ("late",), late=True)


def _broken(chance: random.Random) -> Mail:
    why = chance.choice(("no_date", "no_writer", "", "", "", ""))
    shape = chance.choice(("charset", "boundary", "eight_bit", "base64"))
    return Mail(_a("ada"), [_a("grace")], broken=why, shape="plain" if why else shape)


_SHAPES = ("plain", "plain", "html", "alternative", "quoted")


def _written(chance: random.Random, mail: Mail, name: str, n: int) -> bytes:
    at = _moment(chance, late=mail.late)
    text = " ".join(chance.choices(_SENTENCES, k=chance.randrange(2, 30)))
    text = f"Hello,\r\n\r\n{mail.say}{' ' if mail.say else ''}{text}\r\n\r\nBest wishes\r\n"
    subject = f"{chance.choice(_SUBJECTS)} {n % 97}"
    fields = [
        f"Received: from mail.charity.example ([192.0.2.{n % 250}]) by mx.charity.example",
        f"\twith ESMTPS id {n:08x}",
        f"From: {mail.sender}",
        f"To: {', '.join(mail.to)}",
        f"Message-ID: {name}",
        "MIME-Version: 1.0",
    ]
    if mail.cc:
        fields.append(f"Cc: {', '.join(mail.cc)}")
    if mail.broken == "no_date":
        fields = fields[2:]
    else:
        fields[1] += f"; {at:%a, %d %b %Y %H:%M:%S %z}"
        fields.append(f"Date: {at:%a, %d %b %Y %H:%M:%S %z}")
    if mail.broken == "no_writer":
        fields = [f for f in fields if not f.startswith("From:")]
    if mail.shape == "eight_bit":
        fields.append("Subject: Caf\xe9 \xa3")
    else:
        fields.append(f"Subject: {subject}")
    head, body = _SHAPED[mail.shape](text, n)
    return "\r\n".join([*fields, head, "", body]).encode("latin-1")


def _moment(chance: random.Random, *, late: bool) -> datetime:
    day = TODAY - timedelta(days=chance.randrange(2, YEARS * 365))
    hour = 23 if late else chance.randrange(9, 19)
    at = time(hour, chance.randrange(60), chance.randrange(60), tzinfo=_LONDON)
    return datetime.combine(day, at)


_Shape = Callable[[str, int], tuple[str, str]]
_HTML = (
    "<html><body><p>{}</p><p><a href='https://charity.example/news'>Our news</a></p></body></html>"
)


def _alternative(text: str, n: int) -> tuple[str, str]:
    mark = f"=_{n}"
    parts = (("plain", text), ("html", _HTML.format(text)))
    body = "".join(f"--{mark}\r\nContent-Type: text/{k}\r\n\r\n{t}\r\n" for k, t in parts)
    return f'Content-Type: multipart/alternative; boundary="{mark}"', f"{body}--{mark}--\r\n"


_SHAPED: dict[str, _Shape] = {
    "plain": lambda text, n: ("Content-Type: text/plain; charset=utf-8", text),
    "html": lambda text, n: ("Content-Type: text/html; charset=utf-8", _HTML.format(text)),
    "alternative": _alternative,
    "quoted": lambda text, n: (
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
        "".join(f"{line[:70]}=\r\n" for line in _pieces(text)) + "=C2=A35\r\n",
    ),
    # what no program should write, and some do
    "charset": lambda text, n: ("Content-Type: text/plain; charset=x-unknown-8bit", text + "\xe9"),
    "boundary": lambda text, n: ("Content-Type: multipart/mixed", f"--none\r\n\r\n{text}"),
    "eight_bit": lambda text, n: ("Content-Type: text/plain", text + "\xa3\xe9\xff"),
    "base64": lambda text, n: (
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64",
        "SGVs*bG8sIG5v\r\ndCByZWFsbHk=====\r\n",
    ),
}


def _pieces(text: str) -> Iterator[str]:
    line = text.replace("\r\n", " ")
    return (line[n : n + 70] for n in range(0, len(line), 70))


class _Places:
    """One mbox, one Maildir with a folder for what was sent, one zip."""

    ALL = ("mbox", "maildir", "zip")

    def __init__(self, archive: Path) -> None:
        self._maildir = archive / "Maildir"
        for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
            (self._maildir / part).mkdir(parents=True, exist_ok=True)
        (self._maildir / "dovecot-uidlist").write_text("3 V1 N1\n")
        self._mbox = (archive / "staff.mbox").open("wb")
        self._zip = zipfile.ZipFile(archive / "export.zip", "w", zipfile.ZIP_DEFLATED, True, 1)

    def __enter__(self) -> _Places:
        return self

    def __exit__(self, *_: object) -> None:
        self._mbox.close()
        self._zip.close()

    def write(self, where: str, octets: bytes, n: int) -> None:
        if where == "mbox":
            self._mbox.write(as_mbox(octets))
        elif where == "maildir":
            part = (".Sent/cur", "cur", "new")[n % 3]
            (self._maildir / part / f"{n:09}.M1P1.mail:2,S").write_bytes(octets)
        else:
            # A time of its own would make other octets each day.
            info = zipfile.ZipInfo(f"export/{n // 1000:04}/{n:09}.eml")
            info.compress_type = zipfile.ZIP_DEFLATED
            self._zip.writestr(info, octets)


def as_mbox(octets: bytes, first: bytes = b"From someone Mon Nov  2 19:30:00 2026") -> bytes:
    """In mboxrd's way, with LF."""
    lines = octets.replace(b"\r\n", b"\n").split(b"\n")
    quoted = (b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)
    text = b"\n".join(quoted)
    return first + b"\n" + text + (b"" if text.endswith(b"\n") else b"\n") + b"\n"


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.archive.making", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=2026)
    wanted = parser.parse_args()
    begun = datetime.now(UTC)
    made = make(wanted.folder, wanted.messages, wanted.seed)
    seconds = (datetime.now(UTC) - begun).total_seconds()
    sys.stdout.write(
        f"{made.messages:,} messages, {made.octets / 1e6:,.0f} MB, {made.duplicates:,} of them"
        f" twice, in {seconds:.0f} s; planted {dict(made.planted)}, broken {dict(made.broken)}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
