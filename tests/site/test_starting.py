"""The configuration that `up` writes: complete, and right once it is filled in."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from pydantic import BaseModel

from alongside.policy.vocabulary import Mode
from alongside.site.config import load
from alongside.site.config.schema import Config
from alongside.site.config.suggest import _model_in

TEXT = files("alongside.site").joinpath("starting.toml").read_text()


def test_filled_in_it_is_a_good_configuration(tmp_path):
    text = (
        TEXT.replace('name = ""  ', 'name = "Example"', 1)
        .replace("domains = []", 'domains = ["charity.example"]')
        .replace('contact = ""', 'contact = "safeguarding@charity.example"', 1)
        .replace('outbound = ""', 'outbound = "smtp://127.0.0.1:2526"')
        .replace('inbound = ""', 'inbound = "smtp://127.0.0.1:2526"')
    )
    (tmp_path / "alongside.toml").write_text(text)
    config = load(tmp_path / "alongside.toml", {})
    assert config.gateway.mode is Mode.SHADOW
    assert TEXT.count("FILL IN") == 5


def test_what_it_shows_is_what_holds_without_it(tmp_path):
    shown = tomllib.loads(TEXT)
    for section in ("gateway", "notices", "health", "web", "log", "rulebook", "database"):
        defaults = Config.model_fields[section].get_default(call_default_factory=True)
        for key, value in shown[section].items():
            default = getattr(defaults, key)
            said = default.word if isinstance(default, Mode) else default
            assert (list(said) if isinstance(said, tuple) else said) == value, f"{section}.{key}"


def test_it_mentions_every_key():
    def keys(model: type[BaseModel]) -> set[str]:
        found = set()
        for name, field in model.model_fields.items():
            found.add(name)
            inner = _model_in(field.annotation)
            if inner is not None:
                found |= keys(inner)
        return found

    written = set(re.findall(r"^#? ?\[?([a-z_]+)", TEXT, re.M)) | set(
        re.findall(r"\[([a-z.]+)", TEXT)
    )
    written |= {part for name in written for part in name.split(".")}
    assert keys(Config) <= written
