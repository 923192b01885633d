"""The record: chains of entries, contents, the holding pen and the outbox."""

from __future__ import annotations
