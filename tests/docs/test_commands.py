"""Every command that a page shows is one that the program has, with those options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from alongside.site.cli import alongside as program
from alongside.site.config import Config
from alongside.site.config.schema import Routes

from .pages import PAGES, ROOT, fences, name, spans

_STARTS = re.compile(r"^(?:\$ )?(?:sudo -u \S+ )?((?:\S*/)?alongside(?: .*)?)$")
_MAKE = re.compile(r"^(?:\$ )?make ([a-z ]+)")
SHELL = ("sh", "console")


def typed(text: str) -> Iterator[str]:
    """Command lines of the shell blocks, continued lines joined."""
    for fence in fences(text):
        if fence.info.split(" ")[:1] and fence.info.split(" ")[0] in SHELL:
            for line in fence.text.replace("\\\n", " ").splitlines():
                found = _STARTS.match(line.strip())
                if found:
                    yield found[1]


def told(text: str) -> Iterator[str]:
    """Those in running text: they may leave out what they don't speak of."""
    for span in spans(text):
        if span.startswith("alongside ") and not re.search(r"[|…]", span):
            yield span


def what_is_wrong(line: str, *, whole: bool) -> str:
    """Why this can't be typed; empty when it can."""
    words = shlex.split(line)[1:]
    context = click.Context(program, info_name="alongside")
    command: click.Command = program
    while isinstance(command, click.Group):
        command.make_parser(context)
        while words and words[0].startswith("--config"):
            words = words[1:] if "=" in words[0] else words[2:]
        if not words or words[0].startswith("-"):
            return "" if not whole or words else "no command"
        found = command.get_command(context, words[0])
        if found is None:
            return f"there is no command `{words[0]}`"
        context = click.Context(found, info_name=words[0], parent=context)
        command, words = found, words[1:]
    if command.ignore_unknown_options:
        return ""
    options = {o: p for p in command.params for o in p.opts if isinstance(p, click.Option)}
    unknown = [w for w in words if w.startswith("--") and w.partition("=")[0] not in options]
    if unknown:
        return f"`{command.name}` has no option `{unknown[0]}`"
    if not whole:
        return ""
    try:
        given, left, _ = command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return error.format_message()
    if left:
        return f"too much: {left}"
    there = {n for n, value in given.items() if isinstance(value, str | tuple | list)}
    missing = [p.name for p in command.params if p.required and p.name not in there]
    return f"missing: {missing}" if missing else ""


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_blocks_can_be_typed_as_they_stand(page):
    wrong = {c: w for c in typed(page.read_text("utf-8")) if (w := what_is_wrong(c, whole=True))}
    assert wrong == {}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_the_text_exist(page):
    wrong = {c: w for c in told(page.read_text("utf-8")) if (w := what_is_wrong(c, whole=False))}
    assert wrong == {}


@pytest.mark.parametrize(
    "line",
    [
        "alongside hold list --as sam",
        "alongside holds list --who sam",
        "alongside holds list",
        "alongside holds show --as sam",
        "alongside send --from a@b.example --to c@d.example more",
    ],
)
def test_a_command_that_the_program_does_not_have_is_found(line):
    assert what_is_wrong(line, whole=True)


def test_every_make_target_that_a_page_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named: set[str] = set()
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [*spans(text), *(line for f in fences(text) for line in f.text.splitlines())]
        for line in lines:
            found = _MAKE.match(line)
            if found:
                named.update(found[1].split())
    assert named <= targets


def _keys() -> dict[str, set[str]]:
    sections = {"": set(Config.model_fields)}
    for section, field in Config.model_fields.items():
        kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
        model = next(k for k in kinds if hasattr(k, "model_fields"))
        sections[section] = set(model.model_fields)
    sections["relay.routes"] = set(Routes.model_fields)
    return sections


def test_every_configuration_key_that_a_page_shows_exists():
    known = _keys()
    wrong = []
    for page in PAGES:
        for fence in fences(page.read_text("utf-8")):
            if fence.info.split(" ")[0] != "toml" or "clauses." in fence.text:
                continue
            section = None
            for line in fence.text.splitlines():
                head = re.match(r"\[([\w.\"-]+)\]", line)
                key = re.match(r"(\w+) *=", line)
                if head:
                    section = "relay.routes" if "routes" in head[1] else head[1]
                    if section not in known and section.partition(".")[0] not in known:
                        wrong.append(f"{name(page)}: [{section}]")
                elif key:
                    some = known.get(section, set()) if section else set().union(*known.values())
                    if key[1] not in some and section not in ("gateway.organisations",):
                        wrong.append(f"{name(page)}: {key[1]}")
    assert wrong == []


_VARIABLE = re.compile(r"ALONGSIDE_([A-Z]+)__([A-Z_]+)")
_IN = re.compile(r"`(\w+)`(?: = [^`]*`)? in `\[(\w+)\]`|`(\w+) = [^`]*`\)? in `\[(\w+)\]`")


def test_every_key_that_the_text_names_with_its_section_exists():
    known = _keys()
    named: set[tuple[str, str]] = set()
    for page in PAGES:
        text = " ".join(page.read_text("utf-8").split())
        named |= {(s.lower(), k.lower()) for s, k in _VARIABLE.findall(text)}
        named |= {(a[1] or a[3], a[0] or a[2]) for a in _IN.findall(text)}
    named -= {("section", "key")}
    assert len(named) >= 5
    assert {(s, k) for s, k in named if k not in known.get(s, set())} == set()


def test_pages_name_files_that_are_there():
    wrong = []
    for page in PAGES:
        for span in spans(page.read_text("utf-8")):
            if re.fullmatch(r"(?:src|tests|docs|tools|bench)/[\w./-]+\.(?:py|md|toml|sh)", span):
                if not (ROOT / span).exists():
                    wrong.append(f"{name(page)}: {span}")
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for span in spans(text):
        if re.fullmatch(r"(?:policy|enforcement|records|people|mail|site)/[\w/]+\.py", span):
            if not (ROOT / "src" / "alongside" / span).exists():
                wrong.append(f"ARCHITECTURE.md: {span}")
    assert wrong == []
    assert Path(ROOT / "LICENSE").exists()
