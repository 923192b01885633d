"""``alongside doctor``: is this installation fit to use?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from alongside.site.plurals import counted

from .errors import FOUND_BAD
from .options import as_json, with_database
from .output import say, say_json

if TYPE_CHECKING:
    from alongside.site.config import Config

_SIGNS = {"ok": ("ok", "green"), "warning": ("warning", "yellow"), "problem": ("PROBLEM", "red")}


@click.command()
@click.option("--offline", is_flag=True, help="Leave out next hops and DNS.")
@as_json
@with_database
def doctor(config: Config, offline: bool, as_json: bool) -> None:
    """Check that this installation is fit to use.

    Looks at rulebook, database, clock, permissions, register, open-relay risk, next hops, TLS, DKIM
    and SPF, and says how to mend what is wrong. Exit status 1 when there is a problem; warnings are
    for you to weigh.
    """
    from alongside.site.doctor import Health, examine

    worst = Health.OK
    findings = []
    for finding in examine(config, offline=offline):
        worst = max(worst, finding.health)
        findings.append(finding)
        if not as_json:
            sign, colour = _SIGNS[finding.health.word]
            say(f"{click.style(f'{sign:8}', fg=colour)} {finding.area}: {finding.what}")
            if finding.mend:
                say(f"         > {finding.mend}")
    if as_json:
        say_json(findings)
    else:
        count = {health: sum(f.health is health for f in findings) for health in Health}
        say()
        problems = counted(count[Health.PROBLEM], "problem")
        say(f"{problems}, {counted(count[Health.WARNING], 'warning')}")
    sys.exit(FOUND_BAD if worst is Health.PROBLEM else 0)
