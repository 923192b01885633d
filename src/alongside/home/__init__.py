"""What waits for me, in order of urgency."""

from __future__ import annotations
