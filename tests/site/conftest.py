"""The command line as a stranger runs it: in a folder of its own, as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.ports import free_ports

Alongside = Callable[..., subprocess.CompletedProcess[str]]

CONFIGURATION = """\
[organisation]
name = "Example Sports Charity"
domains = ["charity.example"]
contact = "safeguarding@charity.example"
[relay]
outbound = "smtp://127.0.0.1:{sink}"
inbound = "smtp://127.0.0.1:{sink}"
[gateway]
listen = ["127.0.0.1:{gateway}"]
mode = "enforce"
[health]
listen = "127.0.0.1:{health}"
"""


def environment() -> dict[str, str]:
    """Ours, without what a developer's shell may have set."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DJANGO_"))}


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    gateway, sink, health, web = free_ports(4)
    file = tmp_path / "alongside.toml"
    text = CONFIGURATION.format(gateway=gateway, sink=sink, health=health)
    file.write_text(f'{text}[web]\nlisten = "127.0.0.1:{web}"\n')
    return file


@pytest.fixture
def alongside(tmp_path: Path) -> Alongside:
    def run(*arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "alongside.site.cli", *arguments],
            cwd=tmp_path,
            env=environment() | options,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run
