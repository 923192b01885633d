"""One message as the decision point sees it: addresses and marks, never the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .vocabulary import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Everything about a message that may decide its fate.

    A channel's ``parse`` makes it. Addresses are as written, without the ``+urgent`` tag, which
    is said in ``urgent``.
    """

    channel: Channel
    at: datetime
    """When it was handed over; aware, in any zone."""
    recipients: tuple[str, ...]
    """Of the envelope."""
    envelope_from: str = ""
    """Empty for the null sender."""
    authors: tuple[str, ...] = ()
    """Of ``From``."""
    authors_readable: bool = True
    """False: ``From`` is missing, repeated or can't be read; ``authors`` holds what was found."""
    senders: tuple[str, ...] = ()
    """Of ``Sender``."""
    reply_to: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    """Of the visible recipient headers: ``To``, ``Cc`` and their ``Resent-`` forms."""
    thread: tuple[str, ...] = ()
    """Message-ID, In-Reply-To and References."""
    login: str | None = None
    """Address of the person who signed in, or whom the client certificate names."""
    trusted: bool = False
    """Handed over by login, client certificate or a trusted network, and, where that network also
    hands over outside mail, with the upstream's authentication result for a local sender."""
    urgent: bool = False
    reason: str = ""
    """Why a clause of level ``should`` could not be met, in the writer's words."""
    encrypted: bool = False
    site_can_copy: bool = True
    """Social: whether the site lets a third party be copied."""
    released_by: str = ""
    """The person who released it from a hold; it is judged again all the same."""
