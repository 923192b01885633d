"""What the report needs of the audit's store: three questions, each answered as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from ..rows import Judgement, Unreadable, What


class Totals(Protocol):
    """What became of every message that was found. They add up: ``found`` is the sum of
    ``unreadable``, ``duplicates``, ``out_of_scope`` and ``in_scope``."""

    @property
    def found(self) -> int: ...
    @property
    def unreadable(self) -> Mapping[str, int]:
        """By ``Unreadable.why``."""

    @property
    def duplicates(self) -> int:
        """Further copies of a message that was counted."""

    @property
    def out_of_scope(self) -> int:
        """Read, and of other people or dates than the authorisation names."""

    @property
    def in_scope(self) -> int: ...
    @property
    def judged(self) -> int:
        """Of those in scope: a service user or supporter is involved."""

    @property
    def not_mail(self) -> int:
        """Files beside the mail; they are not among ``found``."""

    @property
    def finished(self) -> bool:
        """Every piece of the archive was gone through."""


class Store(Protocol):
    """The results of one audit. Nothing is held in memory but the row at hand."""

    def totals(self) -> Totals: ...

    def judgements(self) -> Iterator[Judgement]:
        """Each message in scope once (of duplicates the ``fullest``), in the order of
        (``at``, ``file``, ``place``). Those with no findings, contacts, unread and unknown may be
        left out. Two iterations at a time are possible."""

    def unreadable(self) -> Iterator[Unreadable]:
        """In the order of (``file``, ``place``)."""


def fullest(judgement: Judgement) -> tuple[int, int, int, str, str]:
    """Which of several copies of one message counts: the smallest of these.

    The copy in ``Sent`` names whom it was blind-copied to, and the officer's own copy names the
    officer (``Delivered-To``); the child's copy does not. So the one in which most contacts are
    covered counts, then the one that tells most, then the first in (``file``, ``place``).
    """
    gaps = sum(f.what in (What.ONE_TO_ONE, What.NOT_COPIED) for f in judgement.findings)
    covered = sum(c.covered for c in judgement.contacts)
    told = len(judgement.contacts) + len(judgement.findings)
    return gaps - covered, -told, -len(judgement.unknown), judgement.file, judgement.place
