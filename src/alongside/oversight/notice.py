"""How a writer is told that their held message will not be sent.

Writing that letter takes the configuration, which only floor 8 has; so ``site`` says at start how
it is done. A hold never ends silently: without that word, nothing can be refused here.
"""

from __future__ import annotations

from collections.abc import Callable

from alongside.enforcement.values import Dispatch, Json

Tell = Callable[[str, Json], Dispatch | None]
"""From a hold's reference and its message to the notice that its writer gets, if one is due."""
_make: list[Callable[[], Tell]] = []


def set_refusal_notice(make: Callable[[], Tell]) -> None:
    """From now on ``make`` is asked, at each refusal, how to tell the writer."""
    _make[:] = [make]


def refusal_notice() -> Tell:
    """How to tell the writer now. Raises ``RuntimeError`` where nobody said how."""
    if not _make:
        raise RuntimeError("nobody said how a writer is told of a refusal: set_refusal_notice")
    return _make[0]()
