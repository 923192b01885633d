"""Who may do what: ``check_x`` raises a refusal with its reason, ``can_x`` answers yes or no."""

from __future__ import annotations
