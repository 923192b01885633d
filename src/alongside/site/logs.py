"""Structured logs: one line of JSON each. Never addresses, content or secrets."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TextIO

KEPT = ("reference", "leg", "chain", "client", "code", "seconds")
"""What our own code may add to a line; anything else is left out, whoever adds it."""


class Lines(logging.Formatter):
    """``{"at": ..., "level": ..., "from": ..., "what": ..., "reference": ...}``"""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in KEPT if hasattr(record, name)})
        if record.exc_info and record.exc_info[0] is not None:
            # The message of an exception may quote mail; its type and place may not.
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False, default=str)


def _where(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}"


def start(level: str, stream: TextIO | None = None) -> None:
    """Send everything of this level and above to the stream (default: standard error)."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
