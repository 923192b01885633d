"""Octets of chance: nobody gets what another got, in this process or its child."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

from alongside.enforcement.chance import Chance, octets, token


def test_each_is_given_out_once():
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: octets(16), range(4_000)))
    assert len(set(found)) == 4_000
    assert {len(each) for each in found} == {16}


def test_more_than_a_block_is_had_at_once():
    chance = Chance()
    assert len(chance.octets(10)) == 10
    assert len(set(chance.octets(100_000))) == 256


def test_a_token_is_hexadecimal():
    assert len(token(8)) == 16
    assert bytes.fromhex(token(8))


def test_a_child_does_not_repeat_its_parent():
    chance = Chance()
    chance.octets(1)
    reading, writing = os.pipe()
    child = get_context("fork").Process(target=lambda: os.write(writing, chance.octets(32)))
    child.start()
    child.join()
    assert os.read(reading, 32) != chance.octets(32)
