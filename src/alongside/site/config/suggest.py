"""Did you mean: which keys a table of the file may hold, and the one nearest to what was typed."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable

from pydantic import BaseModel

from .schema import Config


def keys_at(path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that the table at this path may hold; empty where names are free."""
    model: type[BaseModel] | None = Config
    for part in path:
        if model is None:
            return ()
        field = model.model_fields.get(part)
        if field is None:
            continue
        model = _model_in(field.annotation)
    if model is None:
        return ()
    return tuple(model.model_fields)


def suggestion(typed: str, known: Iterable[str]) -> str:
    """A sentence that leads from the typed key to a known one."""
    names = tuple(known)
    near = difflib.get_close_matches(typed.lower(), names, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known here: {', '.join(names)}" if names else ""


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in typing.get_args(annotation):
        model = _model_in(inner)
        if model is not None:
            return model
    return None
