"""``address.key``: whatever may reach one inbox is one address (pitfalls 3 and 6)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.policy.address import domain_of, key, without_urgent_tag

LOCAL = st.text("abcxyzABC0189.-_'éÄß", min_size=1, max_size=12)
DOMAIN = st.sampled_from(["mail.test", "Club.Example", "bücher.example", "gmail.com"])
ADDRESS = st.builds(lambda local, domain: f"{local}@{domain}", LOCAL, DOMAIN)


@given(ADDRESS)
@example("+@mail.test")
@example('"a b"@mail.test')
@example("@mail.test")
@example("x@")
def test_a_key_is_its_own_key(address):
    assert key(key(address)) == key(address)


@given(st.text(max_size=40))
def test_anything_at_all_has_a_key_and_a_domain(text):
    assert isinstance(key(text), str)
    assert isinstance(domain_of(text), str)


@given(LOCAL, DOMAIN, st.text("abc0", min_size=0, max_size=5))
def test_a_tag_and_capitals_reach_the_same_inbox(local, domain, tag):
    plain = key(f"{local}@{domain}")
    assert key(f"{local}+{tag}@{domain}") == plain
    assert key(f"{local}@{domain}".upper()) == key(f"{local}@{domain}".upper().lower())
    assert key(f"  {local}@{domain}. ") == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chloe@Family.Example", "chloe@family.example"),
        ("chloe+club@family.example", "chloe@family.example"),
        ("c.h.l.o.e@gmail.com", "chloe@googlemail.com"),
        ('"chloe"@family.example', "chloe@family.example"),
        ('"ch\\loe"@family.example', "chloe@family.example"),
        ("chloe@bücher.example", "chloe@xn--bcher-kva.example"),
        ("chloe@BÜCHER.example", "chloe@xn--bcher-kva.example"),
        ("ﬁnn@family.example", "finn@family.example"),
        ("STRASSE@family.example", "straße@family.example"),
        ("chloe@family.example.", "chloe@family.example"),
    ],
)
def test_two_spellings_of_one_address(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chloe@family.example", "chloe@families.example"),
        ("c.hloe@family.example", "chloe@family.example"),
        ("chloe@family.example", "mary@family.example"),
        ("+chloe@family.example", "+mary@family.example"),
    ],
)
def test_two_addresses(one, other):
    assert key(one) != key(other)


def test_a_number_is_its_own_key_and_has_no_domain():
    assert key("+447700900001") == "+447700900001"
    assert domain_of("+447700900001") == ""


def test_a_domain_that_can_not_be_written_otherwise_stays_as_it_is():
    assert domain_of("x@" + "ü" * 70 + ".example") == "ü" * 70 + ".example"


@pytest.mark.pitfall(33)
@pytest.mark.parametrize(
    ("written", "address", "urgent"),
    [
        ("juniors+urgent@charity.example", "juniors@charity.example", True),
        ("juniors+x+URGENT@charity.example", "juniors+x@charity.example", True),
        ("juniors+urgently@charity.example", "juniors+urgently@charity.example", False),
        ("+urgent@charity.example", "+urgent@charity.example", False),
        ("juniors@charity.example", "juniors@charity.example", False),
        ("juniors+urgent", "juniors+urgent", False),
    ],
)
def test_the_urgent_tag(written, address, urgent):
    assert without_urgent_tag(written) == (address, urgent)
