"""`alongside decide` and the register on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.people.demo import write_demo

from .conftest import CONFIGURATION, environment

KEYS = [
    "verdict",
    "class",
    "exemption",
    "findings",
    "obligations",
    "third_parties",
    "rulebook",
    "version",
]


@pytest.fixture(scope="module")
def charity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's charity, imported from the command line."""
    folder = tmp_path_factory.mktemp("charity")
    (folder / "alongside.toml").write_text(CONFIGURATION.format(gateway=1, sink=2, health=3))
    demo = write_demo(folder)
    lists = ["--groups", "--organisations", "--mailboxes"]
    files = [demo.groups, demo.organisations, demo.mailboxes]
    options = [word for pair in zip(lists, files, strict=True) for word in pair]
    command = [sys.executable, "-m", "alongside.site.cli", "people", "import"]
    done = subprocess.run(
        [*command, demo.people, demo.links, *options],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def decide(alongside, charity):
    def run(*arguments: str) -> dict[str, object]:
        config = str(charity / "alongside.toml")
        done = alongside("decide", "--config", config, "--json", *arguments)
        assert done.returncode == 0, done.stderr
        told: dict[str, object] = json.loads(done.stdout)
        return told

    return run


COACH, MIA, DAN = "priya.nair@charity.example", "mia.hart@family.example", "dan.hart@mail.test"


def test_the_keys_stand_in_the_order_of_the_contract(decide):
    told = decide("--from", COACH, "--to", MIA)
    assert list(told) == KEYS
    assert told["verdict"] == "permit"
    assert next(list(f) for f in told["findings"]) == ["rule", "clause", "reason", "fix"]
    assert next(list(t) for t in told["third_parties"]) == ["person", "kind", "eligible", "why"]
    assert any(o["obligation"] == "copy_to" for o in told["obligations"])


def test_an_eligible_officer_sees_why_something_is_held(decide):
    told = decide("--from", COACH, "--to", MIA, "--to", DAN, "--as", "sam")
    assert (told["verdict"], told["class"]) == ("hold", "guarded")
    assert "restricted_together" in [f["reason"] for f in told["findings"]]


@pytest.mark.parametrize("viewer", [(), ("--as", "priya"), ("--as", "dan")])
@pytest.mark.law("guarded_causes_look_alike")
def test_nobody_else_learns_who_is_restricted(decide, viewer):
    told = decide("--from", COACH, "--to", MIA, "--to", DAN, *viewer)
    assert told["verdict"] == "hold"
    assert told["class"] == "held"
    assert told["findings"] == told["obligations"] == told["third_parties"] == []
    alone = decide("--from", COACH, "--to", MIA, *viewer)
    assert not any("restrict" in t["why"] for t in alone["third_parties"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", COACH, "--to", "nobody"), "`nobody` is not an e-mail address"),
        (("--from", COACH), "Missing option '--to'"),
        (("--channel", "pigeon", "--from", COACH, "--to", MIA), "'pigeon' is not one of"),
        (("--channel", "text", "--from", "x", "--to", "y"), "`x` is not a telephone number"),
        (("--from", COACH, "--to", MIA, "--as", "zed"), "nobody with the id `zed`"),
    ],
)
def test_bad_input_ends_with_two(alongside, charity, arguments, said):
    done = alongside("decide", "--config", str(charity / "alongside.toml"), *arguments)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_in_words_it_names_clause_reason_and_mend(alongside, charity):
    config = str(charity / "alongside.toml")
    zara = "zara.quinn@charity.example"
    done = alongside("decide", "--config", config, "--from", zara, "--to", MIA)
    assert done.stdout.startswith("REFUSE")
    assert "A1 everyone agrees to the policy" in done.stdout
    assert "Read and agree to the policy, then send it again." in done.stdout
    assert "questions: safeguarding@charity.example" in done.stdout


def test_an_import_with_a_mistake_changes_nothing_and_says_where(alongside, charity, tmp_path):
    config = str(charity / "alongside.toml")
    (tmp_path / "people.csv").write_text("id,name,category\nzoe,Zoe,kid\n")
    done = alongside("people", "import", "people.csv", "--config", config)
    assert done.returncode == 2
    assert "people.csv, line 2, column category: `kid` is not known here" in done.stderr
    assert "nothing was imported" in done.stderr


def test_a_dry_run_says_what_would_change(alongside, charity, tmp_path):
    config = str(charity / "alongside.toml")
    (tmp_path / "people.csv").write_text("id,name,category\nzoe,Zoe,child\n")
    for _ in range(2):
        done = alongside("people", "import", "people.csv", "--dry-run", "--config", config)
        assert done.returncode == 0
        assert "+ person zoe: name Zoe; category child" in done.stdout
        assert "a dry run: nothing was changed" in done.stdout


def test_a_coach_may_neither_import_nor_restrict(alongside, charity, tmp_path):
    config = str(charity / "alongside.toml")
    (tmp_path / "people.csv").write_text("id,name,category\nzoe,Zoe,child\n")
    done = alongside("people", "import", "people.csv", "--as", "priya", "--config", config)
    assert done.returncode == 2 and "not allowed: " in done.stderr
    arguments = ("mia", "grace", "--reason", "a quarrel", "--as", "priya", "--config", config)
    done = alongside("people", "restrict", *arguments)
    assert done.returncode == 2 and "not allowed: " in done.stderr


def test_a_restriction_is_lifted_by_two_different_people_only(alongside, charity):
    config = ("--config", str(charity / "alongside.toml"))
    about = ("leo", "grace", "--reason", "a court said so")
    assert alongside("people", "restrict", *about, "--as", "sam", *config).returncode == 0
    alone = alongside("people", "lift", *about, "--as", "sam", "--and", "sam", *config)
    assert alone.returncode == 2 and "two different people" in alone.stderr
    both = alongside("people", "lift", *about, "--as", "sam", "--and", "ruth", *config)
    assert both.returncode == 0, both.stderr


def test_an_empty_reason_is_no_reason(alongside, charity):
    config = ("--config", str(charity / "alongside.toml"))
    done = alongside("people", "restrict", "leo", "grace", "--reason", " ", "--as", "sam", *config)
    assert done.returncode == 2 and "it is empty" in done.stderr


def test_what_is_no_rulebook_is_said_line_by_line(alongside, tmp_path):
    (tmp_path / "own.toml").write_text("[clauses.E3]\nlevle = 'must'\n")
    done = alongside("policy", "check", "./own.toml")
    assert done.returncode == 2
    assert "levle" in done.stderr and "Traceback" not in done.stderr


def test_in_shadow_mode_it_says_that_nothing_is_done(alongside, charity):
    about = ("decide", "--from", COACH, "--to", MIA, "--config", str(charity / "alongside.toml"))
    plain = "nothing is done in shadow mode: it passes as it came"
    shadow = alongside(*about, ALONGSIDE_GATEWAY__MODE="shadow")
    assert shadow.returncode == 0, shadow.stderr
    assert plain in shadow.stdout.splitlines()[1]
    for mode in ("teach", "enforce"):
        assert plain not in alongside(*about, ALONGSIDE_GATEWAY__MODE=mode).stdout
    colleague = (*about[:3], "--to", "sam.okoro@charity.example", *about[5:])
    assert plain not in alongside(*colleague, ALONGSIDE_GATEWAY__MODE="shadow").stdout
