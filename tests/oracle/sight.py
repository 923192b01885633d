"""The laws of who may see what: restricted people, members of a group, what is not ours, holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from alongside.policy.address import key
from alongside.policy.message import Message
from alongside.policy.people import Contact, People, Person

from .register import (
    TODAY,
    behind,
    confidential,
    from_service_users,
    from_workforce,
    hands,
    involved,
    owners,
    protected,
    readers,
    served,
    served_at,
    writers,
)
from .run import Case, class_of, is_copy, refused

_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")


def no_copy_of_ours_reaches_a_restricted_person(people: People, case: Case) -> Iterator[str]:
    """Law 6."""
    m = case.written.meant
    theirs = from_service_users(people, m)
    sealed = class_of(case) == "sealed"  # named people, whom the case brought together
    mixed = not theirs and any(served(p, c) for p, c in behind(people, m))
    sent_to = {key(a) for a in m.recipients}
    about = written_to(people, case)
    members = _members(people, case)
    direct = {s for a in m.recipients for s in served_at(people, a)}
    # Who writes as the workforce does stands in it as a colleague.
    about |= {p.id for p, c in behind(people, m) if served(p, c) and not p.workforce}
    for one in case.arrived:
        for a in one.to:
            ours = is_copy(one) or key(a) not in sent_to
            if not ours and (theirs or mixed or sealed):
                continue
            if not is_copy(one) and members & set(served_at(people, a)):
                continue  # a member's own address, in an envelope that names no other member
            for s in about:
                if not ours and s in members - direct and not _names_a_group(people, m, one.head):
                    continue  # a message of their own, with nothing of the group in it
                if found := readers(people, a) & people.restricted_for(s):
                    yield f"{sorted(found)} must not know of {s}, and read {a}"
    if theirs or mixed or sealed:
        return
    for s in written_to(people, case):
        if wrote := people.restricted_for(s) & {p.id for p, _ in behind(people, m)}:
            yield f"{sorted(wrote)} wrote to {s}, from whom they must keep away"


def _names_a_group(people: People, m: Message, head: str) -> bool:
    shown = {key(a) for a in _ADDRESS.findall(head)}
    return bool(shown & {key(a) for a in m.recipients} & set(people.group_at))


def written_to(people: People, case: Case) -> set[str]:
    """Service users to whom it went by their own name or their group's, not merely to a mailbox
    that they share with a member."""
    m = case.written.meant
    direct = {key(a) for a in m.recipients}
    members = _members(people, case)
    return {
        s
        for one in case.arrived
        for a in one.to
        for s in served_at(people, a)
        if s in members or key(a) in direct or not members
    }


def _members(people: People, case: Case) -> set[str]:
    """Of the groups in the envelope."""
    keys = {key(a) for a in case.written.meant.recipients} & set(people.group_at)
    return {p for k in keys for p in people.groups[people.group_at[k]].members}


def members_never_learn_each_other(people: People, case: Case) -> Iterator[str]:
    """Law 7: no header shows one protected person's address to another's eyes."""
    m = case.written.meant
    # The people of a case are each other's third party, and so stand there for each other to see.
    if not from_workforce(people, m) or class_of(case) == "sealed":
        return
    # Where the writer wants answers is the writer's word, in ``Reply-To`` as in ``From``.
    wrote = {key(a) for a in (*hands(m), *m.reply_to)}
    for one in case.arrived:
        shown = {key(a) for a in _ADDRESS.findall(one.head)} - wrote - {key(a) for a in one.to}
        eyes = [p.id for a in one.to for p in _theirs(people, a)]
        for a in shown:
            others = [p.id for p in _theirs(people, a)]
            if writers(people, m) & set(others):
                continue  # an address that they share with the writer
            # Whoever may see one reader of an address may see the address.
            beside = [s for s in served_at(people, a) if others]
            pairs = [(reader, other) for reader in eyes for other in (*others, *beside)]
            if pairs and not any(_may_see(people, *pair) for pair in pairs):
                yield f"{eyes} see {others} in the header"
        if len({key(a) for a in one.to}) > 1:
            protected_there = [p.id for a in one.to for p in _theirs(people, a)]
            for a, b in combinations(sorted(set(protected_there)), 2):
                if not _may_see(people, a, b):
                    yield f"{a} and {b} share an envelope"


def _theirs(people: People, address: str) -> list[Person]:
    """The service users and supporters at an address."""
    return [p for p, c in owners(people, address) if protected(p, c) and not _of_the_house(p, c)]


def _of_the_house(person: Person, contact: Contact) -> bool:
    """A parent who also works here stands in ``Cc`` as whoever works here does."""
    return person.workforce and contact.organisational and not served(person, contact)


def _may_see(people: People, a: str, b: str) -> bool:
    one, other = people.persons[a], people.persons[b]
    if a == b:
        return True
    mails = [{key(c.address) for c in p.contacts} for p in (one, other)]
    if mails[0] & mails[1]:
        return True
    if not any(p.service_user or p.minor(TODAY) for p in (one, other)):
        return False  # two supporters
    if one.household and one.household == other.household:
        return True
    return any(
        k.supporter == y and not k.restricted
        for x, y in ((a, b), (b, a))
        for k in people.links.get(x, ())
    )


def what_is_not_ours_passes_untouched(people: People, case: Case) -> Iterator[str]:
    """Law 8; and what is inbound passes as it came as well."""
    m = case.written.meant
    only_confidential = bool(m.recipients) and all(confidential(a) for a in m.recipients)
    of_a_case = any(t in people.concerns for t in m.thread)
    outside = only_confidential or not (involved(people, m) or of_a_case)
    if outside:
        if case.entries or case.kept is not None:
            yield "it is none of our business, and has an entry"
        if any(is_copy(one) for one in case.arrived):
            yield "it is none of our business, and was copied"
        got = Counter(key(a) for one in case.arrived for a in one.to)
        wanted = {key(a) for a in m.recipients if not refused(a)}
        if got != dict.fromkeys(wanted, 1):
            yield f"it went to {dict(got)} instead of {sorted(wanted)}"
    if outside or from_service_users(people, m):
        for one in case.arrived:
            if _without_trace(one.content) != case.written.content:
                yield f"it was changed on the way to {one.to}"


def _without_trace(content: bytes) -> bytes:
    found = re.match(rb"Received: [^\r]*(\r\n[ \t][^\r]*)*\r\n", content)
    return content[found.end() :] if found else b"no trace line"


def neutral(text: str) -> str:
    """The words of a hold without what may differ: reference, date and time, whose it is."""
    text = re.sub(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", "REFERENCE", text)
    text = re.sub(
        r"^(To|In-Reply-To|References|Message-ID|Received):.*(\r?\n[ \t].*)*",
        r"\1",
        text,
        flags=re.MULTILINE,
    )
    return re.sub(r"<?[^\s<>]+@[^\s<>]+>?", "ADDRESS", text)
