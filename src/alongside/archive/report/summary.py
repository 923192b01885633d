"""The first page: what was looked at, what was found, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alongside.policy.people import People

from ..authorisation import Authorisation
from ..scope import Scope
from . import words
from .figures import counted, day, number, share
from .numbers import Numbers
from .wanted import Totals

MOST_KINDS = 10
MOST_STEPS = 3
OURS = "messages that our people wrote to those we serve, or to their families"


def summary(
    n: Numbers, totals: Totals, leave: Authorisation, others: list[str], suggested: int
) -> dict[str, Any]:
    """What the first page says; it has to fit on one page."""
    found = list(_found(n))
    return {
        "looked": list(_looked(n, totals)),
        "key": _key_figures(n, totals),
        "found": found[:MOST_KINDS],
        "more": _more(found[MOST_KINDS:]),
        "nothing": not n.findings,
        "kept_apart": kept_apart(n, others),
        "next": list(_next(n, totals, others, suggested)),
        "unfinished": not totals.finished,
        "reason": leave.reason,
    }


def _looked(n: Numbers, totals: Totals) -> Iterator[str]:
    read = totals.in_scope + totals.out_of_scope + totals.duplicates
    yield (
        f"We found {counted(totals.found, 'message')} and could read {number(read)} of them"
        f" ({share(read, totals.found)})."
    )
    if totals.in_scope:
        yield (
            f"{counted(totals.in_scope, 'message is', 'messages are')} of the people and dates"
            f" that this audit may look at. {number(totals.judged)} of those"
            f" ({share(totals.judged, totals.in_scope)}) are to or from a child or participant,"
            " or their family. Each was checked against our rules."
        )
    else:
        yield "None of them is of the people and dates that this audit may look at."
    if n.first and n.last:
        first, last = day(n.first, n.zone), day(n.last, n.zone)
        yield f"The oldest was written on {first}, the newest on {last}."


def _key_figures(n: Numbers, totals: Totals) -> list[tuple[str, str]]:
    alone = n.kinds.get("one_to_one")
    sent_alone = alone.messages if alone else 0
    by = len(alone.writers) if alone else 0
    return [
        (number(totals.judged), "messages checked"),
        (number(n.with_findings), f"of {number(n.ours)} that our people wrote break a rule"),
        (number(sent_alone), "one-to-one messages"),
        (number(by), "of our people wrote one-to-one" if by != 1 else "person wrote one-to-one"),
    ]


def _found(n: Numbers) -> Iterator[dict[str, str]]:
    """The kinds that were found, most serious first."""
    for id_ in sorted(n.kinds, key=words.rank):
        tally = n.kinds[id_]
        if tally.messages:
            yield {
                "title": words.kind(id_).title,
                "messages": counted(tally.messages, "message"),
                "people": counted(len(tally.writers), "writer"),
                "share": share(tally.messages, n.ours),
            }


def _more(left: list[dict[str, str]]) -> str:
    return counted(len(left), "more kind", "more kinds") if left else ""


def kept_apart(n: Numbers, others: list[str]) -> str:
    """The sentence on what this reader may not see (laws 6 and 13); empty where there is none."""
    if not n.hidden:
        return ""
    several = n.hidden != 1
    who = " and ".join(([", ".join(others[:-1])] if others[1:] else []) + others[-1:])
    keeper = (
        f"Another safeguarding lead or officer can see {'them' if several else 'it'} by making the"
        f" report from the same folder: {who}."
        if others
        else "Nobody else in the register may see them now. Ask your trustees to name another"
        " safeguarding lead or officer, who can then make the report from the same folder."
    )
    about = "are about, or near to," if several else "is about, or near to,"
    return (
        f"{counted(n.hidden, 'finding')} {about} the person who made this report,"
        f" and {'are' if several else 'is'} not in it. {keeper}"
    )


def _next(n: Numbers, totals: Totals, others: list[str], suggested: int) -> Iterator[str]:
    if not totals.finished:
        yield "Let the audit finish: run the same command again, and it goes on where it stopped."
    if n.findings:
        yield (
            "If anything here makes you think that somebody is in danger now, follow your"
            " safeguarding procedure today, before anything else on this list."
        )
    steps = [words.kind(i).next for i in sorted(n.kinds, key=words.rank) if n.kinds[i].messages]
    yield from [s for s in steps if s][:MOST_STEPS]
    if n.hidden and others:
        yield f"Ask {others[0]} to look at what is kept apart from this report."
    if suggested:
        yield (
            f"Say whose {counted(suggested, 'unknown address is', 'unknown addresses are')},"
            " and add those of children and families to the register."
        )
    if unread := sum(totals.unreadable.values()):
        yield f"Decide who looks at the {counted(unread, 'message')} that could not be read."
    if not n.findings:
        yield "Keep this report with your safeguarding records, and plan when to look again."


def whose(scope: Scope, people: People) -> str:
    """Whose mail it may look at, in words; organisations by name, persons by number."""
    if scope.everything:
        return "everybody's mail"
    found = sorted(
        people.organisations[o].name or o for o in scope.organisations if o in people.organisations
    )
    if scope.persons:
        found.append(counted(len(scope.persons), "named person", "named people"))
    if scope.addresses:
        found.append(counted(len(scope.addresses), "address", "addresses"))
    return ", ".join(found)


def dates(scope: Scope) -> str:
    """Which days it may look at, in words."""
    if scope.first and scope.last:
        return f"{_day(scope.first)} to {_day(scope.last)}"
    if scope.first:
        return f"from {_day(scope.first)} on"
    return f"up to {_day(scope.last)}" if scope.last else "all dates"


def _day(on: Any) -> str:
    return f"{on:%-d %B %Y}"
