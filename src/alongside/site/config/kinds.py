"""The kinds of value that the file knows, each with its own sentence for what is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from alongside.policy.address import domain_of
from alongside.policy.vocabulary import Mode

from . import networks
from .hops import check_url, parse_endpoint

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LEVELS = ("debug", "info", "warning", "error")


def _domain(text: str) -> str:
    labels = domain_of(f"@{text}").split(".")
    if "@" in text or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"`{text}` is not a domain, as in `charity.example`")
    return ".".join(labels)


def _address(text: str) -> str:
    if text and not _ADDRESS.fullmatch(text):
        raise ValueError(f"`{text}` is not an e-mail address, as in `safeguarding@charity.example`")
    return text


def _endpoint(text: str) -> str:
    parse_endpoint(text)
    return text


def _hop(text: str) -> str:
    check_url(_filled(text))
    return text


def _network(text: str) -> str:
    networks.parse(text)
    return text


def _trusted(text: str) -> str:
    network = networks.parse(text)
    why = networks.why_shared(network)
    if why:
        raise ValueError(
            f"`{text}` {why}; name your own hosts, or let them show a client certificate "
            "(`client_ca`)"
        )
    return text


def _mode(value: object) -> object:
    if isinstance(value, str):
        try:
            return Mode[value.upper()]
        except KeyError:
            pass
    if isinstance(value, Mode):
        return value
    raise ValueError(f"`{value}` is not a mode: shadow, teach or enforce")


def _level(text: str) -> str:
    if text.lower() not in _LEVELS:
        raise ValueError(f"`{text}` is not a level: {', '.join(_LEVELS)}")
    return text.lower()


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://")):
        raise ValueError(f"`{text}` has to start with `sqlite:///` or `postgresql://`")
    if text == "sqlite:///":
        raise ValueError("`sqlite:///` names no file, as in `sqlite:///alongside.db`")
    return text


def _beside_the_file(path: Path, info: ValidationInfo) -> Path:
    base: Path = (info.context or {}).get("base", Path.cwd())
    return (base / path.expanduser()).resolve()


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    return text.strip()


def _several(value: Any) -> Any:
    """An environment variable gives several values separated by commas."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _not_empty(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise ValueError("it needs at least one value")
    return values


Filled = Annotated[str, AfterValidator(_filled)]
Domain = Annotated[str, AfterValidator(_domain)]
Address = Annotated[str, AfterValidator(_address)]
RequiredAddress = Annotated[str, AfterValidator(_filled), AfterValidator(_address)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
HopUrl = Annotated[str, AfterValidator(_hop)]
NetworkText = Annotated[str, AfterValidator(_network)]
TrustedNetwork = Annotated[str, AfterValidator(_trusted)]
ModeWord = Annotated[Mode, BeforeValidator(_mode)]
LogLevel = Annotated[str, AfterValidator(_level)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
FilePath = Annotated[Path, AfterValidator(_beside_the_file)]
Several = BeforeValidator(_several)
NotEmpty = AfterValidator(_not_empty)
