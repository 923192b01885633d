"""Numbers as people read them: thousands, shares, days and hours."""

from __future__ import annotations

from datetime import datetime, tzinfo

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(n: int) -> str:
    """``2,000``."""
    return f"{n:,}"


def counted(n: int, one: str, several: str = "") -> str:
    """``1 message``, ``2,000 messages``."""
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def share(part: int, whole: int) -> str:
    """A part in percent; nothing where there is no whole."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "under 0.1%"
    if part < whole and percent > 99.9:
        return "over 99.9%"
    return f"{percent:.1f}%" if percent < 99.95 and part else f"{percent:.0f}%"


def day(at: datetime, zone: tzinfo) -> str:
    """``3 May 2024``."""
    local = at.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def moment(at: datetime, zone: tzinfo) -> str:
    """``Fri 3 May 2024, 23:10``."""
    local = at.astimezone(zone)
    return f"{DAYS[local.weekday()]} {day(at, zone)}, {local:%H:%M}"
