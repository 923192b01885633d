"""The named cast, whose ids and addresses the documentation uses. Everybody is invented."""

from __future__ import annotations

from .lists import CHARITY, DOMAIN, Lists


def work(name: str) -> str:
    return f"{name}@{DOMAIN}"


ADDRESSES = {
    "sam": work("sam.okoro"),
    "ruth": work("ruth.bellamy"),
    "dev": work("dev.malik"),
    "priya": work("priya.nair"),
    "grace": work("grace.lund"),
    "mia": "mia.hart@family.example",
    "jo": "jo.hart@family.example",
    "dan": "dan.hart@mail.test",
    "tom": "reeds@family.example",
    "anna": "reeds@family.example",
    "lily": "reeds@family.example",
    "leo": "leo.banks@mail.test",
    "alan": "alan.moss@mail.test",
    "beth": "beth.moss@family.example",
    "nadia": "nadia.rahman@mail.test",
    "kai": work("kai.turner"),
    "farah": "farah.aziz@mail.test",
    "colin": "farah.aziz@mail.test",
    "isla": "isla.boyd@family.example",
    "greg": work("greg.pike"),
    "helen": work("helen.shaw"),
    "ben": "ben.shaw@family.example",
    "neil": work("neil.frost"),
    "owen": work("owen.pryce"),
    "zara": work("zara.quinn"),
    "yusuf": work("yusuf.demir"),
    "ada": work("ada.finch"),
    "juniors": work("juniors"),
    "teens": work("teens"),
    "adults": work("adults"),
    "tandem": work("tandem"),
    "safeguarding": work("safeguarding"),
    "office": work("office"),
    "bookings": work("bookings"),
}
"""Id -> the address that documentation and tests write to. Groups and mailboxes by their name."""

_ACTIVE = {"status": "active"}


def add(lists: Lists) -> None:
    """The charity itself and its cast."""
    lists.organisation(
        CHARITY,
        "Example Sports Charity",
        domains=DOMAIN,
        role_address=ADDRESSES["safeguarding"],
        officers="sam",
        leads="ruth",
        phones="01632 960120;01632 960121",
        profiles="instagram:examplesportscharity;https://www.facebook.com/examplesportscharity",
        websites="https://www.sportsforall.example/",
    )
    _office(lists)
    _coaches(lists)
    _families(lists)
    _adults(lists)
    _groups(lists)


def _office(lists: Lists) -> None:
    at = {"organisation": CHARITY}
    lists.worker(
        "sam",
        "Sam Okoro",
        "staff",
        roles="safeguarding_officer",
        email=ADDRESSES["sam"],
        mobile=lists.mobile(),
        **at,
    )
    lists.worker(
        "ruth", "Ruth Bellamy", "staff", roles="safeguarding_lead", email=ADDRESSES["ruth"], **at
    )
    lists.worker(
        "dev", "Dev Malik", "volunteer", roles="deputy_officer", email=ADDRESSES["dev"], **at
    )
    lists.worker("ada", "Ada Finch", "staff", roles="administrator", email=ADDRESSES["ada"], **at)
    lists.worker(
        "carys", "Carys Hale", "staff", roles="communications", email=work("carys.hale"), **at
    )
    lists.worker("miles", "Miles Ferro", "staff", roles="manager", email=work("miles.ferro"), **at)
    lists.worker("margot", "Margot Cole", "trustee", email=work("margot.cole"), **at)
    lists.worker("idris", "Idris Venn", "federation_member", email=work("idris.venn"), **at)
    lists.person("paula", "Paula Grey", "professional", email="paula.grey@mail.test", **at)


def _coaches(lists: Lists) -> None:
    at = {"organisation": CHARITY, "groups": "juniors"}
    lists.worker(
        "priya",
        "Priya Nair",
        "volunteer",
        email=ADDRESSES["priya"],
        personal_email="priya.nair@mail.test",
        personal_mobile=lists.mobile(),
        organisation=CHARITY,
        groups="juniors;tandem",
    )
    lists.worker("grace", "Grace Lund", "staff", email=ADDRESSES["grace"], **at)
    lists.worker("greg", "Greg Pike", "volunteer", email=ADDRESSES["greg"], **at)
    lists.worker(
        "helen", "Helen Shaw", "volunteer;parent", email=ADDRESSES["helen"], household="shaw", **at
    )
    lists.worker(
        "neil", "Neil Frost", "volunteer", email=ADDRESSES["neil"], **{**at, "status": "suspended"}
    )
    lists.worker(
        "owen",
        "Owen Pryce",
        "volunteer",
        email=ADDRESSES["owen"],
        **{**at, "trained_until": lists.in_years(-1)},
    )
    lists.worker(
        "zara", "Zara Quinn", "volunteer", email=ADDRESSES["zara"], **{**at, "agreed_on": ""}
    )
    lists.worker(
        "petra", "Petra Lang", "volunteer", email=work("petra.lang"), **{**at, "status": "left"}
    )
    lists.worker(
        "kai",
        "Kai Turner",
        "young_leader",
        email=ADDRESSES["kai"],
        organisation=CHARITY,
        groups="teens",
        date_of_birth=lists.aged(17),
        vetted_until="",
    )


def _families(lists: Lists) -> None:
    young = {"organisation": CHARITY, "groups": "juniors", "status": "active"}
    lists.person(
        "mia",
        "Mia Hart",
        "child",
        email=ADDRESSES["mia"],
        date_of_birth=lists.aged(12),
        household="hart",
        **{**young, "groups": "juniors;tandem"},
    )
    lists.person("jo", "Jo Hart", "parent", email=ADDRESSES["jo"], household="hart", **_ACTIVE)
    lists.person("dan", "Dan Hart", "parent", email=ADDRESSES["dan"], household="dan", **_ACTIVE)
    lists.link("mia", "jo", copied=True)
    lists.link("mia", "dan", restricted="No-contact order of the family court")
    for id, name, age in (("tom", "Tom Reed", 10), ("lily", "Lily Reed", 13)):
        lists.person(
            id,
            name,
            "child",
            email=ADDRESSES[id],
            date_of_birth=lists.aged(age),
            household="reed",
            **young,
        )
        lists.link(id, "anna", copied=True)
    lists.person(
        "anna", "Anna Reed", "parent", email=ADDRESSES["anna"], household="reed", **_ACTIVE
    )
    lists.person(
        "leo",
        "Leo Banks",
        "young_person",
        email=ADDRESSES["leo"],
        mobile=lists.mobile(),
        date_of_birth=lists.aged(16),
        household="banks",
        **{**young, "groups": "teens"},
    )
    lists.person(
        "rosa", "Rosa Banks", "carer", email="rosa.banks@family.example", household="banks"
    )
    lists.link("leo", "rosa", "carer", copied=True)
    lists.person(
        "isla",
        "Isla Boyd",
        "child",
        email=ADDRESSES["isla"],
        date_of_birth=lists.aged(11),
        household="boyd",
        **young,
    )
    lists.link("isla", "greg", "other", restricted="Concern under review; no contact")
    lists.person(
        "ben",
        "Ben Shaw",
        "child",
        email=ADDRESSES["ben"],
        date_of_birth=lists.aged(9),
        household="shaw",
        **young,
    )
    lists.link("ben", "helen", copied=True)
    lists.person("robin", "Robin Ash", "child", email="robin.ash@family.example", **young)
    lists.person(
        "sky",
        "Sky Ellery",
        "young_person",
        email="sky.ellery@family.example",
        **{**young, "groups": "teens"},
    )
    lists.person(
        "noah",
        "Noah Kerr",
        "child",
        email="kerrs@family.example",
        date_of_birth=lists.aged(12),
        household="kerr",
        **young,
    )
    lists.person(
        "karl", "Karl Kerr", "parent", email="kerrs@family.example", household="kerr", **_ACTIVE
    )
    lists.link("noah", "karl", restricted="Contact through the social worker only")


def _adults(lists: Lists) -> None:
    grown = {"organisation": CHARITY, "groups": "adults", "status": "active"}
    lists.person(
        "alan",
        "Alan Moss",
        "adult_participant",
        email=ADDRESSES["alan"],
        date_of_birth=lists.aged(44),
        household="alan moss",
        **grown,
    )
    lists.person(
        "beth", "Beth Moss", "advocate", email=ADDRESSES["beth"], household="beth moss", **_ACTIVE
    )
    lists.link("alan", "beth", "advocate", copied=True)
    lists.person(
        "nadia",
        "Nadia Rahman",
        "adult_participant",
        email=ADDRESSES["nadia"],
        mobile=lists.mobile(),
        needs="text",
        date_of_birth=lists.aged(27),
        **grown,
    )
    lists.person(
        "farah",
        "Farah Aziz",
        "adult_participant",
        email=ADDRESSES["farah"],
        needs="large_print",
        date_of_birth=lists.aged(52),
        **grown,
    )
    lists.person("colin", "Colin Webb", "personal_assistant", email=ADDRESSES["colin"], **_ACTIVE)
    lists.link("farah", "colin", "personal_assistant")
    lists.worker(
        "yusuf",
        "Yusuf Demir",
        "volunteer;adult_participant",
        email=ADDRESSES["yusuf"],
        personal_email="yusuf.demir@mail.test",
        **grown,
    )
    lists.person(
        "edith", "Edith Crane", "adult_participant", email="edith.crane@mail.test", **grown
    )


def _groups(lists: Lists) -> None:
    at = {"organisation": CHARITY, "officers": "sam"}
    lists.group(
        "juniors",
        "Juniors",
        address=ADDRESSES["juniors"],
        leads="priya;grace",
        senders="helen;owen;zara;greg;neil",
        **at,
    )
    lists.group(
        "teens", "Teens", address=ADDRESSES["teens"], leads="grace", senders="priya;kai", **at
    )
    lists.group("adults", "Adults", address=ADDRESSES["adults"], leads="grace;yusuf", **at)
    lists.group("tandem", "Tandem cycling", address=ADDRESSES["tandem"], leads="priya", **at)
    lists.mailbox(ADDRESSES["safeguarding"], "role", CHARITY, "sam;ruth;dev")
    lists.mailbox(ADDRESSES["office"], "shared", CHARITY, "ada;grace")
    lists.mailbox(work("payroll"), "shared", CHARITY, "ada")
    lists.mailbox(ADDRESSES["bookings"], "automatic", CHARITY)
