"""The bench of the audit: everybody reads the same Maildir to its end."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from bench.auditing import Took
from bench.maildir import maildir

from alongside.archive import sources
from bench import auditing, indexers

needs_indexers = pytest.mark.skipif(
    any(shutil.which(name) is None for name in indexers.PACKAGES),
    reason="notmuch and mu are for measuring: `make bench` installs them",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("auditing")


@pytest.fixture(scope="module")
def mail(folder):
    return maildir(folder, 150)


def test_all_messages_of_the_archive_are_in_one_maildir(mail):
    files = [f for f in mail.folder.rglob("*") if f.is_file()]
    assert len(files) == mail.messages >= 150
    assert sum(f.stat().st_size for f in files) == mail.octets
    assert {f.parent.relative_to(mail.folder).as_posix() for f in files} == {
        "cur",
        "new",
        ".Sent/cur",
    }
    found = [m for u in sources.find([str(mail.folder)]) for m in sources.messages(u)]
    assert len(found) == mail.messages


def test_the_audit_judges_all_of_it_and_one_that_did_not_is_no_measure(folder, mail):
    home = auditing.installation(folder / "installation", mail.lists)
    done = auditing.audit(mail, home, 1)
    assert done.finished
    assert done.found == mail.messages
    assert 0 < done.judged < done.found
    assert done.findings > 0
    assert done.seconds > 0
    assert done.cpu > 0
    assert not (home.parent / "report").exists()
    with pytest.raises(RuntimeError, match=f"read {mail.messages} of {mail.messages + 1}"):
        auditing.audit(replace(mail, messages=mail.messages + 1), home, 1)


@needs_indexers
@pytest.mark.peer
@pytest.mark.parametrize("index", [indexers.mu, indexers.notmuch])
def test_an_indexer_has_every_message_and_keeps_to_its_folder(folder, mail, index, monkeypatch):
    home = folder / f"home of {index.__name__}"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    before = sorted(mail.folder.rglob("*"))
    place = folder / index.__name__
    took = index(mail.folder, mail.messages, place)
    assert took.seconds > 0
    assert took.cpu > 0
    assert any(f.name.startswith("iamglass") or f.suffix == ".glass" for f in place.rglob("*"))
    assert list(home.iterdir()) == []
    assert sorted(mail.folder.rglob("*")) == before
    with pytest.raises(RuntimeError, match=f"has {mail.messages} of {mail.messages + 1} messages"):
        index(mail.folder, mail.messages + 1, folder / f"again {index.__name__}")


def test_a_missing_indexer_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="`mu` is missing: apt-get install maildir-utils"):
        indexers.program("mu")


def test_a_program_that_fails_says_why():
    with pytest.raises(RuntimeError, match="failed with 2: no such thing"):
        indexers._ran(["sh", "-c", "echo no such thing >&2; exit 2"], {})


def test_a_rate_is_of_messages_and_processor_time_of_one_message(mail):
    assert auditing._took(replace(mail, messages=500), seconds=0.5, cpu=1.0) == Took(
        rate=1000, cpu=2000
    )


@needs_indexers
@pytest.mark.peer
def test_a_small_run_fills_every_line(tmp_path):
    told: list[str] = []
    measured = auditing.measure(tmp_path, messages=100, rounds=1, tell=told.append)
    assert [line.cores for line in measured.ours] == sorted({1, measured.ours[-1].cores})
    for line in (*measured.ours, measured.mu, measured.notmuch):
        assert len(line.rounds) == 1
        assert line.rate > 0
    assert 0 < measured.judged < measured.messages
    assert measured.findings > 0
