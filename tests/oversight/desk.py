"""What the tests of the desk share: a line to send on, and people at the desk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client

from alongside.access.actor import Person
from alongside.people import api as people
from tests.accounts.club import signed_in
from tests.gateway.rig import Arrived, running
from tests.web.page import PageClient
from tests.world import CARLA, CHLOE, FRANK, MARY

TEAM = ("carla", "owen", "dev", "lena", "ada", "tess", "hal")
URGENT = CHLOE.replace("@", "+urgent@")


@dataclass(slots=True)
class Line:
    """A gateway that runs while something is sent."""

    database: Path

    def held(self, *to: str, raw: bytes | None = None, **headers: str) -> str:
        """A message of Carla's to Chloe and her restricted father; its reference."""
        return self._sent(CARLA, *(to or (CHLOE, FRANK)), raw=raw, **headers)

    def urgent(self, **headers: str) -> str:
        return self._sent(CARLA, URGENT, raw=None, **headers)

    def ordinary(self) -> None:
        """What goes on as it came is answered by the next hop, without a reference."""
        self._sent(CARLA, CHLOE, MARY)

    def carried(self, messages: int) -> list[Arrived]:
        """What the gateway delivers when it runs again."""

        async def run() -> list[Arrived]:
            async with running(self.database) as rig:
                arrived: list[Arrived] = await rig.settled(messages)
                return arrived

        return asyncio.run(run())

    def _sent(self, sender: str, *to: str, raw: bytes | None = None, **headers: str) -> str:
        async def run() -> str:
            async with running(self.database) as rig:
                code, text = await rig.send(sender, *to, raw=raw, **headers)
                assert code == 250, text
                await rig.settled(1)
                return str(text).rpartition("reference ")[2].strip()

        return asyncio.run(run())


def at_the_desk(person: str) -> PageClient:
    return PageClient(signed_in(person, Client()))


def actor(person: str) -> Person:
    return people.actor(person)


def status(person: str, url: str, sent: dict[str, Any] | None = None) -> int:
    client = signed_in(person, Client())
    answer = client.get(url) if sent is None else client.post(url, sent)
    return answer.status_code
