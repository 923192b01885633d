"""After warming up, no pattern is left to be made by a message."""

from __future__ import annotations

from datetime import date

from alongside.scan.known import Known
from alongside.scan.reading import plain
from alongside.scan.scan import scan
from alongside.scan.warm import warm_up
from alongside.scan.wording import rows

TODAY = date(2026, 11, 22)


def test_no_list_is_read_by_a_message_after_it():
    warm_up(TODAY)
    made = rows.cache_info().misses
    everything = "Sign up to TikTok, it's our secret, what's your gamertag? My PIN is 4821, x"
    scan(plain(everything), Known(today=TODAY, youngest=0))
    assert rows.cache_info().misses == made
