"""The cast: a small sports club and the charity above it, the same in every test.

Read it as a list of characters. Everybody is invented; every domain is reserved for examples. The
clock stands at ``NOW``, a Sunday afternoon on which everyone is vetted, trained and agreed unless
their line says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from alongside.policy.address import key
from alongside.policy.message import Message
from alongside.policy.people import Concern, Contact, Group, Link, Mailbox, Organisation, Person
from alongside.policy.people import People as Register
from alongside.policy.vocabulary import (
    Category,
    Channel,
    Hat,
    MailboxKind,
    Relationship,
    Role,
    Standing,
)

from .casting import own, phone, served, supporter, work, workforce

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
TODAY = NOW.date()

CHARITY = "charity"
CLUB = "club"
CONFIDENTIAL = frozenset({"lado@council.example", "police.example", "helpline.example"})

# The addresses that tests speak of.
CARLA, CARLA_PRIVATE = "carla@club.example", "carla.coach@mail.test"
CARL = "carl@club.example"
CHLOE = "chloe@family.example"
MARY = "mary@family.example"
FRANK = "frank@mail.test"
OLIVIA = "olivia@charity.example"
LENA = "lena@charity.example"
DEV = "dev@charity.example"
OWEN = "owen@club.example"
YARA, YARA_PRIVATE = "yara@club.example", "yara@mail.test"
ADA = "ada@mail.test"
SAM = "sam@mail.test"
DINA, DINA_PHONE = "dina@mail.test", "+447700900014"
SID = "sid@club.example"
HOME = "home@family.example"
PAT = "pat@club.example"
PIP = "pip@mail.test"
DORA_WORK, DORA_HOME, DORA_BOTH = "dora@club.example", "dora@mail.test", "dora.both@mail.test"
NORA = "nora@club.example"
BEA, BEA_AND_GUS = "bea@mail.test", "bea.and.gus@family.example"
GUS = "gus@mail.test"
URSULA = "ursula@club.example"
OSCAR = "oscar@mail.test"
STRANGER = "stranger@mail.test"
LADO = "lado@council.example"
JUNIORS = "juniors@club.example"
PAIR = "pair@club.example"
WELFARE = "welfare@charity.example"
OFFICE = "office@club.example"
BOOKINGS = "bookings@club.example"
UNKNOWN_LOCAL = "reception@club.example"
CONCERN_THREAD = "<concern-1@charity.example>"


PERSONS: tuple[Person, ...] = (
    # Carla coaches the juniors, and has a private mailbox on her phone.
    workforce(
        "carla",
        CLUB,
        work(CARLA),
        Contact(address=CARLA_PRIVATE, hat=Hat.WORKFORCE),
        phone("+447700900001", organisational=True),
    ),
    # Carl is her colleague.
    workforce("carl", CLUB, work(CARL), phone("+447700900002", organisational=True)),
    # Chloe is fourteen. Mary is her mother and is copied; Frank, her father, is restricted.
    served(
        "chloe",
        Category.CHILD,
        own(CHLOE),
        phone("+447700900010"),
        born=date(2012, 6, 1),
        household="chloe and mary",
        groups=frozenset({"juniors", "pair"}),
    ),
    supporter(
        "mary", Category.PARENT, own(MARY), phone("+447700900011"), household="chloe and mary"
    ),
    supporter("frank", Category.PARENT, own(FRANK), phone("+447700900012")),
    # The safeguarding people: Owen at the club; Olivia, Lena and Dev at the charity above it.
    workforce(
        "owen",
        CLUB,
        work(OWEN),
        phone("+447700900003", organisational=True),
        roles=frozenset({Role.SAFEGUARDING_OFFICER}),
    ),
    workforce(
        "olivia",
        CHARITY,
        work(OLIVIA),
        phone("+447700900004", organisational=True),
        categories=frozenset({Category.STAFF}),
        roles=frozenset({Role.SAFEGUARDING_OFFICER}),
    ),
    workforce(
        "lena",
        CHARITY,
        work(LENA),
        categories=frozenset({Category.STAFF}),
        roles=frozenset({Role.SAFEGUARDING_LEAD}),
    ),
    workforce(
        "dev",
        CHARITY,
        work(DEV),
        categories=frozenset({Category.TRUSTEE}),
        roles=frozenset({Role.DEPUTY_OFFICER}),
    ),
    # Yara is sixteen and a young leader: workforce and child.
    workforce(
        "yara",
        CLUB,
        work(YARA),
        own(YARA_PRIVATE),
        categories=frozenset({Category.YOUNG_LEADER}),
        born=date(2010, 2, 2),
    ),
    # Ada is an adult participant, and chose her personal assistant Sam as her third party.
    served("ada", Category.ADULT_PARTICIPANT, own(ADA), born=date(1991, 7, 7)),
    supporter("sam", Category.PERSONAL_ASSISTANT, own(SAM)),
    # Oscar is an adult participant whose objection to a third party was approved.
    served("oscar", Category.ADULT_PARTICIPANT, own(OSCAR), born=date(1970, 1, 1), objection=True),
    # Dina is fifteen and deaf: she needs texts.
    served(
        "dina",
        Category.YOUNG_PERSON,
        own(DINA),
        phone(DINA_PHONE),
        born=date(2011, 8, 8),
        needs=frozenset({"text"}),
        groups=frozenset({"juniors"}),
    ),
    # Sid was suspended.
    workforce("sid", CLUB, work(SID), standing=Standing.SUSPENDED),
    # Finn is ten and shares the family's address with his mother Gail, who is copied.
    served(
        "finn",
        Category.CHILD,
        own(HOME),
        born=date(2016, 9, 9),
        household="finn and gail",
        groups=frozenset({"juniors"}),
    ),
    supporter("gail", Category.PARENT, own(HOME), household="finn and gail"),
    # Pat coaches, and is Pip's father.
    workforce("pat", CLUB, work(PAT), household="pat and pip"),
    served("pip", Category.CHILD, own(PIP), born=date(2013, 4, 4), household="pat and pip"),
    # Dora volunteers and takes part, with an address for each and one for both.
    workforce(
        "dora",
        CLUB,
        work(DORA_WORK),
        own(DORA_HOME),
        Contact(address=DORA_BOTH, hat=Hat.BOTH),
        categories=frozenset({Category.VOLUNTEER, Category.ADULT_PARTICIPANT}),
    ),
    # Nora coaches and may have no contact with Finn.
    workforce("nora", CLUB, work(NORA)),
    # Bea has an address of her own and one that her restricted stepfather Gus reads too.
    served("bea", Category.CHILD, own(BEA), own(BEA_AND_GUS), born=date(2012, 1, 1)),
    supporter("gus", Category.PARENT, own(GUS), own(BEA_AND_GUS)),
    # Ursula volunteers; her vetting has run out.
    workforce("ursula", CLUB, work(URSULA), vetted_until=date(2026, 11, 21)),
)

LINKS: Mapping[str, tuple[Link, ...]] = {
    "chloe": (
        Link(supporter="mary", copied=True),
        Link(supporter="frank", copied=True, restricted=True),
    ),
    "finn": (
        Link(supporter="gail", copied=True),
        Link(supporter="nora", relationship=Relationship.OTHER, restricted=True),
    ),
    "bea": (Link(supporter="gus", restricted=True),),
    "pip": (Link(supporter="pat"),),
    "ada": (Link(supporter="sam", relationship=Relationship.PERSONAL_ASSISTANT, copied=True),),
}

GROUPS: tuple[Group, ...] = (
    Group(
        id="juniors",
        name="Juniors",
        organisation=CLUB,
        addresses=(JUNIORS,),
        officers=("owen",),
        leads=("carla",),
        senders=("nora", "yara"),
    ),
    Group(
        id="pair",
        name="Just Chloe",
        organisation=CLUB,
        addresses=(PAIR,),
        officers=("owen",),
        leads=("carla",),
    ),
)

ORGANISATIONS: tuple[Organisation, ...] = (
    Organisation(
        id=CHARITY,
        name="Example Sports Charity",
        domains=("charity.example",),
        role_address=WELFARE,
        officers=("olivia",),
        leads=("lena",),
        deputies=("dev",),
    ),
    Organisation(
        id=CLUB, name="Example Club", parent=CHARITY, domains=("club.example",), officers=("owen",)
    ),
)

MAILBOXES: tuple[Mailbox, ...] = (
    Mailbox(
        address=WELFARE,
        kind=MailboxKind.ROLE,
        organisation=CHARITY,
        readers=frozenset({"olivia", "lena"}),
    ),
    Mailbox(
        address=OFFICE,
        kind=MailboxKind.SHARED,
        organisation=CLUB,
        readers=frozenset({"carl", "carla"}),
    ),
    Mailbox(address=BOOKINGS, kind=MailboxKind.AUTOMATIC, organisation=CLUB),
)

CONCERNS: Mapping[str, Concern] = {
    CONCERN_THREAD: Concern(
        id="concern-1", named=frozenset({"carl"}), people=frozenset({"olivia", "lena", "mary"})
    )
}


def people(
    *,
    without: tuple[str, ...] = (),
    links: Mapping[str, tuple[Link, ...]] = LINKS,
    groups: tuple[Group, ...] = GROUPS,
    organisations: tuple[Organisation, ...] = ORGANISATIONS,
    mailboxes: tuple[Mailbox, ...] = MAILBOXES,
    more: tuple[Person, ...] = (),
    **changed: Mapping[str, Any],
) -> Register:
    """The whole cast; ``people(carla={"vetted_until": None}, without=("owen",))`` changes it."""
    unknown = set(changed) - {p.id for p in PERSONS}
    if unknown:
        raise KeyError(f"nobody in the cast is called {sorted(unknown)}")
    kept = [replace(p, **changed.get(p.id, {})) for p in PERSONS if p.id not in without]
    return Register.of(
        persons=(*kept, *more),
        links=links,
        groups=groups,
        organisations=organisations,
        mailboxes=mailboxes,
        concerns=CONCERNS,
    )


PEOPLE = people()


def mail(from_: str, *to: str, **changes: Any) -> Message:
    """A message as a mail program sends it: the sender signs in if they are of the workforce."""
    known = [PEOPLE.persons[p] for p, _ in PEOPLE.at.get(key(from_), ())]
    whole: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "at": NOW,
        "recipients": to,
        "envelope_from": from_,
        "authors": (from_,),
        "named": to,
        "trusted": True,
        "login": from_ if any(p.workforce for p in known) else None,
        "thread": ("<message-1@club.example>",),
    }
    return Message(**(whole | changes))
