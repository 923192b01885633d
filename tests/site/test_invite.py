"""`alongside invite` and `alongside web`, as programs of their own."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from alongside.people.demo import write_demo

from .conftest import environment


@pytest.fixture
def charity(configuration, alongside):
    demo = write_demo(configuration.parent / "lists")
    done = alongside(
        *("people", "import", str(demo.people), str(demo.links)),
        *("--groups", str(demo.groups), "--organisations", str(demo.organisations)),
        *("--mailboxes", str(demo.mailboxes)),
    )
    assert done.returncode == 0, done.stderr
    return configuration.parent


def test_an_invitation_is_posted_and_the_record_does_not_hold_the_link(charity, alongside):
    done = alongside("invite", "priya", "--as", "sam")
    assert done.stdout == "an invitation is on its way to priya.nair@charity.example\n", done.stderr
    with closing(sqlite3.connect(charity / "var" / "alongside.db")) as database:
        rows = database.execute("SELECT entry_id, raw FROM records_dispatch").fetchall()
        stored = database.execute("SELECT count(*) FROM records_content").fetchone()[0]
    assert len(rows) == 1 and rows[0][0] is None and stored == 0
    letter = bytes(rows[0][1]).decode()
    assert re.search(r"/sign-in/link/[\w-]{40,}/", letter.replace("=\r\n", ""))
    assert "safeguarding@charity.example" in letter


def test_who_may_not_invite_hears_why(alongside, charity):
    done = alongside("invite", "priya", "--as", "priya")
    assert done.returncode == 2
    assert "your role does not open this" in done.stderr
    done = alongside("invite", "mia", "--as", "sam")
    assert done.returncode == 2
    assert "only active workforce" in done.stderr


def test_the_pages_answer_the_link_opens_and_sigterm_ends_them(charity, alongside):
    link = alongside("invite", "priya", "--as", "sam", "--show").stdout.strip()
    program = subprocess.Popen(
        [sys.executable, "-u", "-m", "alongside.site.cli", "web"],
        cwd=charity,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("ready http://127.0.0.1:")
        page = urllib.request.urlopen(link, timeout=20)
        assert "Welcome, Priya Nair" in page.read().decode()
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        elsewhere = urllib.request.Request(link, headers={"Host": "evil.test"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(elsewhere, timeout=20)
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
        if program.stdout is not None:
            program.stdout.close()
