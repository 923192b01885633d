"""The gateway between real programs: Postfix in front and behind, Dovecot as the mailboxes."""

from __future__ import annotations
