"""`alongside gateway` in the foreground: ready, reload, stop; `up` above it."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import smtplib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alongside.mail.smtp.sink import Sink

from .conftest import environment

ALONGSIDE = [sys.executable, "-u", "-m", "alongside.site.cli"]
MESSAGE = "From: a@charity.example\r\nTo: b@charity.example\r\nSubject: hello\r\n\r\nHello\r\n"
Start = Callable[..., "subprocess.Popen[str]"]


def port_of(configuration: Path, pattern: str) -> int:
    found = re.search(pattern + r".*:(\d+)", configuration.read_text())
    assert found
    return int(found[1])


@pytest.fixture
def started(configuration: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [*ALONGSIDE, *arguments],
            cwd=configuration.parent,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(program)
        assert program.stdout is not None
        line = program.stdout.readline()
        assert line.startswith("ready"), line + program.communicate(timeout=10)[1]
        return program

    yield start
    for program in running:
        program.kill()
        program.communicate()


@pytest.mark.parametrize("command", ["gateway", "up"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_ready_takes_mail_and_ends_with_zero(started, configuration, command, number):
    program = started(command)
    with smtplib.SMTP("127.0.0.1", port_of(configuration, "listen")) as smtp:
        assert smtp.ehlo()[0] == 250
    program.send_signal(number)
    assert program.wait(20) == 0, program.communicate()[1]


def test_health_says_how_it_stands(started, configuration):
    started("gateway")
    port = port_of(configuration, r"\[health\]\nlisten")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
        state = json.load(answer)
    assert state["ok"] is True and state["mode"] == "enforce"


async def test_a_reload_takes_the_new_mode_and_drops_nobody(started, configuration):
    gateway = port_of(configuration, "listen")
    health = port_of(configuration, r"\[health\]\nlisten")
    sink = Sink()
    await sink.listen("127.0.0.1", port_of(configuration, "outbound"))
    program = started("gateway")
    sent = 0

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", gateway, timeout=20) as smtp:
            smtp.sendmail("a@charity.example", ["b@charity.example"], MESSAGE)

    def mode() -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{health}/health", timeout=5) as answer:
            return str(json.load(answer)["mode"])

    text = configuration.read_text()
    configuration.write_text(text.replace('"enforce"', '"teach"'))
    until = time.monotonic() + 15
    seen = ""
    while seen != "teach" and time.monotonic() < until:
        if sent == 5:
            program.send_signal(signal.SIGHUP)
        await asyncio.to_thread(send)
        sent += 1
        if sent > 5:
            try:
                seen = await asyncio.to_thread(mode)
            except OSError:
                continue  # the page is handed over after the mail
    assert seen == "teach"
    assert sink.accepted == sent
    await sink.stop()


def test_a_reload_with_a_wrong_file_goes_on_as_before(started, configuration):
    port = port_of(configuration, "listen")
    program = started("gateway")
    configuration.write_text("nonsense")
    program.send_signal(signal.SIGHUP)
    time.sleep(1.0)
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        assert smtp.ehlo()[0] == 250
    program.terminate()
    assert program.wait(20) == 0
    assert "was not reloaded" in program.communicate()[1]


def test_an_address_that_is_taken_is_named(started, configuration, alongside):
    started("gateway")
    again = alongside("gateway")
    port = port_of(configuration, "listen")
    assert again.returncode == 1
    assert f"127.0.0.1:{port}: address already in use" in again.stderr
    assert "Traceback" not in again.stderr


def test_logs_are_lines_of_json_without_addresses(started, configuration):
    program = started("gateway")
    with smtplib.SMTP("127.0.0.1", port_of(configuration, "listen")) as smtp:
        with pytest.raises(smtplib.SMTPDataError):
            smtp.sendmail("a@charity.example", ["b@charity.example"], MESSAGE)
    program.terminate()
    _, logged = program.communicate(timeout=20)
    assert all(json.loads(line)["level"] for line in logged.splitlines())
    assert "@" not in logged


def test_a_domain_that_an_import_brings_is_local_within_two_seconds(
    started, configuration, alongside, tmp_path
):
    program = started("gateway")
    lists = "id,name,domains\nclub,The Club,club.example\n"
    (tmp_path / "organisations.csv").write_text(lists)
    done = alongside("people", "import", "--organisations", "organisations.csv")
    assert done.returncode == 0, done.stderr
    time.sleep(2.0)
    program.terminate()
    assert program.wait(20) == 0
    assert '"what": "reloaded"' in program.communicate()[1]


async def test_what_passes_untouched_is_counted_for_the_report(
    started, configuration, alongside, tmp_path
):
    text = configuration.read_text()
    configuration.write_text(text.replace('"enforce"', '"shadow"'))
    people = (
        "id,name,category,email,roles\nsam,Sam,staff,sam@charity.example,safeguarding_officer\n"
    )
    (tmp_path / "people.csv").write_text(people)
    done = alongside("people", "import", "people.csv")
    assert done.returncode == 0, done.stderr
    sink = Sink()
    await sink.listen("127.0.0.1", port_of(configuration, "outbound"))
    program = started("gateway")

    def send(times: int) -> None:
        with smtplib.SMTP("127.0.0.1", port_of(configuration, "listen"), timeout=20) as smtp:
            for _ in range(times):
                smtp.sendmail("sam@charity.example", ["somebody@mail.test"], MESSAGE)

    def reported() -> list[str]:
        shown = alongside("shadow", "report", "--as", "sam")
        assert shown.returncode == 0, shown.stderr
        lines: list[str] = shown.stdout.splitlines()
        return lines[:2]

    assert reported()[1] == "and supporters were judged; 0 others passed untouched"
    for more, said in ((1, "1 other"), (2, "3 others")):
        await asyncio.to_thread(send, more)
        await asyncio.sleep(1.5)
        first, second = await asyncio.to_thread(reported)
        assert first.endswith(": 0 messages to or from children, participants")
        assert second == f"and supporters were judged; {said} passed untouched"
    program.terminate()
    assert await asyncio.to_thread(program.wait, 20) == 0
    await sink.stop()
