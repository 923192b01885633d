"""One message over one connection (RFC 5321 3.3, RFC 2920)."""

from __future__ import annotations

from alongside.enforcement.values import Outcome

from . import outcomes
from .letter import Letter
from .peer import Peer, Trouble
from .route import Timeouts
from .wire import Answer

_AT_ONCE = 64 * 1024
"""Octets of a message that go out together with the final dot."""
_PIECE = 256 * 1024


async def deliver(
    peer: Peer, letter: Letter, timeouts: Timeouts, *, all_or_nothing: bool = False
) -> list[Outcome]:
    """Offer the letter; one outcome for each of its recipients, in their order.

    Raises ``Trouble`` when the connection broke off before any of the message was sent, so that
    another connection may be tried. After that, trouble is in the outcomes.
    """
    commands = letter.commands(peer)
    count = len(commands) - 1
    # With all or nothing, DATA waits until each of several recipients was accepted.
    early = peer.offers("PIPELINING") and not (all_or_nothing and count > 1)
    peer.dirty = True
    answers = await _say(peer, commands, early, timeouts)
    results = [outcomes.of(answer) for answer in answers[1 : count + 1]]
    sender_taken = answers[0].positive
    if not sender_taken:
        results = [outcomes.of(answers[0])] * count
    taken = [sender_taken and result.accepted for result in results]
    if not any(taken) or (all_or_nothing and not all(taken)):
        await _call_off(peer, answers, count, early, timeouts)
        return [outcomes.ABANDONED if result.accepted else result for result in results]
    go_ahead = answers[-1] if early else (await _say(peer, [b"DATA\r\n"], False, timeouts))[0]
    if go_ahead.code == 354:
        final = await _send_content(peer, letter.body, timeouts)
    else:
        final = outcomes.GARBLED if go_ahead.code < 400 else outcomes.of(go_ahead)
    return [
        final if was_taken else result for was_taken, result in zip(taken, results, strict=True)
    ]


async def _say(peer: Peer, commands: list[bytes], early: bool, timeouts: Timeouts) -> list[Answer]:
    if peer.offers("PIPELINING"):
        wanted = len(commands) + early
        peer.write(b"".join(commands) + (b"DATA\r\n" if early else b""))
        answers = await peer.answers(wanted, timeouts.command)
    else:
        wanted = len(commands)
        answers = []
        for command in commands:
            peer.write(command)
            answers += await peer.answers(1, timeouts.command)
            if answers[-1].code == 421 or not answers[0].positive:
                break
    for answer in answers:
        if answer.code == 421:
            peer.break_off(outcomes.UNWILLING)
            raise Trouble(outcomes.of(answer))
    if len(answers) < wanted and answers[0].positive:
        raise Trouble(peer.trouble or outcomes.LOST)
    return answers


async def _call_off(
    peer: Peer, answers: list[Answer], count: int, early: bool, timeouts: Timeouts
) -> None:
    """End the transaction with nothing sent. Trouble now changes no outcome."""
    try:
        if not early or answers[-1].code != 354:
            if (await peer.ask("RSET", timeouts.command)).positive:
                peer.dirty = False
        elif any(answer.positive for answer in answers[1 : count + 1]):
            # A refused sender, accepted recipients and 354: a dot would send an empty message.
            peer.break_off(outcomes.GARBLED)
        else:
            peer.write(b".\r\n")
            await peer.answers(1, timeouts.final)
    except Trouble:
        return


async def _send_content(peer: Peer, body: bytes, timeouts: Timeouts) -> Outcome:
    if len(body) <= _AT_ONCE:
        peer.write(body, b".\r\n")
    else:
        # Piece by piece, the dot only after all was taken: what breaks before is not in doubt.
        view = memoryview(body)
        for start in range(0, len(body), _PIECE):
            peer.write(view[start : start + _PIECE])
            try:
                await peer.written(timeouts.content)
            except Trouble as trouble:
                return _early_word(peer) or trouble.outcome
            if early_word := _early_word(peer):
                return early_word
        peer.write(b".\r\n")
    try:
        answer = (await peer.answers(1, timeouts.final))[0]
    except Trouble:
        return outcomes.IN_DOUBT
    if answer.code == 421:
        peer.break_off(outcomes.UNWILLING)
    elif 300 <= answer.code < 400:
        peer.break_off(outcomes.GARBLED)
        return outcomes.IN_DOUBT
    else:
        peer.dirty = False
    peer.messages += 1
    return outcomes.of(answer)


def _early_word(peer: Peer) -> Outcome | None:
    """What the next hop said before it had the whole message: never an acceptance."""
    answer = peer.early_answer()
    if answer is None:
        return None
    peer.break_off(outcomes.GARBLED)
    return outcomes.of(answer) if answer.code >= 400 else outcomes.GARBLED
