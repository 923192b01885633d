"""The register's door. Every writing function takes who acts, checks that they may, and puts the
change, its line in the log of changes and its entry in the record into one transaction.

They raise ``NotAllowed`` (``access.checks``), ``Unknown`` for an id, ``Impossible`` for what the
register can't say, and an import ``Busy``.
"""

from __future__ import annotations

from .actors import Impossible, Unknown, actor
from .addresses import (
    clear_bouncing,
    mark_bouncing,
    set_organisation,
    set_readers,
    set_role_address,
)
from .decisions import set_at_risk, set_objection, set_standing
from .importing.comparing import Edit, Field
from .importing.present import Busy
from .importing.problems import Notice, Problem
from .importing.report import Report
from .restrictions import lift_restriction, restrict
from .signatures import Listed, decide_signature, note_signature, signatures
from .taking_in import import_files

__all__ = [
    "Busy",
    "Edit",
    "Field",
    "Impossible",
    "Listed",
    "Notice",
    "Problem",
    "Report",
    "Unknown",
    "actor",
    "clear_bouncing",
    "decide_signature",
    "import_files",
    "lift_restriction",
    "mark_bouncing",
    "note_signature",
    "restrict",
    "set_at_risk",
    "set_objection",
    "set_organisation",
    "set_readers",
    "set_role_address",
    "set_standing",
    "signatures",
]
