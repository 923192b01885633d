"""`alongside signatures`: what people put below their messages, as an officer decides about it."""

from __future__ import annotations

import asyncio
import json
import re
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from tools.ports import free_ports

from alongside.mail.smtp.sink import Sink
from alongside.people.demo import write_demo

from .conftest import CONFIGURATION, Alongside, environment

PRIYA, MIA = "priya.nair@charity.example", "mia.hart@family.example"
SIGNATURE = "Priya Nair\nRiverside Wheelers\n07700 900560"
SEEN = (
    *("helen", "k1", "Helen Shaw\nJuniors\n07700 900561"),
    *("grace", "k2", "Grace\n01632 960120"),
    *("sam", "k3", "Sam\n07700 900562"),
)
"""Person, key and text of the signatures that the gateway noted. The fourth is a message's."""
HELEN_S, GRACE_S, SAM_S = "1", "2", "3"
NOTE = """
import sys
from pathlib import Path
from alongside.site.config import load
from alongside.site.start import start
start(load(Path("alongside.toml")))
from alongside.access.actor import System
from alongside.people import api
for person, key, text in zip(*[iter(sys.argv[1:])] * 3):
    api.note_signature(System("gateway"), person, key=key, text=text, reference="ABCD-EFGH")
"""
Signatures = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def charity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's charity; each test is about another person of it."""
    folder = tmp_path_factory.mktemp("signatures")
    gateway, sink, health = free_ports(3)
    configuration = CONFIGURATION.format(gateway=gateway, sink=sink, health=health)
    (folder / "alongside.toml").write_text(configuration)
    demo = write_demo(folder / "lists")
    for program in (
        [
            *("-m", "alongside.site.cli", "people", "import", demo.people, demo.links),
            *("--groups", demo.groups, "--organisations", demo.organisations),
            *("--mailboxes", demo.mailboxes),
        ],
        ["-c", NOTE, *SEEN],
    ):
        done = subprocess.run(
            [sys.executable, *program],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def signatures(alongside: Alongside, charity: Path) -> Signatures:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = alongside("signatures", *arguments, "--config", str(charity / "alongside.toml"))
        assert "Traceback" not in done.stderr
        return done

    return run


def shown(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, object]]:
    """Person -> what JSON says of their signature."""
    assert done.returncode == 0, done.stderr
    return {str(row["person"]): row for row in json.loads(done.stdout)}


def test_where_none_waits_it_says_so(
    alongside: Alongside, configuration: Path, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(
        "id,name,category,roles\nsam,Sam,staff,safeguarding_officer\n"
    )
    assert alongside("people", "import", "people.csv").returncode == 0
    said = alongside("signatures", "list", "--as", "sam")
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "no signature waits\n")


def test_an_officer_lists_approves_and_refuses(signatures: Signatures) -> None:
    said = signatures("list", "--as", "sam")
    assert said.returncode == 0, said.stderr
    rows = {r[0]: r for r in (line.split("\t") for line in said.stdout.splitlines())}
    assert rows[HELEN_S][2:] == [
        *("helen", "asked", "ABCD-EFGH", "Helen Shaw / Juniors / 07700 900561"),
    ]
    assert rows[GRACE_S][2:] == ["grace", "asked", "ABCD-EFGH", "Grace / 01632 960120"]
    assert SAM_S not in rows, "the officer's own waits for another one"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", rows[HELEN_S][1])

    done = signatures("approve", GRACE_S, "--reason", "the office", "--as", "sam")
    assert (done.returncode, done.stdout) == (0, "signature 2 is approved\n")
    done = signatures("refuse", HELEN_S, "--reason", "her own", "--as", "sam")
    assert (done.returncode, done.stdout) == (0, "signature 1 is refused\n")

    waiting = shown(signatures("list", "--json", "--as", "sam"))
    assert waiting.keys().isdisjoint({"helen", "grace", "sam"})
    every = shown(signatures("list", "--all", "--json", "--as", "sam"))
    assert (every["helen"]["standing"], every["grace"]["standing"]) == ("refused", "approved")
    since = every["helen"].pop("since")
    assert since == rows[HELEN_S][1]
    assert every["helen"] == {
        "number": 1,
        "person": "helen",
        "standing": "refused",
        "reference": "ABCD-EFGH",
        "text": "Helen Shaw\nJuniors\n07700 900561",
    }


def test_an_officer_s_own_is_for_another_officer(signatures: Signatures) -> None:
    assert "sam" in shown(signatures("list", "--json", "--as", "ruth"))
    assert "sam" not in shown(signatures("list", "--all", "--json", "--as", "sam"))


def test_a_coach_and_a_parent_are_shown_none(signatures: Signatures) -> None:
    for person in ("helen", "jo"):
        said = signatures("list", "--all", "--as", person)
        assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("approve", SAM_S, "--reason", "it is mine", "--as", "sam"), "nobody reviews themselves"),
        (("approve", SAM_S, "--reason", "why not", "--as", "priya"), "only an active safeguarding"),
        (("refuse", "77", "--reason", "why not", "--as", "sam"), "there is no signature `77`"),
        (("refuse", SAM_S, "--reason", "why", "--as", "x"), "there is nobody with the id `x`"),
        (("refuse", SAM_S, "--reason", "  ", "--as", "ruth"), "it is empty, and it is kept"),
        (("refuse", SAM_S, "--as", "ruth"), "Missing option '--reason'"),
        (("approve", SAM_S, "--reason", "why not"), "Missing option '--as'"),
        (("approve", "one", "--reason", "why", "--as", "ruth"), "'one' is not a valid integer"),
        (("list", "--as", "x"), "there is nobody with the id `x`"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_sentence(
    signatures: Signatures, arguments: tuple[str, ...], sentence: str
) -> None:
    said = signatures(*arguments)
    assert said.returncode == 2
    assert sentence in said.stderr and not said.stdout


def test_after_all_of_it_sam_s_still_waits_and_the_record_is_whole(
    signatures: Signatures, alongside: Alongside, charity: Path
) -> None:
    assert shown(signatures("list", "--json", "--as", "ruth"))["sam"]["standing"] == "asked"
    verified = alongside("record", "verify", "--config", str(charity / "alongside.toml"))
    assert verified.returncode == 0, verified.stdout


@pytest.fixture
def gateway(charity: Path) -> Iterator[tuple[int, int]]:
    """The ports of a gateway that runs and of its next hop."""
    program = subprocess.Popen(
        [sys.executable, "-u", "-m", "alongside.site.cli", "gateway"],
        cwd=charity,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        line = program.stdout.readline()
        assert line.startswith("ready"), line + program.communicate(timeout=10)[1]
        text = (charity / "alongside.toml").read_text()
        listens = re.search(r"\[gateway\]\nlisten.*:(\d+)", text)
        hop = re.search(r"outbound.*:(\d+)", text)
        assert listens and hop
        yield int(listens[1]), int(hop[1])
    finally:
        program.terminate()
        program.communicate(timeout=20)


def send(port: int) -> str:
    """Hand over Priya's letter to Mia, with her signature: held, or gone?"""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = PRIYA, MIA, "Saturday"
    letter["Message-ID"] = f"<{time.monotonic_ns()}@charity.example>"
    letter.set_content(f"Hi Mia,\n\nsee you on Saturday at ten.\n\n-- \n{SIGNATURE}\n")
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo("client.example")
        client.mail(PRIYA)
        client.rcpt(MIA)
        code, text = client.data(letter.as_bytes().replace(b"\n", b"\r\n"))
    assert code == 250, text
    return "held" if b"held for the safeguarding team" in text else "gone"


async def test_the_gateway_s_next_message_hears_of_the_decision(
    gateway: tuple[int, int], signatures: Signatures
) -> None:
    port, next_hop = gateway
    sink = Sink()
    await sink.listen("127.0.0.1", next_hop)

    async def becomes(what: str) -> None:
        """Within two seconds of the decision."""
        until = time.monotonic() + 2
        while (got := await asyncio.to_thread(send, port)) != what and time.monotonic() < until:
            await asyncio.sleep(0.1)
        assert got == what

    async def decide(how: str, number: object) -> None:
        options = (str(number), "--reason", "asked her", "--as", "sam")
        done = await asyncio.to_thread(signatures, how, *options)
        assert done.returncode == 0, done.stderr

    try:
        assert await asyncio.to_thread(send, port) == "gone", "the first weeks"
        waiting = shown(await asyncio.to_thread(signatures, "list", "--json", "--as", "sam"))
        assert str(waiting["priya"]["text"]).endswith(SIGNATURE)
        await decide("refuse", waiting["priya"]["number"])
        await becomes("held")
        await decide("approve", waiting["priya"]["number"])
        await becomes("gone")
    finally:
        await sink.stop()
