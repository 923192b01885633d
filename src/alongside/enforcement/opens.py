"""Who opens files that take a parser of their own: what the line needs of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from alongside.scan.reading import Attachment, Unread


class Opens(Protocol):
    """Opens files that take a parser of their own, in a child."""

    async def open(self, attachments: Sequence[Attachment]) -> Mapping[str, str | Unread]:
        """The text of each, by its part, or why there is none. Never raises."""


class OpensNothing:
    """For where there is no child to open files: what can't be opened is said."""

    async def open(self, attachments: Sequence[Attachment]) -> Mapping[str, str | Unread]:
        return {a.part: Unread(part=a.part, why="unknown_type") for a in attachments}
