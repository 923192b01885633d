"""From a bundle to rows. Pure: both doors write exactly what stands here.

``prepare`` does all that doesn't depend on the place in the chain, so a bundle that can't be
written down fails for its own caller, before anybody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from alongside.enforcement.values import Bundle, Dispatch, Entry, Hold, Incident

from .chain import Place, canonical, commitment, detached, entry_hash, entry_id, timestamp
from .chain import salt as fresh_salt

Row = tuple[Any, ...]
STATES = {"release": "released", "refuse": "refused"}
"""What a hold is after the desk's word; after any other word it is still held."""
Moment = Callable[[datetime], Any]
"""How a door writes a time into a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The desk's word on a hold, or time's. ``turn`` counts them, from 1."""

    hold: int
    turn: int
    verdict: str
    """release, refuse, hand_over, escalate."""
    reference: str
    by: str
    due: datetime
    to_person: str = ""

    @property
    def state(self) -> str:
        """What the hold is afterwards."""
        return STATES.get(self.verdict, "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A bundle written down, but for its place. ``parts`` holds rows without their entry's key."""

    entry: Entry | None
    body: str
    parts: tuple[tuple[str, Row], ...]
    copies: tuple[Row, ...] = ()
    loose: tuple[Row, ...] = ()
    """Dispatches that leave no entry, whole rows."""
    finished: tuple[str, ...] = ()
    change: Change | None = None
    moment: Moment
    otherwise: Prepared | None = None
    """The same with an entry: where a dispatch that it finishes stands under the chain."""

    def place(self, number: int, after: Place) -> tuple[int, Place, Row]:
        """The entry's key, its place after another, and its row."""
        entry = self.entry
        if entry is None:
            raise ValueError("only a bundle with an entry has a place in the chain")
        seq = after.seq + 1
        hashed = entry_hash(after.hash, after.chain, seq, self.body)
        key = entry_id(number, seq)
        row = (
            key, after.chain, seq, self.moment(entry.at), entry.kind, entry.reference,
            entry.verdict, entry.organisation, entry.guarded, entry.sealed, self.body, after.hash,
            hashed,
        )  # fmt: skip
        return key, Place(after.chain, seq, hashed), row


def prepare(
    bundle: Bundle, moment: Moment, now: datetime, *, by: str = "", change: Change | None = None
) -> Prepared:
    """Write a bundle down.

    A bundle with incidents and no entry is given one. Without an entry, copies are stored, and
    dispatches that go with their last trace when finished (law 8: what is out of scope leaves no
    entry). Raises ``ValueError`` for what can't be written (a float or naive time in the body) and
    for a hold or content without an entry.
    """
    entry = bundle.entry or _implied(bundle, now)
    if entry is None:
        return _without_entry(bundle, moment, now)
    writer = _Writer(moment)
    said = writer.entry(entry, by)
    contents: list[bytes] = []
    if bundle.content is not None:
        contents.append(bundle.content)
    said["dispatches"] = [
        writer.dispatch(d, _position(contents, d.content, bundle.content is not None))
        for d in bundle.dispatches
    ]
    said["contents"] = [writer.content(n, raw) for n, raw in enumerate(contents)]
    if bundle.hold:
        said["hold"] = writer.hold(bundle.hold)
    said["incidents"] = [writer.incident(n, i) for n, i in enumerate(bundle.incidents)]
    said["finished"] = list(bundle.finished)
    if change:
        said["change"] = writer.change(change, entry.at)
    return Prepared(
        entry=entry,
        body=canonical({key: value for key, value in said.items() if value}),
        parts=tuple(writer.parts),
        copies=_copies(bundle, moment),
        finished=bundle.finished,
        change=change,
        moment=moment,
    )


def _without_entry(bundle: Bundle, moment: Moment, now: datetime) -> Prepared:
    if bundle.hold or bundle.content is not None:
        raise ValueError("a hold or content needs an entry that speaks of it")
    writer = _Writer(moment)
    for dispatch in bundle.dispatches:
        writer.dispatch(dispatch, None, loose=True)
    otherwise = None
    if bundle.finished:
        entry = Entry(kind="finished", at=now, reference="")
        otherwise = prepare(replace(bundle, entry=entry), moment, now)
    return Prepared(
        entry=None,
        body="",
        parts=(),
        copies=_copies(bundle, moment),
        loose=tuple((None, *row) for _, row in writer.parts),
        finished=bundle.finished,
        moment=moment,
        otherwise=otherwise,
    )


def _copies(bundle: Bundle, moment: Moment) -> tuple[Row, ...]:
    return tuple(
        (c.leg, c.fingerprint, c.reference, moment(c.at), c.person, c.address, canonical(c.serves))
        for c in bundle.copies
    )


def blob(text: str) -> bytes:
    """A personal text as bytes. What was no UTF-8 on arrival comes back as it was."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def text(stored: bytes | memoryview) -> str:
    """The personal text that ``blob`` stored."""
    return bytes(stored).decode("utf-8", "surrogateescape")


def _implied(bundle: Bundle, now: datetime) -> Entry | None:
    if bundle.hold or not bundle.incidents:
        return None
    first = bundle.incidents[0]
    persons = {(p, "about") for i in bundle.incidents for p in i.persons}
    return Entry(
        kind="exception",
        at=now,
        reference=first.reference,
        organisation=first.organisation,
        persons=tuple(sorted(persons)),
    )


def _position(contents: list[bytes], raw: bytes | None, has_original: bool) -> int | None:
    """Which content a dispatch carries; the same bytes are stored once."""
    if raw is None:
        return 0 if has_original else None
    if raw not in contents:
        contents.append(raw)
    return contents.index(raw)


class _Writer:
    """Collects the rows of one bundle and says what the body has to say of each."""

    def __init__(self, moment: Moment) -> None:
        self.parts: list[tuple[str, Row]] = []
        self._moment = moment

    def _add(self, table: str, rows: Iterable[Row]) -> None:
        self.parts.extend((table, row) for row in rows)

    def entry(self, entry: Entry, by: str) -> dict[str, Any]:
        persons = sorted(set(entry.persons))
        clauses = sorted(set(entry.clauses))
        self._add("records_person", persons)
        self._add("records_clause", ((clause,) for clause in clauses))
        texts = []
        for n, part in enumerate(entry.texts):
            salt, value = fresh_salt(), blob(part.value)
            owners = sorted(set(part.persons))
            self._add("records_text", [(n, part.name, salt, value)])
            self._add("records_text_person", ((n, owner) for owner in owners))
            texts.append([part.name, commitment(salt, value), owners])
        if entry.in_doubt_until_outcome:
            self._add("records_doubt", [(entry.reference,)])
        return {
            "kind": entry.kind,
            "at": timestamp(entry.at),
            "reference": entry.reference,
            "verdict": entry.verdict,
            "organisation": entry.organisation,
            "guarded": entry.guarded,
            "sealed": entry.sealed,
            "in_doubt": entry.in_doubt_until_outcome,
            "by": by,
            "body": entry.body,
            "persons": persons,
            "clauses": clauses,
            "texts": texts,
        }

    def content(self, position: int, raw: bytes) -> list[Any]:
        salt = fresh_salt()
        self._add("records_content", [(position, salt, raw, False, len(raw))])
        return [commitment(salt, raw), len(raw)]

    def hold(self, hold: Hold) -> dict[str, Any]:
        salt, message = fresh_salt(), detached(hold.message)
        writers, persons = sorted(set(hold.writers)), sorted(set(hold.persons))
        at, expires = self._moment(hold.at), self._moment(hold.expires)
        row = (
            hold.reference, at, expires, hold.organisation, hold.guarded, hold.channel,
            canonical(writers), canonical(persons), salt, message, "held", expires, "", 0,
        )  # fmt: skip
        self._add("records_hold", [row])
        return {
            "reference": hold.reference,
            "at": timestamp(hold.at),
            "expires": timestamp(hold.expires),
            "organisation": hold.organisation,
            "guarded": hold.guarded,
            "channel": hold.channel,
            "writers": writers,
            "persons": persons,
            "message": commitment(salt, message.encode()),
        }

    def dispatch(
        self, dispatch: Dispatch, position: int | None, *, loose: bool = False
    ) -> dict[str, Any]:
        salt, plan = fresh_salt(), detached(dispatch.plan)
        row = (
            dispatch.id, position, dispatch.reference, dispatch.channel, dispatch.kind,
            self._moment(dispatch.due), self._moment(dispatch.deadline), salt, plan,
            detached(dispatch.progress), dispatch.attempts, "waiting", "",
            dispatch.content if loose else None,
        )  # fmt: skip
        self._add("records_dispatch", [row])
        return {
            "id": dispatch.id,
            "kind": dispatch.kind,
            "channel": dispatch.channel,
            "content": position,
            "plan": commitment(salt, plan.encode()),
        }

    def incident(self, position: int, incident: Incident) -> dict[str, Any]:
        salt, detail = fresh_salt(), detached(incident.detail)
        persons = sorted(set(incident.persons))
        row = (
            position, incident.kind, incident.reference, self._moment(incident.at),
            incident.organisation, canonical(persons), salt, detail,
        )  # fmt: skip
        self._add("records_incident", [row])
        return {
            "kind": incident.kind,
            "reference": incident.reference,
            "at": timestamp(incident.at),
            "organisation": incident.organisation,
            "persons": persons,
            "detail": commitment(salt, detail.encode()),
        }

    def change(self, change: Change, at: datetime) -> dict[str, Any]:
        row = (
            change.hold, change.turn, change.reference, change.verdict, change.by,
            change.to_person, self._moment(change.due), self._moment(at),
        )  # fmt: skip
        self._add("records_release", [row])
        return {
            "hold": change.hold,
            "turn": change.turn,
            "verdict": change.verdict,
            "to": change.to_person,
            "due": timestamp(change.due),
        }
