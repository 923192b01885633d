"""The register: who is who, and the facts that decide."""

from __future__ import annotations
