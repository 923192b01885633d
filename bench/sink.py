"""The next hop of both: a process that takes every message, forgets it, and counts.

``python -m bench.sink ADDRESS PORT`` prints ``ready``. For each line on standard input, a number,
it answers how many messages came since the last one, begins to count anew and then, once so many
came, prints the monotonic time.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import cast

import uvloop

_EXTENSIONS = (b"PIPELINING", b"SIZE 52428800", b"ENHANCEDSTATUSCODES", b"8BITMIME", b"DSN")
_HELLO = b"".join(b"250-%s\r\n" % e for e in (b"sink.example", *_EXTENSIONS)) + b"250 SMTPUTF8\r\n"
_OK, _BEGIN, _BYE = b"250 2.0.0 Ok\r\n", b"354 Go on\r\n", b"221 2.0.0 Bye\r\n"
_END = b"\r\n.\r\n"


class Counter:
    """How many messages came since it was told to count anew."""

    def __init__(self) -> None:
        self.count = 0
        self.target = 0

    def arrived(self) -> None:
        self.count += 1
        if self.count == self.target:
            tell(f"{time.monotonic():.6f}")

    def expect(self, target: int) -> None:
        tell(f"counting {self.count}")
        self.count, self.target = 0, target


class Session(asyncio.Protocol):
    """One connection. Trusts its client: both are ours."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._kept = bytearray()
        self._content = False
        self._searched = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._kept += data
        answers: list[bytes] = []
        while self._step(answers):
            pass
        if answers:
            self._transport.write(b"".join(answers))

    def _step(self, answers: list[bytes]) -> bool:
        """Take one command or one message off the front. False: the rest has not come yet."""
        kept = self._kept
        if self._content:
            end = kept.find(_END, max(0, self._searched - len(_END)))
            self._searched = len(kept)
            if end < 0:
                return False
            del kept[: end + len(_END)]
            self._content = False
            self._counter.arrived()
            answers.append(_OK)
            return bool(kept)
        end = kept.find(b"\r\n")
        if end < 0:
            return False
        verb = bytes(kept[:4]).upper()
        del kept[: end + 2]
        if verb == b"DATA":
            self._content, self._searched = True, 0
            answers.append(_BEGIN)
        elif verb == b"EHLO":
            answers.append(_HELLO)
        elif verb == b"QUIT":
            answers.append(_BYE)
            self._transport.write(b"".join(answers))
            answers.clear()
            self._transport.close()
            return False
        else:
            answers.append(_OK)
        return True


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def serve(address: str, port: int) -> None:
    """Until standard input ends."""
    loop = asyncio.get_running_loop()
    counter = Counter()
    server = await loop.create_server(lambda: Session(counter), address, port, backlog=512)
    ended = asyncio.Event()

    def told() -> None:
        line = sys.stdin.readline()
        if line:
            counter.expect(int(line))
        else:
            ended.set()

    loop.add_reader(sys.stdin, told)
    tell("ready")
    await ended.wait()
    server.close()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], int(sys.argv[2])))
