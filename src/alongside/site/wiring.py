"""Everything the parts need, made from the configuration."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alongside.policy.vocabulary import Mode

from .config import Config
from .start import database_file

if TYPE_CHECKING:
    from alongside.policy.people import Organisation, People
    from alongside.policy.rulebook import Rulebook


def rulebook(config: Config) -> Rulebook:
    """The rulebook with the installation's modes and confidential destinations.

    Raises ``InvalidRulebook`` (a ``ValueError``).
    """
    from alongside.policy import rulebook_file

    book = rulebook_file.load(str(config.rulebook_path or config.rulebook.file))
    return book.with_modes(config.gateway.mode, config.gateway.clauses).with_confidential(
        *config.organisation.confidential
    )


def local_domains(config: Config) -> dict[str, str]:
    """The configuration's own domains; those of the register name their organisation."""
    return dict.fromkeys(config.organisation.domains, "")


def snapshot(config: Config) -> People:
    """The register as it stands, for one look. Raises ``sqlite3.Error``."""
    from alongside.people.snapshot import build

    uri = f"{database_file(config).as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=20, isolation_level=None)) as connection:
        people = build(connection, domains=local_domains(config))
    return with_configuration(people, config.gateway.organisations, own_details(config))


def with_configuration(people: People, modes: Mapping[str, Mode], own: Organisation) -> People:
    """The register with the modes of ``[gateway.organisations]`` and the ``own_details``."""
    organisations = {
        id: replace(o, mode=modes[id]) if id in modes else o
        for id, o in people.organisations.items()
    }
    return replace(people, organisations=organisations, configured=own)


def own_details(config: Config) -> Organisation:
    """The address, number and site that ``[organisation]`` gives: they pass like registered ones,
    since they stand in every notice."""
    from alongside.people.configured import configured

    about = config.organisation
    return configured(
        address=about.contact,
        phone=about.contact_phone,
        site=about.website,
        today=datetime.now(UTC).date(),
    )
