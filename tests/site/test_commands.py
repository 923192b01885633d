"""The command line as a stranger meets it."""

from __future__ import annotations

import json
import stat
import time

import pytest

from alongside.site.cli import COMMANDS


def test_help_lists_every_command_quickly(alongside):
    fastest = 9.0
    for _ in range(3):
        began = time.monotonic()
        shown = alongside("--help")
        fastest = min(fastest, time.monotonic() - began)
    assert shown.returncode == 0
    assert all(f"\n  {name} " in shown.stdout for name in COMMANDS)
    assert fastest < 1.0


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"manage"}))
def test_every_command_explains_itself_and_needs_nothing_for_that(alongside, command):
    shown = alongside(command, "--help")
    assert shown.returncode == 0, shown.stderr
    assert "Usage: alongside" in shown.stdout
    assert len(shown.stdout.splitlines()) > 4


def test_the_version_is_the_changelog_s(alongside):
    assert alongside("--version").stdout.startswith("alongside 0.")


def test_an_unknown_command_and_an_unknown_option_are_bad_input(alongside):
    assert alongside("fly").returncode == 2
    assert alongside("doctor", "--fly").returncode == 2


def test_without_a_configuration_it_says_how_to_get_one(alongside):
    said = alongside("doctor")
    assert said.returncode == 2
    assert "alongside.toml: there is no such file" in said.stderr
    assert "`alongside up` writes one to start from" in said.stderr


def test_a_wrong_configuration_is_told_without_a_traceback(alongside, configuration):
    configuration.write_text(configuration.read_text().replace("enforce", "loud"))
    said = alongside("doctor")
    assert said.returncode == 2
    assert "gateway.mode: `loud` is not a mode" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_configuration_may_be_named_before_or_after_the_command(alongside, configuration):
    elsewhere = configuration.rename(configuration.with_name("other.toml"))
    for arguments in (
        ("--config", str(elsewhere), "record", "verify"),
        ("record", "verify", "--config", str(elsewhere)),
    ):
        said = alongside(*arguments)
        assert said.returncode == 0, said.stderr
    assert alongside("record", "verify", ALONGSIDE_CONFIG=str(elsewhere)).returncode == 0


def test_postgresql_is_a_plain_no_for_now(alongside, configuration):
    configuration.write_text(configuration.read_text() + '[database]\nurl = "postgresql://x/y"\n')
    said = alongside("record", "verify")
    assert said.returncode == 2
    assert "database.url: this version of Alongside runs on SQLite only" in said.stderr


def test_any_command_makes_the_database_for_its_owner_only(alongside, configuration):
    assert alongside("record", "verify").returncode == 0
    folder = configuration.parent / "var"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "alongside.db").stat().st_mode) == 0o600


def test_the_first_up_writes_a_configuration_that_says_what_is_missing(alongside, tmp_path):
    first = alongside("up")
    assert first.returncode == 0
    assert "fill in the five values" in first.stdout
    assert 'mode = "shadow"' in (tmp_path / "alongside.toml").read_text()
    second = alongside("up")
    assert second.returncode == 2
    for key in ("organisation.name", "organisation.domains", "organisation.contact"):
        assert key in second.stderr
    for key in ("relay.outbound", "relay.inbound"):
        assert key in second.stderr
    assert "Traceback" not in second.stderr


def test_up_never_overwrites_a_configuration(alongside, tmp_path):
    (tmp_path / "alongside.toml").write_text("# mine\n")
    alongside("up")
    assert (tmp_path / "alongside.toml").read_text() == "# mine\n"


def test_send_says_when_nobody_answers(alongside, configuration):
    said = alongside("send", "--from", "a@charity.example", "--to", "b@charity.example")
    assert said.returncode == 1
    assert "no answer from 127.0.0.1:" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_new_record_is_whole(alongside, configuration):
    said = alongside("record", "verify", "--json")
    assert said.returncode == 0
    assert json.loads(said.stdout)["clean"] is True
