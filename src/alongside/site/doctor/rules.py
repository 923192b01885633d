"""The rulebook: can it be read, and is it the one that is meant?"""

from __future__ import annotations

from collections.abc import Iterator

from alongside.policy.vocabulary import Mode
from alongside.site.config import Config
from alongside.site.wiring import rulebook

from .finding import Finding, ok, problem, warning

AREA = "rulebook"


def examine(config: Config) -> Iterator[Finding]:
    try:
        book = rulebook(config)
    except ValueError as error:
        yield problem(
            AREA,
            f"`{config.rulebook.file}` can't be used: {error}",
            f"mend it, then prove it with `alongside policy check {config.rulebook.file}`",
        )
        return
    yield ok(
        AREA,
        f"{book.name} {book.version}, which carries out version {book.document} of the policy",
    )
    if config.gateway.mode is Mode.SHADOW:
        yield warning(
            "mode",
            "shadow: nothing is copied, held or refused yet",
            'look at `alongside shadow report`, then set mode = "teach" or "enforce"',
        )
    else:
        yield ok("mode", config.gateway.mode.word)
    unknown = sorted(set(config.gateway.clauses) - set(book.clauses))
    if unknown:
        yield problem(
            "mode",
            f"[gateway.clauses] names `{unknown[0]}`, which the rulebook does not have",
            f"clauses of this rulebook: {', '.join(book.clauses)}",
        )
