"""Appends for ever, and says of each what was acknowledged: until somebody kills it."""

from __future__ import annotations

import asyncio
import os
import sys

from alongside.enforcement.values import Bundle
from alongside.records.ledger import SqliteLedger

from .world import RAW, decided, dispatch


async def append_for_ever(path: str, run: str) -> None:
    async with SqliteLedger(path, chain="gateway/host/1") as ledger:

        async def one(worker: int) -> None:
            n = 0
            while True:
                reference = f"{run}-{worker}-{n}"
                bundle = Bundle(
                    entry=decided(reference), content=RAW, dispatches=(dispatch(reference),)
                )
                await ledger.append(bundle)
                os.write(1, f"{reference}\n".encode())
                n += 1

        await asyncio.gather(*(one(worker) for worker in range(8)))


if __name__ == "__main__":
    asyncio.run(append_for_ever(sys.argv[1], sys.argv[2]))
