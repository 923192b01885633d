"""Attachments opened in a child: its limits hold, and nothing that it does harms its parent."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest
import weasyprint

from alongside.enforcement.opening import MOST_ATTACHMENTS, SECONDS, Opener
from alongside.enforcement.opening_child import ANSWER, QUESTION
from alongside.scan.reading import Attachment, Unread

NUMBER = "07700 900123"
READERS = """
import os, socket, sys, time
from alongside.enforcement import opening_child
from alongside.scan.documents.limits import Unreadable

def spin(octets):
    while True:
        pass

def hoard(octets):
    held = []
    while True:
        held.append(bytearray(16 << 20))

def keep(octets, held=[]):
    held.append(bytearray(90 << 20))
    return str(os.getpid())

def attempt(call):
    try:
        call()
    except OSError as problem:
        return type(problem).__name__
    return "done"

def escape(octets):
    return " ".join((
        attempt(lambda: socket.create_connection(("127.0.0.1", int(octets)), 1)),
        attempt(lambda: open("/etc/hostname")),
        attempt(lambda: open("/tmp/alongside-escaped", "w")),
        attempt(os.fork),
    ))

opening_child.main(int(sys.argv[1]), int(sys.argv[2]), {
    "spin": spin,
    "sleep": lambda octets: time.sleep(60) or "",
    "nap": lambda octets: time.sleep(float(octets)) or "rested",
    "hoard": hoard,
    "keep": keep,
    "die": lambda octets: os._exit(1),
    "kill": lambda octets: os.kill(os.getpid(), 11),
    "print": lambda octets: print("noise") or "printed",
    "garbage": lambda octets: os.write(1, octets) and "text",
    "wrong": lambda octets: 1 / 0,
    "escape": escape,
    "environment": lambda octets: repr(sorted(os.environ)),
    "pid": lambda octets: str(os.getpid()),
})
"""
ODD = (sys.executable, "-I", "-c", READERS)
"""The child's own program, with kinds of documents that misbehave on purpose."""


def attachment(kind: str, octets: bytes = b"x", part: str = "a") -> Attachment:
    return Attachment(part=part, kind=kind, octets=octets)


def word(text: str) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as package:
        body = f"<w:document xmlns:w='w'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>"
        package.writestr("word/document.xml", body)
    return octets.getvalue()


@pytest.fixture
def opener():
    opener = Opener()
    yield opener
    opener.close_now()


@pytest.fixture
def odd():
    opener = Opener(command=ODD)
    yield opener
    opener.close_now()


def why(found: str | Unread) -> str:
    assert isinstance(found, Unread), found
    return found.why


# What is read


def test_documents_of_every_kind_are_read_under_the_limits(opener):
    # In a child that may open no file any more, a module not read in time would be missing.
    pdf = weasyprint.HTML(
        string=f"<p>{NUMBER} <a href='https://a.example'>here</a></p>"
    ).write_pdf()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("a.docx", word(NUMBER))
        package.writestr("b.pdf", pdf)
        package.writestr("c.html", f"<p>{NUMBER}</p>")
        package.writestr("d.vcf", f"BEGIN:VCARD\nTEL:{NUMBER}\nEND:VCARD")
        package.writestr("e.txt", "Привет, как дела у тебя сегодня".encode("koi8-r") * 9)
    found = opener.open_now(
        [
            attachment("word", word(NUMBER), "a.docx"),
            attachment("pdf", pdf, "b.pdf"),
            attachment("rtf", rb"{\rtf1\ansicpg1251 \'cf " + NUMBER.encode() + b"}", "c.rtf"),
            attachment("archive", archive.getvalue(), "d.zip"),
        ]
    )
    for part in (
        "a.docx",
        "b.pdf",
        "c.rtf",
        "d.zip/a.docx",
        "d.zip/b.pdf",
        "d.zip/c.html",
        "d.zip/d.vcf",
    ):
        assert NUMBER in str(found[part]), part
    assert "a.docx" in str(found["d.zip"])
    assert isinstance(found["d.zip/e.txt"], str)
    assert "П" in str(found["c.rtf"])


def test_no_attachments_start_no_child(opener):
    assert opener.open_now([]) == {}
    assert opener._idle == []


def test_a_child_is_used_again(odd):
    first, second = (odd.open_now([attachment("pid")])["a"] for _ in range(2))
    assert first == second != str(os.getpid())


async def test_attachments_are_opened_beside_the_event_loop(odd):
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    found = await odd.open([attachment("nap", b"0.4")])
    ticking.cancel()
    assert found == {"a": "rested"}
    assert ticks > 10


async def test_two_messages_are_opened_at_once(odd):
    await asyncio.gather(*(odd.open([attachment("nap", b"0.1")]) for _ in range(2)))
    started = time.monotonic()
    found = await asyncio.gather(*(odd.open([attachment("nap", b"0.8")]) for _ in range(2)))
    assert [f["a"] for f in found] == ["rested", "rested"]
    assert time.monotonic() - started < 1.5


async def test_no_more_children_than_two_run(odd):
    found = await asyncio.gather(*(odd.open([attachment("pid")]) for _ in range(12)))
    assert len({f["a"] for f in found}) <= 2


# Time


@pytest.mark.parametrize("kind", ["spin", "sleep"])
def test_a_child_that_would_run_for_ever_is_killed_in_time(kind):
    opener = Opener(command=ODD)
    opener.open_now([attachment("pid")])
    started = time.monotonic()
    assert why(opener.open_now([attachment(kind)])["a"]) == "too_long"
    assert SECONDS - 0.1 < time.monotonic() - started < SECONDS + 0.8
    assert opener._idle == []
    opener.close_now()


def test_the_processor_time_of_a_child_without_a_parent_is_limited():
    child = subprocess.Popen(
        (*ODD, "256", "0"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with child:
        assert child.stdin is not None
        child.stdin.write(QUESTION.pack(4, 1) + b"spinx")
        child.stdin.flush()
        assert child.wait(timeout=10) == -24  # SIGXCPU


def test_after_a_kill_a_fresh_child_goes_on():
    opener = Opener(command=ODD, seconds=0.7)
    found = opener.open_now(
        [attachment("pid", part="1"), attachment("spin", part="2"), attachment("pid", part="3")]
    )
    assert why(found["2"]) == "too_long"
    assert isinstance(found["1"], str) and isinstance(found["3"], str)
    assert found["1"] != found["3"]
    opener.close_now()


def test_the_time_for_one_message_is_limited():
    opener = Opener(command=ODD, seconds=0.5, seconds_for_all=1.5)
    opener.open_now([attachment("pid")])
    started = time.monotonic()
    found = opener.open_now([attachment("sleep", part=str(n)) for n in range(30)])
    assert time.monotonic() - started < 3
    assert len(found) == 30
    assert {why(f) for f in found.values()} == {"too_long"}
    opener.close_now()


async def test_who_waits_for_a_free_child_waits_no_longer_than_a_message_may():
    opener = Opener(command=ODD, children=1, seconds=5, seconds_for_all=0.8)
    opener.open_now([attachment("pid")])
    started = time.monotonic()
    found = await asyncio.gather(*(opener.open([attachment("sleep")]) for _ in range(3)))
    assert [why(f["a"]) for f in found] == ["too_long"] * 3
    assert time.monotonic() - started < 2.5
    await opener.close()


def test_a_child_that_never_gets_ready_is_late():
    opener = Opener(
        command=(sys.executable, "-c", "import time; time.sleep(60)"), seconds_for_all=0.5
    )
    started = time.monotonic()
    assert why(opener.open_now([attachment("pdf")])["a"]) == "too_long"
    assert time.monotonic() - started < 3
    opener.close_now()


def test_a_child_that_does_not_read_is_late():
    program = f"import os, time; os.write(1, {ANSWER.pack(0)!r}); time.sleep(60)"
    opener = Opener(command=(sys.executable, "-c", program), seconds=0.4)
    assert why(opener.open_now([attachment("pdf", b"x" * 5_000_000)])["a"]) == "too_long"
    opener.close_now()


# Memory


def test_a_child_that_eats_memory_is_told_to_stop(odd):
    assert why(odd.open_now([attachment("hoard")])["a"]) == "too_large"


def test_a_child_that_grew_is_not_asked_again(odd):
    found = odd.open_now([attachment("keep", part=str(n)) for n in range(3)])
    assert len(set(found.values())) == 3
    assert all(isinstance(f, str) for f in found.values())


def test_what_is_too_large_is_not_handed_over(odd):
    assert why(odd.open_now([attachment("pid", b"x" * 48_000_001)])["a"]) == "too_large"


def test_more_attachments_than_anybody_sends_are_said(odd):
    found = odd.open_now([attachment("pid", part=str(n)) for n in range(MOST_ATTACHMENTS + 5)])
    assert why(found[str(MOST_ATTACHMENTS)]) == "too_large"
    assert isinstance(found["0"], str)


def test_a_zip_bomb_in_a_child_is_said(opener):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 60_000_000)
    assert why(opener.open_now([attachment("word", bomb.getvalue())])["a"]) == "too_large"


def test_a_pdf_that_unpacks_for_ever_ends_in_time(opener):
    page = b"BT " + b"/F 1 Tf (x) Tj " * 5_000_000
    stream = zlib.compress(page)
    octets = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF" % (len(stream), stream)
    )
    opener.open_now([attachment("rtf", b"{\\rtf1}")])
    started = time.monotonic()
    assert why(opener.open_now([attachment("pdf", octets)])["a"]) in (
        "too_long",
        "too_large",
        "broken",
    )
    assert time.monotonic() - started < SECONDS + 1


# What a child says, and what it may


@pytest.mark.parametrize(("kind"), ["die", "kill", "wrong", "nobody-knows"])
def test_a_child_that_dies_leaves_its_document_unread(odd, kind):
    found = odd.open_now([attachment(kind), attachment("pid", part="b")])
    assert why(found["a"]) in ("broken", "unknown_type")
    assert isinstance(found["b"], str)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xff\xff\xff",
        b"hello world",
        ANSWER.pack(2) + b"[]",
        ANSWER.pack(4) + b"null",
        ANSWER.pack(3) + b"\xff\xff\xff",
        ANSWER.pack(27) + b'{"last":false,"texts":[[]]}',
        ANSWER.pack(25) + b'{"last":false,"texts":[]}',
        ANSWER.pack(41) + b'{"last":false,"texts":[["b","x",null]]}  ',
        ANSWER.pack(46) + b'{"last":false,"texts":[["\\u0000",null,"huh"]]}',
        ANSWER.pack(46) + b'{"last":false,"texts":[["\\u0000",["x"],null]]}',
        ANSWER.pack(100_000) + b"[" * 100_000,
    ],
)
def test_an_answer_of_nonsense_is_broken(odd, garbage):
    found = odd.open_now([attachment("garbage", garbage), attachment("pid", part="b")])
    assert why(found["a"]) in ("broken", "too_long")
    assert set(found) == {"a", "b"}
    assert isinstance(found["b"], str)


def test_what_a_document_prints_is_no_answer(odd):
    assert odd.open_now([attachment("print")]) == {"a": "printed"}


def test_a_child_reaches_neither_network_nor_files_nor_other_processes(odd):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()
        said = str(odd.open_now([attachment("escape", port)])["a"]).split()
    assert said[:3] == ["OSError"] * 3
    assert not Path("/tmp/alongside-escaped").exists()
    # The superuser's children are not counted, so this limit holds for others only.
    assert said[3] == "BlockingIOError" or os.geteuid() == 0


def test_a_child_sees_nothing_of_its_parents_environment(odd, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_SECRET", "x")
    assert "ALONGSIDE" not in str(odd.open_now([attachment("environment")])["a"])


def test_a_program_that_is_not_there_is_broken():
    opener = Opener(command=("/nowhere/at-all",))
    assert why(opener.open_now([attachment("pdf")])["a"]) == "broken"
    opener.close_now()


# The end


async def test_closing_ends_the_children_and_opens_nothing_more():
    opener = Opener(command=ODD)
    pid = int(str((await opener.open([attachment("pid")]))["a"]))
    await opener.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert why((await opener.open([attachment("pid")]))["a"]) == "too_long"
    assert why(opener.open_now([attachment("pid")])["a"]) == "too_long"


def test_no_child_outlives_its_parent():
    program = (
        "import sys; from alongside.enforcement.opening import Opener\n"
        "from alongside.scan.reading import Attachment\n"
        f"o = Opener(command={ODD!r})\n"
        "print(o.open_now([Attachment(part='a', kind='pid', octets=b'x')])['a'])\n"
        "sys.stdout.flush()\n"
        "import os; os._exit(0)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    until = time.monotonic() + 5
    while runs(int(said.stdout)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not runs(int(said.stdout))


def runs(pid: int) -> bool:
    """Neither gone nor a zombie that nobody has buried yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
