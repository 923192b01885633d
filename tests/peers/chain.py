"""What stands for a whole session: Dovecot's mailboxes, and Postfix as the how-to leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests import world
from tests.gateway.rig import CONTACT

from . import dovecot, howto, postfix, programs
from .certificates import Certificates
from .dovecot import LMTP, Mailboxes
from .postfix import SMTP, SUBMISSION, Postfix

ALONGSIDE, BACK, SINK = 2525, 10026, 10030
"""Ports of the gateway, of the way back into Postfix, and of the server that a test plays."""
LOCAL = ("charity.example", "club.example")
GONE = "gone@club.example"
"""Postfix takes mail for it; there is no such mailbox."""
FAR, FAR_WIDE = "far.example", "fär.example"
"""Mail to these domains goes on to the server that a test plays."""

_SERVICES = """\
{address}:{smtp} inet n - n - - smtpd
{address}:{submission} inet n - n - - smtpd
"""
_CHARITY = """\
virtual_mailbox_domains = {local}
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_transport = lmtp:inet:[{address}]:{lmtp}
transport_maps = inline:{{
    {{ family.example = lmtp:inet:[{address}]:{lmtp} }}
    {{ mail.test = lmtp:inet:[{address}]:{lmtp} }}
    {{ {far} = smtp:[{address}]:{sink} }}
    {{ {far_wide} = smtp:[{address}]:{sink} }} }}
smtpd_tls_security_level = may
smtpd_tls_chain_files = {certificate}
"""


def everybody() -> tuple[str, ...]:
    """All e-mail addresses of the cast, and of the strangers who write."""
    own = {c.address for p in world.PERSONS for c in p.contacts if "@" in c.address}
    more = {b.address for b in world.MAILBOXES} | {world.STRANGER, world.UNKNOWN_LOCAL, CONTACT}
    return tuple(sorted(own | more))


@dataclass(frozen=True, slots=True)
class Chain:
    """The programs before and behind the gateway; gateways come and go between them."""

    address: str
    mailboxes: Mailboxes
    postfix: Postfix
    certificates: Certificates

    def follow(self) -> None:
        """Put Postfix beside Alongside, by the page's own commands.

        Where the page's places are in a test: an address of its own, high ports, a folder.
        """
        places = {
            "/etc/postfix": str(self.postfix.etc),
            "127.0.0.1:10026": f"{self.address}:{BACK}",
            "127.0.0.1:2525": f"{self.address}:{ALONGSIDE}",
            "[127.0.0.1]:2525": f"[{self.address}]:{ALONGSIDE}",
            "'submission/inet": f"'{self.address}:{SUBMISSION}/inet",
            "'smtp/inet": f"'{self.address}:{SMTP}/inet",
        }
        self.postfix.shell(howto.script("sh", places))
        self._greeted(SMTP, SUBMISSION, BACK)

    def go_back(self) -> None:
        """Take it all back, by the page's own commands."""
        self.postfix.shell(howto.script("sh back", {"/etc/postfix": str(self.postfix.etc)}))
        self._greeted(SMTP, SUBMISSION)

    def clear(self) -> None:
        """No mail in the queue, none in the mailboxes, an empty log."""
        self.postfix.forget()
        self.mailboxes.empty()

    def _greeted(self, *ports: int) -> None:
        for port in ports:
            programs.wait_for_greeting(self.address, port, self.postfix.log)


@contextmanager
def standing() -> Iterator[Chain]:
    """Dovecot and Postfix, put beside the gateway as the page says; they end with the block."""
    address = programs.free_address()
    users = everybody()
    with programs.folder("places") as folder, dovecot.running(address, users) as mailboxes:
        known = [u for u in (*users, GONE) if u.endswith(LOCAL)]
        (folder / "mailboxes").write_text("".join(f"{u} here\n" for u in known))
        certificates = Certificates.made(folder, address)
        more = _CHARITY.format(
            local=", ".join(LOCAL),
            folder=folder,
            address=address,
            lmtp=LMTP,
            sink=SINK,
            far=FAR,
            far_wide=FAR_WIDE,
            certificate=certificates.mail,
        )
        services = _SERVICES.format(address=address, smtp=SMTP, submission=SUBMISSION)
        with postfix.running("mail.charity.example", services, more) as server:
            chain = Chain(address, mailboxes, server, certificates)
            chain.follow()
            yield chain
