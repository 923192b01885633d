"""Pages for people who are no technicians can be read by an eleven-year-old; pages keep to form."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from alongside.mail import letters
from alongside.mail.smtp import replies as protocol
from alongside.people.importing.columns import FORMS
from alongside.policy import explain
from alongside.policy.rulebook import CLAUSES

from .pages import PAGES, ROOT, prose

DOCS = ROOT / "docs"
HIGHEST = 8.0
LAY = [
    DOCS / "how-to" / "decide-holds.md",
    DOCS / "how-to" / "emergency.md",
    DOCS / "how-to" / "restrictions.md",
    DOCS / "explanation" / "desk.md",
    DOCS / "explanation" / "laws.md",
    DOCS / "explanation" / "limits.md",
    DOCS / "explanation" / "modes.md",
    DOCS / "explanation" / "restricted-people.md",
]
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Groups of vowels, without a silent ``e`` at the end."""
    low = word.lower()
    count = len(_VOWELS.findall(low))
    if low.endswith(("e", "ed", "es")) and not low.endswith(("le", "ted", "ded", "ses", "ces")):
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: eight is what a reader of twelve or thirteen manages."""
    sentences = [s for s in re.split(r"[.!?:;]+(?:\s|$)|\n\s*\n", text) if re.search(r"\w", s)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    spoken = sum(syllables(w) for w in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def test_the_grade_tells_easy_from_hard():
    easy = "The cat sat on the mat. It was warm. The dog came in and barked."
    hard = (
        "Notwithstanding organisational responsibilities concerning confidentiality, "
        "representatives facilitating communication necessitate comprehensive documentation."
    )
    assert grade(easy) < 3 < 15 < grade(hard)
    assert [syllables(w) for w in ("mail", "message", "safeguarding", "held", "policy")] == [
        1,
        2,
        4,
        1,
        3,
    ]


@pytest.mark.parametrize("page", LAY, ids=lambda p: p.stem)
def test_lay_pages_are_easy_to_read(page):
    assert grade(prose(page.read_text("utf-8"))) <= HIGHEST


def _letters() -> dict[str, str]:
    at = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    to, ref = "coach@charity.example", "A7K3-9QXM"
    said = [
        explain.Sentence(
            clause="A1",
            heading=explain.CLAUSES["A1"],
            reason=explain.REASONS["not_agreed"],
            fix=explain.FIXES["agree_to_the_policy"],
        )
    ]
    made = [
        letters.held(to=to, reference=ref, at=at),
        letters.released(to=to, reference=ref, at=at),
        letters.hold_refused(to=to, reference=ref, at=at),
        letters.refused(said, to=to, reference=ref, at=at),
        letters.overdue(to=to, reference=ref, at=at, waiting_hours=72),
        letters.alarm(to=to, reference=ref, at=at),
        letters.copies_begin(to=to, reference=ref, at=at),
    ]
    return {letter.kind: "\n\n".join(letter.paragraphs) for letter in made}


@pytest.mark.parametrize(("kind", "text"), _letters().items())
def test_letters_are_easy_to_read(kind, text):
    assert grade(text) <= HIGHEST


def test_reasons_and_fixes_are_easy_to_read():
    assert grade("\n\n".join([*explain.REASONS.values(), *explain.FIXES.values()])) <= HIGHEST


def test_the_readme_is_one_screen():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.parent.name == "decisions"], ids=lambda p: p.stem[:4]
)
def test_every_decision_has_its_four_parts(page):
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.stem[:4]}. ")
    assert "**Status**" in text
    for part in ("## Context", "## Decision", "## Consequences"):
        assert f"\n{part}\n" in text


def test_decisions_are_numbered_without_gaps():
    numbers = [int(p.stem[:4]) for p in PAGES if p.parent.name == "decisions"]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_reply_stands_in_the_reference():
    text = (DOCS / "reference" / "replies.md").read_text("utf-8")
    ours = [r for r in vars(protocol).values() if isinstance(r, protocol.Reply) and r.code >= 400]
    missing = [r for r in ours if f"| {r.code} {r.status} | `{r.text}` |" not in text]
    assert missing == []
    said = (ROOT / "src/alongside/mail/replies.py").read_text("utf-8")
    for words in re.findall(
        r'"((?:not sent|held for|accepted for|this message|we take)[^"{]+)', said
    ):
        assert words.strip() in text, words


def test_every_column_stands_in_the_reference():
    text = (DOCS / "reference" / "csv.md").read_text("utf-8")
    parts = dict(zip(FORMS, re.split(r"^## \w+\.csv$", text, flags=re.MULTILINE)[1:], strict=True))
    wrong = []
    for kind, form in FORMS.items():
        listed = re.findall(r"^\| `(\w+)` \|", parts[kind], re.MULTILINE)
        if listed != list(form.columns):
            wrong.append((kind, listed, list(form.columns)))
    assert wrong == []


def test_every_clause_of_a_rulebook_and_its_floor_are_explained():
    text = (DOCS / "reference" / "rulebook.md").read_text("utf-8")
    from alongside.policy.floors import FLOORS

    for clause, floor in FLOORS.items():
        assert re.search(rf"^\| [^|]*\b{clause}\b[^|]*\| {floor.level} \|", text, re.MULTILINE)
    assert set(FLOORS) <= set(CLAUSES)


def test_the_glossary_is_in_order_and_says_each_word_once():
    text = (DOCS / "glossary.md").read_text("utf-8")
    words = re.findall(r"^\| ([a-z][a-z -]+) \|", text, re.MULTILINE)[1:]
    assert words == sorted(words) and len(set(words)) == len(words)
    assert len(words) >= 60
