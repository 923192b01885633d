"""The member clubs and everybody in them: invented by a seeded generator, always the same."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .lists import CHARITY, DOMAIN, Lists

_CLUBS = (
    ("riverside", "Riverside Wheelers"),
    ("hillside", "Hillside Goalball Club"),
    ("harbour", "Harbour Para Swimming"),
    ("valley", "Valley Boccia and Bowls"),
)
_FIRST = (
    "Abel Amara Arlo Asha Bodhi Bryn Cai Carmen Cleo Dara Delia Eira Elif Emrys Esme Felix Flora "
    "Gwen Hani Harper Hugo Ines Iris Ivo Jana Jude Juno Kofi Lena Lowri Luca Maeve Malik Mina Nia "
    "Noor Olga Otis Pia Quentin Rafe Rhea Rohan Saba Sofia Tariq Tess Uma Vera Wren Xanthe Yara Zeb"
).split()
_LAST = (
    "Abbot Barrow Castell Dray Ekwe Fenn Gorse Hollis Ingle Jessop Kettle Lowe Marlow Nkemba Orde "
    "Pell Quill Rudd Sarn Tolland Umber Varley Wick Yarrow Zeller Ashby Birk Corrie Dunmore Elgar"
).split()
_TERMS = {"status": "active"}


@dataclass(slots=True)
class _Namer:
    chance: random.Random
    taken: set[str] = field(default_factory=set)

    def name(self, last: str = "") -> str:
        """A full name that nobody has yet."""
        while True:
            name = f"{self.chance.choice(_FIRST)} {last or self.chance.choice(_LAST)}"
            if name not in self.taken:
                self.taken.add(name)
                return name


def add(lists: Lists, seed: int) -> None:
    """Four clubs with some sixty people each."""
    chance = random.Random(seed)
    namer = _Namer(chance)
    for club, name in _CLUBS:
        _Club(lists, chance, namer, club, name).add()


@dataclass(slots=True)
class _Club:
    lists: Lists
    chance: random.Random
    namer: _Namer
    id: str
    name: str
    number: int = 0

    def add(self) -> None:
        welfare = f"welfare@{self.id}.{DOMAIN}"
        officer = self.worker("safeguarding_officer", "staff")
        deputy = self.worker("deputy_officer", "volunteer")
        coaches = [self.worker("", "volunteer", "juniors;teens;adults") for _ in range(6)]
        self.worker("", "trustee")
        self.lists.organisation(
            self.id,
            self.name,
            parent=CHARITY,
            domains=f"{self.id}.{DOMAIN}",
            role_address=welfare if self.id in {"riverside", "harbour"} else "",
            officers=officer,
            phones=f"01632 96013{_CLUBS.index((self.id, self.name))}",
            profiles=f"instagram:example{self.id}",
            websites=f"{self.id}-club.example",
        )
        self.lists.mailbox(welfare, "role", self.id, f"{officer};{deputy}")
        for group, title in (("juniors", "Juniors"), ("teens", "Teens"), ("adults", "Adults")):
            self.lists.group(
                f"{self.id}-{group}",
                f"{self.name}: {title}",
                organisation=self.id,
                address=f"{group}@{self.id}.{DOMAIN}",
                officers=officer,
                leads=";".join(coaches[:2]),
                senders=";".join(coaches[2:]),
            )
        for _ in range(14):
            self.family()
        for _ in range(9):
            self.adult()
        self.young_leader()

    def worker(self, roles: str, category: str, groups: str = "") -> str:
        name = self.namer.name()
        id = self.next_id()
        self.lists.worker(
            id,
            name,
            category,
            organisation=self.id,
            groups=self.groups(groups),
            roles=roles,
            email=f"{_dotted(name)}@{self.id}.{DOMAIN}",
            personal_email=f"{_dotted(name)}@mail.test" if self.chance.random() < 0.5 else "",
            personal_mobile=self.lists.mobile() if self.chance.random() < 0.5 else "",
            date_of_birth=self.lists.aged(self.chance.randrange(20, 68)),
        )
        return id

    def family(self) -> None:
        """A parent or two and their children; a third of them share one address."""
        last = self.chance.choice(_LAST)
        household = f"{self.id} {last} {self.number}".casefold()
        shared = (
            f"{last.casefold()}{self.number}@family.example" if self.chance.random() < 0.3 else ""
        )
        parents = [
            self.relative("parent", last, household, shared)
            for _ in range(self.chance.choice((1, 1, 2)))
        ]
        for _ in range(self.chance.choice((1, 1, 2))):
            age = self.chance.randrange(7, 18)
            name = self.namer.name(last)
            id = self.next_id()
            self.lists.person(
                id,
                name,
                "child" if age < 13 else "young_person",
                organisation=self.id,
                groups=self.groups("juniors" if age < 13 else "teens"),
                email=shared or f"{_dotted(name)}@family.example",
                date_of_birth=self.lists.aged(age),
                household=household,
                needs=self.chance.choice(("", "", "", "easy_read", "text")),
                mobile=self.lists.mobile() if age > 12 else "",
                **_TERMS,
            )
            for parent in parents:
                self.lists.link(id, parent, copied=self.chance.random() < 0.6)

    def adult(self) -> None:
        """An adult participant; a third chose somebody to be copied."""
        name = self.namer.name()
        id = self.next_id()
        self.lists.person(
            id,
            name,
            "adult_participant",
            organisation=self.id,
            groups=self.groups("adults"),
            email=f"{_dotted(name)}@mail.test",
            date_of_birth=self.lists.aged(self.chance.randrange(18, 75)),
            needs=self.chance.choice(("", "", "large_print", "text")),
            mobile=self.lists.mobile(),
            **_TERMS,
        )
        if self.chance.random() < 0.35:
            relationship = self.chance.choice(("carer", "advocate", "personal_assistant"))
            supporter = self.relative(relationship, "", "", "")
            self.lists.link(id, supporter, relationship, copied=True)

    def young_leader(self) -> None:
        name = self.namer.name()
        self.lists.worker(
            self.next_id(),
            name,
            "young_leader",
            organisation=self.id,
            groups=self.groups("juniors"),
            email=f"{_dotted(name)}@{self.id}.{DOMAIN}",
            date_of_birth=self.lists.aged(16),
            vetted_until="",
        )

    def relative(self, category: str, last: str, household: str, address: str) -> str:
        name = self.namer.name(last)
        id = self.next_id()
        self.lists.person(
            id,
            name,
            category,
            email=address or f"{_dotted(name)}@family.example",
            personal_mobile=self.lists.mobile() if self.chance.random() < 0.3 else "",
            household=household,
            **_TERMS,
        )
        return id

    def groups(self, names: str) -> str:
        return ";".join(f"{self.id}-{name}" for name in names.split(";") if name)

    def next_id(self) -> str:
        self.number += 1
        return f"{self.id}-{self.number:03}"


def _dotted(name: str) -> str:
    return name.casefold().replace(" ", ".")
