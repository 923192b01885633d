"""Alongside: no adult is ever alone in a digital conversation with someone we serve."""

from __future__ import annotations
