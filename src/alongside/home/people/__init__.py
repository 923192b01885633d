"""The pages of people: look somebody up, see what is known, decide something about them."""

from __future__ import annotations
