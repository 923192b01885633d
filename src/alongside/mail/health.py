"""``GET /health``: whether this gateway could take a message now, for load balancers and people."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime

from alongside.enforcement.house import House
from alongside.enforcement.protocols import Unavailable

_LONGEST_REQUEST = 8_192


class Health:
    """A page of one line of JSON; no addresses, no names, no counts of people."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._server: asyncio.Server | None = None
        self.started: datetime = house.clock()

    async def listen(self, host: str, port: int) -> None:
        """Raises ``OSError`` when the address can't be had."""
        self._server = await asyncio.start_server(self._answer, host, port)

    @property
    def address(self) -> tuple[str, int] | None:
        if self._server is None or not self._server.sockets:
            return None
        host, port = self._server.sockets[0].getsockname()[:2]
        return str(host), int(port)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def state(self) -> dict[str, object]:
        """``ok`` is true when mail in scope can be judged and recorded."""
        record = True
        try:
            await self._house.ledger.copy("health")
        except Unavailable:
            record = False
        register = self._house.people.confirmed
        return {
            "ok": record and register,
            "record": record,
            "register": register,
            "revision": self._house.people.current().revision,
            "mode": self._house.rulebook.mode.word,
            "rulebook": f"{self._house.rulebook.name} {self._house.rulebook.version}",
            "seconds": int((self._house.clock() - self.started).total_seconds()),
        }

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await asyncio.wait_for(reader.readuntil(b"\r\n"), 5.0)
            path = request[:_LONGEST_REQUEST].split(b" ")[1:2]
            if path == [b"/health"]:
                state = await self.state()
                status = "200 OK" if state["ok"] else "503 Service Unavailable"
            else:
                state, status = {"ok": False, "error": "only /health is here"}, "404 Not Found"
            body = json.dumps(state).encode() + b"\n"
            head = (
                f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\n"
                "Connection: close\r\n\r\n"
            )
            writer.write(head.encode("ascii") + body)
            await writer.drain()
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            return
        finally:
            writer.close()
