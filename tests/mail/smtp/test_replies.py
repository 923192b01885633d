"""Every reply is in one table, and each is sound on the wire."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alongside.mail.smtp as room
from alongside.mail.smtp import replies
from alongside.mail.smtp.replies import Reply

NAMED = {name: value for name, value in vars(replies).items() if isinstance(value, Reply)}
SOURCES = sorted(Path(room.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", NAMED)
def test_a_reply_has_the_status_of_its_class_and_plain_words(name):
    reply = NAMED[name]
    if reply.status:
        assert re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", reply.status)
        assert int(reply.status[0]) == reply.code // 100
    else:
        assert reply.code // 100 == 3, "only 3xx, greeting and hello go without (RFC 2034)"
    assert reply.text.isascii()
    assert not reply.text.endswith(".")
    assert len(reply.octets) <= 512
    assert reply.octets.endswith(b"\r\n")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_every_reply_used_is_in_the_table(source):
    tree = ast.parse(source.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "replies" and node.attr.isupper():
                assert node.attr in NAMED, f"{source.name}: {node.attr} is not in replies.py"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            made_elsewhere = node.func.id == "Reply" and source.name != "replies.py"
            assert not made_elsewhere, f"{source.name}:{node.lineno} makes a reply of its own"


def test_every_reply_in_the_table_is_used():
    text = "".join(path.read_text("utf-8") for path in SOURCES if path.name != "replies.py")
    unused = {name for name in NAMED if not re.search(rf"\b{name}\b", text)}
    assert not unused


def test_a_reply_of_several_lines_repeats_code_and_status_on_each():
    reply = Reply(550, "5.7.1", "copy the officer\nclause E3\nwrite to the group instead")
    assert reply.octets == (
        b"550-5.7.1 copy the officer\r\n"
        b"550-5.7.1 clause E3\r\n"
        b"550 5.7.1 write to the group instead\r\n"
    )


def test_a_long_text_is_wrapped_into_lines_that_a_client_must_take():
    reply = Reply(550, "5.7.1", "word " * 300)
    lines = reply.octets.split(b"\r\n")[:-1]
    assert len(lines) > 1
    assert all(len(line) <= 510 for line in lines)
    assert all(line.startswith(b"550-5.7.1 ") for line in lines[:-1])
    assert lines[-1].startswith(b"550 5.7.1 ")


def test_typographic_signs_are_written_plainly():
    reply = Reply(550, "5.7.1", "the child’s “group” – see E3")
    assert reply.octets == b'550 5.7.1 the child\'s "group" - see E3\r\n'


@given(st.integers(200, 599), st.sampled_from(["", "5.7.1"]), st.text(max_size=1_000))
def test_no_text_can_break_out_of_its_reply(code, status, text):
    octets = Reply(code, status, text).octets
    lines = octets.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\r" not in b"".join(lines)
    assert b"\n" not in b"".join(lines)
    assert all(line.startswith(f"{code}-".encode()) for line in lines[:-1])
    assert lines[-1].startswith(f"{code} ".encode())
    assert all(len(line) <= 510 for line in lines)
