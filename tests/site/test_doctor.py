"""The doctor finds what is wrong, says how to mend it, and keeps quiet otherwise."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import date
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from alongside.policy.people import Contact, Group, Link, Organisation, People, Person
from alongside.policy.vocabulary import Category, Hat
from alongside.site.config import Config, load
from alongside.site.doctor import database, files, hops, names, register, relaying
from alongside.site.doctor.dns import Unanswered
from alongside.site.doctor.finding import Finding, Health
from alongside.site.doctor.spf import Answer, check

TODAY = date(2026, 11, 22)


class Zone:
    """DNS on paper."""

    def __init__(self, **records: Mapping[str, tuple[str, ...]]) -> None:
        self._records = records

    def txt(self, name: str) -> tuple[str, ...]:
        return self._records.get("txt", {}).get(name, ())

    def mx(self, name: str) -> tuple[str, ...]:
        return self._records.get("mx", {}).get(name, ())

    def addresses(self, name: str) -> tuple[str, ...]:
        return self._records.get("addresses", {}).get(name, ())


class Silent(Zone):
    def txt(self, name: str) -> tuple[str, ...]:
        raise Unanswered


def config(folder: Path, gateway: str = "", relay: str = "", more: str = "") -> Config:
    file = folder / "alongside.toml"
    file.write_text(f"""\
[organisation]
name = "Example Sports Charity"
domains = ["charity.example"]
contact = "safeguarding@charity.example"
[relay]
outbound = "smtp://mx.example"
inbound = "smtp://127.0.0.1:9"
{relay}
[gateway]
{gateway}
{more}
""")
    return load(file, {})


def bad(findings: list[Finding]) -> list[str]:
    return [f.what for f in findings if f.health is not Health.OK]


# --- open relay ----------------------------------------------------------------------------------


def test_a_gateway_for_one_program_of_this_machine_only_is_no_relay(tmp_path):
    one = 'trusted = ["127.0.0.1/32"]\n'
    assert bad(list(relaying.examine(config(tmp_path, one)))) == []


def test_a_mail_server_on_this_machine_that_passes_on_outside_mail_is_seen(tmp_path):
    (said,) = bad(list(relaying.examine(config(tmp_path))))
    assert "would be believed" in said
    vouched = 'relays_outside_mail = ["127.0.0.0/8"]\nauthserv_id = "mx.charity.example"\n'
    assert bad(list(relaying.examine(config(tmp_path, vouched)))) == []


@pytest.mark.parametrize(
    ("gateway", "said"),
    [
        ('trusted = ["198.51.100.0/24"]\n', ""),
        ('trusted = ["62.3.0.0/16"]\n', "`62.3.0.0/16` is trusted: 65536 public addresses"),
        ('listen = ["0.0.0.0:25"]\n', "it listens on every interface"),
        ('listen = ["10.0.0.1:25"]\ntrusted = ["10.0.0.0/8"]\n', "every machine in that network"),
        ('listen = ["10.0.0.1:25"]\ntrusted = ["10.0.0.2"]\n', "offers no STARTTLS"),
        ('listen = ["10.0.0.1:25"]\ntrusted = ["127.0.0.0/8"]\n', "nobody there may hand over"),
    ],
)
def test_what_would_let_strangers_send_is_seen(tmp_path, gateway, said):
    found = bad(list(relaying.examine(config(tmp_path, gateway))))
    assert any(said in each for each in found) if said else found == []


# --- files and database --------------------------------------------------------------------------


def test_a_secret_that_others_can_read_is_a_problem(tmp_path):
    (tmp_path / "var").mkdir(mode=0o700)
    users = tmp_path / "users"
    users.write_text("")
    users.chmod(0o640)
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o644)
    gateway = 'tls_certificate = "cert.pem"\ntls_key = "key.pem"\nusers_file = "users"\n'
    found = list(files.examine(config(tmp_path, gateway)))
    assert [f.mend for f in found] == [f"chmod 600 {tmp_path / 'key.pem'}"]
    (tmp_path / "key.pem").chmod(0o600)
    assert bad(list(files.examine(config(tmp_path, gateway)))) == []


def test_a_database_that_is_not_there_is_a_problem(tmp_path):
    (found,) = database.examine(config(tmp_path))
    assert found.health is Health.PROBLEM and "unable to open" in found.what


# --- next hops -----------------------------------------------------------------------------------


def test_a_next_hop_that_does_not_answer_is_a_problem(tmp_path):
    one = config(tmp_path, relay="")
    routes = [r for r in hops.routes(one) if r.host == "127.0.0.1"]
    (found,) = hops._examine(routes[0], "inbound")
    assert found.health is Health.PROBLEM
    assert "127.0.0.1:9 (inbound) does not answer: Connection refused" in found.what


# --- names ---------------------------------------------------------------------------------------


def zone(spf: str = "v=spf1 mx -all", **txt: str) -> Zone:
    return Zone(
        txt={"charity.example": (spf,)} | {k: (v,) for k, v in txt.items()},
        mx={"charity.example": ("mx.example",)},
        addresses={"mx.example": ("8.8.4.4",)},
    )


def test_unsigned_mail_is_a_problem_unless_the_next_hop_signs(tmp_path):
    found = list(names.examine(config(tmp_path), zone()))
    assert any(f.area == "DKIM" and f.health is Health.PROBLEM for f in found)
    found = list(names.examine(config(tmp_path, relay="outbound_signs = true"), zone()))
    assert bad(found) == []


@pytest.mark.parametrize("published", ["ours", "another", "none"])
def test_the_published_dkim_key_has_to_be_ours(tmp_path, published):
    key = rsa.generate_private_key(65537, 2048)
    (tmp_path / "dkim.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    ours = base64.b64encode(public).decode()
    record = {
        "ours": f"v=DKIM1; k=rsa; p={ours[:60]} {ours[60:]}",
        "another": "v=DKIM1; p=AAAA",
        "none": "",
    }[published]
    more = '[dkim]\ndomain = "charity.example"\nselector = "a"\nkey_file = "dkim.pem"\n'
    dns = zone(**({"a._domainkey.charity.example": record} if record else {}))
    found = [f for f in names.examine(config(tmp_path, more=more), dns) if f.area == "DKIM"]
    assert [f.health for f in found] == [Health.OK if published == "ours" else Health.PROBLEM]
    assert published == "ours" or ours in found[0].mend


def test_a_domain_that_does_not_let_our_host_send_is_a_problem(tmp_path):
    one = config(tmp_path, relay="outbound_signs = true")
    assert (
        "does not let 8.8.4.4 send (fail)" in bad(list(names.examine(one, zone("v=spf1 -all"))))[0]
    )
    assert "has no SPF record" in bad(list(names.examine(one, zone("hello"))))[0]


def test_both_legs_are_looked_at(tmp_path):
    one = config(tmp_path, relay='outbound_signs = true\nbounce_domain = "bounces.example"')
    found = bad(list(names.examine(one, zone())))
    assert any("bounces.example (envelope sender of copies) has no SPF record" in f for f in found)
    assert any("no mail server is named for bounces.example" in f for f in found)
    assert any("which DMARC does not count" in f for f in found)


def test_a_silent_name_server_is_no_verdict(tmp_path):
    one = config(tmp_path, relay="outbound_signs = true")
    found = list(names.examine(one, Silent()))
    assert all(f.health is not Health.PROBLEM for f in found)
    assert "no name server answered" in bad(found)[0]


@pytest.mark.parametrize(
    ("record", "answer"),
    [
        ("v=spf1 ip4:8.8.4.0/24 -all", Answer.PASS),
        ("v=spf1 ip4:8.8.8.0/24 -all", Answer.FAIL),
        ("v=spf1 a:mx.example -all", Answer.PASS),
        ("v=spf1 a:mx.example/30 ~all", Answer.PASS),
        ("v=spf1 include:other.example -all", Answer.PASS),
        ("v=spf1 include:nobody.example ?all", Answer.FAIL),
        ("v=spf1 redirect=other.example", Answer.PASS),
        ("v=spf1 -ip4:8.8.4.4 +all", Answer.FAIL),
        ("v=spf1 include:charity.example", Answer.ERROR),
        ("v=spf1 ip4:nonsense", Answer.ERROR),
        ("no spf at all", Answer.NONE),
    ],
)
def test_spf_is_read_as_receivers_read_it(record, answer):
    dns = zone(record, **{"other.example": "v=spf1 ip4:8.8.4.4 -all"})
    assert check("charity.example", ip_address("8.8.4.4"), dns) is answer


# --- third parties -------------------------------------------------------------------------------


def officer(id: str, **more: object) -> Person:
    values: dict[str, object] = {
        "id": id,
        "categories": frozenset({Category.STAFF}),
        "born": date(1980, 1, 1),
        "vetted_until": date(2027, 1, 1),
        "contacts": (
            Contact(address=f"{id}@charity.example", organisational=True, hat=Hat.WORKFORCE),
        ),
    }
    return Person(**(values | more))  # type: ignore[arg-type]


def club(*officers: Person, links: dict[str, list[Link]] | None = None) -> People:
    child = Person(id="mia", categories=frozenset({Category.CHILD}), groups=frozenset({"juniors"}))
    ids = tuple(o.id for o in officers)
    return People.of(
        persons=[child, *officers],
        links=links,
        groups=[Group(id="juniors", organisation="club", officers=ids[:1])],
        organisations=[Organisation(id="club", officers=ids[1:])],
    )


def third_parties(people: People) -> int:
    return register.independent(people, people.groups["juniors"], TODAY)


def test_two_officers_who_have_nothing_in_common_are_enough():
    people = club(officer("priya"), officer("sam"))
    assert third_parties(people) == 2
    assert bad(list(register.third_parties(people, TODAY))) == []


@pytest.mark.parametrize(
    "second",
    [
        officer("sam", vetted_until=date(2026, 11, 21)),
        officer("sam", vetted_until=None),
        officer("sam", born=date(2010, 1, 1)),
        officer("sam", household="oak"),
        officer("sam", contacts=()),
        officer("sam", contacts=(Contact(address="priya@charity.example", organisational=True),)),
        officer("sam", contacts=(Contact(address="sam@home.example"),)),
    ],
    ids=["lapsed", "unvetted", "minor", "household", "unreachable", "same inbox", "private"],
)
def test_a_second_who_would_not_do_leaves_one(second):
    people = club(officer("priya", household="oak"), second)
    assert third_parties(people) == 1
    assert "only one person could be copied" in bad(list(register.third_parties(people, TODAY)))[0]


def test_who_is_restricted_for_a_child_of_the_group_is_not_counted():
    links = {"mia": [Link(supporter="sam", restricted=True)]}
    assert third_parties(club(officer("priya"), officer("sam"), links=links)) == 1


# --- the whole -----------------------------------------------------------------------------------


def test_the_command_says_it_all_and_ends_with_one(alongside, configuration):
    told = alongside("doctor", "--offline")
    assert told.returncode == 1
    assert "PROBLEM  register: it is empty" in told.stdout
    assert "> `alongside people import people.csv`" in told.stdout
    count = re.fullmatch(r"(\d+) problems?, (\d+) warnings?", told.stdout.splitlines()[-1])
    assert count and ("1 problems" not in count[0]) and ("1 warnings" not in count[0])
    findings = json.loads(alongside("doctor", "--offline", "--json").stdout)
    assert {f["area"] for f in findings} >= {"rulebook", "database", "clock", "open relay"}
    assert set(findings[0]) == {"area", "health", "what", "mend"}
