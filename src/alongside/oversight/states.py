"""What may become of a thing on the desk, as tables: state -> deed -> the state after it.

The pages offer what stands here and nothing else; ``drawn`` makes the diagrams of the manual. There
is no state without a table, and nothing about the deeds but their names in this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Table = Mapping[str, Mapping[str, str]]

HOLDS: Table = MappingProxyType(
    {
        "held": {
            "claim": "held",
            "hand_over": "held",
            "escalate": "held",
            "release": "released",
            "refuse": "refused",
        },
        "released": {"judge_otherwise": "held"},
        "refused": {},
    }
)
"""A hold never ends by itself. What is released is judged again, and may be held again."""
EXCEPTIONS: Table = MappingProxyType({"open": {"close": "closed"}, "closed": {}})
EMERGENCIES: Table = MappingProxyType({"to_review": {"review": "reviewed"}, "reviewed": {}})


def may(table: Table, state: str, deed: str) -> bool:
    """Whether the table allows the deed in this state."""
    return deed in table.get(state, {})


def drawn(table: Table) -> str:
    """The table as a Mermaid diagram; its first state is where things begin."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(table))}"]
    for state, deeds in table.items():
        for deed, after in deeds.items():
            lines.append(f"    {state} --> {after}: {deed.replace('_', ' ')}")
        if not any(after != state for after in deeds.values()):
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines) + "\n"
