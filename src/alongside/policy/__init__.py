"""The policy decision point: ``decide(message, people, rulebook) -> Decision``.

Pure: no clock, no input or output, no database. Everything is passed in, nothing is fetched.
"""

from __future__ import annotations
