"""A second Postfix: a club's own server, with the gateway as its smart host."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from . import howto, postfix, programs
from .chain import ALONGSIDE, Chain
from .postfix import Postfix

PORT = 10126


@dataclass(frozen=True, slots=True)
class OtherServer:
    postfix: Postfix
    port: int = PORT

    def said(self) -> str:
        """Its log, without the line breaks of long names."""
        return self.postfix.log.read_text(errors="replace")

    async def empty(self) -> bool:
        """Whether nothing waits there, once it had a moment to tidy up."""
        for _ in range(50):
            if not await asyncio.to_thread(self.postfix.queue):
                return True
            await asyncio.sleep(0.02)
        return False


@contextmanager
def elsewhere(chain: Chain) -> Iterator[OtherServer]:
    """Started, and put in front of the gateway by the how-to's own commands."""
    services = f"{chain.address}:{PORT} inet n - n - - smtpd\n"
    with postfix.running("web.club.example", services, "smtp_tls_loglevel = 1") as server:
        places = {
            "[alongside.charity.example]:2525": f"[{chain.address}]:{ALONGSIDE}",
            "/etc/ssl/certs/ca-certificates.crt": str(chain.certificates.authority),
        }
        server.shell(howto.script("sh other-server", places))
        programs.wait_for_greeting(chain.address, PORT, server.log)
        yield OtherServer(server)
