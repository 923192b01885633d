"""The officer's desk: what is held, what went wrong, and which emergencies to look back at."""

from __future__ import annotations
