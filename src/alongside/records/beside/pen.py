"""Holds, the desk's words on them, the outbox, and incidents."""

from __future__ import annotations

from alongside.records.chain import canonical, commitment, instant
from alongside.records.connect import column
from alongside.records.rows import STATES

from .ask import Ask, Row, Said


def hold(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    hold = said.get("hold")
    if hold is None or len(rows) != 1:
        ask.expect(where, "its hold is missing or nobody speaks of it", not hold and not rows)
        return
    _, reference, at, expires, organisation, guarded, channel, writers, persons, *rest = rows[0]
    salt, message, erased_by, state, due, with_person, turn = rest
    restated = {
        "reference": reference,
        "at": at,
        "expires": expires,
        "organisation": organisation,
        "guarded": guarded,
        "channel": channel,
        "writers": writers,
        "persons": persons,
    }
    written = {name: column(instant(hold[name])) for name in ("at", "expires")}
    written |= {name: canonical(hold[name]) for name in ("writers", "persons")}
    same = {name: value for name, value in (hold | written).items() if name != "message"}
    ask.expect(where, "its hold doesn't say what the body says", restated == same)
    blob = None if message is None else message.encode()
    ask.promise(
        where, "the held message", ("holds", key, 0), hold["message"], salt, blob, erased_by
    )
    changes = ask.connection.execute(
        "SELECT turn, verdict, to_person, due FROM records_release WHERE hold_id=? ORDER BY turn",
        (key,),
    ).fetchall()
    whole = [change[0] for change in changes] == list(range(1, turn + 1))
    _, verdict, to_person, until = changes[-1] if changes else (0, "", "", expires)
    expected = (STATES.get(verdict, "held"), to_person, until)
    right = whole and (state, with_person, due) == expected
    ask.expect(where, "its hold is not in the state that the desk left it in", right)


def change(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    change = said.get("change")
    if change is None or len(rows) != 1:
        what = "the word on a hold is missing or nobody speaks of it"
        ask.expect(where, what, not change and not rows)
        return
    _, hold, turn, verdict, to_person, due, reference, by, at, taken = rows[0]
    restated = {"hold": hold, "turn": turn, "verdict": verdict, "to": to_person}
    restated["due"] = due
    same = restated == {**change, "due": column(instant(change["due"]))}
    same = same and (reference, by) == (said["reference"], said.get("by", ""))
    same = same and at == column(instant(said["at"]))
    ask.expect(where, "the word on a hold doesn't say what the body says", same)
    if verdict == "release" and taken is not None:
        left = ask.dispatch_state(f"release-{hold}-{turn}")
        ask.expect(where, "what was released is lost from the outbox", left is not None)


def dispatches(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    promised = {each["id"]: each for each in said.get("dispatches", [])}
    for _, name, kind, channel, position, salt, plan, state, finished in rows:
        if state == "done":
            done = ask.body(finished) if finished is not None else {}
            ended = name in done.get("finished", [])
            ask.expect(where, f"no entry says that dispatch `{name}` is finished", ended)
        each = promised.pop(name, None)
        if each is None:
            ask.expect(where, f"nobody asked for dispatch `{name}`", _is_release(ask, name))
            continue
        restated = (kind, channel, position)
        same = restated == (each["kind"], each["channel"], each["content"])
        if state != "done":
            same = same and commitment(salt, plan.encode()) == each["plan"]
        ask.expect(where, f"dispatch `{name}` was changed", same)
    for name in promised:
        ask.finds.add(where, f"dispatch `{name}` is lost from the outbox")


def _is_release(ask: Ask, name: str) -> bool:
    """Whether a gateway made this dispatch from a hold that the desk released."""
    start, _, rest = name.partition("-")
    hold, _, turn = rest.partition("-")
    if start != "release" or not (hold.isdecimal() and turn.isdecimal()):
        return False
    found = ask.connection.execute(
        "SELECT 1 FROM records_release WHERE hold_id=? AND turn=? AND verdict='release'"
        " AND taken_at IS NOT NULL",
        (int(hold), int(turn)),
    )
    return found.fetchone() is not None


def incidents(ask: Ask, where: str, key: int, said: Said, rows: list[Row]) -> None:
    incidents = said.get("incidents", [])
    ask.expect(where, "it has lost or gained incidents", len(rows) == len(incidents))
    for n, (row, promised) in enumerate(zip(rows, incidents, strict=False)):
        _, position, kind, reference, at, organisation, persons, *rest = row
        salt, detail, erased_by, closed = rest
        restated = [position, kind, reference, at, organisation, persons]
        same = restated == [
            n,
            promised["kind"],
            promised["reference"],
            column(instant(promised["at"])),
            promised["organisation"],
            canonical(promised["persons"]),
        ]
        ask.expect(where, f"incident {n} was changed", same)
        blob = None if detail is None else detail.encode()
        place = ("incidents", key, n)
        what = f"the detail of incident {n}"
        ask.promise(where, what, place, promised["detail"], salt, blob, erased_by)
        if closed is not None:
            body = ask.body(closed)
            ended = body["kind"] == "closed" and body["body"]["incident"] == [key, n]
            ask.expect(where, f"no entry says that incident {n} is closed", ended)


def stays_erased(ask: Ask, where: str, said: Said) -> None:
    parts = (("texts", "records_text", "value"), ("contents", "records_content", "raw"))
    for kind, table, value in parts:
        for place in said["body"].get(kind, []):
            row = ask.connection.execute(
                f"SELECT {value} IS NULL FROM {table} WHERE entry_id=? AND position=?", place
            ).fetchone()
            ask.expect(where, "what it says was erased is back", row == (1,))


def stays_finished(ask: Ask, where: str, names: list[str]) -> None:
    for name in names:
        state = ask.dispatch_state(name)
        right = state in (None, "done")
        ask.expect(where, f"dispatch `{name}` was finished and waits again", right)


def stays_closed(ask: Ask, where: str, key: int, said: Said) -> None:
    row = ask.connection.execute(
        "SELECT closed_id FROM records_incident WHERE entry_id=? AND position=?",
        said["body"]["incident"],
    ).fetchone()
    ask.expect(where, "the incident it closed is open again", row == (key,))
