"""Reading what was written, between the decision and what is done about it.

Short messages are read at once, long ones in a thread, files in a child that may not take long. An
emergency waits for no file. Where we err, nothing counts as read, and the message waits (law 11).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from alongside.policy.decide import wants_reading, with_reading
from alongside.policy.decision import Decision
from alongside.policy.facts import Seen
from alongside.policy.facts import Unread as HowMuch
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Channel, Sight, Sureness
from alongside.scan.message import read_message, with_opened
from alongside.scan.reading import Reading, plain
from alongside.scan.scan import scan
from alongside.scan.sighting import Sighting, Zone
from alongside.scan.signature import signature_key

from .known import known_for
from .learning import Learned, learned
from .opens import Opens, OpensNothing
from .values import Judged, Parcel, Words

log = logging.getLogger(__name__)

_LONG = 16 * 1024
"""Octets from which on decoding would be felt by the loop."""
_SOME = 512
"""Characters from which on looking through them would be: a sentence may have to be heard."""


async def read(judged: Judged, people: People, rulebook: Rulebook, opener: Opens) -> Judged:
    """The same message, judged with what stands in it; as it was where nobody need read it."""
    decision = judged.decision
    if not wants_reading(decision):
        return judged
    today = judged.parcel.message.at.astimezone(rulebook.zone).date()
    try:
        words = await _words(judged.parcel, decision, people, today, opener)
        note = learned(words.signature, decision.writers, people, rulebook, today)
        seen = what_counts(words.sightings, note)
        unread = HowMuch.PART if words.unread else HowMuch.NOTHING
    except Exception as error:
        # Its words may hold what somebody wrote: the log gets its type.
        log.error("reading failed: %s", type(error).__name__, extra={"reference": judged.reference})
        return replace(judged, decision=with_reading(decision, frozenset(), HowMuch.ALL, rulebook))
    new = note is Learned.ASK and any(s.zone is Zone.SIGNATURE for s in words.sightings)
    return replace(
        judged,
        decision=with_reading(decision, seen, unread, rulebook),
        words=replace(words, new_signature=new),
    )


def what_counts(sightings: Sequence[Sighting], signature: Learned) -> frozenset[Seen]:
    """What the decision point is told: the surest of each, without the words.

    Quoted words are somebody else's; a signature counts as far as it is known. What the register
    has as the writer's own counts wherever it stands.
    """
    found: dict[tuple[str, bool], Sureness] = {}
    for s in sightings:
        sure = Sureness(int(s.confidence))
        if not s.own:
            if s.zone is Zone.QUOTED or (s.zone is Zone.SIGNATURE and signature.passes):
                continue
            if s.zone is Zone.SIGNATURE and signature is Learned.ASK:
                sure = Sureness.POSSIBLE
        place = str(s.type), s.own
        found[place] = max(sure, found.get(place, sure))
    return frozenset(Seen(Sight(t), sure, own) for (t, own), sure in found.items())


async def _words(
    parcel: Parcel, decision: Decision, people: People, today: date, opener: Opens
) -> Words:
    known = known_for(decision, people, today)
    email = parcel.message.channel is Channel.EMAIL
    text = _decoded_mail if email else _decoded_text
    urgent = decision.facts is not None and decision.facts.emergency
    if len(parcel.content) < _LONG:
        reading = text(parcel.content)
    else:
        reading = await asyncio.to_thread(text, parcel.content)
    if reading.attachments:
        opened = await (OpensNothing() if urgent else opener).open(reading.attachments)
        reading = with_opened(reading, opened)
    look = partial(scan, reading, known, reply=len(parcel.message.thread) > 1)
    sightings = look() if len(reading.text) < _SOME else await asyncio.to_thread(look)
    return Words(
        sightings=sightings,
        unread=reading.unread,
        signature=signature_key(reading.signature) if reading.signature else "",
        signature_text=_shown(reading.signature),
    )


def _shown(signature: str) -> str:
    """Without the line of dashes above it, for an officer to read."""
    return "\n".join(line for line in signature.splitlines() if line.strip(" -\u2013\u2014"))


def _decoded_mail(content: bytes) -> Reading:
    return read_message(content)


def _decoded_text(content: bytes) -> Reading:
    return plain(content.decode("utf-8", "replace"))
