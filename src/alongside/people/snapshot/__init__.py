"""The register in memory: built once, followed by its changes. No Django: the gateway's door.

``build`` reads everything, ``delta`` only what changed since an older snapshot, and
``SnapshotSource`` does both in the background for a gateway.
"""

from __future__ import annotations

from .building import build, revision_of
from .following import delta
from .source import SnapshotSource

__all__ = ["SnapshotSource", "build", "delta", "revision_of"]
