"""Law 14: the decision point and a second, plain model, written apart, say the same."""

from __future__ import annotations

import os
from random import Random

import pytest

from alongside.policy.decide import decide
from alongside.policy.rulebook_file import load
from alongside.policy.vocabulary import Mode

from .agreement import disagreement, seen
from .naive import expect
from .world import CONFIDENTIAL
from .worlds import world
from .worlds_mail import message

WORLDS = int(os.environ.get("ALONGSIDE_WORLDS", "150"))
SHARES = 8
RULEBOOK = load("online-safeguarding").with_confidential(*CONFIDENTIAL)


@pytest.mark.law("the_naive_model_agrees")
@pytest.mark.parametrize("share", range(SHARES))
def test_the_naive_model_agrees(share):
    """Random organisations and messages; ``ALONGSIDE_WORLDS`` looks at more of them."""
    for seed in range(share, WORLDS, SHARES):
        rng = Random(seed)
        people = world(rng, 3)
        for _ in range(20):
            m = message(rng, people, rng.randrange(3))
            for mode in Mode:
                d = decide(m, people, RULEBOOK.with_modes(mode))
                wrong = disagreement(m, people, d, expect(m, people, mode))
                assert wrong is None, f"seed {seed}, {mode.word}: {wrong}\n{m}\n{seen(d)}"
