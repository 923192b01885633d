"""What only people decide about somebody: each door of the register has a command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.people import api
from alongside.people.demo import write_demo
from alongside.site.cli.people import people

from .conftest import CONFIGURATION, environment

COACH, MIA, ALAN = "priya.nair@charity.example", "mia.hart@family.example", "alan.moss@mail.test"


@pytest.fixture(scope="module")
def charity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's charity; each test is about another person of it."""
    folder = tmp_path_factory.mktemp("by_hand")
    (folder / "alongside.toml").write_text(CONFIGURATION.format(gateway=1, sink=2, health=3))
    demo = write_demo(folder)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "alongside.site.cli", "people", "import"),
            *(demo.people, demo.links, "--groups", demo.groups),
            *("--organisations", demo.organisations, "--mailboxes", demo.mailboxes),
        ],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def change(alongside, charity):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = alongside(
            "people", *arguments, "--config", str(charity / "alongside.toml")
        )
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def decide(alongside, charity):
    def run(sender: str, recipient: str) -> dict[str, object]:
        done = alongside(
            *("decide", "--json", "--from", sender, "--to", recipient, "--as", "sam"),
            *("--config", str(charity / "alongside.toml")),
        )
        told: dict[str, object] = json.loads(done.stdout)
        return told

    return run


PAGES = {"agree_lifting", "ask_lifting", "decline_lifting", "export_people"}
"""What only makes sense on a page: two people who meet there, a list to look at first."""
LOOKING = {
    *(
        "bouncing",
        "choices",
        "find",
        "group",
        "groups",
        "is_near",
        "lifting",
        "liftings",
        "name_of",
    ),
    *("organisations", "person_view", "sign_in_address", "waiting"),
}


def test_every_door_that_changes_somebody_has_a_command():
    by_other_means = {
        "import_files": "import",
        "lift_restriction": "lift",
        "clear_bouncing": "reachable",
        "restrict": "restrict",
    }
    gateway_s = {"mark_bouncing", "actor", "note_signature"}
    elsewhere = {"signatures", "decide_signature"}  # `alongside signatures`
    doors = {n for n in api.__all__ if n.islower()} - gateway_s - elsewhere - LOOKING - PAGES
    named = {by_other_means.get(n, n.removeprefix("set_").replace("_", "-")) for n in doors}
    assert named <= people.commands.keys()


def test_who_is_suspended_is_held_until_taken_back(change, decide):
    assert decide(COACH, MIA)["verdict"] == "permit"
    done = change("standing", "priya", "suspended", "--as", "sam")
    assert (done.returncode, done.stdout) == (0, "priya: suspended\n")
    assert decide(COACH, MIA)["verdict"] == "hold"
    assert change("standing", "priya", "active", "--as", "sam").stdout == "priya: active\n"
    assert decide(COACH, MIA)["verdict"] == "permit"


def test_an_objection_ends_copies_of_an_adult_and_nobody_else_s(change, decide):
    def copies() -> bool:
        told = decide(COACH, ALAN)
        return "copy_to" in json.dumps(told["obligations"])

    assert copies()
    why = ("--reason", "he asked for it, Sam spoke with him", "--as", "sam")
    done = change("objection", "alan", "--approved", *why)
    assert done.stdout == "alan: the objection to copies is approved\n", done.stderr
    assert not copies()
    done = change("objection", "alan", "--withdrawn", *why)
    assert done.stdout == "alan: the objection to copies is withdrawn\n"
    assert copies()
    done = change("objection", "mia", "--approved", *why)
    assert done.returncode == 2 and "`mia` is no adult participant" in done.stderr


def test_at_risk_is_set_and_ended_with_a_reason(change):
    why = ("--reason", "a worry about home", "--as", "sam")
    assert change("at-risk", "nadia", "--yes", *why).stdout == "nadia: at risk\n"
    assert change("at-risk", "nadia", "--no", *why).stdout == "nadia: not at risk\n"
    assert change("at-risk", "nadia", "--yes", "--as", "sam").returncode == 2
    neither = change("at-risk", "nadia", *why)
    assert neither.returncode == 2 and "say which: --yes or --no" in neither.stderr


def test_what_is_not_named_of_an_organisation_stays(change, decide):
    done = change("organisation", "charity", "--mode", "shadow", "--as", "ada")
    assert done.stdout == "charity: mode shadow; supporters are not copied as well\n", done.stderr
    done = change("organisation", "charity", "--copy-supporters", "--as", "ada")
    assert done.stdout == "charity: mode shadow; supporters are copied as well\n"
    done = change(
        *("organisation", "charity", "--mode", "configured", "--no-copy-supporters"),
        *("--as", "ada"),
    )
    assert done.stdout == "charity: mode as configured; supporters are not copied as well\n"
    nothing = change("organisation", "charity", "--as", "ada")
    assert nothing.returncode == 2 and "there is nothing to set" in nothing.stderr
    unknown = change("organisation", "nowhere", "--mode", "teach", "--as", "ada")
    assert unknown.returncode == 2 and "no organisation with the id `nowhere`" in unknown.stderr


def test_a_bouncing_address_is_used_again(change):
    done = change("reachable", "sam.okoro@charity.example", "--as", "ada")
    assert done.stdout == "sam.okoro@charity.example is used again, for sam\n", done.stderr
    unknown = change("reachable", "nobody@mail.test", "--as", "ada")
    assert unknown.returncode == 2 and "nobody has this address" in unknown.stderr


def test_readers_replace_those_before(change):
    helen = "helen.shaw@charity.example"
    done = change("readers", "helen", helen, "--reader", "neil", "--reader", "ruth", "--as", "ada")
    assert done.stdout == f"{helen} is read by helen, neil, ruth\n", done.stderr
    assert change("readers", "helen", helen, "--as", "ada").stdout == f"{helen} is read by helen\n"
    wrong = change("readers", "helen", MIA, "--as", "ada")
    assert wrong.returncode == 2 and "`helen` has no such address" in wrong.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("standing", "zara", "suspended"),
        ("objection", "alan", "--approved", "--reason", "quiet"),
        ("at-risk", "mia", "--no", "--reason", "all is well"),
        ("organisation", "charity", "--mode", "shadow"),
        ("reachable", MIA),
        ("readers", "mia", MIA, "--reader", "priya"),
    ],
)
def test_a_coach_may_do_none_of_it(change, arguments):
    done = change(*arguments, "--as", "priya")
    assert done.returncode == 2 and "not allowed: " in done.stderr


@pytest.mark.law("nobody_reviews_themselves")
def test_nobody_takes_themselves_back(change):
    done = change("standing", "sam", "active", "--as", "sam")
    assert done.returncode == 2 and "not allowed: " in done.stderr
