"""The laws, each read off what arrived downstream and the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from alongside.policy.address import key
from alongside.policy.people import People
from alongside.policy.vocabulary import MailboxKind, Relationship

from .register import (
    TODAY,
    addresses_of,
    behind,
    confidential,
    from_service_users,
    from_workforce,
    involved,
    officers_of,
    owners,
    plain_officers,
    readers,
    served,
    served_at,
    writers,
)
from .run import Case, class_of, is_copy, refused, verdict_of
from .sight import (
    members_never_learn_each_other,
    no_copy_of_ours_reaches_a_restricted_person,
    what_is_not_ours_passes_untouched,
    written_to,
)
from .third_party import why_not_alongside

Law = Callable[[People, Case], Iterator[str]]


def no_message_leaves_one_to_one(people: People, case: Case) -> Iterator[str]:
    """Law 1."""
    m = case.written.meant
    if not from_workforce(people, m):
        return
    exempt = dict(case.body["exemptions"]) if case.body else {}
    before: list[str] = []
    for one in case.arrived:
        for address in one.to:
            for s in served_at(people, address):
                if s in exempt:
                    if not _derived(people, case, s, exempt[s]):
                        yield f"{s} is called exempt ({exempt[s]}), and is not"
                elif class_of(case) == "sealed":
                    yield from _in_the_case(people, case, s)
                elif class_of(case) == "emergency":
                    yield from _copied_at_all(people, case, s)
                elif not any(not why_not_alongside(people, m, s, b) for b in before):
                    reasons = {b: why_not_alongside(people, m, s, b) for b in before}
                    yield f"{s} got it at {address}, and nobody was alongside: {reasons}"
        before += one.to


def _derived(people: People, case: Case, s: str, exemption: str) -> bool:
    """Whether the register bears out the exemption that the record names."""
    m, person = case.written.meant, people.persons[s]
    if exemption == "objection":
        return person.objection and not person.minor(TODAY)
    if exemption == "own_child":
        wrote = writers(people, m)
        parents = {
            k.supporter
            for k in people.links.get(s, ())
            if k.relationship is Relationship.PARENT and not k.restricted
        }
        return person.minor(TODAY) and bool(wrote) and wrote <= parents
    if exemption == "automatic_mailbox":
        boxes = [people.mailboxes.get(key(a)) for a in m.authors]
        answered = [a for a in m.reply_to if owners(people, a)]
        return (
            bool(boxes)
            and all(b is not None and b.kind is MailboxKind.AUTOMATIC for b in boxes)
            and not answered
        )
    return False


def _in_the_case(people: People, case: Case, s: str) -> Iterator[str]:
    concern = next(
        (people.concerns[t] for t in case.written.meant.thread if t in people.concerns), None
    )
    everybody = {s, *writers(people, case.written.meant)}
    everybody |= {p.id for one in case.arrived for a in one.to for p, _ in owners(people, a)}
    if concern is None or not everybody <= concern.people:
        yield f"{s} got it sealed, and not all of {sorted(everybody)} are of the case"


def _copied_at_all(people: People, case: Case, s: str) -> Iterator[str]:
    m = case.written.meant
    if not m.urgent:
        yield "an emergency that nobody declared"
    got = [a for one in case.arrived for a in one.to]
    if any(not why_not_alongside(people, m, s, a) for a in got):
        return
    could = addresses_of(people, case.written.index)
    barred = {x for r in written_to(people, case) for x in people.restricted_for(r)}
    able = [
        a
        for a in could
        if not why_not_alongside(people, m, s, a)
        and not readers(people, a) & (barred | writers(people, m))
    ]
    if able and not any(refused(a) for a in able):
        yield f"{s} got an emergency, and nobody of {able} a copy"


def a_third_party_is_someone_else(people: People, case: Case) -> Iterator[str]:
    """Law 2: each copy of ours is for somebody whom its reader may stand beside."""
    m = case.written.meant
    about = {s for one in case.arrived for a in one.to for s in served_at(people, a)}
    about |= {p.id for p, c in behind(people, m) if served(p, c)}
    about |= set(case.body["service_users"]) if case.body else set()
    for one in case.arrived:
        if is_copy(one):
            why = {s: why_not_alongside(people, m, s, one.to[0]) for s in about}
            if all(why.values()):
                yield f"the copy to {one.to[0]} is nobody's: {why}"


def what_a_service_user_writes_arrives(people: People, case: Case) -> Iterator[str]:
    """Law 3."""
    m = case.written.meant
    if not from_service_users(people, m) or any(key(a) in people.group_at for a in m.recipients):
        return
    if verdict_of(case) not in ("permit", ""):
        yield f"it was {verdict_of(case)}"
    got = Counter(key(a) for one in case.arrived for a in one.to)
    reachable = [a for a in m.recipients if not refused(a)]
    if case.said.taken:
        yield from (f"it did not reach {a}" for a in reachable if not got[key(a)])
    sent_to = {key(a) for a in m.recipients}
    officers = officers_of(people, case.written.index)
    for one in case.arrived:
        for a in one.to:
            if key(a) not in sent_to and not readers(people, a) & officers:
                yield f"a copy went to {a}, where no officer reads"
    if class_of(case) in ("sealed", "") or not reachable:
        return
    wrote = {p.id for p, _ in behind(people, m)}
    for s in (p for p in sorted(wrote) if people.persons[p].minor(TODAY)):
        reached = wrote | {r for a in m.recipients for r in served_at(people, a)}
        barred = {x for r in reached for x in people.restricted_for(r)}
        able = [
            a
            for a in plain_officers(people, case.written.index, s)
            if not refused(a)
            and not why_not_alongside(people, m, s, a)
            and not readers(people, a) & (barred | wrote)
        ]
        if able and not any(readers(people, a) & officers for o in case.arrived for a in o.to):
            yield f"{s} wrote, and nobody of {able} had a copy"


def nothing_is_answered_250_before_it_is_on_the_record(people: People, case: Case) -> Iterator[str]:
    """Law 10."""
    m = case.written.meant
    if not involved(people, m) or all(confidential(a) for a in m.recipients):
        return
    if (case.said.taken or case.arrived) and case.entries == 0:
        yield "it was in scope, and is not on the record"
    if case.entries > 1:
        yield f"it was sent once, and was decided {case.entries} times"


def nothing_is_lost_and_nothing_comes_twice(people: People, case: Case) -> Iterator[str]:
    """The verdict is whole or none."""
    m = case.written.meant
    got = Counter(key(a) for one in case.arrived for a in one.to)
    yield from (f"{a} got it {n} times" for a, n in got.items() if n > 1)
    if not case.said.taken or verdict_of(case) in ("hold", "refuse"):
        for one in case.arrived:
            if not is_copy(one) and not all(confidential(a) for a in one.to):
                yield f"it went to {one.to} with the answer {case.said.code} {verdict_of(case)}"
        return
    dropping = class_of(case) == "emergency"
    for a in m.recipients:
        if not dropping and key(a) not in people.group_at and not refused(a) and not got[key(a)]:
            if not case.notices and m.envelope_from and not refused(m.envelope_from):
                yield f"the answer was 250, {a} never got it, and the writer was not told"


LAWS: tuple[Law, ...] = (
    no_message_leaves_one_to_one,
    a_third_party_is_someone_else,
    what_a_service_user_writes_arrives,
    no_copy_of_ours_reaches_a_restricted_person,
    members_never_learn_each_other,
    what_is_not_ours_passes_untouched,
    nothing_is_answered_250_before_it_is_on_the_record,
    nothing_is_lost_and_nothing_comes_twice,
)
