"""The laws, each read off what arrived downstream and the register."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

from alongside.policy.address import key
from alongside.policy.people import Contact, People, Person
from alongside.policy.vocabulary import MailboxKind, Relationship
from tests.gateway.rig import Arrived

from .register import (
    TODAY,
    addresses_of,
    behind,
    by_a_group,
    confidential,
    from_service_users,
    from_workforce,
    hands,
    involved,
    officers_of,
    owners,
    plain_officers,
    protected,
    readers,
    served,
    served_at,
    why_not_alongside,
    writers,
)
from .run import Case, refused

Law = Callable[[People, Case], Iterator[str]]
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")


def is_copy(one: Arrived) -> bool:
    return one.sender.startswith("copy+") and one.sender.endswith("@bounces.charity.example")


def _class(case: Case) -> str:
    return str(case.body["class"]) if case.body else ""


def _verdict(case: Case) -> str:
    return str(case.body["verdict"]) if case.body else ""


def no_message_leaves_one_to_one(people: People, case: Case) -> Iterator[str]:
    """Law 1."""
    m = case.written.meant
    if not from_workforce(people, m):
        return
    exempt = dict(case.body["exemptions"]) if case.body else {}
    known = case.body["service_users"] if case.body else ()
    before: list[str] = []
    for one in case.arrived:
        for address in one.to:
            for s in served_at(people, address):
                if by_a_group(people, m, address) and s not in known:
                    continue  # a lead who is a child themselves: a question for the group's rules
                if s in exempt:
                    if not _derived(people, case, s, exempt[s]):
                        yield f"{s} is called exempt ({exempt[s]}), and is not"
                elif _class(case) == "sealed":
                    yield from _in_the_case(people, case, s)
                elif _class(case) == "emergency":
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
    able = [a for a in could if not why_not_alongside(people, m, s, a)]
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
    if _verdict(case) not in ("permit", ""):
        yield f"it was {_verdict(case)}"
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
    if _class(case) in ("sealed", "") or not reachable:
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
            and not readers(people, a) & barred
        ]
        if able and not any(readers(people, a) & officers for o in case.arrived for a in o.to):
            yield f"{s} wrote, and nobody of {able} had a copy"


def no_copy_of_ours_reaches_a_restricted_person(people: People, case: Case) -> Iterator[str]:
    """Law 6."""
    m = case.written.meant
    theirs = from_service_users(people, m)
    mixed = not theirs and any(served(p, c) for p, c in behind(people, m))
    sent_to = {key(a) for a in m.recipients}
    about = _written_to(people, case)
    # Who writes as the workforce does stands in it as a colleague.
    about |= {p.id for p, c in behind(people, m) if served(p, c) and not p.workforce}
    for one in case.arrived:
        for a in one.to:
            ours = is_copy(one) or key(a) not in sent_to
            if (not ours and (theirs or mixed)) or by_a_group(people, m, a):
                continue
            for s in about:
                if found := readers(people, a) & people.restricted_for(s):
                    yield f"{sorted(found)} must not know of {s}, and read {a}"
    if theirs or mixed:
        return
    for s in _written_to(people, case):
        if wrote := people.restricted_for(s) & {p.id for p, _ in behind(people, m)}:
            yield f"{sorted(wrote)} wrote to {s}, from whom they must keep away"


def _written_to(people: People, case: Case) -> set[str]:
    """Service users to whom it went by their own name or their group's, not merely to a mailbox
    that they share with a member."""
    m = case.written.meant
    direct = {key(a) for a in m.recipients}
    groups = [people.group_at[key(a)] for a in m.recipients if key(a) in people.group_at]
    members = {p for g in groups for p in people.groups[g].members}
    return {
        s
        for one in case.arrived
        for a in one.to
        if not by_a_group(people, m, a)
        for s in served_at(people, a)
        if s in members or key(a) in direct or not groups
    }


def members_never_learn_each_other(people: People, case: Case) -> Iterator[str]:
    """Law 7: no header shows one protected person's address to another's eyes."""
    m = case.written.meant
    if not from_workforce(people, m):
        return
    # Where the writer wants answers is the writer's word, in ``Reply-To`` as in ``From``.
    wrote = {key(a) for a in (*hands(m), *m.reply_to)}
    for one in case.arrived:
        shown = {key(a) for a in _ADDRESS.findall(one.head)} - wrote - {key(a) for a in one.to}
        eyes = [p.id for a in one.to for p in _theirs(people, a)]
        for a in shown:
            others = [p.id for p in _theirs(people, a) if p.id not in writers(people, m)]
            pairs = [(reader, other) for reader in eyes for other in others]
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
    if not case.said.taken or _verdict(case) in ("hold", "refuse"):
        for one in case.arrived:
            if not is_copy(one) and not all(confidential(a) for a in one.to):
                yield f"it went to {one.to} with the answer {case.said.code} {_verdict(case)}"
        return
    dropping = _class(case) == "emergency"
    for a in m.recipients:
        if not dropping and key(a) not in people.group_at and not refused(a) and not got[key(a)]:
            if not case.notices and m.envelope_from and not refused(m.envelope_from):
                yield f"the answer was 250, {a} never got it, and the writer was not told"


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
