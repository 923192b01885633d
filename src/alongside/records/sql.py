"""Every statement of the gateway's door, in one place.

Plain SQL that SQLite (3.35) and PostgreSQL both take, written with ``?``; the door of another
database needs its own placeholders and its own way to connect. A house test compares
``COLUMNS`` with the migrations.
"""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    "records_entry": (
        "id", "chain", "seq", "at", "kind", "reference", "verdict", "organisation", "guarded",
        "sealed", "body", "previous", "hash",
    ),
    "records_person": ("entry_id", "person", "part"),
    "records_clause": ("entry_id", "clause"),
    "records_text": ("entry_id", "position", "name", "salt", "value"),
    "records_text_person": ("entry_id", "position", "person"),
    "records_content": ("entry_id", "position", "salt", "raw", "compressed", "size"),
    "records_doubt": ("entry_id", "reference"),
    "records_hold": (
        "entry_id", "reference", "at", "expires", "organisation", "guarded", "channel", "writers",
        "persons", "salt", "message", "state", "due", "with_person", "turn",
    ),
    "records_release": (
        "entry_id", "hold_id", "turn", "reference", "verdict", "by", "to_person", "due", "at",
    ),
    "records_dispatch": (
        "entry_id", "id", "position", "reference", "channel", "kind", "due", "deadline", "salt",
        "plan", "progress", "attempts", "state", "lease_by", "raw",
    ),
    "records_incident": (
        "entry_id", "position", "kind", "reference", "at", "organisation", "persons", "salt",
        "detail",
    ),
    "records_copy": (
        "leg", "fingerprint", "reference", "at", "person", "address", "serves",
    ),
}  # fmt: skip
"""What is inserted, table by table, parents before children; an entry's key comes first."""


def insert(table: str) -> str:
    columns = COLUMNS[table]
    marks = ",".join("?" * len(columns))
    # INVARIANT: names come from COLUMNS above, never from outside.
    return f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})"


INSERTS = {table: insert(table) for table in COLUMNS}
INSERTS["records_copy"] += (
    " ON CONFLICT (leg) DO UPDATE SET at=excluded.at, reference=excluded.reference"
)

HEAD = "SELECT number, seq, hash FROM records_head WHERE chain=?"
CHAIN_HAS_ENTRIES = "SELECT 1 FROM records_entry WHERE chain=? LIMIT 1"
NEXT_NUMBER = "SELECT COALESCE(MAX(number), 0) + 1 FROM records_head"
NEW_HEAD = "INSERT INTO records_head (chain, number, seq, hash) VALUES (?, ?, 0, ?)"
MOVE_HEAD = "UPDATE records_head SET seq=?, hash=? WHERE chain=? AND seq=? AND hash=?"
HEADS = "SELECT chain, seq, hash FROM records_head ORDER BY chain"

FORGET_DOUBT = "DELETE FROM records_doubt WHERE reference=?"
FINISH = (
    "UPDATE records_dispatch SET state='done', plan='', progress='', lease_by='', lease_until=NULL,"
    " finished_id=? WHERE id=? AND state='waiting' AND entry_id IS NOT NULL"
)
FINISH_LOOSE = "DELETE FROM records_dispatch WHERE id=? AND entry_id IS NULL"
ON_RECORD = "SELECT 1 FROM records_dispatch WHERE id=? AND entry_id IS NOT NULL"
CHANGE_HOLD = (
    "UPDATE records_hold SET state=?, due=?, with_person=?, turn=?"
    " WHERE entry_id=? AND turn=? AND state='held'"
)
OVERDUE = (
    "SELECT entry_id, turn, reference, organisation, guarded, writers, persons, with_person"
    " FROM records_hold WHERE state='held' AND due<=? ORDER BY due LIMIT ?"
)

COPIES = (
    "SELECT leg, fingerprint, reference, at, person, address, serves FROM records_copy"
    " WHERE fingerprint IN (?) AND at>=? ORDER BY at"
)


def copies(fingerprints: int) -> str:
    """``COPIES`` of so many messages at once."""
    return COPIES.replace("(?)", f"({','.join('?' * fingerprints)})")


COPY = (
    "SELECT leg, fingerprint, reference, at, person, address, serves FROM records_copy WHERE leg=?"
)
KEPT = (
    "SELECT t.value, c.raw, c.compressed FROM records_entry e"
    " JOIN records_text t ON t.entry_id=e.id AND t.name='message'"
    " JOIN records_content c ON c.entry_id=e.id AND c.position=0"
    " WHERE e.reference=? AND e.kind='decided' ORDER BY e.at DESC, e.id DESC LIMIT 1"
)
IN_DOUBT = (
    "SELECT e.reference, e.at, e.chain, e.organisation, e.body"
    " FROM records_doubt d JOIN records_entry e ON e.id=d.entry_id ORDER BY e.at"
)

RELEASED = (
    "SELECT r.entry_id, r.hold_id, r.turn, r.reference, h.channel, r.at, r.by"
    " FROM records_release r JOIN records_hold h ON h.entry_id=r.hold_id"
    " WHERE r.taken_at IS NULL AND r.verdict='release' ORDER BY r.at LIMIT ?"
)
TAKE_RELEASE = "UPDATE records_release SET taken_at=? WHERE entry_id=? AND taken_at IS NULL"
RELEASE_OF = (
    "SELECT h.reference, h.message, r.by, t.value FROM records_hold h"
    " JOIN records_release r ON r.hold_id=h.entry_id AND r.verdict='release'"
    " LEFT JOIN records_text t ON t.entry_id=r.entry_id AND t.name='reason'"
    " WHERE h.entry_id=?"
)
ANYTHING_DUE = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM records_dispatch WHERE state='waiting' AND due<=?"
    " AND (lease_until IS NULL OR lease_until<=?))"
    " OR EXISTS (SELECT 1 FROM records_release WHERE taken_at IS NULL AND verdict='release')"
)
DUE = (
    "SELECT d.id, d.reference, d.channel, d.kind, d.due, d.deadline, d.plan, d.progress,"
    " d.attempts, d.entry_id, COALESCE(c.raw, d.raw), c.compressed FROM records_dispatch d"
    " LEFT JOIN records_content c ON c.entry_id=d.entry_id AND c.position=d.position"
    " WHERE d.state='waiting' AND d.due<=? AND (d.lease_until IS NULL OR d.lease_until<=?)"
    " ORDER BY d.due LIMIT ?"
)
LEASE = "UPDATE records_dispatch SET lease_by=?, lease_until=? WHERE id=?"
TAKE_BACK = (
    "UPDATE records_dispatch SET lease_by='', lease_until=NULL WHERE lease_by=? AND state='waiting'"
)
CHECKPOINT = "UPDATE records_dispatch SET progress=? WHERE id=? AND state='waiting'"
CHECKPOINT_HELD = (
    "UPDATE records_dispatch SET progress=?, lease_until=?"
    " WHERE id=? AND state='waiting' AND lease_by=?"
)
POSTPONE = (
    "UPDATE records_dispatch SET due=?, progress=?, attempts=attempts+1, lease_by='',"
    " lease_until=NULL WHERE id=? AND state='waiting' AND (lease_by=? OR ?='')"
)

COUNT = (
    "INSERT INTO records_count (day, what, key, count) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (day, what, key) DO UPDATE SET count=records_count.count+excluded.count"
)
UNKNOWN = (
    "INSERT INTO records_unknown (address, count, first, last) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (address) DO UPDATE SET count=records_unknown.count+excluded.count,"
    " last=CASE WHEN excluded.last > records_unknown.last THEN excluded.last"
    " ELSE records_unknown.last END"
)
