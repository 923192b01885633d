"""Write the reference pages that the code itself knows: ``docs/generated/``.

``python tools/docs.py`` writes them; with ``--check`` it only says, with status 1, which of them
are not what the code says now.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from alongside.policy.vocabulary import Mode
from alongside.site.cli import alongside
from alongside.site.config import Config
from alongside.site.config.schema import Relay, Routes

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "generated"
NOTE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def pages() -> dict[str, str]:
    """Name -> text of every page."""
    return {
        "configuration.md": NOTE + configuration(),
        "commands.md": NOTE + commands(),
        "clauses.md": NOTE + clauses(),
    }


def clauses() -> str:
    """The clause tests print it, so that it can't say what is not so."""
    sys.path.insert(0, str(ROOT))
    from tests.clauses.manual import manual

    return manual()


def configuration() -> str:
    introduction = (
        "# Configuration\n\n"
        "One TOML file, `alongside.toml`; `--config FILE` or `ALONGSIDE_CONFIG` names another. Any "
        "key can be\noverridden by the environment: `ALONGSIDE_GATEWAY__MODE=teach` is `mode` in "
        "`[gateway]`, and several\nvalues are separated by commas. Paths are relative to the "
        "file. A wrong key or value stops every\ncommand, and says where it stands and how to "
        "mend it.\n"
    )
    parts = [introduction]
    parts += [_section(f"[{name}]", _model(field)) for name, field in Config.model_fields.items()]
    parts.append(_section('[relay.routes."DOMAIN"]', Routes))
    return "\n".join(parts)


def _model(field: FieldInfo) -> type[BaseModel]:
    candidates = (field.annotation, *getattr(field.annotation, "__args__", ()))
    return next(c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel))


def _section(heading: str, model: type[BaseModel]) -> str:
    lines = [f"## `{heading}`", "", "| key | default | meaning |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        if model is Relay and name == "routes":
            continue
        meaning = " ".join((field.description or "").split()).replace("|", "\\|")
        lines.append(f"| `{name}` | {_default(field)} | {meaning} |")
    return "\n".join(lines) + "\n"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value: Any = field.get_default(call_default_factory=True)
    if value in (None, "", (), {}) or value is PydanticUndefined:
        return ""
    if isinstance(value, Mode):
        return f'`"{value.word}"`'
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{v}"' for v in value) + "]`"
    return f"`{value}`" if isinstance(value, int) else f'`"{value}"`'


def commands() -> str:
    context = click.Context(
        alongside, info_name="alongside", terminal_width=100, help_option_names=["-h", "--help"]
    )
    return "# Commands\n\n" + "\n".join(_command(alongside, context))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    if "--help" in {o for p in command.get_params(context) for o in p.opts}:
        with context.scope(cleanup=False):
            yield f"## `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                inner = click.Context(below, info_name=name, parent=context, terminal_width=100)
                yield from _command(below, inner)


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for name, text in pages().items():
        file = FOLDER / name
        if not file.exists() or file.read_text("utf-8") != text:
            stale.append(name)
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    for name in stale:
        said = "is not what the code says: run `make docs`" if check else "written"
        click.echo(f"docs/generated/{name} {said}")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
