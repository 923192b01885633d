"""Prints ``docs/generated/clauses.md`` from the clause tests themselves.

Chapter: what a file says it belongs to; section: a file; paragraph: a test; line: a case of it.
Whatever is printed has just been asserted, and is said from the decision.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from alongside.policy import explain
from alongside.policy.rulebook import HOUSE_CLAUSES
from alongside.policy.vocabulary import Verdict

from .told import CONTACT, SHIPPED, Teller, Told

CHAPTERS = (
    "Good practice",
    "E-mail",
    "Texts",
    "Instant messaging",
    "What is written",
    "Conduct",
    "Agreement",
    "Contact",
    "Terms",
)
CAST = {
    "Carla": "a coach of the club, who leads the juniors; Carl is her colleague",
    "Chloe": "fourteen, one of the juniors; Mary is her mother and is copied, Frank her father, "
    "who may not be in touch with her",
    "Owen": "the club's safeguarding officer; Olivia, Lena and Dev are the charity's officer, lead "
    "and deputy, and Olivia and Lena read its role address",
    "Yara": "sixteen, and a young leader",
    "Ada": "an adult participant, who chose her assistant Sam as her third party",
    "Oscar": "an adult participant, whose objection to a third party was approved",
    "Dina": "fifteen and deaf: she needs texts; one of the juniors",
    "Finn": "ten, at the address that his mother Gail reads too; one of the juniors",
    "Nora": "a coach who may have no contact with Finn",
    "Pat": "a coach, and the father of Pip, who is thirteen",
    "Dora": "a volunteer and a participant, with an address for each and one for both",
    "Bea": "fourteen; Gus, who may not be in touch with her, reads one of her two addresses",
    "Sid": "a coach who was suspended",
    "Ursula": "a volunteer whose vetting ran out",
}
"""Who is who in the cases: ``tests/world.py``, in words."""

_INTRODUCTION = """\
# The clauses, in cases

What becomes of a message, clause by clause. Every line is a test: a message, and what was decided
about it. Where nothing else is said the shipped rulebook `online-safeguarding` decides, in
`enforce`. The second rulebook is `sector-guidance`. A line ends with the clause that it rests on.
"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    title: str
    cases: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One clause's cases."""

    clause: str
    chapter: str
    opening: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def cases(self) -> tuple[Told, ...]:
        return tuple(c for p in self.paragraphs for c in p.cases)


def sections() -> tuple[Section, ...]:
    """Every file of this folder, run. Raises ``AssertionError`` where a case does not hold."""
    files = sorted(Path(__file__).parent.glob("test_[a-z][0-9]*_*.py"))
    found = [_section(importlib.import_module(f"{__package__}.{f.stem}")) for f in files]
    return tuple(sorted(found, key=lambda s: (CHAPTERS.index(s.chapter), s.clause)))


def _section(module: ModuleType) -> Section:
    return Section(
        clause=str(module.pytestmark.args[0]),
        chapter=module.CHAPTER,
        opening=_one_line(module.__doc__),
        paragraphs=tuple(
            _paragraph(test) for name, test in vars(module).items() if name.startswith("test_")
        ),
    )


def _paragraph(test: Callable[[Teller], None]) -> Paragraph:
    tell = Teller()
    test(tell)
    return Paragraph(_one_line(test.__doc__), tuple(tell.told))


def _one_line(text: str | None) -> str:
    assert text, "a section or a paragraph without a title"
    return " ".join(text.split())


def manual() -> str:
    """The whole page; the same for the same tests."""
    found = sections()
    return "\n".join([_INTRODUCTION, *_table(found), *_cast(), *_chapters(found)])


def _table(found: tuple[Section, ...]) -> Iterator[str]:
    yield "| clause | what it asks | level | third parties | cases |"
    yield "|---|---|---|---|---|"
    for s in sorted(found, key=lambda s: s.clause):
        kept = SHIPPED.clauses.get(s.clause)
        level = str(kept.level) if kept else "of the house"
        parties = ", ".join(sorted(kept.third_parties)) if kept else ""
        link = f"[{s.clause}](#{_anchor(s)})"
        yield f"| {link} | {explain.CLAUSES[s.clause]} | {level} | {parties} | {len(s.cases)} |"
    cases = [c for s in found for c in s.cases]
    refused = [c for c in cases if c.decision.verdict is Verdict.REFUSE]
    assert all(CONTACT in c.reply for c in refused)
    yield ""
    yield (
        f"{len(cases)} cases. Clauses of the house ({', '.join(HOUSE_CLAUSES)}) are terms of the "
        "policy that no rulebook softens.\n"
        f"In each of the {len(refused)} refusals the reply names clause, reason, mend and the "
        "contact (P5).\n"
    )


def _cast() -> Iterator[str]:
    yield "## Who is who\n"
    yield from (f"- **{name}**: {said}." for name, said in CAST.items())
    yield ""


def _chapters(found: tuple[Section, ...]) -> Iterator[str]:
    for chapter in CHAPTERS:
        yield f"## {chapter}\n"
        for s in found:
            if s.chapter == chapter:
                yield f"### {_heading(s)}\n"
                yield f"{s.opening}\n"
                for p in s.paragraphs:
                    yield f"**{p.title}**\n"
                    yield from (f"- {c.title} → {_ended(c.sentence)}" for c in p.cases)
                    yield ""


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("*") else f"{sentence}."


def _heading(s: Section) -> str:
    said = explain.CLAUSES[s.clause]
    return f"{s.clause}: {said}"


def _anchor(s: Section) -> str:
    kept = "".join(c for c in _heading(s).lower() if c.isalnum() or c in " -")
    return kept.replace(" ", "-")


if __name__ == "__main__":
    from click import echo

    echo(manual(), nl=False)
