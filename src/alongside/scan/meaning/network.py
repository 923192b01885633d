"""The network: a small English language model that was taught what to listen for.

It runs on this machine's processor, in one thread, and knows nothing but its file: no text leaves
the process. What it is and how it was taught stands in ``docs/explanation/reading.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import onnxruntime

from .files import octets
from .inputs import Shown


@cache
def _session() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        octets("network.onnx"), options, providers=["CPUExecutionProvider"]
    )


def logits(those: Sequence[Shown]) -> list[tuple[float, ...]]:
    """For each what it says, a logit a kind, in the order of ``kinds.KINDS``.

    One at a time: among others a sentence would be judged a little differently, as the network's
    numbers are rounded for all that it sees at once.
    """
    out = []
    for one in those:
        pieces = np.array([one.pieces], np.int64)
        own = np.array([one.own], np.int64)
        there = np.ones_like(pieces)
        (told,) = _session().run(None, {"pieces": pieces, "own": own, "there": there})
        out.append(tuple(float(x) for x in told[0]))
    return out
