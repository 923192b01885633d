"""Random messages about one organisation of a random world, biased to be interesting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta, timezone
from random import Random
from typing import Any

from alongside.policy.message import Message
from alongside.policy.people import People, Person
from alongside.policy.vocabulary import Channel, ContactKind, Standing

from .world import NOW

_KIND = {
    Channel.EMAIL: ContactKind.EMAIL,
    Channel.TEXT: ContactKind.PHONE,
    Channel.SOCIAL: ContactKind.PROFILE,
    Channel.INSTANT_MESSAGE: ContactKind.PROFILE,
}
_CONFIDENTIAL = ("lado@council.example", "desk@police.example", "a@helpline.example")
_last: list[tuple[People, dict[int, list[str]]]] = []


def inhabitants(people: People, index: int) -> list[Person]:
    """Everybody of one organisation of a world."""
    if not _last or _last[0][0] is not people:
        found: dict[int, list[str]] = {}
        for p in people.persons:
            found.setdefault(int(p.split("-")[0][1:]), []).append(p)
        _last[:] = [(people, found)]
    return [people.persons[p] for p in _last[0][1].get(index, [])]


def message(rng: Random, people: People, index: int, *, channel: Channel | None = None) -> Message:
    """One message of, to or about somebody of the organisation."""
    if channel is None:
        channel = rng.choices(list(Channel), (82, 8, 3, 7))[0]
    return _Writer(rng, people, index, channel).message()


class _Writer:
    def __init__(self, rng: Random, people: People, index: int, channel: Channel) -> None:
        self.rng, self.people, self.index, self.channel = rng, people, index, channel
        self.everybody = inhabitants(people, index)
        self.domain = f"o{index}.example"

    def message(self) -> Message:
        rng = self.rng
        writer = self._person(
            (6, lambda p: p.workforce and p.standing is Standing.ACTIVE),
            (2, lambda p: p.service_user),
            (1, lambda p: p.supporter),
            (2, lambda p: True),
        )
        from_ = self._address(writer)
        chance = rng.random()
        if chance < 0.04:
            from_ = self._mailbox()
        elif chance < 0.06:
            from_ = f"nobody@{self.domain}"
        elif chance < 0.09:
            from_ = "unknown@elsewhere.test"
        written: dict[str, Any] = self._hands(writer, from_)
        recipients = self._recipients(writer)
        written |= self._marks()
        written["recipients"] = tuple(self._spelt(a) for a in recipients)
        named = [a for a in recipients if rng.random() < 0.9]
        if rng.random() < 0.12:
            named += self._recipients(writer)[:2]
        written["named"] = tuple(self._spelt(a) for a in named)
        return Message(channel=self.channel, **written)

    def _hands(self, writer: Person, from_: str) -> dict[str, Any]:
        """Who wrote, and who handed it over: mostly the same, and sometimes a lie."""
        rng = self.rng
        authors: tuple[str, ...] = (self._spelt(from_),)
        readable = rng.random() > 0.03
        if rng.random() < 0.03:
            authors += (self._address(self._person((1, lambda p: True))),)
        if not readable and rng.random() < 0.4:
            authors = ()
        login = None
        if writer.workforce and rng.random() < 0.7:
            login = self._address(writer) if rng.random() < 0.2 else from_
        if rng.random() < 0.04:
            login = self._address(self._person((1, lambda p: True)))
        envelope = rng.choices(
            (
                from_,
                "",
                f"bounce-{rng.randrange(99)}@elsewhere.test",
                self._address(self._person((1, lambda p: True))),
                self._mailbox(),
            ),
            (86, 4, 6, 3, 1),
        )[0]
        senders: tuple[str, ...] = ()
        if rng.random() < 0.07:
            senders = (login or self._address(self._person((1, lambda p: True))),)
        reply_to: tuple[str, ...] = ()
        if rng.random() < 0.12:
            reply_to = (
                rng.choice(
                    (from_, self._mailbox(), self._address(writer), "unknown@elsewhere.test")
                ),
            )
        return {
            "authors": authors,
            "authors_readable": readable,
            "senders": senders,
            "envelope_from": envelope,
            "reply_to": reply_to,
            "login": login,
            "trusted": login is not None or rng.random() < 0.4,
        }

    def _marks(self) -> dict[str, Any]:
        rng = self.rng
        at = NOW + timedelta(minutes=rng.randint(-600, 500))
        if rng.random() < 0.1:  # the date is another one here than it is there
            at = at.astimezone(timezone(timedelta(hours=rng.randint(-11, 12))))
        thread = [f"<{rng.randrange(10**9)}@{self.domain}>"]
        concern = f"<concern@{self.domain}>"
        if concern in self.people.concerns and rng.random() < 0.35:
            thread.append(concern)
        social = self.channel is Channel.SOCIAL
        return {
            "at": at,
            "thread": tuple(thread),
            "urgent": rng.random() < 0.14,
            "encrypted": rng.random() < 0.04,
            "reason": "it began there" if rng.random() < 0.3 else "",
            "site_can_copy": not social or rng.random() < 0.5,
        }

    def _recipients(self, writer: Person) -> list[str]:
        """Service users, and those around them whom it matters to keep apart from them."""
        rng, found = self.rng, []
        if self.channel is Channel.EMAIL and rng.random() < 0.14:
            group = self._group()
            if group:
                found.append(group)
                if rng.random() < 0.6:
                    return found
        served = self._person((5, lambda p: p.service_user), (1, lambda p: True))
        if rng.random() < 0.75:
            found.append(self._address(served))
        for _ in range(rng.choices((0, 1, 2, 3), (55, 28, 12, 5))[0]):
            found.append(self._another(writer, served))
        if not found:
            found.append(self._address(self._person((1, lambda p: True))))
        rng.shuffle(found)
        return list(dict.fromkeys(found))

    def _another(self, writer: Person, served: Person) -> str:
        around = [k.supporter for k in self.people.links.get(served.id, ())]
        linked = [self.people.persons[p] for p in around] or self.everybody
        theirs = self._address
        choices: tuple[tuple[int, Callable[[], str]], ...] = (
            (20, lambda: theirs(self.rng.choice(linked))),
            (15, lambda: theirs(self._person((1, lambda p: p.safeguarding)))),
            (20, lambda: theirs(self._person((1, lambda p: p.workforce)))),
            (15, lambda: theirs(self._person((1, lambda p: p.service_user)))),
            (8, lambda: theirs(self._person((1, lambda p: True)))),
            (6, self._mailbox),
            (4, lambda: theirs(writer)),
            (4, lambda: f"nobody@{self.domain}"),
            (4, lambda: "unknown@elsewhere.test"),
            (4, lambda: self.rng.choice(_CONFIDENTIAL)),
        )
        return self.rng.choices([c for _, c in choices], [w for w, _ in choices])[0]()

    def _person(self, *choices: tuple[int, Callable[[Person], bool]]) -> Person:
        weights = [w for w, _ in choices]
        _, fits = self.rng.choices(choices, weights)[0]
        return self.rng.choice([p for p in self.everybody if fits(p)] or self.everybody)

    def _address(self, person: Person) -> str:
        """One of their addresses on this channel; any of theirs, or nobody's, failing that."""
        addresses: Sequence[str] = [
            c.address for c in person.contacts if c.kind is _KIND[self.channel]
        ]
        if not addresses or (self.channel is not Channel.EMAIL and self.rng.random() < 0.3):
            addresses = [c.address for c in person.contacts if c.kind is ContactKind.EMAIL]
        return self.rng.choice(list(addresses) or [f"unknown-{person.id}@elsewhere.test"])

    def _mailbox(self) -> str:
        kind = self.rng.choice(("office", "noreply", "welfare"))
        above = f"above.{self.domain}"
        domain = above if above in self.people.domains and self.rng.random() < 0.3 else self.domain
        return f"{kind}@{domain}"

    def _group(self) -> str:
        found = [
            a
            for k in range(4)
            if f"o{self.index}-g{k}" in self.people.groups
            for a in self.people.groups[f"o{self.index}-g{k}"].addresses
        ]
        return self.rng.choice(found) if found else ""

    def _spelt(self, address: str) -> str:
        """Another spelling of the same address, now and then."""
        chance = self.rng.random()
        if "@" not in address or chance > 0.12:
            return address
        local, _, domain = address.rpartition("@")
        if domain == "gmail.com":  # dots mean nothing there, and it has two names
            spread = local.replace(".", "") if chance < 0.06 else ".".join(local.replace(".", ""))
            return f"{spread}@{'gmail.com' if chance < 0.03 else 'GoogleMail.com'}"
        if chance < 0.04:
            return f"{local.upper()}@{domain}"
        if chance < 0.08:
            return f"{local}+club@{domain.title()}"
        return f'"{local}"@{domain}'
