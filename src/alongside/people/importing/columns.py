"""The five files: their columns and what each may hold. This is the contract with the outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.policy.vocabulary import Category, MailboxKind, Relationship, Role, Standing

from . import cells, pages
from .cells import Column
from .values import GROUPS, LINKS, MAILBOXES, ORGANISATIONS, PEOPLE

_ID = Column(cells.identifier)
_IDS = Column(cells.identifier, several=True, empty=())
_IDS_IN_ORDER = Column(cells.identifier, several=True, ordered=True, empty=())
_NAME = Column(cells.name)
_DAY = Column(cells.any_day, empty=None)
_EMAILS = Column(cells.email, several=True, ordered=True, empty=())
_PHONES = Column(cells.phone, several=True, ordered=True, empty=())
_YES_NO = Column(cells.yes_no, empty=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of file."""

    kind: str
    key: tuple[str, ...]
    """The columns that say which row it is; they must be there and filled."""
    columns: Mapping[str, Column]


FORMS: Mapping[str, Form] = {
    form.kind: form
    for form in (
        Form(
            kind=PEOPLE,
            key=("id",),
            columns={
                "id": _ID,
                "name": _NAME,
                "category": Column(cells.one_of(Category), several=True, empty=()),
                "organisation": _IDS,
                "groups": _IDS,
                "roles": Column(cells.one_of(Role), several=True, empty=()),
                "date_of_birth": Column(cells.born, empty=None),
                "email": _EMAILS,
                "personal_email": _EMAILS,
                "mobile": _PHONES,
                "personal_mobile": _PHONES,
                "household": Column(cells.household),
                "needs": Column(cells.need, several=True, empty=()),
                "vetted_until": _DAY,
                "trained_until": _DAY,
                "agreed_on": Column(cells.past_day, empty=None),
                "status": Column(cells.one_of(Standing), empty=Standing.ACTIVE.value),
            },
        ),
        Form(
            kind=LINKS,
            key=("person", "supporter"),
            columns={
                "person": _ID,
                "supporter": _ID,
                "relationship": Column(cells.one_of(Relationship), empty=Relationship.OTHER.value),
                "copied": _YES_NO,
                "restricted": _YES_NO,
                "reason": Column(cells.prose),
            },
        ),
        Form(
            kind=GROUPS,
            key=("id",),
            columns={
                "id": _ID,
                "name": _NAME,
                "organisation": _ID,
                "address": _EMAILS,
                "officers": _IDS_IN_ORDER,
                "leads": _IDS_IN_ORDER,
                "senders": _IDS_IN_ORDER,
            },
        ),
        Form(
            kind=ORGANISATIONS,
            key=("id",),
            columns={
                "id": _ID,
                "name": _NAME,
                "parent": _ID,
                "domains": Column(cells.domain, several=True, ordered=True, empty=()),
                "role_address": Column(cells.email),
                "officers": _IDS_IN_ORDER,
                "leads": _IDS_IN_ORDER,
                "phones": _PHONES,
                "profiles": Column(pages.profile, several=True, ordered=True, empty=()),
                "websites": Column(pages.website, several=True, ordered=True, empty=()),
            },
        ),
        Form(
            kind=MAILBOXES,
            key=("address",),
            columns={
                "address": Column(cells.email),
                "kind": Column(cells.one_of(MailboxKind)),
                "organisation": _ID,
                "readers": _IDS,
            },
        ),
    )
}
