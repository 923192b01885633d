"""Taking the machine's questions to the handler, whose surprises become temporary refusals."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from . import replies
from .events import Auth, Connected, DataComplete, Mail, Question, Rcpt
from .house import House
from .replies import Reply
from .session import Session

logger = logging.getLogger("alongside.smtp.server")


async def reply_to(
    question: Question, house: House, session: Session, flush: Callable[[], None]
) -> Reply:
    """The reply to one question. ``flush`` sends what was said before: called before a long wait.

    Never raises but when cancelled.
    """
    try:
        if isinstance(question, Rcpt):
            said: Reply | None = await house.handler.on_rcpt(session, question.recipient)
            return said or replies.RECIPIENT_OK
        if isinstance(question, Mail):
            if house.stopping and session.messages:
                return replies.SHUTTING_DOWN
            session.smtputf8 = "SMTPUTF8" in question.parameters
            said = await house.handler.on_mail(session, question.sender, question.parameters)
            return said or replies.SENDER_OK
        flush()
        if isinstance(question, DataComplete):
            session.messages += 1
            said = await house.handler.on_message(session, question.envelope)
            if not isinstance(said, Reply):
                raise TypeError
            return said
        if isinstance(question, Connected):
            said = await house.handler.on_connect(session)
            return said or replies.greeting(house.terms.host)
        if isinstance(question, Auth):
            return await _log_in(question, house, session)
        # StartTls: the machine asks only where it is offered.
        return replies.READY_FOR_TLS
    except Exception as error:
        # Its words may hold addresses or worse: the client gets vague ones, the log the type.
        logger.error("%s raised %s", type(question).__name__, type(error).__name__)
        return replies.TROUBLE_HERE


async def _log_in(question: Auth, house: House, session: Session) -> Reply:
    client = session.client[0]
    if not house.throttle.may_try(client):
        return replies.LOGINS_RESTED
    try:
        name = await house.authenticate(question.username, question.password)
    except Exception as error:
        logger.error("authenticate raised %s", type(error).__name__)
        return replies.LOGIN_UNAVAILABLE
    if name:
        session.login = name
        return replies.AUTHENTICATED
    session.failed_logins += 1
    house.throttle.failed(client)
    await asyncio.sleep(house.terms.limits.login_delay * session.failed_logins)
    return replies.WRONG_LOGIN
