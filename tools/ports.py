"""Free ports for programs that tests and benchmarks start on loopback."""

from __future__ import annotations

import os
import random
import socket
from contextlib import suppress

_LOWEST, _HIGHEST = 12_000, 32_000
"""Below those that a system hands to whoever connects (32,768 and up on Linux, 49,152 elsewhere):
such a port may be somebody's between our look and the program's start."""
_WORKERS = 8


def free_ports(count: int) -> list[int]:
    """``count`` different ports that nobody listens on. Workers of one run (pytest-xdist) look in
    different parts, so none takes what another has just found."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
    part = (_HIGHEST - _LOWEST) // _WORKERS
    first = _LOWEST + worker * part
    found: set[int] = set()
    while len(found) < count:
        port = random.randrange(first, first + part)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return list(found)
