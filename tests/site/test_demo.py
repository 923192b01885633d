"""The demonstration comes up, and the three printed commands do what they say."""

from __future__ import annotations

import json
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from tools.ports import free_ports

from .conftest import environment

ALONGSIDE = [sys.executable, "-u", "-m", "alongside.site.cli"]


@dataclass
class Running:
    program: subprocess.Popen[str]
    ports: list[int]
    folder: Path
    said: list[str] = field(default_factory=list)

    def wait(self, pattern: str, seconds: float = 60.0) -> str:
        """The first line that fits, once it was said."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = next((line for line in self.said if re.search(pattern, line)), None)
            if found is not None:
                return found
            assert self.program.poll() is None, "".join(self.said)
            time.sleep(0.05)
        raise AssertionError(f"never said {pattern}:\n" + "".join(self.said))

    def commands(self) -> list[list[str]]:
        lines = [line.strip() for line in self.said if " send --server " in line]
        return [[*ALONGSIDE, *shlex.split(line[line.index(" send ") :])] for line in lines]


def follow(running: Running) -> None:
    assert running.program.stdout is not None
    for line in running.program.stdout:
        running.said.append(line)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("demo")
    ports = free_ports(4)
    options = ["--port", "--sink-port", "--health-port", "--web-port"]
    pairs = [word for o, p in zip(options, ports, strict=True) for word in (o, str(p))]
    program = subprocess.Popen(
        [*ALONGSIDE, "up", "--demo", *pairs],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Running(program, ports, folder)
    following = Thread(target=follow, args=(running,), daemon=True)
    following.start()
    try:
        running.wait("^ready")
        yield running
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0, "".join(running.said)
        following.join(10)
        if program.stdout is not None:
            program.stdout.close()


def run(command: list[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_three_commands_are_printed(demo):
    assert len(demo.commands()) == 3


def test_the_first_is_copied_before_it_is_delivered(demo):
    done = run(demo.commands()[0])
    assert done.returncode == 0, done.stdout + done.stderr
    demo.wait(r"PERMITTED +Priya Nair \(volunteer\) -> Mia Hart \(child\)")
    copy = demo.said.index(demo.wait(r"1\. copy to .*<safeguarding@charity\.example>"))
    mail = demo.said.index(demo.wait(r"2\. mail to Mia Hart \(child\)"))
    assert copy < mail


def test_the_second_is_refused_with_its_reason_and_whom_to_ask(demo):
    done = run(demo.commands()[1])
    assert done.returncode == 1
    assert "550 5.7.1" in done.stdout
    assert "A1" in done.stdout and "has not agreed" in done.stdout
    assert "safeguarding@charity.example" in done.stdout
    demo.wait(r"REFUSED +Zara Quinn")


def test_the_third_reaches_each_member_on_their_own(demo):
    done = run(demo.commands()[2])
    assert done.returncode == 0, done.stdout + done.stderr
    demo.wait("-> group Juniors")
    for name in ("Mia Hart", "Ben Shaw"):
        demo.wait(rf"\d+\. mail to {name}")


def test_a_port_that_is_taken_is_named_with_another_to_choose(demo, tmp_path):
    gateway, sink, health, web = free_ports(4)
    with socket.create_server(("127.0.0.1", sink)):
        options = f"--port {gateway} --sink-port {sink} --health-port {health} --web-port {web}"
        done = run([*ALONGSIDE, "up", "--demo", *options.split()], tmp_path)
    assert done.returncode == 2
    assert f"port {sink} on 127.0.0.1 is taken" in done.stderr
    assert "up --demo --sink-port" in done.stderr
    assert not (tmp_path / "var").exists()


def test_each_role_gets_a_link_that_signs_in_once(demo):
    lines = [line for line in demo.said if "/sign-in/link/" in line]
    assert len(lines) == 8
    link = next(line for line in lines if "Ruth" in line).split()[-1]
    browser = build_opener(HTTPCookieProcessor())
    page = browser.open(link, timeout=20).read().decode()
    assert "Welcome, Ruth Bellamy" in page
    assert "Example Sports Charity" in page and "01632 960123" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sent = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    home = browser.open(Request(link, sent, {"Referer": link}), timeout=20)
    assert home.url == f"http://127.0.0.1:{demo.ports[3]}/"
    assert "Hello, Ruth Bellamy" in home.read().decode()
    with pytest.raises(HTTPError, match="410"):
        build_opener().open(link, timeout=20)


def test_its_record_under_the_second_rulebook_shows_what_would_change(demo):
    """Under 13 only through their supporters: Mia is 12, Leo 16; who was refused stays refused."""
    for to in ("mia.hart@family.example", "leo.banks@mail.test"):
        sent = ["send", "--server", f"127.0.0.1:{demo.ports[0]}", "--to", to]
        done = run([*ALONGSIDE, *sent, "--from", "priya.nair@charity.example"])
        assert done.returncode == 0, done.stdout + done.stderr
    options = ["--as", "ruth", "--json", "--since", "2026-01-01"]
    replay = [*ALONGSIDE, "policy", "replay", "sector-guidance", *options]
    config = demo.folder / "var" / "demo" / "alongside.toml"
    done = run([*replay, "--config", str(config)])
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["rulebook"] == "sector-guidance" and found["undecided"] == 0
    by_person = found["persons"]["priya"]
    changed = [c for c in found["changed"] if c["what"] == "permit to refuse"]
    assert changed and all(["G1", "too_young"] in c["why"] for c in changed)
    assert by_person["what"]["permit to refuse"] == len(changed)
    assert by_person["judged"] > len(changed), "Leo is old enough"
    assert set(found["persons"]["zara"]["what"]) <= {"otherwise"}, (
        "still refused, for one more reason"
    )
    assert found["total"]["judged"] == sum(w["judged"] for w in found["weeks"].values())
