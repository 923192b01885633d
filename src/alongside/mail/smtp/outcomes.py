"""What becomes of a recipient when the next hop did not say it itself, and when it did.

The codes are those that our own client may be told. Nothing here names a host or an address.
"""

from __future__ import annotations

from alongside.enforcement.values import Fate, Outcome

from .wire import Answer


def _temporary(code: int, status: str, text: str) -> Outcome:
    return Outcome(fate=Fate.TEMPORARY, code=code, status=status, text=text)


def _permanent(code: int, status: str, text: str) -> Outcome:
    return Outcome(fate=Fate.PERMANENT, code=code, status=status, text=text)


UNREACHABLE = _temporary(451, "4.4.1", "the next hop can't be reached")
UNWILLING = _temporary(451, "4.3.2", "the next hop takes no mail just now")
LOST = _temporary(451, "4.4.2", "the connection to the next hop was lost")
SLOW = _temporary(451, "4.4.2", "the next hop took too long to answer")
IN_DOUBT = _temporary(
    451, "4.4.2", "in doubt: the whole message was sent, and the next hop's answer did not come"
)
GARBLED = _temporary(451, "4.5.0", "the next hop's answer could not be understood")
BUSY = _temporary(451, "4.4.5", "all connections to the next hop are in use")
CLOSING = _temporary(451, "4.3.2", "this server is restarting")
UNVERIFIED = _temporary(454, "4.7.5", "the next hop's certificate can't be verified")
NO_TLS = _temporary(454, "4.7.4", "the next hop offers no TLS, which its route demands")
NO_LOGIN = _temporary(454, "4.7.0", "the next hop did not take our login")
NO_SECRET = _temporary(451, "4.3.5", "the secret for the next hop can't be read")
ABANDONED = _temporary(451, "4.5.0", "not sent, because another recipient was refused")
SURPRISE = _temporary(451, "4.3.0", "something went wrong here")

NEEDS_SMTPUTF8 = _permanent(553, "5.6.7", "the message needs SMTPUTF8, which is not offered there")
NEEDS_8BITMIME = _permanent(554, "5.6.1", "the message needs 8BITMIME, which is not offered there")
TOO_BIG = _permanent(552, "5.3.4", "the message is bigger than the next hop takes")
BAD_ADDRESS = _permanent(553, "5.1.3", "an address can't be written in SMTP")
BAD_PARAMETER = _permanent(501, "5.5.4", "a parameter can't be written in SMTP")
LINE_ENDS = _permanent(550, "5.6.11", "the message holds a bare CR, a bare LF or a NUL")


def of(answer: Answer) -> Outcome:
    """The next hop's own word. What is neither 2xx nor 5xx is temporary."""
    if answer.positive:
        fate = Fate.ACCEPTED
    elif answer.code >= 500:
        fate = Fate.PERMANENT
    elif answer.code >= 400:
        fate = Fate.TEMPORARY
    else:
        return GARBLED
    return Outcome(fate=fate, code=answer.code, status=answer.status, text=answer.text)


def in_doubt(outcome: Outcome) -> bool:
    """Whether the message may have been accepted although we never heard so.

    Trying again may deliver it twice; not trying may lose it.
    """
    return outcome == IN_DOUBT
