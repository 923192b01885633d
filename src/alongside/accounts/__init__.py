"""Who may sign in, and as whom they act."""

from __future__ import annotations
