"""The rules in the order in which they are read aloud. The order decides nothing (law 12)."""

from __future__ import annotations

from ..rule import Rule
from . import (
    better_way,
    child_writes,
    copy_email,
    copy_social,
    copy_text,
    emergency_review,
    encrypted,
    friend_request,
    gates,
    instant_message,
    move_elsewhere,
    mutual_sight,
    nobody_there,
    not_read,
    on_the_record,
    online_game,
    open_concern,
    own_mailbox,
    platform_age,
    private_details,
    private_talk,
    quiet_hours,
    restricted_together,
    secrecy,
    spoofed_writer,
    stopped_writer,
    supporters_too,
    too_young,
    two_hats,
    unreadable_writer,
    unsafe_address,
    unsafe_role_address,
)

RULES: tuple[Rule, ...] = (
    # Is the writer who they say they are?
    spoofed_writer.RULE,
    unreadable_writer.RULE,
    # Is somebody in it who must not be? These hold, and all holds look alike.
    stopped_writer.RULE,
    restricted_together.RULE,
    unsafe_address.RULE,
    unsafe_role_address.RULE,
    open_concern.RULE,
    # May this writer write to these people, in this way?
    instant_message.RULE,
    gates.RULE,
    too_young.RULE,
    two_hats.RULE,
    nobody_there.RULE,
    encrypted.RULE,
    own_mailbox.RULE,
    # What is written?
    secrecy.RULE,
    private_details.RULE,
    move_elsewhere.RULE,
    friend_request.RULE,
    online_game.RULE,
    platform_age.RULE,
    private_talk.RULE,
    not_read.RULE,
    # Who is alongside?
    copy_email.RULE,
    copy_text.RULE,
    copy_social.RULE,
    child_writes.RULE,
    supporters_too.RULE,
    # How does it arrive?
    mutual_sight.RULE,
    quiet_hours.RULE,
    # What is said besides?
    emergency_review.RULE,
    better_way.RULE,
    on_the_record.RULE,
)
