"""Leave to look: who may audit whose mail, why, and which days. On the record before the first
message is read, and again with counts when it ends.

Nobody reviews themselves (law 13), and whoever is restricted for somebody learns nothing of them
(law 6): such findings are left out of what this person is shown, and kept for another officer.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alongside.access.actor import Actor, Person
from alongside.access.checks import NotAllowed
from alongside.enforcement.values import Entry, Text
from alongside.policy.address import domain_of, key
from alongside.policy.people import People
from alongside.policy.vocabulary import Role, Standing

from .rows import Contact, Finding
from .scope import Scope, below

KIND = "audit"
"""Of the entries on the record."""
MAY = frozenset({Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER})

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """A recorded leave to look through old mail."""

    by: str
    """Person id."""
    reason: str
    scope: Scope
    reference: str
    """Of its entries on the record."""
    at: datetime
    revision: int = 0
    """Of the register that judges."""

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the store of the audit."""
        return {
            "by": self.by,
            "reason": self.reason,
            "scope": self.scope.as_json(),
            "reference": self.reference,
            "at": self.at.isoformat(),
            "revision": self.revision,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Authorisation:
        """As ``as_json`` wrote it."""
        return cls(
            by=values["by"],
            reason=values["reason"],
            scope=Scope.from_json(values["scope"]),
            reference=values["reference"],
            at=datetime.fromisoformat(values["at"]),
            revision=values["revision"],
        )

    def same_look(self, other: Authorisation) -> bool:
        """Whether results of the other may stand beside this one's: same scope, same register."""
        return self.scope == other.scope and self.revision == other.revision


def check_audit(actor: Actor, scope: Scope, people: People) -> Person:
    """May this actor look through this mail?

    Raises ``NotAllowed`` unless they are an active safeguarding lead or officer whose role reaches
    everybody in the scope, and the scope is more than their own mail.
    """
    if not isinstance(actor, Person):
        raise NotAllowed("an audit is authorised by a person")
    if not actor.active or MAY.isdisjoint(actor.roles):
        raise NotAllowed("only an active safeguarding lead or officer may audit mail")
    if missing := _asked_for(scope, people) - actor.reach:
        raise NotAllowed(f"your role does not reach {_listed(missing)}")
    if not scope.everything and not scope.organisations:
        known = people.persons.get(actor.id)
        own = {key(c.address) for c in known.contacts} if known else set[str]()
        if scope.persons <= {actor.id} and scope.addresses <= own:
            raise NotAllowed("it is your own mail: nobody reviews themselves")
    return actor


def can_audit(actor: Actor, scope: Scope, people: People) -> bool:
    """Whether ``check_audit`` would let the actor."""
    try:
        check_audit(actor, scope, people)
    except NotAllowed:
        return False
    return True


def authorise(
    actor: Actor, scope: Scope, reason: str, people: People, *, sources: Iterable[str] = ()
) -> Authorisation:
    """Check and record the leave; call it before the first message is read.

    Raises ``NotAllowed``, and ``ValueError`` for an empty reason. Needs Django's database.
    """
    person = check_audit(actor, scope, people)
    said = reason.strip()
    if not said:
        raise ValueError("give a reason: it is kept on the record")
    leave = Authorisation(
        by=person.id,
        reason=said,
        scope=scope,
        reference=_reference(),
        at=datetime.now(UTC),
        revision=people.revision,
    )
    body: dict[str, Any] = {**scope.as_json(), "what": "begun", "revision": people.revision}
    body["addresses"] = len(scope.addresses)
    named = sorted(scope.persons)
    texts = [Text(name="reason", value=said, persons=tuple(named))]
    paths = list(sources)
    if scope.addresses or paths:
        whose = {"addresses": sorted(scope.addresses), "sources": paths}
        texts.append(Text(name="whose", value=json.dumps(whose), persons=tuple(named)))
    _enter(person, leave, body, people, texts)
    return leave


def finish(
    actor: Actor, leave: Authorisation, counts: Mapping[str, int], people: People, *, ended: str
) -> None:
    """Record what came of it: ``counts`` by name, and how it ``ended`` (finished, stopped)."""
    _enter(actor, leave, {"what": ended, "counts": dict(counts)}, people, ())


def _enter(
    actor: Actor,
    leave: Authorisation,
    body: Mapping[str, Any],
    people: People,
    texts: Iterable[Text],
) -> None:
    from alongside.records import api as records  # needs Django; the judges in the workers don't

    about = {*leave.scope.persons}
    for k in leave.scope.addresses:
        about.update(p for p, _ in people.at.get(k, ()))
    records.append(
        actor,
        Entry(
            kind=KIND,
            at=datetime.now(UTC),
            reference=leave.reference,
            body=body,
            texts=tuple(texts),
            persons=tuple((p, "about") for p in sorted(about)),
            organisation=min(leave.scope.organisations, default=""),
        ),
    )


def hidden_from(viewer: str, one: Finding | Contact, people: People) -> bool:
    """Whether this person may not be shown it: it is about themselves, or about somebody for whom
    they are restricted."""
    if viewer in (one.writer, one.service_user):
        return True
    if one.service_user and viewer in people.restricted_for(one.service_user):
        return True
    if isinstance(one, Contact):
        return False
    return any(_theirs(viewer, key(a), people) for a in (one.writer_address, one.address) if a)


def _theirs(viewer: str, address_key: str, people: People) -> bool:
    mailbox = people.mailboxes.get(address_key)
    if mailbox is not None and viewer in mailbox.readers:
        return True
    return any(
        viewer == person or viewer in people.restricted_for(person)
        for person, _ in people.at.get(address_key, ())
    )


def others_who_may(viewer: str, scope: Scope, people: People) -> tuple[str, ...]:
    """Who else could see what is kept from this person: ids, in the order of their names."""
    found: set[str] | None = None
    for organisation in _asked_for(scope, people) or people.organisations.keys():
        holding = {
            p
            for o in people.lineage(organisation)
            for role in MAY
            for p in people.offices.get((o, role), ())
        }
        found = holding if found is None else found & holding
    active = [
        p
        for p in found or ()
        if p != viewer and p in people.persons
        if people.persons[p].standing is Standing.ACTIVE
    ]
    return tuple(sorted(active, key=lambda p: (people.persons[p].name, p)))


def _asked_for(scope: Scope, people: People) -> frozenset[str]:
    """Every organisation whose people's mail the scope could show."""
    everywhere = frozenset(people.organisations)
    if scope.everything:
        return everywhere
    asked = set(below(scope.organisations, people))
    for person in scope.persons:
        known = people.persons.get(person)
        asked |= known.organisations if known is not None and known.organisations else everywhere
    for address in scope.addresses:
        asked |= _behind(address, people) or everywhere
    return frozenset(asked)


def _behind(address: str, people: People) -> set[str]:
    """The organisations of an address; of an outside one nobody knows."""
    found = {
        o
        for person, _ in people.at.get(address, ())
        if person in people.persons
        for o in people.persons[person].organisations
    }
    if (mailbox := people.mailboxes.get(address)) is not None and mailbox.organisation:
        found.add(mailbox.organisation)
    if (group := people.group_at.get(address)) is not None:
        found.add(people.groups[group].organisation)
    local = people.domains.get(domain_of(address), "")
    return found or ({local} if local else set())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{n}`" for n in sorted(names))


def _reference() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
