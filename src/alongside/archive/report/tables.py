"""The tables of the page, ready to be set: every number a text, every share with its whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..suggest import Like, Reason, Suggestion
from . import words
from .charts import bar, shade
from .figures import DAYS, LONG_DAYS, MONTHS, day, moment, number, share
from .naming import AT, Names, writer_id
from .numbers import Month, Numbers
from .wanted import Totals

MOST_PERSONS = 40
MOST_PAIRS = 40
MOST_SERIOUS = 72
MOST_SUGGESTIONS = 20
MOST_MONTHS = 36
"""More than these are put together in quarters, and then in years."""

Row = dict[str, Any]


def steps(n: Numbers, totals: Totals) -> list[Row]:
    """From all that was found to what was judged; each row says of what it is a share."""
    unread = sum(totals.unreadable.values())
    found, scope, judged = totals.found, totals.in_scope, totals.judged
    rows = (
        ("Found in the archive", found, found, "all that was found", ""),
        ("Could not be read", unread, found, "all that was found", "sub"),
        ("Another copy of one already counted", totals.duplicates, found, "all that was found",
         "sub"),
        ("Of other people or dates", totals.out_of_scope, found, "all that was found", "sub"),
        ("In scope: of the people and dates that may be looked at", scope, found,
         "all that was found", ""),
        ("Nobody we serve and no family in it", scope - judged, scope, "those in scope", "sub"),
        ("Checked: to or from those we serve, or their families", judged, scope,
         "those in scope", ""),
        ("Written by our people", n.ours, judged, "those checked", "sub"),
        ("Of our people's: with a finding", n.with_findings, n.ours, "those our people wrote",
         "sub"),
    )  # fmt: skip
    return [
        {"what": what, "count": number(c), "share": share(c, of), "of": whole, "class": level}
        for what, c, of, whole, level in rows
    ]


def reasons(found: Mapping[str, int]) -> list[Row]:
    """Why something could not be read, the most frequent first."""
    whole = sum(found.values())
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [
        {"why": words.why(code), "count": number(c), "share": share(c, whole)}
        for code, c in ordered
        if c
    ]


def kinds(n: Numbers) -> list[Row]:
    """What was found, most serious first."""
    found = [(id_, t) for id_, t in n.kinds.items() if t.messages]
    most = max((t.messages for _, t in found), default=0)
    return [
        {
            "title": words.kind(id_).title,
            "means": words.kind(id_).means,
            "messages": number(t.messages),
            "share": share(t.messages, n.ours),
            "writers": number(len(t.writers)),
            "bar": bar(t.messages, most),
        }
        for id_, t in sorted(found, key=lambda one: words.rank(one[0]))
    ]


def possible(n: Numbers) -> list[Row]:
    """What the reader was not sure of."""
    found = [(id_, t.possible) for id_, t in n.kinds.items() if t.possible]
    return [
        {"title": words.kind(id_).title, "messages": number(c)}
        for id_, c in sorted(found, key=lambda one: words.rank(one[0]))
    ]


def clauses(n: Numbers) -> list[Row]:
    """Messages that break each clause, most first."""
    return [
        {"id": c, "title": words.CLAUSES.get(c, ""), "count": number(m), "share": share(m, n.ours)}
        for c, m in sorted(n.clauses.items(), key=lambda one: (-one[1], one[0]))
    ]


def persons(n: Numbers, names: Names) -> Row:
    """Who wrote what was found, most messages first."""
    ranked = ranking(n)
    rows = []
    for id_ in ranked[:MOST_PERSONS]:
        tally = n.persons[id_]
        worst = sorted((k for k in tally if k), key=words.rank)
        said = [f"{words.kind(k).title.lower()} {number(tally[k])}" for k in worst]
        wrote = n.wrote[id_]
        rows.append(
            {
                "who": names.of(id_),
                "messages": number(tally[""]),
                "share": share(tally[""], wrote) if wrote >= tally[""] else "–",
                "wrote": number(wrote) if wrote else "–",
                "what": "; ".join(said),
            }
        )
    return {"rows": rows, "more": number(len(ranked) - len(rows)) if ranked[MOST_PERSONS:] else ""}


def ranking(n: Numbers) -> list[str]:
    """Writers of findings, those with the most messages first."""
    return sorted(n.persons, key=lambda p: (-n.persons[p][""], p))


def pair_ranking(n: Numbers) -> list[tuple[str, str]]:
    """Who with whom: the most messages that nobody else saw first, then the most messages."""
    return sorted(n.pairs, key=lambda p: (-n.pairs[p].alone, -n.pairs[p].messages, p))


def pairs(n: Numbers, names: Names) -> Row:
    """Who with whom, how often, and how many of those nobody else saw."""
    ranked = pair_ranking(n)
    rows = []
    for pair in ranked[:MOST_PAIRS]:
        p = n.pairs[pair]
        if p.first is None or p.last is None:
            continue
        rows.append(
            {
                "writer": names.of(pair[0]),
                "served": names.aged(pair[1], p.last),
                "sent": number(p.sent),
                "alone": number(p.alone),
                "received": number(p.received),
                "share": share(p.alone, p.sent),
                "first": day(p.first, n.zone),
                "last": day(p.last, n.zone),
            }
        )
    more = len(ranked) - len(rows)
    return {"rows": rows, "all": number(len(ranked)), "more": number(more) if more else ""}


def months(n: Numbers) -> Row:
    """Messages with a finding over time, without gaps: by month, or longer where there are many."""
    if not n.months:
        return {"unit": "month", "rows": []}
    whole = _without_gaps(min(n.months), max(n.months))
    size = next(s for s in (1, 3, 12, 10_000) if len(whole) / s <= MOST_MONTHS or s == 10_000)
    size = 12 if size == 10_000 else size
    found: dict[tuple[int, int], Counter[str]] = {}
    for m in whole:
        part = (m.month - 1) // size if size < 12 else 0
        found.setdefault((m.year, part), Counter()).update(n.months.get(m, Counter()))
    rows = []
    for order, ((year, part), tally) in enumerate(found.items()):
        label, short = _period(year, part, size)
        rows.append(
            {
                "label": label,
                "short": short,
                "order": order,
                "ours": number(tally["ours"]),
                "findings": number(tally[""]),
                "findings_n": tally[""],
                "alone": number(tally["one_to_one"]),
                "alone_n": tally["one_to_one"],
                "share": share(tally[""], tally["ours"]),
            }
        )
    return {"unit": {1: "month", 3: "quarter", 12: "year"}[size], "rows": rows}


def _without_gaps(first: Month, last: Month) -> list[Month]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [Month(at // 12, at % 12 + 1) for at in range(start, end + 1)]


def _period(year: int, part: int, size: int) -> tuple[str, str]:
    if size == 1:
        return f"{MONTHS[part]} {year}", f"{MONTHS[part]} {year % 100:02}"
    if size == 3:
        return (
            f"{MONTHS[3 * part]} to {MONTHS[3 * part + 2]} {year}",
            f"{MONTHS[3 * part]} {year % 100:02}",
        )
    return str(year), str(year)


def hours(n: Numbers) -> Row:
    """When our people wrote to those we serve: hours down, weekdays across."""
    most = max(n.hours.values(), default=0)
    rows = []
    for hour in range(24):
        cells = [n.hours[d, hour] for d in range(7)]
        rows.append(
            {
                "hour": f"{hour:02}:00",
                "late": hour >= 22 or hour < 7,
                "cells": [{"count": number(c), "shade": str(shade(c, most))} for c in cells],
                "all": number(sum(cells)),
            }
        )
    late = sum(c for (_, hour), c in n.hours.items() if hour >= 22 or hour < 7)
    whole = sum(n.hours.values())
    return {
        "rows": rows if whole else [],
        "days": [{"short": s, "long": w} for s, w in zip(DAYS, LONG_DAYS, strict=True)],
        "late": number(late),
        "share": share(late, whole),
        "whole": number(whole),
    }


def serious(n: Numbers, names: Names) -> Row:
    """The most serious findings one by one, the latest of each kind first."""
    rows = []
    worst = sorted(n.serious, key=words.rank)
    listed = [one for k in worst for one in sorted(n.serious[k], reverse=True)]
    for one in listed[:MOST_SERIOUS]:
        f = one.finding
        told = names.aged(f.service_user, one.at) if f.service_user else ""
        rows.append(
            {
                "when": moment(one.at, n.zone),
                "what": words.kind(words.kind_of(f)).title,
                "clause": f.clause,
                "writer": names.of(writer_id(f)),
                "served": told or (f.address if names.shown else ""),
                "excerpt": f.excerpt if names.shown else "",
                "file": one.file,
                "place": one.place,
                "message_id": one.message_id,
            }
        )
    return {"rows": rows, "more": number(n.findings - len(rows)) if n.findings > len(rows) else ""}


def suggestions(found: list[Suggestion], names: Names) -> Row:
    """Addresses to ask about: shown with names only, else counted by reason."""
    reasons: Counter[Reason] = Counter(r for s in found for r, _ in s.reasons)
    rows = [
        {
            "address": s.address,
            "perhaps": f"{names.of(s.person)}'s own mailbox"
            if s.like is Like.OWN_MAILBOX
            else "a child, participant or family",
            "reasons": "; ".join(words.SUGGESTED[r] for r, _ in s.reasons),
            "messages": number(s.messages),
        }
        for s in found[:MOST_SUGGESTIONS]
    ]
    return {
        "count": number(len(found)),
        "any": bool(found),
        "rows": rows if names.shown else [],
        "more": number(len(found) - len(rows)) if names.shown and found[MOST_SUGGESTIONS:] else "",
        "reasons": [
            {"said": words.SUGGESTED[r], "count": number(c)} for r, c in reasons.most_common()
        ],
    }


def first_labels(n: Numbers) -> list[str]:
    """Everybody in the order in which they get their letters and numbers."""
    order = [*ranking(n), *(p for pair in pair_ranking(n) for p in pair)]
    return [p for p in dict.fromkeys(order) if p and p != AT]
