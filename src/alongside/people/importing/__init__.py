"""Taking in the organisation's lists: read, compare, and only then write, all or nothing."""

from __future__ import annotations
