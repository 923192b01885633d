"""Logins of the users file, and secrets that are made once."""

from __future__ import annotations

import stat
from pathlib import Path

from alongside.site.config import load
from alongside.site.keys import bounce_secret, bounce_secret_file
from alongside.site.users import Users, set_password

from .test_config import SMALLEST, written


async def test_the_right_password_gives_the_address_and_no_other(tmp_path: Path):
    file = tmp_path / "users"
    set_password(file, "coach@charity.example", "correct horse")
    users = Users(file)
    assert await users.authenticate("Coach@Charity.Example", "correct horse") == (
        "coach@charity.example"
    )
    assert await users.authenticate("coach@charity.example", "wrong horse") is None
    assert await users.authenticate("other@charity.example", "correct horse") is None
    assert await users.authenticate("", "") is None


async def test_a_changed_password_counts_at_once_and_the_old_one_no_more(tmp_path: Path):
    file = tmp_path / "users"
    set_password(file, "coach@charity.example", "first")
    users = Users(file)
    assert await users.authenticate("coach@charity.example", "first")
    set_password(file, "officer@charity.example", "other")
    set_password(file, "coach@charity.example", "second word")
    assert await users.authenticate("coach@charity.example", "first") is None
    assert await users.authenticate("coach@charity.example", "second word")
    assert await users.authenticate("officer@charity.example", "other")


def test_the_users_file_is_closed_to_others_and_holds_no_password(tmp_path: Path):
    file = tmp_path / "users"
    set_password(file, "coach@charity.example", "correct horse")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "correct" not in file.read_text()


def test_the_bounce_secret_is_made_once(tmp_path: Path):
    config = load(written(tmp_path, SMALLEST), {})
    config.data.folder.mkdir()
    first = bounce_secret(config)
    assert len(first) == 32 and bounce_secret(config) == first
    assert stat.S_IMODE(bounce_secret_file(config).stat().st_mode) == 0o600
    assert [p.name for p in config.data.folder.iterdir()] == ["bounce.secret"]
