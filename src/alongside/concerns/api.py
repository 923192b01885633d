"""The room's door. Every writing function takes who acts, checks that they may, and puts the rows
and their entries into one transaction.

They raise ``NotFound`` for whoever has no access (every cause alike), ``NotAllowed``,
``Impossible`` for what a concern does not allow, and ``Refused`` for a file.
"""

from __future__ import annotations

from .access import could_have_access, give_access, take_access
from .deciding import (
    add_action,
    add_evidence,
    conclude,
    decide,
    mark_adult,
    refer,
    reopen,
    sign_off,
    start_clock,
)
from .files import Refused, Upload
from .moves import Impossible
from .reading import NotFound, adults, evidence, listed, shown
from .reporting import Reported, Worry, find_readers, may_be_excluded, report
from .waiting import waiting

__all__ = [
    "Impossible",
    "NotFound",
    "Refused",
    "Reported",
    "Upload",
    "Worry",
    "add_action",
    "add_evidence",
    "adults",
    "conclude",
    "could_have_access",
    "decide",
    "evidence",
    "find_readers",
    "give_access",
    "listed",
    "mark_adult",
    "may_be_excluded",
    "refer",
    "reopen",
    "report",
    "shown",
    "sign_off",
    "start_clock",
    "take_access",
    "waiting",
]
