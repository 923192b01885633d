"""An SMTP client as short as can be, which takes whatever comes for an answer."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from contextlib import suppress


class Post:
    """One session; ``send`` opens it when it is not open."""

    def __init__(self, port: int, *, login: str = "", host: str = "127.0.0.1") -> None:
        self._port, self._login, self._host = port, login, host
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, sender: str, to: Sequence[str], content: bytes) -> Said:
        """Hand one message over. Recipients that are refused are left out."""
        said = Said()
        try:
            await self._open()
            await self._ask(f"MAIL FROM:<{sender}>")
            for address in to:
                code, text = await self._ask(f"RCPT TO:<{address}>")
                said.recipients[address] = code
                said.code, said.text = code, text
            if not any(code == 250 for code in said.recipients.values()):
                await self._ask("RSET")
                return said
            code, text = await self._ask("DATA")
            if code == 354:
                code, text = await self._ask(_stuffed(content) + ".", raw=True)
            said.code, said.text = code, text
        except (OSError, EOFError, ValueError):
            said.code, said.text = 0, "no answer"
        if not 200 <= said.code < 600 or said.code == 421:
            await self.leave()
        return said

    async def leave(self) -> None:
        if self._streams is not None:
            streams, self._streams = self._streams, None
            streams[1].close()
            with suppress(OSError):
                await streams[1].wait_closed()

    async def _open(self) -> None:
        if self._streams is not None:
            return
        self._streams = await asyncio.open_connection(
            "127.0.0.1", self._port, local_addr=(self._host, 0)
        )
        await self._answer()
        await self._ask("EHLO client.example")
        if self._login:
            word = base64.b64encode(f"\0{self._login}\0secret".encode()).decode()
            code, text = await self._ask(f"AUTH PLAIN {word}")
            if code != 235:
                raise ValueError(text)

    async def _ask(self, line: str, *, raw: bool = False) -> tuple[int, str]:
        assert self._streams is not None
        encoded = line.encode("latin-1") if raw else line.encode()
        self._streams[1].write(encoded + b"\r\n")
        return await self._answer()

    async def _answer(self) -> tuple[int, str]:
        assert self._streams is not None
        lines = []
        while True:
            line = (await self._streams[0].readline()).decode()
            if not line:
                raise EOFError
            lines.append(line[4:].strip())
            if line[3:4] != "-":
                return int(line[:3]), "\n".join(lines)


class Said:
    """What the gateway said: to each recipient, and at last; code 0 where it said nothing."""

    def __init__(self) -> None:
        self.code = 0
        self.text = ""
        self.recipients: dict[str, int] = {}

    @property
    def taken(self) -> bool:
        return self.code == 250


def _stuffed(content: bytes) -> str:
    return content.decode("latin-1").replace("\r\n.", "\r\n..")


async def post(port: int, sender: str, *to: str, content: bytes) -> Said:
    """One message in a session of its own."""
    session = Post(port)
    try:
        return await session.send(sender, to, content)
    finally:
        await session.leave()
