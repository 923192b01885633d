"""HTML as its reader sees it, and what it shows nobody."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.html import Shown, read_html
from alongside.scan.html_shape import MOST_ATTRIBUTES, SMALL, too_costly, without_tree
from alongside.scan.message import read_message
from alongside.scan.sighting import Zone

NUMBER = "07700 900123"


@pytest.mark.parametrize(
    "markup",
    [
        "07700<b></b> 900123",
        "07700 <!-- x -->900<!-- 9 -->123",
        "<b>0</b><i>7</i><span>7</span>00&#32;9&#48;0&#x31;23",
        "07700 900<span style='display:none'>555</span>123",
        "07700 900<span style='DISPLAY : NONE !important'>555</span>123",
        "07700 900<span hidden>555</span>123",
        "07700 900<font color=white>555</font>123",
        "07700 900<span style='font-size:0'>555</span>123",
        "07700 900<i style='position:absolute;left:-9999px'>555</i>123",
        "<style>.z{color:red} .a, .y { display : none }</style>07700 900<i class='x y'>555</i>123",
        "<style>@media all { #q{visibility:hidden} }</style>07700 900<i id=q>555</i>123",
        "07700 900<script>555</script><style>x{}</style>123",
        "<bdo dir=rtl>321009 00770</bdo>",
        "07700\n   900123",
        "07700 9<wbr>00<a name=x>123</a>",
    ],
)
def test_a_number_reads_as_it_is_shown(markup):
    assert read_html(f"<p>ring {markup} now</p>").text.strip() == f"ring {NUMBER} now"


def test_blocks_break_lines_and_the_rest_does_not():
    markup = (
        "<div>a<p>b</p>c<br>d<br><br>e</div><ul><li>f<li>g</ul>"
        "<table><tr><td>h<td>i<tr><td>j</table><span>k</span>l"
    )
    assert read_html(markup).text.rstrip() == "a\nb\nc\nd\n\ne\nf\ng\nh i\nj\nkl"


def test_preformatted_text_keeps_its_lines():
    assert read_html("<pre>a  b\n c</pre>d").text.rstrip() == "a  b\n c\nd"


def test_blanks_that_do_not_break_are_kept():
    assert read_html("a&nbsp;&nbsp;b").text.rstrip() == "a\xa0\xa0b"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<a href='https://a.example/x'>here</a>", "here <https://a.example/x>"),
        ("<a href='mailto:s@a.example'>write</a>", "write <mailto:s@a.example>"),
        ("<a href='tel:+447700900123'>ring</a>", "ring <tel:+447700900123>"),
        ("<a href='mailto:s@a.example'>s@a.example</a>", "s@a.example"),
        ("<a href='https://a.example/'>a.example</a>", "a.example"),
        (
            "<a href='https://a.example'>https://b.example</a>",
            "https://b.example <https://a.example>",
        ),
        ("<a href='#top'>up</a>", "up"),
        ("<a href='javascript:x'>up</a>", "up"),
        ("<a href=' https://a.exa\nmple/x '>here</a>", "here <https://a.example/x>"),
        ("<base href='https://a.example/'><a href=x>here</a>", "here <https://a.example/x>"),
        ("<map><area href='https://a.example/x'></map>", "<https://a.example/x>"),
        ("<a href='https://a.example/x'><img alt='my page'></a>", "my page <https://a.example/x>"),
        (
            "<form action='https://a.example/x'><input value='ring'></form>",
            "ring <https://a.example/x>",
        ),
    ],
)
def test_where_links_go_stands_behind_their_words(markup, text):
    assert read_html(markup).text.strip() == text


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "font-size:0px",
        "font-size:1px",
        "opacity:0",
        "mso-hide:all",
        "max-height:0;overflow:hidden",
        "width:0px;overflow-x:hidden",
        "text-indent:-9999px",
        "color:transparent",
        "color:#fff",
        "color:#FFFFFF",
        "color: white",
        "color:rgb(255, 255, 254)",
        "color:#fefefe",
        "color:#000;background-color:black",
        "color:red;background:#ff0000",
    ],
)
def test_what_nobody_sees_is_told_apart(style):
    shown = read_html(f"<p>Hello</p><div style='{style}'>{NUMBER}</div>")
    assert shown.text.strip() == "Hello"
    assert shown.hidden == (NUMBER,)


@pytest.mark.parametrize(
    "style",
    [
        "display:block",
        "font-size:10px",
        "font-size:0.8em",
        "color:#333",
        "opacity:0.9",
        "color:white;background:navy;background-color:#000080",
        "max-height:0",
        "width:100%;overflow:hidden",
        "color:var(--x)",
        "left:-9999px",
    ],
)
def test_what_is_seen_is_not_called_hidden(style):
    shown = read_html(f"<div style='{style}'>{NUMBER}</div>")
    assert shown.text.strip() == NUMBER
    assert shown.hidden == ()


def test_colour_is_compared_with_what_is_behind_it():
    shown = read_html(
        "<table bgcolor=black><tr><td style='color:white'>a<font color='#000'>b</font>"
    )
    assert shown.text.strip() == "a"
    assert shown.hidden == ("b",)


def test_words_in_styles_titles_and_comments_for_outlook_are_hidden_text():
    shown = read_html(
        f"<style>p::before{{content:'{NUMBER}'}}</style><p title='ask me'>x</p>"
        "<!--[if mso]><p>for outlook</p><![endif]--><!-- not for anybody -->"
    )
    assert {t.strip() for t in shown.hidden} == {NUMBER, "ask me", "for outlook"}


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote>{}</blockquote>",
        "<blockquote type=cite>{}</blockquote>",
        "<div class='gmail_quote gmail_quote_container'>{}</div>",
        "<div class='x_gmail_quote'>{}</div>",
        "<div id='yahoo_quoted_123' class='yahoo_quoted'>{}</div>",
        "<div id='divRplyFwdMsg'>From: Ivy</div><div>{}</div>",
        "<div id='appendonsend'></div><hr><div>{}</div>",
        "<div class='protonmail_quote'>{}</div>",
        "<span class='gmail_quote'>{}</span>",
        "<div id='mail-editor-reference-message-container'>{}</div>",
    ],
)
def test_containers_of_quotations_are_quoted_in_a_reply(quoted):
    html = f"<div>My answer</div>{quoted.format('your ' + NUMBER)}"
    content = f"Subject: Re: x\r\nContent-Type: text/html\r\n\r\n{html}".encode()
    reading = read_message(content)
    zones = {p.zone: reading.of(p) for p in reading.pieces if not p.part}
    assert zones[Zone.BODY] == "My answer"
    assert NUMBER in zones[Zone.QUOTED]
    fresh = read_message(content.replace(b"Re: x", b"x"))
    assert not [p for p in fresh.pieces if p.zone is Zone.QUOTED]


def test_an_answer_between_two_quotations_is_the_writers():
    inner = "<blockquote>b<blockquote>c</blockquote></blockquote>"
    html = f"<blockquote>a</blockquote><p>{NUMBER}</p>{inner}d"
    shown = read_html(html)
    assert shown.text.rstrip() == f"a\n{NUMBER}\nb\nc\nd"
    assert [shown.text[a:b].strip() for a, b in shown.quoted] == ["a", "b\nc"]


def test_a_picture_in_the_html_itself_is_counted():
    assert read_html(f"<img src='data:image/png;base64,{'A' * 9000}'>").pictures == 1
    assert read_html("<img src='data:image/gif;base64,R0lG'>").pictures == 0


@pytest.mark.parametrize(
    "markup", ["", "\0", "<", "</", "<!--", "&#0;", "<svg><a href=x>", "\ud800"]
)
def test_scraps_are_read(markup):
    assert isinstance(read_html(markup), Shown)


# Hostile trees

DEEP = "<div>" * 60_000
QUOTED_ATTRIBUTES = " ".join(f"a{n}='>'" for n in range(60_000))
COSTLY = {
    "depth": DEEP + NUMBER,
    "end tags without a beginning": DEEP + "</p>" * 60_000 + NUMBER,
    "end tags that close nothing": "<div></x>" * 60_000 + NUMBER,
    "letters that are opened again": "".join(f"<b a={n}>" for n in range(20_000))
    + "<p>x" * 20_000
    + NUMBER,
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(60_000)) + ">" + NUMBER,
    "attributes behind quotes": "<div "
    + " ".join(f"a{n}='>'" for n in range(60_000))
    + ">"
    + NUMBER,
    "depth behind a comment": '<!-- <p a=" -->' + DEEP + NUMBER,
    "depth in a drawing": '<svg><![CDATA[ > <p a=" ]]></svg>' + DEEP + NUMBER,
    "tables": "<table><tr><td>" * 30_000 + NUMBER,
    "links": "<a href=x>" * 60_000 + NUMBER,
    "lists": "<ul><li>" * 40_000 + NUMBER,
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_tree_that_would_take_minutes_is_not_built(name):
    started = time.process_time()
    shown = read_html(COSTLY[name])
    assert time.process_time() - started < 1.5
    assert NUMBER in shown.text


def test_what_is_read_without_a_tree_is_said():
    content = b"Content-Type: text/html\r\n\r\n" + COSTLY["depth"].encode()
    assert [u.why for u in read_message(content).unread] == ["too_long"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a long letter</p>" * 20_000,
        "<table><tr><td>x<td>y</table>" * 8_000,
        "<div><p>x<br>y<p>z</div>" * 8_000,
        "<font color=red><b>x</b></font>" * 10_000,
        f"<img src='data:image/png;base64,{'A' * 3_000_000}'>",
    ],
)
def test_a_long_letter_is_not_too_costly(markup):
    assert not too_costly(markup)


def test_a_tag_of_too_many_attributes_is_costly():
    markup = "<p " + " ".join(f"a{n}" for n in range(MOST_ATTRIBUTES + 1)) + ">"
    assert not too_costly(markup) or len(markup) > SMALL
    assert too_costly(markup.ljust(SMALL + 1))


def test_without_a_tree_the_words_and_targets_are_read():
    markup = (
        "<p>a<b>b</b><script>no</script><br>c <a href='https://a.example'>d</a> &amp; e<!-- no -->"
    )
    assert "".join(without_tree(markup).split()) == "abc<https://a.example>d&e"


@given(st.text(alphabet="<>/!-=\"' abpdivstyl:;&#0n\n", max_size=400))
def test_any_markup_is_read_with_and_without_a_tree(markup):
    shown = read_html(markup)
    at = 0
    for start, end in shown.quoted:
        assert at <= start <= end <= len(shown.text)
        at = end
    assert all(0 <= at <= len(shown.text) for at in shown.signed)
    without_tree(markup)
    too_costly(markup.ljust(SMALL + 1, "<"))


SEEN = st.characters(codec="utf-8", exclude_categories=["Cc"])


@given(st.text(alphabet=SEEN, max_size=200))
def test_plain_words_come_through(words):
    words = " ".join(words.split())
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    assert "".join(read_html(f"<p>{escaped}</p>").text.split()) == "".join(words.split())
