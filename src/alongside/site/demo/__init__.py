"""The demonstration: a made-up charity behind a real gateway, in front of a mail sink.

Nothing leaves this machine: the sink takes what the charity's mail server would and keeps it in
memory. What happens to each message is shown live.
"""

from __future__ import annotations

from .running import run
from .words import Ports

__all__ = ["Ports", "run"]
