"""What went wrong, in a sentence on standard error and an exit status; never a traceback."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from alongside.access import checks

FOUND_BAD = 1
BAD_INPUT = 2


def bad_input(sentence: str, mend: str = "") -> NoReturn:
    """Say what can't be used, and leave with status 2."""
    click.echo(f"alongside: {sentence}", err=True)
    if mend:
        click.echo(f"    {mend}", err=True)
    sys.exit(BAD_INPUT)


@contextmanager
def told() -> Iterator[None]:
    """Turn the errors that a command expects into words."""
    try:
        yield
    except checks.NotAllowed as error:
        bad_input(f"not allowed: {error.reason}")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FOUND_BAD)
    except (OSError, sqlite3.Error) as error:
        click.echo(f"alongside: {_said(error)}", err=True)
        sys.exit(FOUND_BAD)
    except Exception as error:
        module = type(error).__module__
        if module == "django.db.utils":
            click.echo(f"alongside: the database can't be used: {error}", err=True)
            sys.exit(FOUND_BAD)
        if not module.startswith("alongside."):
            raise
        _tell(error)
        sys.exit(BAD_INPUT)


def _tell(error: Exception) -> None:
    """An error of our own: its message is meant for people, or else its docstring."""
    problems = getattr(error, "problems", None) or (str(error) or type(error).__doc__,)
    for problem in problems:
        click.echo(f"alongside: {problem}", err=True)


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror[:1].lower()}{error.strerror[1:]}"
    return str(error)
