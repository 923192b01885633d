"""The audit's figures in lines, in words and as JSON."""

from __future__ import annotations

from typing import Any

from .auditing import A_CORE, TIMES_MU, Auditing, Line

_HEAD = ("archive", "messages a second", "a core", "µs of CPU a message", "to mu", "goal")


def missed(audit: Auditing) -> list[str]:
    """The goals that were not reached, in words."""
    found = [
        f"{line.what}: {line.rate / line.cores:,.0f} messages a second a core, "
        f"the goal is {A_CORE:,.0f}"
        for line in audit.ours
        if line.rate / line.cores < A_CORE
    ]
    whole = audit.ours[-1]
    if whole.times(audit.mu) < TIMES_MU:
        times = whole.times(audit.mu)
        found.append(f"{whole.what}: {times:.2f} times mu, the goal is {TIMES_MU:g}")
    return found


def lines(audit: Auditing) -> list[tuple[str, ...]]:
    ours = [_line(line, audit) for line in (*audit.ours, audit.mu, audit.notmuch)]
    return [_HEAD, *ours]


def _line(line: Line, audit: Auditing) -> tuple[str, ...]:
    goals = [f"{A_CORE:,.0f} a core"] if line.cores else []
    if line is audit.ours[-1]:
        goals.append(f"{TIMES_MU:g} times mu")
    return (
        line.what,
        f"{line.rate:,.0f}",
        f"{line.rate / line.cores:,.0f}" if line.cores else "",
        f"{line.cpu:,.0f}",
        f"{line.times(audit.mu):.2f}" if line is not audit.mu else "",
        ", ".join(goals),
    )


def sentence(audit: Auditing, versions: dict[str, str]) -> str:
    rounds = len(audit.mu.rounds)
    return (
        f"One Maildir of {audit.messages:,} messages ({audit.octets / 1e6:,.0f} MB) for all of "
        f"them, medians of {rounds} rounds in turns; {audit.judged:,} were judged, with "
        f"{audit.findings:,} findings. mu {versions['mu']}, notmuch {versions['notmuch']}."
    )


def as_json(audit: Auditing) -> dict[str, Any]:
    return {
        "messages": audit.messages,
        "octets": audit.octets,
        "judged": audit.judged,
        "findings": audit.findings,
        "rows": [
            {
                "what": line.what,
                "cores": line.cores,
                "to_mu": line.times(audit.mu),
                "rate": [round(t.rate, 1) for t in line.rounds],
                "cpu_us": [round(t.cpu, 1) for t in line.rounds],
            }
            for line in (*audit.ours, audit.mu, audit.notmuch)
        ],
    }
