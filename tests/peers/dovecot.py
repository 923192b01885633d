"""Dovecot as the mailboxes: mail goes in by LMTP, and is read by IMAP and from the disk."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import programs

LMTP, IMAP = 10024, 10143
PASSWORD = "only for tests"
# Root's mail is nobody's: Dovecot takes no mailbox of root.
OWNER = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

_CONFIGURATION = """\
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/dovecot.log
listen = {address}
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
mail_location = maildir:~/mail
first_valid_uid = {uid}
first_valid_gid = {gid}
{rootless}
passdb {{
  driver = passwd-file
  args = {place}/users
}}
userdb {{
  driver = passwd-file
  args = {place}/users
  default_fields = uid={uid} gid={gid} home={place}/mailboxes/%u
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  {chroot}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
namespace inbox {{
  inbox = yes
}}
"""
_ROOTLESS = """\
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
"""


class Mailboxes:
    """The mailboxes of everybody in the cast, at home, at the club and at the charity."""

    def __init__(self, place: Path, address: str) -> None:
        self.place = place
        self.address = address
        self.log = place / "dovecot.log"

    def empty(self) -> None:
        """Take all mail away; a mailbox is made again when something arrives."""
        for mailbox in (self.place / "mailboxes").iterdir():
            shutil.rmtree(mailbox)

    def of(self, user: str) -> list[bytes]:
        """What IMAP shows of one INBOX, oldest first, octet by octet."""
        with imaplib.IMAP4(self.address, IMAP, timeout=20) as imap:
            imap.login(user, PASSWORD)
            imap.select("INBOX", readonly=True)
            _, (numbers,) = imap.search(None, "ALL")
            found = []
            for number in numbers.split():
                _, answer = imap.fetch(number.decode(), "(BODY.PEEK[])")
                found.append(next(part[1] for part in answer if isinstance(part, tuple)))
            return found

    def used(self) -> list[str]:
        """Whose mailbox holds mail, as the disk says."""
        return sorted({file.parent.parent.parent.name for file in self.files()})

    def files(self, user: str = "*") -> list[Path]:
        return [
            file
            for part in ("new", "cur")
            for file in (self.place / "mailboxes").glob(f"{user}/mail/{part}/*")
        ]


@contextmanager
def running(address: str, users: Iterable[str]) -> Iterator[Mailboxes]:
    """Start Dovecot with these users; end it with the block."""
    dovecot = programs.program("dovecot")
    programs.part("/usr/lib/dovecot/imap", "dovecot-imapd")
    programs.part("/usr/lib/dovecot/lmtp", "dovecot-lmtpd")
    with programs.folder("dovecot") as place:
        owner = pwd.getpwnam(OWNER)
        (place / "users").write_text("".join(f"{u}:{{PLAIN}}{PASSWORD}::::::\n" for u in users))
        (place / "mailboxes").mkdir()
        os.chown(place / "mailboxes", owner.pw_uid, owner.pw_gid)
        root = os.geteuid() == 0
        (place / "dovecot.conf").write_text(
            _CONFIGURATION.format(
                place=place,
                address=address,
                uid=owner.pw_uid,
                gid=owner.pw_gid,
                rootless="" if root else _rootless(owner),
                chroot="" if root else "chroot =",
                imap=IMAP,
                lmtp=LMTP,
            )
        )
        master = subprocess.Popen(
            [dovecot, "-F", "-c", str(place / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            for port in (LMTP, IMAP):
                programs.wait_for_greeting(address, port, place / "dovecot.log")
            yield Mailboxes(place, address)
        finally:
            master.terminate()
            master.communicate(timeout=20)


def _rootless(owner: pwd.struct_passwd) -> str:
    return _ROOTLESS.format(owner=owner.pw_name, group=grp.getgrgid(owner.pw_gid).gr_name)
