"""How the gateway's process looks for garbage.

The register is hundreds of thousands of small objects that stay; looking through all of them for
cycles, as Python does now and then, stops every session for a tenth of a second. Nearly nothing of
ours is in a cycle: what a message leaves goes when it is done.
"""

from __future__ import annotations

import gc

_YOUNG = 20_000
"""New objects before the young ones are looked through; Python's own number is 700."""


def settle() -> None:
    """To be called once the register is in memory: what is there now is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
