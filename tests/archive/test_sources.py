"""Messages come out of every format octet by octet, and nothing is left out in silence."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import mailbox
import os
import struct
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.archive import sources, units
from alongside.archive.rows import Raw, Unreadable
from alongside.archive.sources import cutting, mbox, octets, pst, sniff, walk
from alongside.archive.units import Changed, Kind, Unit, from_json

from .making import as_mbox


def mail(n: int, body: str = "Training is on Tuesday.\n", **fields: str) -> bytes:
    head = {"From": "priya@charity.example", "To": "mia@family.example", "Subject": str(n)}
    lines = [f"{k.replace('_', '-')}: {v}" for k, v in {**head, **fields}.items()]
    return ("\n".join([*lines, f"Message-ID: <{n}@charity.example>", "", body])).encode()


def everything(*paths: Path) -> list[Raw | Unreadable]:
    found: list[Raw | Unreadable] = []
    for unit in sources.find([str(p) for p in paths]):
        assert from_json(unit.as_json()) == unit
        found += sources.messages(unit)
    return found


def contents(*paths: Path) -> list[bytes]:
    found = everything(*paths)
    assert all(isinstance(f, Raw) for f in found), found
    return [f.octets for f in found if isinstance(f, Raw)]


def reasons(*paths: Path) -> dict[str, str]:
    return {f.file: f.why for f in everything(*paths) if isinstance(f, Unreadable)}


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units of 300 octets, so that small files are cut like large ones."""
    for module in (walk, cutting, units):
        monkeypatch.setattr(module, "UNIT", 300)
    monkeypatch.setattr(mbox.cuts, "__defaults__", (300,))


# ---- mbox


def test_an_mbox_of_python_s_own_is_read_as_python_reads_it(tmp_path):
    box = mailbox.mbox(tmp_path / "club.mbox")
    for n in range(5):
        box.add(mail(n, f"Line\n\nFrom here we walk.\nFrom: nobody {n}\n"))
    box.flush()
    box.close()
    read = [m.replace(b"\n>From here", b"\nFrom here") for m in map(bytes, _by_python(tmp_path))]
    assert contents(tmp_path / "club.mbox") == read


def _by_python(folder):
    with_python = mailbox.mbox(folder / "club.mbox")
    found = [with_python.get_bytes(k) for k in with_python.keys()]
    with_python.close()
    return found


_LINES = st.lists(
    st.sampled_from(
        [
            b"Hello",
            b"",
            b"From here on",
            b">From her",
            b">>From x",
            b"From: me",
            b"Content-Length: 3",
        ]
    ),
    max_size=8,
)


@given(st.lists(_LINES, min_size=1, max_size=6), st.booleans(), st.integers(30, 400))
def test_mboxrd_gives_back_every_message_wherever_it_is_cut(bodies, crlf, size):
    end = b"\r\n" if crlf else b"\n"
    wanted, whole = [], b""
    for n, lines in enumerate(bodies):
        text = mail(n, "").rstrip(b"\n") + b"\n\n" + b"".join(line + b"\n" for line in lines)
        whole += as_mbox(text).replace(b"\n", end)
        wanted.append(text.replace(b"\n", end))
    held = octets.InMemory(whole)
    cut = list(mbox.cuts(held, size))
    assert [a for a, _ in cut] == [0, *(b for _, b in cut[:-1])]
    assert cut[-1][1] == len(whole)
    found = [m for a, b in cut for m in mbox.messages(held, "f", a, b)]
    assert [getattr(m, "octets", b"") for m in found] == wanted
    assert [m.place for m in found] == [m.place for m in mbox.messages(held, "f")]


def test_content_length_is_believed_where_a_message_begins_after_it(tmp_path):
    body = "Hello\n\nFrom a@b.test Mon Nov  2 19:30:00 2026\nSubject: forwarded\n\nno message\n"
    whole = b"".join(
        b"From a@b.test Mon Nov  2 19:30:00 2026\n"
        + mail(n, body, Content_Length=str(len(body)))
        + b"\n"
        for n in range(3)
    )
    (tmp_path / "cl2").write_bytes(whole)
    assert contents(tmp_path / "cl2") == [
        mail(n, body, Content_Length=str(len(body))) for n in range(3)
    ]


def test_a_content_length_that_lies_is_not_believed(tmp_path):
    texts = [mail(n, "Hello\n", Content_Length=c) for n, c in enumerate(("2", "9999999", "60"))]
    (tmp_path / "lies").write_bytes(b"".join(as_mbox(t) for t in texts))
    assert contents(tmp_path / "lies") == texts


@pytest.mark.parametrize(
    "line",
    [
        "From a@b.test Mon Nov  2 19:30:00 2026",
        "From a@b.test Mon Nov  2 19:30:00 +0000 2026",
        "From a@b.test Mon, 2 Nov 2026 19:30:00 +0000",
        "From - Mon Nov 02 19:30:00 2026",  # Thunderbird
        "From ",  # Thunderbird, later
        "From 1234567890123@xxx Mon Nov 02 19:30:00 +0000 2026",  # Takeout
        "From a at b.test  Mon Nov  2 19:30:00 2026",  # Mailman
        "From MAILER-DAEMON",
        "From ???@??? Mon Nov 02 19:30:00 2026",  # Eudora
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_first_lines_of_many_programs(tmp_path, line, end):
    texts = [mail(n).replace(b"\n", end) for n in range(3)]
    whole = b"".join(line.encode() + end + t + end for t in texts)
    (tmp_path / "Sent").write_bytes(whole)
    assert contents(tmp_path / "Sent") == texts


def test_messages_without_an_empty_line_between_them(tmp_path):
    first = b"From a@b.test Mon Nov  2 19:30:00 2026\n"
    (tmp_path / "tight").write_bytes(b"".join(first + mail(n, "End") + b"\n" for n in range(3)))
    assert contents(tmp_path / "tight") == [mail(n, "End") + b"\n" for n in range(3)]


def test_prose_that_begins_with_from_is_prose(tmp_path):
    body = "Hi\n\nFrom Monday 2 November 2026 we swim.\n\nFrom now: bring shoes\nNote: yes\n"
    (tmp_path / "b.mbox").write_bytes(as_mbox(mail(1)) + b"From x\n" + mail(2, body) + b"\n")
    assert contents(tmp_path / "b.mbox") == [mail(1), mail(2, body)]


def test_a_large_mbox_is_cut_and_gives_the_same(tmp_path, small_units):
    texts = [mail(n, "x" * (n % 7) * 50 + "\n") for n in range(60)]
    (tmp_path / "big").write_bytes(b"".join(map(as_mbox, texts)))
    found = list(sources.find([str(tmp_path / "big")]))
    assert len(found) > 10
    assert {u.kind for u in found} == {Kind.MBOX}
    assert contents(tmp_path / "big") == texts
    places = [m.place for u in found for m in sources.messages(u)]
    assert len(set(places)) == 60
    whole = (tmp_path / "big").read_bytes()
    assert all(whole[int(p) :].startswith(b"From ") for p in places)


def test_a_message_that_is_too_long_is_read_at_its_beginning(tmp_path, monkeypatch):
    monkeypatch.setattr(mbox, "LARGEST", 5_000)
    texts = [mail(1), mail(2, "y" * 20_000 + "\n"), mail(3)]
    (tmp_path / "b").write_bytes(b"".join(map(as_mbox, texts)))
    first, long, last = (m for m in everything(tmp_path / "b") if isinstance(m, Raw))
    assert (first.octets, last.octets) == (texts[0], texts[2])
    assert texts[1].startswith(long.octets)
    assert len(as_mbox(texts[1])) == 5_000 + long.missing


# ---- folders


def test_a_maildir_with_its_folders_is_read_and_its_index_said(tmp_path):
    for n, part in enumerate(("cur", "new", ".Sent/cur", ".Sent/new", ".Old.2024/cur")):
        (tmp_path / part).mkdir(parents=True)
        (tmp_path / part / f"{n}.M1.host:2,S").write_bytes(mail(n))
    (tmp_path / "dovecot.index").write_bytes(b"\7\2x")
    (tmp_path / "cur" / "9.M1.host:2,").write_bytes(b"no field at all")
    (tmp_path / "cur" / "8.M1.host:2,").write_bytes(b"")
    found = everything(tmp_path)
    assert sorted(f.octets for f in found if isinstance(f, Raw)) == sorted(
        [*(mail(n) for n in range(5)), b"no field at all"]
    )
    assert reasons(tmp_path) == {"cur/8.M1.host:2,": "not_a_message", "dovecot.index": "not_mail"}


def test_dovecot_s_packed_messages_are_unpacked(tmp_path):
    for part in ("cur", "new"):
        (tmp_path / part).mkdir()
    (tmp_path / "cur" / "1.M1,S=9:2,SZ").write_bytes(gzip.compress(mail(1)))
    assert contents(tmp_path) == [mail(1)]


def test_eml_and_emlx_and_mh_by_what_is_in_them(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "12").write_bytes(mail(2))
    (tmp_path / "c.emlx").write_bytes(
        str(len(mail(3))).encode() + b"       \n" + mail(3) + b"<?xml version='1.0'?><plist/>"
    )
    assert sorted(contents(tmp_path)) == sorted([mail(1), mail(2), mail(3)])


def test_what_is_no_mail_is_listed_with_the_reason(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "notes.txt").write_bytes(b"Note: buy milk\nTo do: nothing\n")
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "report.docx").write_bytes(_zipped({"[Content_Types].xml": b"<x/>"}))
    (tmp_path / "elsewhere").symlink_to(tmp_path / "photo.jpg")
    os.mkfifo(tmp_path / "pipe")
    assert reasons(tmp_path) == {
        "elsewhere": "link",
        "empty.eml": "not_a_message",
        "notes.txt": "not_mail",
        "photo.jpg": "not_mail",
        "pipe": "not_mail",
        "report.docx": "not_mail",
    }


def test_a_file_that_says_it_is_mail_is_left_to_the_judge(tmp_path):
    (tmp_path / "odd.eml").write_bytes(b"Hello, no header here\n")
    assert contents(tmp_path) == [b"Hello, no header here\n"]


def test_a_file_that_may_not_be_read_is_listed(tmp_path, monkeypatch):
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "b.eml").write_bytes(mail(2))
    opened = os.open

    def refuse(path, *rest, **more):
        if str(path).endswith("a.eml"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert reasons(tmp_path) == {"a.eml": "no_permission"}


def test_names_that_are_no_utf_8_are_written_out(tmp_path):
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.eml"))).write_bytes(mail(1))
    (found,) = everything(tmp_path)
    assert isinstance(found, Raw)
    assert found.file == "caf\\udce9\\x0a.eml"


def test_a_path_that_is_not_there_says_so(tmp_path):
    with pytest.raises(sources.NotThere, match="nowhere"):
        sources.find([str(tmp_path / "nowhere")])


def test_several_paths_keep_their_names_apart(tmp_path):
    for folder in ("one", "two/one"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.eml").write_bytes(mail(1))
    found = everything(tmp_path / "one", tmp_path / "two" / "one")
    assert [f.file for f in found] == ["one/a.eml", "one (2)/a.eml"]


# ---- units


def test_the_same_files_are_the_same_units_and_a_changed_one_is_another(tmp_path):
    for n in range(900):
        (tmp_path / f"{n}.eml").write_bytes(mail(n))
    before = {u.id for u in sources.find([str(tmp_path)])}
    assert before == {u.id for u in sources.find([str(tmp_path)])}
    (tmp_path / "450a.eml").write_bytes(mail(450))
    after = {u.id for u in sources.find([str(tmp_path)])}
    assert len(before) >= 3
    assert len(after - before) <= 2


def test_a_file_that_changes_between_finding_and_reading_is_noticed(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "b.mbox").write_bytes(as_mbox(mail(2)))
    (one,) = sources.find([str(tmp_path)])
    (two,) = sources.find([str(tmp_path / "b.mbox")])
    os.utime(tmp_path / "b.mbox", ns=(1, 1))
    for unit in (one, two):
        with pytest.raises(Changed):
            list(sources.messages(unit))
    (tmp_path / "a.eml").unlink()
    with pytest.raises(Changed):
        list(sources.messages(one))


# ---- zip, tar and packed files


def _zipped(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def _tarred(members: dict[str, bytes], how: Any = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=how, format=form) as made:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return out.getvalue()


LONG = "a folder with quite a long name/" * 6 + "Ã©t\u00e9.eml"
MEMBERS = {
    "x/1.eml": mail(1),
    "x/box": as_mbox(mail(2)) + as_mbox(mail(3)),
    "x/cur/4:2,S": mail(4),
    LONG: mail(5),
    "inner.zip": _zipped({"6.eml": mail(6)}),
    "inner.tar.gz": _tarred({"7.eml": mail(7)}, "w:gz"),
}
ALL = [mail(n) for n in range(1, 8)]

WRAPPED = {
    "a.zip": _zipped(MEMBERS),
    "stored.zip": _zipped(MEMBERS, zipfile.ZIP_STORED),
    "b.zip": _zipped(MEMBERS, zipfile.ZIP_BZIP2),
    "a.tar": _tarred(MEMBERS),
    "gnu.tar": _tarred(MEMBERS, form=tarfile.GNU_FORMAT),
    "a.tar.gz": _tarred(MEMBERS, "w:gz"),
    "a.tar.bz2": _tarred(MEMBERS, "w:bz2"),
    "a.tar.xz": _tarred(MEMBERS, "w:xz"),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_archives_give_all_their_messages(tmp_path, name):
    (tmp_path / name).write_bytes(WRAPPED[name])
    assert sorted(contents(tmp_path)) == ALL


@pytest.mark.parametrize("name", WRAPPED)
def test_large_archives_are_cut_and_give_the_same(tmp_path, name, small_units):
    (tmp_path / name).write_bytes(WRAPPED[name])
    found = list(sources.find([str(tmp_path)]))
    assert len(found) > 2
    assert sorted(contents(tmp_path)) == ALL
    # in any order, as several workers take them
    again = [getattr(m, "octets", b"") for u in reversed(found) for m in sources.messages(u)]
    assert sorted(again) == ALL


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_mbox_is_cut_and_gives_the_same(tmp_path, pack, small_units):
    texts = [mail(n, f"{n * 7919}\n" * 40) for n in range(40)]
    (tmp_path / "club.mbox.gz").write_bytes(pack(b"".join(map(as_mbox, texts))))
    assert len(list(sources.find([str(tmp_path)]))) > 10
    assert contents(tmp_path) == texts


def test_a_takeout_is_cut_inside_its_zip(tmp_path, small_units):
    texts = [mail(n, X_Gmail_Labels="Sent") for n in range(30)]
    name = "Takeout/Mail/All mail Including Spam and Trash.mbox"
    whole = _zipped({name: b"".join(map(as_mbox, texts)), "Takeout/archive_browser.html": b"<p>"})
    (tmp_path / "takeout-1.zip").write_bytes(whole)
    found = everything(tmp_path)
    assert [f.octets for f in found if isinstance(f, Raw)] == texts
    assert {f.file for f in found if isinstance(f, Raw)} == {f"takeout-1.zip/{name}"}
    assert reasons(tmp_path) == {"takeout-1.zip/Takeout/archive_browser.html": "not_mail"}


def test_gzip_of_several_members_is_one(tmp_path):
    packed = gzip.compress(as_mbox(mail(1))) + gzip.compress(as_mbox(mail(2))) + b"\0" * 512
    (tmp_path / "two.gz").write_bytes(packed)
    assert contents(tmp_path) == [mail(1), mail(2)]


def test_three_archives_one_in_the_other_are_said(tmp_path):
    deep = _zipped({"c.zip": _zipped({"b.zip": _zipped({"a.eml": mail(1)})})})
    (tmp_path / "deep.zip").write_bytes(deep)
    assert reasons(tmp_path) == {"deep.zip/c.zip/b.zip": "broken_archive"}


def test_a_member_that_needs_a_password_is_said(tmp_path):
    whole = bytearray(_zipped({"a.eml": mail(1), "b.eml": mail(2)}))
    at = whole.index(b"PK\x01\x02")
    whole[at + 8] |= 1
    (tmp_path / "a.zip").write_bytes(whole)
    assert reasons(tmp_path) == {"a.zip/a.eml": "encrypted"}
    assert len(everything(tmp_path)) == 2


@pytest.mark.parametrize("name", WRAPPED)
def test_an_archive_that_was_cut_off_gives_what_is_there_and_says_so(tmp_path, name):
    (tmp_path / name).write_bytes(WRAPPED[name][: len(WRAPPED[name]) * 2 // 3])
    found = everything(tmp_path)
    assert any(isinstance(f, Unreadable) and f.why == "broken_archive" for f in found)
    assert all(f.octets in ALL for f in found if isinstance(f, Raw))


@given(st.sampled_from(sorted(WRAPPED)), st.data())
def test_an_archive_with_a_wrong_octet_never_raises(name, data):
    whole = bytearray(WRAPPED[name])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    from alongside.archive.sources import content

    found = list(content.read(octets.InMemory(bytes(whole)), name))
    assert found


def test_a_damaged_member_is_said_and_the_others_are_read(tmp_path):
    whole = bytearray(_zipped({"a.eml": mail(1), "b.eml": mail(2)}, zipfile.ZIP_STORED))
    whole[whole.index(b"Training")] ^= 1
    (tmp_path / "a.zip").write_bytes(whole)
    assert reasons(tmp_path) == {"a.zip/a.eml": "broken_archive"}
    assert [f.octets for f in everything(tmp_path) if isinstance(f, Raw)] == [mail(2)]


def test_names_that_lead_out_of_the_archive_lead_nowhere(tmp_path):
    members = {"../../out.eml": mail(1), "/etc/passwd.eml": mail(2)}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(_zipped(members))
    (tmp_path / "in" / "a.tar").write_bytes(_tarred(members))
    assert len(contents(tmp_path / "in")) == 4
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


def test_bombs_are_put_down_and_not_unpacked(tmp_path):
    zeros = b"\0" * (80 << 20)
    (tmp_path / "bomb.eml.gz").write_bytes(gzip.compress(zeros, 9))
    (tmp_path / "bomb.zip").write_bytes(_zipped({"zeros.eml": zeros}))
    whole = bytearray(_zipped({f"{n}.eml": mail(n, "y" * 3000) for n in range(9)}))
    first = whole.index(b"PK\x01\x02")
    for n, at in enumerate(_all(whole, b"PK\x01\x02")):
        struct.pack_into("<LL", whole, at + 20, 5_000, 5_000)
        struct.pack_into("<L", whole, at + 42, n)
    assert first
    (tmp_path / "shared.zip").write_bytes(whole)
    found = reasons(tmp_path)
    assert set(found.values()) == {"broken_archive"}
    assert {f.partition("/")[0] for f in found} == {"bomb.eml.gz", "bomb.zip", "shared.zip"}


def _all(whole: bytearray, what: bytes) -> list[int]:
    found, at = [], whole.find(what)
    while at >= 0:
        found.append(at)
        at = whole.find(what, at + 1)
    return found


def test_a_zip_of_more_than_65535_files(tmp_path):
    """zip64: the counts in the old place are full."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for n in range(65_600):
            made.writestr(zipfile.ZipInfo(f"{n}.eml"), b"To: a\nFrom: b\n\n")
    (tmp_path / "many.zip").write_bytes(out.getvalue())
    assert sum(1 for _ in everything(tmp_path)) == 65_600


# ---- Outlook


def test_a_pst_needs_a_program_and_says_which(tmp_path, monkeypatch):
    (tmp_path / "old.pst").write_bytes(b"!BDN" + b"\0" * 600)
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = everything(tmp_path)
    assert isinstance(found, Unreadable)
    assert found.why == "needs_program"
    assert "pst-utils" in found.detail


def test_a_pst_is_taken_apart_by_the_program(tmp_path, monkeypatch):
    """With a stand-in for readpst: nobody but Outlook writes a .pst."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "1.eml").write_bytes(mail(1))
    program = tmp_path / "bin" / "readpst"
    program.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != -o ]; do shift; done\n'
        'test -f "$3" || exit 9\n'
        f'mkdir "$2/Inbox" && cp {tmp_path}/1.eml "$2/Inbox/1.eml" && echo x > "$2/Inbox/1.vcf"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "old.pst").write_bytes(b"!BDN" + b"\0" * 600)
    found = everything(tmp_path / "a")
    assert [f.octets for f in found if isinstance(f, Raw)] == [mail(1)]
    assert {f.file for f in found} == {"old.pst/Inbox/1.eml", "old.pst/Inbox/1.vcf"}
    assert reasons(tmp_path / "a") == {"old.pst/Inbox/1.vcf": "not_mail"}


def test_a_pst_that_the_program_can_t_read_is_said(tmp_path, monkeypatch):
    program = tmp_path / "readpst"
    program.write_text("#!/bin/sh\necho 'Error opening File' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = list(pst.messages(str(tmp_path / "x.pst"), "x.pst"))
    said = Unreadable(file="x.pst", place="", why="broken_archive", detail="Error opening File")
    assert found == [said]


def test_units_are_plain_and_come_back(tmp_path):
    unit = Unit(kind=Kind.FILES, path="/a", file="", names=("caf\udce9",), stamp="1.2")
    assert from_json(unit.as_json()) == unit
    assert len(unit.id) == 32


@given(st.binary(max_size=600))
def test_whatever_octets_are_they_have_a_shape(head):
    assert sniff.shape(head) in sniff.Shape


def test_readpst_is_really_called_so():
    """Where the program is installed, its options are those that we give."""
    try:
        said = subprocess.run(["readpst", "-h"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("readpst is not installed (apt-get install pst-utils)")
    for option in ("-D", "-b", "-e", "-o", "-q"):
        assert f"\t{option}" in said.stdout
