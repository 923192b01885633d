"""A case that went wrong, for whoever must find out why."""

from __future__ import annotations

from alongside.policy.people import People

from .register import hands, owners, readers
from .run import Case


def told(people: People, case: Case, wrong: str) -> str:
    """The message, the persons and what arrived."""
    m = case.written.meant
    addresses = dict.fromkeys((*hands(m), *m.recipients, *m.named))
    addresses.update(dict.fromkeys(a for one in case.arrived for a in one.to))
    lines = [
        f"message {case.written.number}: {wrong}",
        f"  {m}",
        f"  answered {case.said.code} {case.said.text}",
    ]
    known: set[str] = set(case.body["service_users"]) if case.body else set()
    for address in addresses:
        known |= {p.id for p, _ in owners(people, address)} | readers(people, address)
    for p in sorted(known & set(people.persons)):
        lines.append(f"  {people.persons[p]}")
        lines += [f"    {link}" for link in people.links.get(p, ())]
    lines += [f"  {people.mailboxes[a]}" for a in addresses if a in people.mailboxes]
    for one in case.arrived:
        lines.append(f"  arrived at {one.to} from {one.sender}:")
        lines += [f"    | {line}" for line in one.head.split("\r\n")]
    if case.body:
        lines.append(f"  record: {case.body['class']} {case.body['verdict']}")
        lines += [f"    {f}" for f in case.body["findings"]]
        lines.append(f"    {case.body['exemptions']} {case.body['third_parties']}")
    return "\n".join(lines)
