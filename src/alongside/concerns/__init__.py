"""Worries, and what is done about them: seen by named people, never by whom they are about."""

from __future__ import annotations
