"""Everything the parts need, made from the configuration."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from alongside.policy.vocabulary import Mode

from .config import Config
from .start import database_file

if TYPE_CHECKING:
    from alongside.policy.people import People
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
    return with_modes(people, config.gateway.organisations)


def with_modes(people: People, modes: Mapping[str, Mode]) -> People:
    """The register with the modes that ``[gateway.organisations]`` gives."""
    if not modes:
        return people
    organisations = {
        id: replace(o, mode=modes[id]) if id in modes else o
        for id, o in people.organisations.items()
    }
    return replace(people, organisations=organisations)
