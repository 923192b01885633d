"""The whole installation in one file, and back."""

from __future__ import annotations

import socket
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

PEOPLE = """\
id,name,category,organisation,roles,email,date_of_birth
priya,Priya,staff,charity,safeguarding_lead,priya@charity.example,1980-01-01
"""


def imported(alongside, folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE)
    done = alongside("people", "import", "people.csv")
    assert done.returncode == 0, done.stderr


def known(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM people_person ORDER BY id")]


def test_what_is_backed_up_comes_back_with_its_keys_and_is_verified(
    alongside, configuration, tmp_path
):
    (tmp_path / "relay.secret").write_text("open sesame\n")
    text = configuration.read_text().replace('"smtp://127', '"smtp://us@127', 1)
    configuration.write_text(
        text.replace("[gateway]", 'outbound_secret_file = "relay.secret"\n[gateway]')
    )
    imported(alongside, tmp_path)
    done = alongside("backup", "all.tar")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "all.tar").stat().st_mode) == 0o600

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    config = str(elsewhere / "alongside.toml")
    done = alongside("restore", "all.tar", "--config", config)
    assert done.returncode == 0, done.stderr
    assert "the record is whole" in done.stdout
    assert known(elsewhere / "var" / "alongside.db") == ["priya"]
    secret = elsewhere / "relay.secret"
    assert secret.read_text() == "open sesame\n"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_backup_is_never_overwritten(alongside, configuration, tmp_path):
    (tmp_path / "all.tar").write_text("mine")
    done = alongside("backup", "all.tar")
    assert done.returncode == 2 and "exists already" in done.stderr
    assert (tmp_path / "all.tar").read_text() == "mine"


def test_nothing_that_is_there_is_overwritten_without_force(alongside, configuration, tmp_path):
    imported(alongside, tmp_path)
    assert alongside("backup", "all.tar").returncode == 0
    (tmp_path / "people.csv").write_text(PEOPLE.replace("priya,", "quinn,").replace("priya@", "q@"))
    assert alongside("people", "import", "people.csv").returncode == 0
    database = tmp_path / "var" / "alongside.db"
    done = alongside("restore", "all.tar")
    assert done.returncode == 2 and "`--force` overwrites" in done.stderr
    assert known(database) == ["priya", "quinn"]
    done = alongside("restore", "all.tar", "--force")
    assert done.returncode == 0, done.stderr
    assert known(database) == ["priya"]


def test_it_does_not_restore_under_a_running_gateway(alongside, configuration, tmp_path):
    assert alongside("backup", "all.tar").returncode == 0
    health = configuration.read_text().partition("[health]")[2].partition("[web]")[0]
    port = int(health.rpartition(":")[2].strip().strip('"'))
    with socket.create_server(("127.0.0.1", port)):
        done = alongside("restore", "all.tar", "--force")
    assert done.returncode == 2 and "the gateway is running" in done.stderr


def test_what_is_no_backup_is_said_to_be_none(alongside, configuration, tmp_path):
    (tmp_path / "other.tar").write_text("not a tar file")
    done = alongside("restore", "other.tar")
    assert done.returncode == 2 and "can't be read as a backup" in done.stderr
    with tarfile.open(tmp_path / "empty.tar", "w"):
        pass
    done = alongside("restore", "empty.tar")
    assert done.returncode == 2 and "it holds no database" in done.stderr


def test_a_backup_that_leads_out_of_its_folder_is_refused(alongside, configuration, tmp_path):
    assert alongside("backup", "all.tar").returncode == 0
    with tarfile.open(tmp_path / "all.tar", "a") as tar:
        tar.add(configuration, "files/beside/../../escaped")
    done = alongside("restore", "all.tar", "--force")
    assert done.returncode == 2 and "leads out of its folder" in done.stderr
    assert not (tmp_path.parent / "escaped").exists()
