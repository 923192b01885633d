"""CSV files as people and spreadsheets write them."""

from __future__ import annotations

import pytest

from alongside.people.importing.reading import Table, read

KNOWN = ("id", "name", "groups", "date_of_birth")


def rows(table: Table) -> list[dict[str, str]]:
    assert table.problems == ()
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\nmia,Mia\n",
        b"\xef\xbb\xbfid,name\r\nmia,Mia\r\n",
        b"id;name\r\nmia;Mia\r\n",
        b"id\tname\nmia\tMia",
        b"sep=;\r\nid;name\r\nmia;Mia\r\n",
        b"id,name\rmia,Mia\r",
        b'"id","name"\n"mia","Mia"\n',
        b" ID , Name \n mia , Mia \n",
        b"id,name,,,\nmia,Mia,,,\n,,,,\n",
        b"\n\nid,name\n\nmia,Mia\n\n",
    ],
)
def test_every_usual_way_of_writing_it_reads_the_same(content: bytes) -> None:
    assert rows(read("f.csv", content, KNOWN)) == [{"id": "mia", "name": "Mia"}]


def test_columns_stand_in_any_order_and_headings_may_have_spaces() -> None:
    table = read("f.csv", b"Date of birth,id\n2014-01-01,mia\n", KNOWN)
    assert rows(table) == [{"date_of_birth": "2014-01-01", "id": "mia"}]


def test_a_semicolon_file_may_hold_lists_in_quotes() -> None:
    table = read("f.csv", b'id;groups\nmia;"juniors;choir"\n', KNOWN)
    assert rows(table) == [{"id": "mia", "groups": "juniors;choir"}]


def test_a_short_row_has_empty_cells_at_its_end() -> None:
    assert rows(read("f.csv", b"id,name,groups\nmia\n", KNOWN)) == [
        {"id": "mia", "name": "", "groups": ""}
    ]


def test_lines_are_counted_where_rows_begin() -> None:
    table = read("f.csv", b'sep=,\nid,name\nmia,"Mia\nHart"\n\ntom,Tom\n', KNOWN)
    assert [row.line for row in table.rows] == [3, 6]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("id,name\nmia,Zoë\n".encode("latin-1"), 2, "not written in UTF-8"),
        (b"\xef\xbb\xbfid,name\n\xff,x\n", 2, "not written in UTF-8"),
        ("id,name\n".encode("utf-16"), 0, "UTF-16"),
        (b"PK\x03\x04...", 0, "a spreadsheet"),
        (b"id,name\nmia,\0\n", 2, "null character"),
        (b"", 0, "empty"),
        (b"\n,,\n", 0, "empty"),
        (b'id,name\nmia,"Mia\ntom,Tom\n', 2, "can't be read"),
        (b"id,name\nmia,Mia,extra\n", 2, "without a heading"),
        (b"id,,name\nmia,x,Mia\n", 2, "without a heading"),
        (b"id,id\nmia,tom\n", 1, "twice"),
        (b"id,nmae\nmia,Mia\n", 1, "not known"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_line_and_mend(
    content: bytes, line: int, what: str
) -> None:
    table = read("f.csv", content, KNOWN)
    (problem,) = table.problems
    assert table.rows == ()
    assert (problem.file, problem.line) == ("f.csv", line)
    assert what in problem.what
    assert problem.mend


def test_an_unknown_column_gets_a_suggestion() -> None:
    (problem,) = read("f.csv", b"id,nmae\n", KNOWN).problems
    assert problem.column == "nmae"
    assert problem.mend.startswith("did you mean `name`?")
