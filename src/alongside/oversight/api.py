"""The room's door: the officer's desk. Every writing function takes who acts, checks that they
may, and puts the change and its entry in the record into one transaction.

They raise ``NotAllowed``; ``NotFound``, also for what concerns the actor; ``Decided`` and
``Reviewed`` where somebody was quicker.
"""

from __future__ import annotations

from alongside.access.checks import NotAllowed
from alongside.records.api import Decided, NotFound

from .deciding import claim, hand_over, refuse, release
from .emergencies import Emergency, Reviewed, emergencies, emergency, review
from .exceptions import Exceptional, close, exception, exceptions
from .holds import Ended, Held, Whole, decided_holds, hold, is_held, open_holds
from .letter import Letter, is_message, letter, sent
from .notice import set_refusal_notice
from .team import others
from .waiting import waiting

__all__ = [
    "Decided",
    "Emergency",
    "Ended",
    "Exceptional",
    "Held",
    "Letter",
    "NotAllowed",
    "NotFound",
    "Reviewed",
    "Whole",
    "claim",
    "close",
    "decided_holds",
    "emergencies",
    "emergency",
    "exception",
    "exceptions",
    "hand_over",
    "hold",
    "is_held",
    "is_message",
    "letter",
    "open_holds",
    "others",
    "refuse",
    "release",
    "review",
    "sent",
    "set_refusal_notice",
    "waiting",
]
