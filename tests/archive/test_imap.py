"""A real Dovecot on loopback: read by UID, and left as it was."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator

import pytest

from alongside.archive import sources
from alongside.archive.rows import Raw
from alongside.archive.sources import imap, imap_connection
from alongside.archive.sources.imap_connection import ImapError, from_wire, parsed, to_wire
from alongside.archive.units import Changed
from tests.peers import dovecot, programs

from .test_run import looked_through, rows
from .test_sources import mail

USER = "priya"


@pytest.fixture(scope="module")
def server() -> Iterator[dovecot.Mailboxes]:
    address = programs.free_address()
    with dovecot.running(address, [USER]) as mailboxes:
        yield mailboxes


@pytest.fixture
def url(server, monkeypatch) -> Iterator[str]:
    """An empty mailbox and the password for it."""
    monkeypatch.setenv(imap_connection.PASSWORD, dovecot.PASSWORD)
    yield f"imap://{USER}@{server.address}:{dovecot.IMAP}"
    for connection in imap._connections.values():
        connection.logout()
    imap._connections.clear()
    server.empty()


def put(server, count: int, folder: str = "INBOX", first: int = 0, body: str = "Hello\n") -> None:
    with imaplib.IMAP4(server.address, dovecot.IMAP, timeout=20) as connection:
        connection.login(USER, dovecot.PASSWORD)
        connection.create(f'"{to_wire(folder)}"')
        for n in range(first, first + count):
            octets = mail(n, body).replace(b"\n", b"\r\n")
            connection.append(f'"{to_wire(folder)}"', "", "", octets)


def found(url: str) -> list[Raw]:
    read = [m for unit in sources.find([url]) for m in sources.messages(unit)]
    assert all(isinstance(m, Raw) for m in read), read
    return [m for m in read if isinstance(m, Raw)]


def test_every_folder_is_read_and_named_as_people_name_it(server, url):
    put(server, 5)
    put(server, 2, "Geschäft & Co", first=10)
    messages = found(url)
    assert {m.file for m in messages} == {"INBOX", "Geschäft & Co"}
    assert [m.octets for m in messages if m.file == "INBOX"] == [
        mail(n, "Hello\n").replace(b"\n", b"\r\n") for n in range(5)
    ]
    assert [m.place for m in messages if m.file == "INBOX"] == ["1", "2", "3", "4", "5"]


def test_one_folder_alone(server, url):
    put(server, 2)
    put(server, 3, "Sent", first=10)
    assert {m.file for m in found(f"{url}/Sent")} == {"Sent"}


def test_nothing_is_marked_as_seen(server, url):
    put(server, 3)
    found(url)
    with imaplib.IMAP4(server.address, dovecot.IMAP, timeout=20) as connection:
        connection.login(USER, dovecot.PASSWORD)
        connection.select("INBOX", readonly=True)
        assert connection.search(None, "SEEN")[1] == [b""]
        assert connection.search(None, "UNSEEN")[1] == [b"1 2 3"]


def test_many_are_cut_and_new_mail_changes_the_last_unit_only(server, url, monkeypatch):
    monkeypatch.setattr(imap, "_TOGETHER", 4)
    put(server, 10)
    before = list(sources.find([url]))
    assert [(u.start, u.end) for u in before] == [(1, 4), (5, 8), (9, 10)]
    assert len(found(url)) == 10
    put(server, 1, first=10)
    after = list(sources.find([url]))
    assert [u.id for u in before[:2]] == [u.id for u in after[:2]]
    assert before[2].id != after[2].id


def test_what_was_taken_away_meanwhile_is_noticed(server, url):
    put(server, 3)
    (unit,) = sources.find([url])
    with imaplib.IMAP4(server.address, dovecot.IMAP, timeout=20) as connection:
        connection.login(USER, dovecot.PASSWORD)
        connection.select("INBOX")
        connection.store("2", "+FLAGS", r"(\Deleted)")
        connection.expunge()
    with pytest.raises(Changed):
        list(sources.messages(unit))


def test_a_message_that_is_too_long_is_fetched_at_its_beginning(server, url, monkeypatch):
    monkeypatch.setattr(imap, "LARGEST", 400)
    put(server, 1, body="x" * 500 + "\n")
    (message,) = found(url)
    assert len(message.octets) == 400
    assert message.missing == len(mail(0, "x" * 500 + "\n").replace(b"\n", b"\r\n")) - 400


def test_an_audit_over_imap_with_workers(server, url, tmp_path, monkeypatch):
    """The workers log in themselves; no password is written down anywhere."""
    put(server, 7)
    with monkeypatch.context() as patch:
        patch.setattr(imap, "_TOGETHER", 3)
        outcome = _audited(url, tmp_path)
    assert outcome.totals.judged == 7
    assert len(rows(tmp_path / "r")[0]) == 7
    kept = b"".join(f.read_bytes() for f in (tmp_path / "r").iterdir())
    assert dovecot.PASSWORD.encode() not in kept


def _audited(url, tmp_path):
    return looked_through(url, tmp_path / "r", workers=2)


def test_a_password_in_a_file(server, url, tmp_path, monkeypatch):
    put(server, 1)
    (tmp_path / "word").write_text(f"{dovecot.PASSWORD}\n")
    monkeypatch.delenv(imap_connection.PASSWORD)
    monkeypatch.setenv(imap_connection.PASSWORD_FILE, str(tmp_path / "word"))
    assert len(found(url)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("imap://priya:secret@mail.test/", "there is a password in the URL"),
        ("imap://mail.test/", "does not say user and host"),
        ("imap://priya@mail.test:99999/", "does not say user and host"),
    ],
)
def test_urls_that_are_wrong_are_told(wrong, said):
    with pytest.raises(ImapError, match=said) as raised:
        parsed(wrong)
    assert "secret" not in str(raised.value)


def test_no_password_and_a_wrong_one_are_told(server, url, monkeypatch):
    monkeypatch.setenv(imap_connection.PASSWORD, "wrong")
    with pytest.raises(ImapError, match="can't be opened"):
        list(sources.find([url]))
    monkeypatch.delenv(imap_connection.PASSWORD)
    with pytest.raises(ImapError, match="there is no password"):
        list(sources.find([url]))


def test_a_folder_that_is_not_there_is_told(server, url):
    with pytest.raises(ImapError, match="the server refuses `Nowhere`"):
        list(sources.find([f"{url}/Nowhere"]))


def test_no_password_goes_over_the_network_in_the_clear(server, url, monkeypatch):
    monkeypatch.setattr(imap_connection, "_is_here", lambda host: False)
    with pytest.raises(ImapError, match="offers no TLS"):
        list(sources.find([url]))


@pytest.mark.parametrize(
    ("folder", "wire"),
    [("INBOX", "INBOX"), ("A & B", "A &- B"), ("Entwürfe", "Entw&APw-rfe"), ("台北", "&U,BTFw-")],
)
def test_names_of_folders_on_the_wire(folder, wire):
    assert to_wire(folder) == wire
    assert from_wire(wire) == folder
