"""Who wrote it, as what, and how sure that is (DESIGN, "Spoofs", "Two hats", "Groups")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .address import key
from .facts import Identity, Writer
from .message import Message
from .people import People, Person
from .vocabulary import Category, Hat, MailboxKind, Standing
from .who import Owner, owners, served_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Everything known of who wrote a hands."""

    writer: Writer
    identity: Identity
    persons: tuple[str, ...]
    """Everybody known by From, Sender, login and envelope: none of them is a third party."""
    named: tuple[str, ...]
    """Those of them whom ``From`` names: who writes to a group, and who is a child's parent."""
    keys: frozenset[str]
    """Address keys that the message was written from."""
    service_users: tuple[str, ...] = ()
    """The service users whose message it is, where one writes; children first."""
    known: bool = False
    """Somebody is named, not only a mailbox that several may write from."""
    proven: bool = False
    """Handed over by login, certificate or trusted network, from an organisational address."""
    stopped: bool = False


class Hands(NamedTuple):
    """All that a message says of who wrote it, as in ``Message``: nothing else decides it."""

    authors: tuple[str, ...]
    authors_readable: bool
    senders: tuple[str, ...]
    reply_to: tuple[str, ...]
    envelope_from: str
    login: str | None
    trusted: bool

    @classmethod
    def of(cls, message: Message) -> Hands:
        return cls(
            message.authors,
            message.authors_readable,
            message.senders,
            message.reply_to,
            message.envelope_from,
            message.login,
            message.trusted,
        )


def own_persons(hands: Hands, people: People, today: date) -> frozenset[str]:
    """Whoever is behind ``From``, ``Sender`` and the envelope."""
    known = people.memo.of(today)
    found: frozenset[str] | None = known.get(hands)
    if found is None:
        addresses = (a for a in (*hands.authors, *hands.senders, hands.envelope_from) if a)
        found = frozenset(o.person.id for o in _owners(people, addresses))
        if found:  # strangers write once, and with a new address each time
            known[hands] = found
    return found


def author_of(hands: Hands, people: People, today: date, *, reaches_protected: bool) -> Author:
    """Read the writer's identity off ``From``, ``Sender``, login and envelope.

    ``reaches_protected``: somebody else who is a service user or supporter is among the
    recipients; then a young leader writes as the workforce does, and so does an adult with two
    hats at an address that serves both.
    """
    known = people.memo.of(today)
    found: Author | None = known.get((hands, reaches_protected))
    if found is None:
        found = _read(hands, people, today, reaches_protected)
        if found.persons:
            known[hands, reaches_protected] = found
    return found


def _read(hands: Hands, people: People, today: date, reaches_protected: bool) -> Author:
    by_from = _owners(people, hands.authors)
    by_sender = _owners(people, hands.senders)
    by_login = _owners(people, (hands.login,) if hands.login else ())
    by_envelope = _owners(people, (hands.envelope_from,) if hands.envelope_from else ())
    everybody = (*by_from, *by_sender, *by_login, *by_envelope)
    keys = frozenset(
        key(a)
        for a in (*hands.authors, *hands.senders, hands.login or "", hands.envelope_from)
        if a
    )
    persons = {o.person.id: o.person for o in everybody}
    writers = dict.fromkeys(persons)
    shared_by = _mailbox_readers(hands, people)
    writers.update(dict.fromkeys(shared_by))
    named = dict.fromkeys(o.person.id for o in by_from)

    writer, service_users = _as_what(everybody, hands, people, today, reaches_protected)
    identity = _identity(
        hands, people, today, by_from, by_sender, by_login, by_envelope, service_users
    )
    return Author(
        writer=writer,
        identity=identity,
        persons=tuple(writers),
        named=tuple(named) or shared_by,
        keys=keys,
        service_users=service_users,
        known=bool(persons),
        proven=_proven(hands, people, by_from),
        stopped=any(p.standing is not Standing.ACTIVE for p in persons.values()),
    )


def _owners(people: People, addresses: Iterable[str]) -> tuple[Owner, ...]:
    return tuple(o for a in addresses for o in owners(people, key(a)))


def _mailbox_readers(hands: Hands, people: People) -> tuple[str, ...]:
    """Whoever may have written from a shared mailbox: all its readers, unless a login tells."""
    if hands.login and people.at.get(key(hands.login)):
        return ()
    found: dict[str, None] = {}
    for address in (*hands.authors, *hands.senders, hands.login or ""):
        mailbox = people.mailboxes.get(key(address)) if address else None
        if mailbox is not None and mailbox.kind is not MailboxKind.AUTOMATIC:
            found.update(dict.fromkeys(sorted(mailbox.readers)))
    return tuple(found)


def _writes_as_service_user(owner: Owner, today: date, reaches_protected: bool) -> bool:
    person = owner.person
    if person.minor(today):
        return not (person.workforce and reaches_protected)
    if owner.contact.hat is Hat.BOTH and person.workforce and person.service_user:
        return not reaches_protected
    return served_at(person, owner.contact, today)


def _as_what(
    everybody: tuple[Owner, ...],
    hands: Hands,
    people: People,
    today: date,
    reaches_protected: bool,
) -> tuple[Writer, tuple[str, ...]]:
    """The most protective reading: any named service user makes it theirs."""
    theirs = [o.person for o in everybody if _writes_as_service_user(o, today, reaches_protected)]
    if theirs:
        theirs.sort(key=lambda p: not p.minor(today))
        return Writer.SERVICE_USER, tuple(dict.fromkeys(p.id for p in theirs))
    if any(o.person.workforce for o in everybody):
        return Writer.WORKFORCE, ()
    speaking = [*hands.authors, *hands.senders, hands.login or ""]
    if not any(speaking):
        speaking.append(hands.envelope_from)
    local = [a for a in speaking if a and people.local(a)]
    unowned = [a for a in local if not people.at.get(key(a))]
    if unowned:
        if _automatic(hands, people, today):
            return Writer.AUTOMATIC, ()
        registered = people.mailboxes.get(key(unowned[0]))
        if registered is not None and registered.readers:
            return Writer.WORKFORCE, ()
        return Writer.UNKNOWN_WORKFORCE, ()
    if any(o.person.supporter for o in everybody):
        return Writer.SUPPORTER, ()
    if _automatic(hands, people, today):
        return Writer.AUTOMATIC, ()
    return Writer.OTHER, ()


def _automatic(hands: Hands, people: People, today: date) -> bool:
    """Registered as automatic, and neither From nor Reply-To is a person (pitfall S12)."""
    if not hands.authors or not hands.authors_readable:
        return False
    for author in hands.authors:
        mailbox = people.mailboxes.get(key(author))
        if mailbox is None or mailbox.kind is not MailboxKind.AUTOMATIC:
            return False
    answered = (*hands.reply_to, *hands.senders)
    return not any(
        people.at.get(key(a))
        or (
            people.mailboxes.get(key(a)) is not None
            and people.mailboxes[key(a)].kind is not MailboxKind.AUTOMATIC
        )
        for a in answered
    )


def _identity(
    hands: Hands,
    people: People,
    today: date,
    by_from: tuple[Owner, ...],
    by_sender: tuple[Owner, ...],
    by_login: tuple[Owner, ...],
    by_envelope: tuple[Owner, ...],
    service_users: tuple[str, ...],
) -> Identity:
    claimed = {o.person.id for o in (*by_from, *by_sender) if _claims_workforce(o, today)}
    sender = {o.person.id for o in by_sender}
    for channel in (by_login, by_envelope):
        behind = {o.person.id for o in channel}
        if behind and behind.isdisjoint(sender) and any(c not in behind for c in claimed):
            return Identity.SPOOFED
    if not hands.authors_readable and (
        any(o.person.workforce for o in by_from) or any(people.local(a) for a in hands.authors)
    ):
        return Identity.UNREADABLE
    if service_users and any(
        source and all(o.person.id not in service_users for o in source)
        for source in (by_from, by_sender, by_login, by_envelope)
    ):
        return Identity.UNCERTAIN
    return Identity.SOUND


def _claims_workforce(owner: Owner, today: date) -> bool:
    """A person of the workforce, named at an address where they are not a participant."""
    person = owner.person
    if not person.workforce:
        return False
    if person.minor(today):
        return Category.YOUNG_LEADER in person.categories
    return not (person.service_user and owner.contact.hat is Hat.PARTICIPANT)


def _proven(hands: Hands, people: People, by_from: tuple[Owner, ...]) -> bool:
    """Whether the writer may speak for the organisation: to a group, or to call an emergency.

    From a private address they are treated as a stranger is.
    """
    if not (hands.trusted or hands.login) or not hands.authors_readable:
        return False
    if not hands.authors:
        return False
    for author in hands.authors:
        k = key(author)
        owned = people.at.get(k, ())
        if owned:
            if not any(c.organisational and c.hat is not Hat.PARTICIPANT for _, c in owned):
                return False
        elif k not in people.mailboxes:
            return False
    return True


def may_write_to_group(author: Author, people: People, group_id: str) -> bool:
    """Only the workforce that the group names may have it expanded."""
    group = people.groups[group_id]
    return (
        author.writer is Writer.WORKFORCE
        and author.proven
        and not author.stopped
        and bool(author.named)
        and all(group.may_write(p) for p in author.named)
    )


def parents_of(people: People, child: Person, writers: Iterable[str]) -> bool:
    """Whether every one of the writers is this child's own parent, and none restricted."""
    found = list(writers)
    if not any(w in people.supported for w in found):
        return False
    links = {k.supporter: k for k in people.links.get(child.id, ())}
    return bool(found) and all(
        w in links and not links[w].restricted and links[w].relationship == "parent" for w in found
    )
