"""Which copies a message of the workforce needs, as the naive model reads it."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.policy.address import key
from alongside.policy.people import Person
from alongside.policy.vocabulary import (
    Category,
    Channel,
    Exemption,
    Kind,
    MailboxKind,
    Relationship,
)

from . import naive_who as who
from .naive_case import Case
from .naive_words import Copy, Need

ANYBODY = frozenset({Kind.OFFICER, Kind.COLLEAGUE, Kind.PARENT})
OFFICER_OR_PARENT = frozenset({Kind.OFFICER, Kind.PARENT})
OFFICER = frozenset({Kind.OFFICER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Whom the message reaches: all whom it may, and those among them whom it surely does."""

    reached: frozenset[str]
    must: frozenset[str]


def automatic(case: Case) -> bool:
    """A registered automatic mailbox wrote, and neither From nor Reply-To is a person."""
    authors = [s for s in case.slots if s.where == who.FROM]
    if not authors or any(
        s.mailbox is None or s.mailbox.kind is not MailboxKind.AUTOMATIC or s.persons
        for s in authors
    ):
        return False
    people = case.people
    replies = [key(a) for a in case.message.reply_to]
    if any(k in people.at for k in replies):
        return False
    unclear = bool(case.writers) or any(
        k not in people.mailboxes or people.mailboxes[k].kind is not MailboxKind.AUTOMATIC
        for k in replies
    )
    return not unclear or case.ask.ask("automatic_person")


def copies_for(
    case: Case, needed: Needed, emergency: bool, refusals: list[str], soft_refusals: list[str]
) -> dict[str, Copy]:
    """The copy for each service user; what can't be copied is added to the refusals."""
    copies: dict[str, Copy] = {}
    message = case.message
    exempt_all = automatic(case)
    in_group = False
    if message.channel is Channel.TEXT and not emergency:
        in_group = _group_of_two(case, needed.reached)
    for s in sorted(needed.reached):
        person = case.people.persons[s]
        exemption = Exemption.AUTOMATIC_MAILBOX if exempt_all else _exemption(case, person)
        texted = message.channel is Channel.TEXT and not emergency
        if texted and not exempt_all and not in_group and "text" not in person.needs:
            soft_refusals.append("a text to one (S3)")
        if exemption is not None:
            # An emergency's copy goes down the whole ranking; the exempt need none.
            need = Need.OPTIONAL if emergency else Need.NONE
            copies[s] = _made(case, s, need, ANYBODY, exemption)
            continue
        if emergency:
            copies[s] = _made(case, s, Need.WANTED, ANYBODY)
            continue
        if message.channel is Channel.SOCIAL and not message.site_can_copy:
            # G3, a should: not met only with a recorded reason.
            if not message.reason:
                refusals.append("the site can't copy, and no reason is given (G3)")
            copies[s] = Copy(need=Need.NONE, exemption=Exemption.SHOULD_NOT_MET)
            continue
        kinds, surely = _kinds(case, person, in_group)
        if s in case.writers and case.ask.ask("to_oneself"):
            copies[s] = _made(case, s, Need.OPTIONAL, kinds)
            continue
        copies[s] = _made(case, s, Need.REQUIRED, kinds)
        if case.company(s, surely).sure:
            continue
        if not copies[s].persons and s in needed.must:
            refusals.append(f"no third party for {s} (E3, G2)")
        elif not refusals and case.ask.ask("third_party_unclear"):
            refusals.append(f"perhaps no third party for {s} (E3, G2)")
    return copies


def _made(
    case: Case, s: str, need: Need, kinds: frozenset[Kind], exemption: Exemption | None = None
) -> Copy:
    if need is Need.NONE:
        return Copy(need=need, exemption=exemption)
    whole = case.company(s, kinds)
    return Copy(need=need, exemption=exemption, persons=whole.possible, addresses=whole.addresses)


def _kinds(case: Case, s: Person, in_group: bool) -> tuple[frozenset[Kind], frozenset[Kind]]:
    """The kinds that are accepted, and those among them that surely are enough."""
    if case.message.channel is Channel.SOCIAL:
        return OFFICER, OFFICER  # G3
    if not case.writers and not case.mailbox_readers:
        return OFFICER, OFFICER  # of unknown identity: an officer must be the copy
    if any(x.where == who.FROM and x.local and not x.persons for x in case.slots):
        return ANYBODY, OFFICER  # a mailbox, or unknown but for the login
    if case.message.channel is not Channel.TEXT:
        return ANYBODY, ANYBODY  # E3, G2
    # S3: officer or parent for a group; two vetted adults satisfy a young leader's copy.
    if "text" in s.needs or Category.YOUNG_LEADER in s.categories:
        return ANYBODY, (OFFICER_OR_PARENT if in_group else ANYBODY)
    # Only teach lets a text to one without the need pass, told.
    return (OFFICER_OR_PARENT if in_group else ANYBODY), OFFICER_OR_PARENT


def _exemption(case: Case, s: Person) -> Exemption | None:
    """Own child and an adult's approved objection; nothing else exempts a person (law 1)."""
    for link in case.people.links.get(s.id, ()):
        if link.supporter not in case.writers or link.restricted:
            continue
        if link.relationship not in (Relationship.PARENT, Relationship.CARER):
            continue
        plain = (
            link.relationship is Relationship.PARENT
            and case.minor(s.id)
            and len(case.writers | case.mailbox_readers) == 1
        )
        if plain or case.ask.ask("own_child_adult"):
            return Exemption.OWN_CHILD
    if s.objection and not case.minor(s.id):
        return Exemption.OBJECTION
    return None


def _group_of_two(case: Case, reached: frozenset[str]) -> bool:
    """Two distinct service users of two distinct households (S3, pitfall 5)."""
    homes = [case.people.persons[s].household for s in reached]
    if len(set(homes) - {""}) >= 2:
        return True
    if len(set(homes) - {""}) + homes.count("") < 2:
        return False
    return case.ask.ask("unknown_household")
