"""What `[organisation]` says of the organisation itself passes, as registered details do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.people.demo import write_demo
from alongside.policy.people import Organisation, People, Person
from alongside.policy.vocabulary import Mode
from alongside.site import gateway_parts, wiring
from alongside.site.config import load

from .conftest import CONFIGURATION, environment

PRIYA, MIA = "priya.nair@charity.example", "mia.hart@family.example"
CONTACT = "safeguarding@charity.example"
OWN = """contact = "help@safe.example"
contact_phone = "01632 960999, weekdays"
website = "https://www.safe.example/children"
"""


class Register:
    """A source whose register a test changes."""

    confirmed = True

    def __init__(self, people: People) -> None:
        self.people = people

    def current(self) -> People:
        return self.people


def with_own_details(configuration: Path, text: str = OWN) -> Path:
    told = configuration.read_text().replace(f'contact = "{CONTACT}"\n', text)
    configuration.write_text(told)
    return configuration


def test_the_configuration_s_own_details_are_as_the_register_has_them(configuration: Path) -> None:
    assert wiring.own_details(load(configuration)) == Organisation(id="", role_address=CONTACT)
    assert wiring.own_details(load(with_own_details(configuration))) == Organisation(
        id="",
        role_address="help@safe.example",
        phones=("+441632960999",),
        websites=("safe.example",),
    )


def test_a_running_gateway_sees_them_in_every_snapshot(configuration: Path) -> None:
    text = with_own_details(configuration).read_text()
    configuration.write_text(text + '[gateway.organisations]\nclub = "teach"\n')
    config = load(configuration)
    club = Organisation(id="club", name="The Club")
    source = Register(People.of(organisations=[club, Organisation(id="other")], revision=1))
    seen = gateway_parts.Configured(source, config)
    first = seen.current()
    assert first is seen.current(), "made once for a snapshot"
    assert first.configured == wiring.own_details(config)
    assert first.organisations["club"].mode is Mode.TEACH
    assert first.organisations["other"].mode is None
    source.people = People.of(persons=[Person(id="ann")], organisations=[club], revision=2)
    second = seen.current()
    assert (second.revision, set(second.persons)) == (2, {"ann"})
    assert second.configured == first.configured
    assert second.organisations["club"].mode is Mode.TEACH
    assert seen.confirmed
    source.confirmed = False
    assert not seen.confirmed


@pytest.mark.parametrize(
    "wrote",
    [
        "Any worries? Ring 01632 960999.",
        "Any worries? Write to help at safe dot example.",
        "Our office is on 01632 960121.",
        "We are exampleriverside on instagram: @exampleriverside",
        "Pictures are on https://www.facebook.com/examplesportscharity",
        "It is all on my website https://www.sportsforall.example/ too",
    ],
)
def test_what_is_the_organisation_s_own_passes_and_without_a_register_it_does_not(
    alongside, configuration, charity, tmp_path, wrote
):
    (tmp_path / "words.txt").write_text(wrote)
    among = alongside(
        *("scan", "--json", "--plain", "--from", PRIYA, "--to", MIA, "words.txt"),
        *("--config", str(charity)),
    )
    assert among.returncode == 0, among.stderr + among.stdout
    # Whether the readers are old enough for the site is another question (D10).
    assert {s["clause"] for s in json.loads(among.stdout)} <= {"D10"}
    alone = alongside("scan", "--json", "--plain", "--all", "words.txt", "--config", str(charity))
    assert {s["clause"] for s in json.loads(alone.stdout)} & {"N1", "N4"}


@pytest.fixture(scope="module")
def charity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's charity, with details of its own in its configuration."""
    folder = tmp_path_factory.mktemp("own_details")
    file = folder / "alongside.toml"
    file.write_text(CONFIGURATION.format(gateway=1, sink=2, health=3))
    with_own_details(file)
    demo = write_demo(folder / "lists")
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
    return file
