"""``python -m alongside.site.cli``: how the supervisor starts the other commands."""

from __future__ import annotations

from . import main

main()
