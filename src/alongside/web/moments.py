"""How days, moments and ages are said: "Tuesday 4 March, 6:40 pm". Pure; local time is asked for.

Month names are ours and not the locale's, so that a page reads the same on every machine.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def local(value: datetime) -> datetime:
    """As the clock on the reader's wall says; a time without zone is taken to be local."""
    if timezone.is_naive(value):
        return timezone.make_aware(value)
    return timezone.localtime(value)


def day(value: date | datetime, today: date | None = None) -> str:
    """The year is said only where it isn't this one."""
    when = local(value).date() if isinstance(value, datetime) else value
    year = "" if when.year == (today or timezone.localdate()).year else f" {when.year}"
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}{year}"


def clock(value: datetime) -> str:
    """12:00 is a word, because nobody agrees which of the two is "12 pm"."""
    at = local(value)
    if at.minute == 0 and at.hour % 12 == 0:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def moment(value: datetime, today: date | None = None) -> str:
    return f"{day(value, today)}, {clock(value)}"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 message", "4 messages", "1,204 messages"; "no messages"."""
    if number == 1:
        return f"1 {one}"
    return f"{number:,} {many or one + 's'}" if number else f"no {many or one + 's'}"


def ago(value: datetime, now: datetime | None = None) -> str:
    """How long since, in the largest unit that says enough; what lies ahead is "in 3 hours"."""
    then = local(value)
    seconds = ((now or timezone.now()) - then).total_seconds()
    said = length(timedelta(seconds=abs(seconds)))
    if not said:
        return "just now"
    return f"{said} ago" if seconds > 0 else f"in {said}"


def length(span: timedelta) -> str:
    """Empty under a minute."""
    seconds = int(span.total_seconds())
    for size, word in (
        (365 * _DAY, "year"),
        (30 * _DAY, "month"),
        (14 * _DAY, ""),
        (_DAY, "day"),
        (_HOUR, "hour"),
        (_MINUTE, "minute"),
    ):
        if seconds >= size:
            return (
                counted(seconds // size, word) if word else counted(seconds // (7 * _DAY), "week")
            )
    return ""
