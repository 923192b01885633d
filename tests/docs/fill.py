"""Write into a how-to page what its commands print: ``python -m tests.docs.fill PAGE``.

Blocks in which ``...`` stands are compared and left as they are.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

from tools.ports import free_ports

from alongside.mail.smtp.sink import Sink

from .pages import ROOT
from .walk import REFERENCE, demonstration, go, own_organisation


def main() -> None:
    """Write into a page what its commands print."""
    page = Path(sys.argv[1])
    text = page.read_text("utf-8")

    async def sink_on(port: int) -> None:
        sink = Sink()
        await sink.listen("127.0.0.1", port)
        await asyncio.Event().wait()

    with tempfile.TemporaryDirectory() as folder:
        if "alongside up" in text and "--demo" not in text:
            (port,) = free_ports(1)
            Thread(target=asyncio.run, args=(sink_on(port),), daemon=True).start()
            walk = own_organisation(Path(folder), port)
        else:
            walk = demonstration(Path(folder))
        written, at = "", 0
        try:
            for command, printed in go(walk, text):
                keep = "..." in [line.strip() for line in command.printed]
                if keep:
                    walk.compare(command.printed, printed)
                else:
                    page_s = REFERENCE.findall("\n".join(command.printed))
                    theirs = REFERENCE.findall("\n".join(printed))
                    walk.references.update(zip(page_s, theirs, strict=False))
                    out = "\n".join(printed)
                    for said, real in walk.references.items():
                        out = out.replace(real, said)
                    written += text[at : command.start] + (out + "\n" if out else "")
                    at = command.end
                time.sleep(0.6)
        finally:
            walk.stop()
    page.write_text(written + text[at:], "utf-8")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
