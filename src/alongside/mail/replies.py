"""The line's answer in SMTP's words (RFC 5321 4.2, enhanced status codes of RFC 3463).

Every hold reads the same, whatever its cause (law 15). A refusal names the clause, the reason, the
mend and whom to ask (clause P5).
"""

from __future__ import annotations

import re

from alongside.enforcement.values import Answer, Outcome
from alongside.policy import explain
from alongside.policy.decision import Decision, Nature

from . import quoting
from .hearsay import spoken
from .smtp.replies import Reply

LOOP = Reply(554, "5.4.6", "this message goes round: it has passed here too often")
NO_RELAY = Reply(550, "5.7.1", "we take mail for this domain only, unless you sign in")

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def reply_to(answer: Answer, *, contact: str = "") -> Reply:
    """The true answer for the client. Raises ``ValueError`` for a kind that nobody knows; the
    server makes 451 of that, and nothing is lost."""
    match answer.kind:
        case "relayed":
            return Reply(250, "2.0.0", _words(answer, "delivered to the next server"))
        case "queued":
            return Reply(250, "2.0.0", f"accepted for delivery{_reference(answer)}")
        case "held":
            return Reply(250, "2.0.0", f"held for the safeguarding team{_reference(answer)}")
        case "refused":
            return Reply(550, "5.7.1", "\n".join([*_refusal(answer), _ask(answer, contact)]))
        case "uncopied":
            return Reply(550, "5.7.1", "\n".join([*_uncopied(answer), _ask(answer, contact)]))
        case "deferred":
            return _temporary(answer)
        case "failed":
            return _permanent(answer)
        case kind:
            raise ValueError(f"no reply for the answer `{kind}`")


def _refusal(answer: Answer) -> list[str]:
    judged = answer.judged
    lines: list[str] = []
    for s in explain.for_writer(judged.decision) if judged else ():
        lines.append(f"{s.clause} ({s.heading}): {s.reason}")
        lines += map(_ascii, quoting.sentences(judged, s.code)) if judged else ()
        lines.append(s.fix)
    return [
        "not sent: the online safeguarding policy does not allow it",
        *dict.fromkeys(line for line in lines if line),
    ]


def _ascii(line: str) -> str:
    """Replies are plain ASCII for whoever did not ask for more (RFC 6531 3.7.4.2)."""
    return line.replace("\u2026", "...").encode("ascii", "replace").decode()


def _uncopied(answer: Answer) -> list[str]:
    clause = _copy_clause(answer.judged.decision) if answer.judged else "G2"
    return [
        "not sent: nobody could be given the copy that the policy asks for",
        f"{clause} ({explain.CLAUSES[clause]}): {explain.REASONS['no_third_party']}",
        explain.FIXES["add_third_party"],
    ]


def _copy_clause(decision: Decision) -> str:
    copies = [f.clause for f in decision.findings if f.nature is Nature.COPY]
    return next((c for c in copies if c in explain.CLAUSES), "G2")


def _temporary(answer: Answer) -> Reply:
    outcome = answer.outcome
    if outcome is None:
        return Reply(451, "4.3.0", "not possible just now, please try again")
    status = _status(outcome, "4", "4.4.1")
    code = outcome.code if 400 <= outcome.code < 500 and outcome.code != 421 else 451
    return Reply(code, status, f"not possible just now: {_words(answer, 'please try again')}")


def _permanent(answer: Answer) -> Reply:
    outcome = answer.outcome
    if outcome is None:
        return Reply(550, "5.0.0", "the next server refused it")
    code = outcome.code if 500 <= outcome.code < 600 else 550
    return Reply(code, _status(outcome, "5", "5.0.0"), _words(answer, "the next server refused it"))


def _status(outcome: Outcome, first: str, otherwise: str) -> str:
    status = outcome.status
    return status if _STATUS.fullmatch(status) and status.startswith(first) else otherwise


def _words(answer: Answer, otherwise: str) -> str:
    if answer.outcome is None or answer.judged is None or not answer.outcome.text:
        return otherwise
    return spoken(answer.outcome, answer.judged.parcel)


def _reference(answer: Answer) -> str:
    return f", reference {answer.reference}" if answer.reference else ""


def _ask(answer: Answer, contact: str) -> str:
    where = f"questions: {contact}" if contact else "questions: the safeguarding team"
    return f"{where}{_reference(answer)}"
