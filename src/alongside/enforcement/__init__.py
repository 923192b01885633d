"""The enforcement point: the same straight line for every channel, on protocols only."""

from __future__ import annotations
