"""``alongside scan`` as a stranger and another program use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import environment

TEXT = "Ring me on 07700 900123 tonight"
KEYS = ["type", "clause", "start", "end", "text", "understood", "confidence", "zone"]


def piped(text: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alongside.site.cli", "scan", *arguments],
        input=text,
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_text_from_a_pipe_without_any_configuration(tmp_path):
    done = piped(TEXT, "--all", "--plain", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1:12  N1  phone, certain: 07700 900123, read as +447700900123  (body)\n"


def test_json_is_one_list_with_offsets_of_the_decoded_text(tmp_path):
    done = piped(TEXT, "--all", "--plain", "--json", cwd=tmp_path)
    (seen,) = json.loads(done.stdout)
    assert [k for k in seen if k in KEYS] == KEYS
    assert TEXT[seen["start"] : seen["end"]] == seen["text"] == "07700 900123"
    assert (seen["type"], seen["confidence"], seen["zone"]) == ("phone", "certain", "body")


def test_a_message_is_decoded_and_its_text_can_be_printed(tmp_path):
    message = (
        "From: a@charity.example\nSubject: Tonight\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        "UmluZyBtZSBvbiAwNzcwMCA5MDAxMjMgdG9uaWdodA==\n"
    )
    (tmp_path / "one.eml").write_text(message)
    shown = piped("", "--all", "--text", "one.eml", cwd=tmp_path).stdout
    (seen,) = json.loads(piped("", "--all", "--json", "one.eml", cwd=tmp_path).stdout)
    assert shown[seen["start"] : seen["end"]] == "07700 900123"


def test_several_inputs_come_out_as_json_lines(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("See you on Saturday.")
    done = piped("", "--all", "--plain", "a.txt", "b.txt", cwd=tmp_path)
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert [s["type"] for s in first["sightings"]] == ["phone"]
    assert (second["file"], second["sightings"], second["unread"]) == ("b.txt", [], [])


def test_json_lines_in_come_back_with_what_else_they_held(tmp_path):
    rows = [{"id": 7, "text": TEXT}, {"id": 8, "subject": "Hi", "text": "See you."}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = piped("", "--all", "in.jsonl", cwd=tmp_path)
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["id"], len(row["sightings"])) for row in out] == [(7, 1), (8, 0)]


def test_what_can_t_be_read_is_said(tmp_path):
    message = (
        "From: a@charity.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: application/pdf\n"
        "Content-Disposition: attachment; filename=flyer.pdf\n\n%PDF-1.7 no\n--b--\n"
    )
    (tmp_path / "one.eml").write_text(message)
    done = piped("", "--all", "one.eml", cwd=tmp_path)
    assert done.returncode == 0
    assert "not read: flyer.pdf" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.eml", "--all"], "`nothing.eml` can't be read: No such file or directory"),
        (["--all", "--from", "a@x.example"], "`--all` asks no register"),
        (["--to", "a@x.example"], "`--to` is given without `--from`"),
        (["bad.jsonl", "--all"], "bad.jsonl, line 1: this is no JSON"),
        (["empty.jsonl", "--all"], "empty.jsonl, line 1: there is neither `text` nor `message`"),
    ],
)
def test_bad_input_is_named_with_its_mend(tmp_path, arguments, said):
    (tmp_path / "bad.jsonl").write_text("not json\n")
    (tmp_path / "empty.jsonl").write_text('{"id": 1}\n')
    done = piped("", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_among_people_what_is_theirs_or_ours_passes(configuration, alongside, tmp_path):
    (tmp_path / "people.csv").write_text(
        "id,name,category,organisation,email,mobile,personal_mobile\n"
        "carla,Carla Coach,volunteer,club,carla@charity.example,07700 900001,07700 900045\n"
        "chloe,Chloe Child,child,club,chloe@family.example,07700 900010,\n"
    )
    assert alongside("people", "import", "people.csv").returncode == 0
    text = tmp_path / "text.txt"
    text.write_text("Work 07700 900001, yours 07700 900010, mine 07700 900045")
    people = ("--from", "carla@charity.example", "--to", "chloe@family.example")
    done = alongside("scan", "text.txt", "--plain", "--json", *people)
    assert done.returncode == 0, done.stderr
    (seen,) = json.loads(done.stdout)
    assert (seen["clause"], seen["text"]) == ("N2", "07700 900045")
