"""What goes on the record of a decision and its outcome: ids and enums; texts apart."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from alongside.policy.decision import Decision, Part, Route
from alongside.policy.facts import Writer
from alongside.policy.obligations import Review
from alongside.policy.vocabulary import Class, Mode, Verdict
from alongside.scan.sighting import Sighting, Type

from .chance import octets
from .codec import to_json
from .progress import Progress, Result
from .values import Answer, CopyMark, Entry, Incident, Judged, Parcel, Text, Words

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without those that are misread or misheard: reference numbers are said on the telephone."""


def new_reference() -> str:
    """A reference such as ``A7K3-9QXM``: 39 bits of chance, nothing to guess from."""
    # 128 bits for 39: no letter is likelier than another by more than one in 2^88.
    number = int.from_bytes(octets(16), "big")
    letters = ""
    for _ in range(8):
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter]
    return f"{letters[:4]}-{letters[4:]}"


def decided(judged: Judged, now: datetime) -> Entry:
    """The entry that is durable before anything leaves (law 10)."""
    parcel, decision, reference = judged.parcel, judged.decision, judged.reference
    facts = decision.facts
    message = message_text(parcel, decision)
    seen = sightings_text(judged.words, message.persons)
    body: dict[str, Any] = {
        "verdict": decision.verdict.word,
        "would_be": (decision.would_be or decision.verdict).word,
        "class": str(decision.klass),
        "mode": decision.mode.word,
        "rulebook": decision.rulebook,
        "version": decision.version,
        "facts": facts.as_json() if facts else {},
        "findings": [
            {
                "rule": f.rule,
                "clause": f.clause,
                "verdict": f.verdict.word,
                "told": f.told.word if f.told is not None else None,
                "reason": f.reason,
            }
            for f in decision.findings
        ],
        "exemptions": [[s, str(e)] for s, e in decision.exemptions],
        "left_out": list(decision.left_out),
        "service_users": list(decision.service_users),
        "writers": list(decision.writers),
        "third_parties": [
            {"person": t.person, "seat": str(t.seat), "for": t.service_user}
            for t in decision.third_parties
            if t.eligible
        ][:20],
    }
    return Entry(
        kind="decided",
        at=now,
        reference=reference,
        body=body,
        texts=(message, seen) if seen is not None else (message,),
        persons=_persons(decision),
        clauses=tuple(dict.fromkeys(f.clause for f in decision.findings)),
        verdict=decision.verdict.word,
        organisation=decision.organisation,
        guarded=decision.klass is Class.GUARDED,
        sealed=decision.klass is Class.SEALED,
        in_doubt_until_outcome=decision.verdict is Verdict.PERMIT,
    )


def message_text(parcel: Parcel, decision: Decision) -> Text:
    """Addresses, ids of the thread and the reason: personal, so apart and erasable."""
    kept = {"message": to_json(parcel.message), "parameters": dict(parcel.parameters)}
    persons = {*decision.writers, *decision.service_users}
    persons.update(p for r in decision.routes for p in r.persons)
    return Text(
        name="message",
        value=json.dumps(kept, ensure_ascii=False, sort_keys=True),
        persons=tuple(sorted(persons)),
    )


def sightings_text(words: Words, persons: tuple[str, ...]) -> Text | None:
    """What was seen in it, in its own words: personal, so apart and erasable. Never a password."""
    if not (words.sightings or words.unread):
        return None
    kept = {
        "sightings": [as_json(_without_secret(s)) for s in words.sightings],
        "unread": [{"part": u.part, "why": u.why} for u in words.unread],
    }
    return Text(
        name="sightings",
        value=json.dumps(kept, ensure_ascii=False, sort_keys=True),
        persons=persons,
    )


def _without_secret(s: Sighting) -> Sighting:
    return replace(s, text=s.understood) if s.type is Type.PASSWORD else s


def as_json(s: Sighting) -> dict[str, Any]:
    """A sighting in terms of JSON, in the order in which its keys are shown."""
    return {
        "type": str(s.type),
        "clause": s.clause,
        "start": s.start,
        "end": s.end,
        "text": s.text,
        "understood": s.understood,
        "confidence": s.confidence.word,
        "zone": str(s.zone),
        "part": s.part,
    }


def keeps_content(decision: Decision) -> bool:
    """Whether the bytes are kept: not in shadow, and not what reaches supporters only."""
    if decision.mode is Mode.SHADOW:
        return False
    facts = decision.facts
    from_service_user = facts is not None and facts.writer is Writer.SERVICE_USER
    reaches = any(r.part is Part.SERVICE_USER for r in decision.routes)
    sealed = decision.klass is Class.SEALED
    seen = facts is not None and bool(facts.sightings)
    return from_service_user or reaches or sealed or seen or decision.verdict is not Verdict.PERMIT


def outcome(
    decision: Decision, reference: str, now: datetime, progress: Progress, answer: Answer
) -> Entry:
    """What became of it: counts and codes, and who was copied."""
    said = answer.outcome
    return Entry(
        kind="outcome",
        at=now,
        reference=reference,
        body={
            "answer": answer.kind,
            "code": said.code if said else None,
            "status": said.status if said else None,
            "copies": [
                {"leg": c.leg, "person": c.person, "seat": c.seat, "serves": list(c.serves)}
                for c in progress.copies
            ],
            "accepted": len(progress.done),
            "refused": len(progress.failed),
        },
        persons=tuple(
            dict.fromkeys((c.person, "third_party") for c in progress.copies if c.person)
        ),
        organisation=decision.organisation,
        guarded=decision.klass is Class.GUARDED,
        sealed=decision.klass is Class.SEALED,
    )


def marks(
    progress: Progress, parcel: Parcel, reference: str, now: datetime
) -> tuple[CopyMark, ...]:
    """The new copies, to be remembered against retries and found again when they bounce."""
    return tuple(
        CopyMark(
            leg=c.leg,
            fingerprint=parcel.fingerprint,
            reference=reference,
            at=now,
            person=c.person,
            address=c.address,
            serves=c.serves,
        )
        for c in progress.copies
        if c.new
    )


def always_looked_at(judged: Judged) -> list[tuple[str, int]]:
    """What an officer must look at whatever becomes of the message: (why, within hours)."""
    found = [
        (o.why, o.within_hours)
        for o in judged.decision.obligations
        if isinstance(o, Review) and o.why == "secrecy"
    ]
    unsafe = any(f.reason == "unsafe_address" for f in judged.decision.findings)
    return [*found, ("unsafe_address", 24)] if unsafe else found


def incidents(
    decision: Decision,
    reference: str,
    now: datetime,
    reviews: list[tuple[str, int]],
    result: Result | None,
) -> tuple[Incident, ...]:
    """What an officer must look at. The writer is never told of these."""
    about = tuple(dict.fromkeys((*decision.writers, *decision.service_users)))

    def incident(kind: str, **detail: Any) -> Incident:
        return Incident(
            kind=kind,
            reference=reference,
            at=now,
            organisation=decision.organisation,
            persons=about,
            detail=detail,
        )

    found = [incident(why, within_hours=hours) for why, hours in reviews]
    if result is not None:
        found += [
            incident("copy_refused", person=t.person, seat=str(t.seat))
            for t in result.copies_refused
        ]
        if result.uncopied:
            found.append(incident("not_copied", service_users=list(result.uncopied)))
    return tuple(found)


def _part(person: str, route: Route) -> str:
    """As what somebody gets it; whoever shares a service user's address is not one by that."""
    if person in route.service_users:
        return str(Part.SERVICE_USER)
    return str(Part.OTHER if route.part is Part.SERVICE_USER else route.part)


def _persons(decision: Decision) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for w in decision.writers:
        found[w, "writer"] = None
    for s in decision.service_users:
        found[s, "service_user"] = None
    for r in decision.routes:
        for p in r.persons:
            found[p, _part(p, r)] = None
    for p in decision.left_out:
        found[p, "about"] = None
    return tuple(found)
