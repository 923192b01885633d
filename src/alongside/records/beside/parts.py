"""The rows that restate an entry, and its detachable texts and contents."""

from __future__ import annotations

import zlib

from .ask import Ask, Row, Said


def persons(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    same = sorted([row[1], row[2]] for row in rows) == said.get("persons", [])
    ask.expect(where, "its persons are not those of the body", same)


def clauses(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    same = sorted(row[1] for row in rows) == said.get("clauses", [])
    ask.expect(where, "its clauses are not those of the body", same)


def owners(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    owners = [[n, owner] for n, part in enumerate(said.get("texts", [])) for owner in part[2]]
    same = sorted([row[1], row[2]] for row in rows) == owners
    ask.expect(where, "the owners of its texts are not those of the body", same)


def texts(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    texts = said.get("texts", [])
    ask.expect(where, "it has lost or gained texts", len(rows) == len(texts))
    for n, (row, (name, promised, _)) in enumerate(zip(rows, texts, strict=False)):
        _, position, named, salt, value, erased_by = row
        ask.finds.texts += 1
        ask.expect(where, f"text {n} has another name", (position, named) == (n, name))
        blob = value if value is None else bytes(value)
        ask.promise(where, f"text {n}", ("texts", key, n), promised, salt, blob, erased_by)


def contents(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    contents = said.get("contents", [])
    ask.expect(where, "it has lost or gained content", len(rows) == len(contents))
    for n, (row, (promised, size)) in enumerate(zip(rows, contents, strict=False)):
        _, position, long, salt, raw, erased_by, compressed = row
        ask.finds.contents += 1
        ask.expect(where, f"content {n} has another size", (position, long) == (n, size))
        what = f"content {n}"
        ask.expect(where, f"{what} is packed oddly", compressed in ((0, 1) if raw else (0,)))
        if compressed and raw is not None:
            try:
                raw = zlib.decompress(raw)
            except zlib.error:
                ask.finds.add(where, f"{what} can't be unpacked")
                continue
        ask.promise(where, what, ("contents", key, n), promised, salt, raw, erased_by)


def doubt(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    if not said.get("in_doubt"):
        ask.expect(where, "it is marked in doubt and never was", not rows)
        return
    if rows:
        same = rows[0][1] == said["reference"]
        ask.expect(where, "its doubt names another reference", same)
        return
    settled = ask.connection.execute(
        "SELECT 1 FROM records_entry WHERE reference=? AND kind='outcome'"
        " AND (id>? OR chain<>(SELECT chain FROM records_entry WHERE id=?)) LIMIT 1",
        (said["reference"], key, key),
    ).fetchone()
    ask.expect(where, "its outcome is unknown and it is not marked in doubt", bool(settled))
