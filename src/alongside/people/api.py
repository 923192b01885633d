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
from .exporting import Export, export_people
from .finding import Found, Named, Row, Search, choices, find
from .group_view import GroupRow, GroupView, OrganisationRow, group, groups, organisations
from .importing.comparing import Edit, Field
from .importing.present import Busy
from .importing.problems import Notice, Problem
from .importing.report import Report
from .lifting import Asked, agree_lifting, ask_lifting, decline_lifting, lifting, liftings
from .looking import name_of, sign_in_address
from .person_view import Due, May, PersonView, Point, Term, Tie, person_view
from .reach import is_near
from .restrictions import lift_restriction, restrict
from .signatures import Listed, decide_signature, note_signature, signatures
from .taking_in import import_files
from .waiting import Bounced, bouncing, waiting

__all__ = [
    "Asked",
    "Bounced",
    "Busy",
    "Due",
    "Edit",
    "Export",
    "Field",
    "Found",
    "GroupRow",
    "GroupView",
    "Impossible",
    "Listed",
    "May",
    "Named",
    "Notice",
    "OrganisationRow",
    "PersonView",
    "Point",
    "Problem",
    "Report",
    "Row",
    "Search",
    "Term",
    "Tie",
    "Unknown",
    "actor",
    "agree_lifting",
    "ask_lifting",
    "bouncing",
    "choices",
    "clear_bouncing",
    "decide_signature",
    "decline_lifting",
    "export_people",
    "find",
    "group",
    "groups",
    "import_files",
    "is_near",
    "lift_restriction",
    "lifting",
    "liftings",
    "mark_bouncing",
    "name_of",
    "note_signature",
    "organisations",
    "person_view",
    "restrict",
    "set_at_risk",
    "set_objection",
    "set_organisation",
    "set_readers",
    "set_role_address",
    "set_standing",
    "sign_in_address",
    "signatures",
    "waiting",
]
