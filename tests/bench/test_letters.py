"""What the load generator sends."""

from __future__ import annotations

import pytest
from bench.letters import letter, letters
from bench.prose import KNOWN
from bench.relaying import SIZES

from alongside.scan.message import read_message
from alongside.scan.scan import scan

TEXT = "Thanks for coming.\n\n" + "Everyone swam well and the tea was hot. " * 30


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_has_its_size_and_hides_nothing_from_the_reader(size: int) -> None:
    made = letter("coach@club.example", "child@home.example", size, TEXT)
    content = (made.head + b"0123456789" + made.tail).removesuffix(b".\r\n")
    assert abs(len(content) - size) < size / 100
    read = read_message(content)
    assert read.unread == ()
    assert " ".join(TEXT.split()) in " ".join(read.text.split())
    assert not scan(read, KNOWN)


def test_texts_are_taken_in_turn() -> None:
    pairs = [(f"{n}@club.example", "child@home.example") for n in range(3)]
    tails = [made.tail for made in letters(pairs, SIZES[0], ["One.", "Two."])]
    assert tails[0] == tails[2] != tails[1]


def test_what_does_not_fit_is_not_cut() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        letter("coach@club.example", "child@home.example", 1_000, TEXT)
