"""The page on Postfix: its commands work, do what it says, and can be taken back."""

from __future__ import annotations

import asyncio
import subprocess

import pytest

from alongside.mail.smtp.sink import Sink
from alongside.policy.vocabulary import Mode
from alongside.site.config import load
from tests.world import CARL, CARLA, CHLOE, DINA, LENA, OWEN, URSULA, WELFARE

from . import howto, programs
from .beside import beside, letter
from .chain import FAR, SINK, Chain
from .postfix import SUBMISSION

pytestmark = [pytest.mark.peer, pytest.mark.asyncio]


async def swaks(address: str, *options: str) -> tuple[int, str]:
    """Run swaks against the charity's submission port. Its status and its transcript."""
    command = [programs.program("swaks"), "--server", f"{address}:{SUBMISSION}", *options]
    done = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout


async def test_alongside_understands_the_lines_of_its_own_file(tmp_path):
    (text,) = (text for kind, text in howto.blocks() if kind == "toml")
    file = tmp_path / "alongside.toml"
    file.write_text(text)
    config = load(file)
    assert config.gateway.mode is Mode.SHADOW
    assert config.relay.outbound_hop.port == 10026
    assert config.bounce_domain == "bounces.charity.example"


async def test_a_message_that_swaks_sends_is_copied(chain, database):
    async with beside(chain, database) as club:
        status, said = await swaks(
            chain.address,
            "--from",
            CARLA,
            "--to",
            CHLOE,
            "--h-Subject",
            "Training",
            "--body",
            "At six.",
        )
        assert status == 0, said
        mail = await club.arrived()
    assert set(mail) == {CHLOE, OWEN}
    assert "At six." in mail[CHLOE][0].text


@pytest.mark.clause("A1")
@pytest.mark.clause("P5")
async def test_the_writer_hears_a_refusal_at_once_with_clause_reason_and_whom_to_ask(
    chain, database
):
    async with beside(chain, database) as club:
        status, said = await swaks(chain.address, "--from", URSULA, "--to", CHLOE)
        mail = await club.arrived()
    assert status != 0
    assert "550" in said and "A1" in said
    assert "vetting check is missing or out of date" in said
    assert "questions: safeguarding@charity.example" in said
    assert mail == {}


async def test_a_program_on_the_machine_is_judged_as_well(chain, database):
    """A web site that uses the `sendmail` command, on its road through Postfix's queue."""
    programs.program("sendmail")
    async with beside(chain, database) as club:
        text = letter(CARLA, [CHLOE]).decode().replace("\r\n", "\n")
        send = f"sendmail -i -f {CARLA} {CHLOE} <<'END'\n{text}END\n"
        await asyncio.to_thread(chain.postfix.shell, send)
        async with asyncio.timeout(20):
            while set(chain.mailboxes.used()) != {CHLOE, OWEN}:
                await asyncio.sleep(0.02)
        mail = await club.arrived()
    assert OWEN in mail[CHLOE][0]["Cc"]


@pytest.mark.law("members_of_a_group_never_learn_each_other")
async def test_a_message_to_many_is_not_cut_in_pieces_on_the_way(chain, database):
    many = [f"guest{n}@{FAR}" for n in range(120)]
    sink = Sink()
    await sink.listen(chain.address, SINK)
    try:
        async with beside(chain, database) as club:
            send = f"sendmail -i -f {CARLA} {' '.join(many)} <<'END'\nSubject: all\n\nHello\nEND\n"
            await asyncio.to_thread(chain.postfix.shell, send)
            await sink.wait(3, seconds=20)
            await club.quiet()
    finally:
        await sink.stop()
    log = chain.postfix.log.read_text()
    assert sum(len(m.envelope.recipients) for m in sink.messages) == 120
    assert log.count("nrcpt=120 (queue active)") == 2, "once before the gateway and once after it"


@pytest.mark.law("an_emergency_never_waits")
async def test_the_emergency_tag_passes_postfix_and_is_taken_off(chain, database):
    async with beside(chain, database) as club:
        urgent = OWEN.replace("@", "+urgent@")
        word = await club.submit(CARLA, CHLOE, urgent, raw=letter(CARLA, [CHLOE, urgent]))
        assert word.startswith("250"), word
        mail = await club.arrived()
    assert {CHLOE, OWEN, WELFARE, LENA} <= set(mail)
    assert not [m for messages in mail.values() for m in messages if "+urgent" in m["To"]]


@pytest.mark.law("any_surprise_is_temporary")
@pytest.mark.pitfall(22)
async def test_while_alongside_is_stopped_nothing_passes_and_nothing_is_lost(chain, database):
    raw, reply = letter(CARLA, [CARL]), letter(CHLOE, [CARLA], message_id="<7@family.example>")
    async with beside(chain, database) as club:
        pass
    own = await club.submit(CARLA, CARL, raw=raw)
    assert own.startswith("4"), own
    outside = await club.from_outside(CHLOE, CARLA, raw=reply)
    assert outside.startswith("250"), outside
    assert chain.mailboxes.used() == []
    async with beside(chain, database) as club:
        mail = await club.arrived()
    assert set(mail) == {CARLA, OWEN}
    assert mail[CARLA][0].came_as(reply)


async def test_going_back_leaves_postfix_as_it_was(chain, database):
    etc = chain.postfix.etc
    before = {name: (etc / f"{name}.before-alongside").read_bytes() for name in FILES}
    during = lines(chain)
    try:
        chain.go_back()
        assert {name: (etc / name).read_bytes() for name in FILES} == before
        assert lines(chain) != during
        async with beside(chain, database) as club:
            await club.submit(CARLA, CARL, raw=letter(CARLA, [CARL]))
            await club.from_outside(CHLOE, DINA, raw=letter(CHLOE, [DINA]))
            mail = await club.arrived()
        assert set(mail) == {CARL, DINA}
        assert not [m for ms in mail.values() for m in ms if "(Alongside)" in m.text]
    finally:
        chain.follow()
    assert lines(chain) == during


FILES = ("main.cf", "master.cf")


def lines(chain: Chain) -> list[str]:
    """What is configured; `postconf` writes new lines in no order that one could rely on."""
    return sorted(line for f in FILES for line in (chain.postfix.etc / f).read_text().splitlines())
