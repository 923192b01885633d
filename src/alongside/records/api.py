"""The desk's door to the record: for the command line and the web. The gateway's is ``ledger``.

Every function that writes takes the actor first, and writes its change and its entry in one
transaction.
"""

from __future__ import annotations

from alongside.access.checks import NotAllowed

from .chain import Place
from .concerned import NotFound
from .desk import append
from .erasure import erase_person
from .exceptions import close_incident, incidents
from .pen import Decided, hand_over_hold, holds, overdue_holds, refuse_hold, release_hold
from .posting import post
from .reading import content, find
from .replay import replay
from .retention import compress, purge
from .shadow import shadow_report
from .verify import Problem, Report, verify
from .views import (
    ContentView,
    EntryView,
    Erased,
    HoldView,
    IncidentView,
    ShadowReport,
    Tally,
)

__all__ = [
    "ContentView",
    "Decided",
    "EntryView",
    "Erased",
    "HoldView",
    "IncidentView",
    "NotAllowed",
    "NotFound",
    "Place",
    "Problem",
    "Report",
    "ShadowReport",
    "Tally",
    "append",
    "close_incident",
    "compress",
    "content",
    "erase_person",
    "find",
    "hand_over_hold",
    "holds",
    "incidents",
    "overdue_holds",
    "post",
    "purge",
    "refuse_hold",
    "release_hold",
    "replay",
    "shadow_report",
    "verify",
]
