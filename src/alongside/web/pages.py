"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Number:
    """One page number, or the gap between two."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[T]):
    """One page of a list, and the way to the others."""

    items: Sequence[T]
    total: int
    first: int
    """Which item of all stands first here, counted from 1; 0 where there is none."""
    numbers: Sequence[Number]
    previous_url: str
    next_url: str

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0


def paginate(
    request: HttpRequest, items: Sequence[T] | QuerySet[Any, T], *, size: int = 50
) -> Sheet[T]:
    """The page that ``?page=`` asks for; nonsense gives the first or the last, never an error.

    The rest of the address stays, so that a search keeps its words from page to page.
    """
    paginator: Paginator[Any] = Paginator(items, size)
    page = paginator.get_page(request.GET.get("page"))

    def url(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    numbers = [
        Number(None)
        if not isinstance(number, int)
        else Number(number, url(number), number == page.number)
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return Sheet(
        items=list(page.object_list),
        total=paginator.count,
        first=page.start_index(),
        numbers=numbers if paginator.num_pages > 1 else (),
        previous_url=url(page.previous_page_number()) if page.has_previous() else "",
        next_url=url(page.next_page_number()) if page.has_next() else "",
    )
