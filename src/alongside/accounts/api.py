"""The room's door: who may sign in. Every writing function takes who acts, checks that they may,
and puts the change and its entry in the record into one transaction.

They raise ``NotAllowed``, ``people.api.Unknown`` and ``Impossible``.
"""

from __future__ import annotations

from .acting import actor_of
from .guard import page, public
from .inviting import Impossible, end_access, invite, way_in

__all__ = ["Impossible", "actor_of", "end_access", "invite", "page", "public", "way_in"]
