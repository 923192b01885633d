"""``alongside decide``: explain one decision without sending anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from .errors import bad_input
from .options import actor, as_json, maybe_acting, with_database
from .output import say, say_json, table

if TYPE_CHECKING:
    from alongside.site.config import Config
    from alongside.site.explaining import Explained

CHANNELS = ("email", "text", "instant_message", "social")


@click.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="email", show_default=True)
@click.option("--from", "sender", metavar="ADDRESS", required=True, help="Who would write.")
@click.option(
    "--to", "recipients", metavar="ADDRESS", required=True, multiple=True, help="May be repeated."
)
@click.option("--urgent", is_flag=True, help="As a declared emergency.")
@click.option("--reason", default="", metavar="TEXT", help="Why a `should` can't be met.")
@maybe_acting
@as_json
@with_database
def decide(
    config: Config,
    channel: str,
    sender: str,
    recipients: tuple[str, ...],
    urgent: bool,
    reason: str,
    actor_id: str | None,
    as_json: bool,
) -> None:
    """Explain what would become of a message.

    Says by which clause, why, and what to do instead. Nothing is sent and nothing is recorded. An
    eligible officer (--as) sees all of it; anybody else sees neither who is restricted nor why
    something is held. Exit status 0 whatever the verdict.
    """
    from alongside.policy.vocabulary import Channel
    from alongside.site.explaining import Question, explain

    question = Question(
        channel=Channel(channel),
        sender=_address(channel, sender),
        recipients=tuple(_address(channel, each) for each in recipients),
        urgent=urgent,
        reason=reason,
    )
    viewer = actor(actor_id) if actor_id else None
    explained = explain(config, question, datetime.now(UTC), viewer)
    if as_json:
        say_json(explained.as_json())
    else:
        _tell(explained, config.organisation.contact)


def _address(channel: str, given: str) -> str:
    """An e-mail address, a number as the register keeps it, or the name of a profile."""
    given = given.strip()
    if channel == "email" and not (given.partition("@")[0] and given.partition("@")[2]):
        bad_input(f"`{given}` is not an e-mail address", "as in coach@charity.example")
    if channel in ("text", "instant_message") and "@" not in given:
        return _number(given)
    if not given:
        bad_input("an address is empty")
    return given


def _number(given: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(given, "GB")
    except phonenumbers.NumberParseException:
        bad_input(f"`{given}` is not a telephone number", "as in 07700 900123 or +447700900123")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _tell(explained: Explained, contact: str) -> None:
    from alongside.policy import explain as words
    from alongside.policy.vocabulary import Mode, Verdict

    decision = explained.decision
    told = explained.as_json()
    bold = click.style(told["verdict"].upper(), bold=True)
    say(f"{bold}  {told['class'].replace('_', ' ')}, mode {decision.mode.word}")
    if decision.mode is Mode.SHADOW and decision.in_scope:
        say("  nothing is done in shadow mode: it passes as it came, whatever is said here")
    if decision.verdict is Verdict.HOLD and not explained.officer:
        say(f"  {words.HELD}")
    elif not told["findings"]:
        say("  no clause has anything to say about it: it passes untouched")
    for finding in words.shown_findings(decision, officer=explained.officer):
        sentence = words.sentence(finding)
        would = f" [would {finding.told.word}]" if finding.told and not finding.verdict else ""
        say(f"  {sentence.clause} {sentence.heading}{would}")
        say(f"      {sentence.reason}")
        if sentence.fix:
            say(f"      {sentence.fix}")
    if told["exemption"]:
        say(f"  exempt: {told['exemption'].replace('_', ' ')}")
    for obligation in told["obligations"]:
        say(f"  must {_duty(obligation)}")
    if told["third_parties"]:
        say()
        rows = (
            (t["person"], t["kind"], "yes" if t["eligible"] else "no", t["why"].replace("_", " "))
            for t in told["third_parties"]
        )
        table(("third party", "kind", "eligible", "why"), rows)
    say()
    say(f"by {told['rulebook']} {told['version']}; questions: {contact}")


def _duty(obligation: dict[str, Any]) -> str:
    words = [obligation["obligation"].replace("_", " ")]
    words += [" or ".join(obligation["kinds"])] if "kinds" in obligation else []
    words += ["(all of them at once)"] if obligation.get("all_at_once") else []
    words += [f"for {obligation['service_user']}"] if "service_user" in obligation else []
    words += [obligation["why"].replace("_", " ")] if "why" in obligation else []
    words += [f"within {obligation['within_hours']} h"] if "within_hours" in obligation else []
    if "minute" in obligation:
        words.append(f"{obligation['minute'] // 60:02}:{obligation['minute'] % 60:02}")
    return " ".join(words)
