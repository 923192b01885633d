"""From a message and the register to the facts, and to what must be known to act on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date
from itertools import chain

from . import company
from .address import key
from .circumstances import (
    gates,
    mode_of,
    organisation_of,
    usually,
    vetted_adults,
)
from .conversation import Conversation
from .decision import Route, ThirdParty
from .facts import ConcernTie, Facts, Restriction, Served, Writer
from .identity import Author, Hands, author_of, may_write_to_group, own_persons, parents_of
from .message import Message
from .people import Concern, People
from .reach import (
    Reach,
    answer_by_leads,
    direct_route,
    drop_restricted,
    expand,
    group_protects,
    protected_among,
)
from .rulebook import Rulebook
from .third_party import Ranked, ranking
from .who import household_of, inboxes


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The facts of one message, with the names that the facts leave out."""

    facts: Facts
    author: Author
    reach: Reach
    service_users: tuple[str, ...]
    """In step with ``facts.served``."""
    third_parties: tuple[ThirdParty, ...]
    organisation: str

    @property
    def routes(self) -> tuple[Route, ...]:
        return tuple(self.reach.routes.values())


def situation_of(message: Message, people: People, rulebook: Rulebook) -> Situation | None:
    """Everything the rules need; nothing where no service user or supporter is involved (law 8)."""
    today = message.at.astimezone(UTC).date()
    involved = _involved(message, people, today)
    if not involved and not (people.concerns and people.concerns.keys() & set(message.thread)):
        return None
    if all(rulebook.is_confidential(key(a)) for a in message.recipients):
        return None
    situation = _Reader(message, people, rulebook, today).read()
    # The case channel of a concern is sealed and recorded, whoever is in it.
    return situation if involved or situation.facts.concern is ConcernTie.CASE else None


def _involved(message: Message, people: People, today: date) -> bool:
    told = {*message.recipients, *message.named}
    for there in inboxes(people, told, today):
        if there.protected or there.served:
            return True
    wrote = {*message.authors, *message.senders, message.envelope_from, message.login or ""}
    for hands in inboxes(people, wrote, today):
        if hands.protected:
            return True
    for address in message.recipients:
        group = people.group_at.get(key(address))
        if group is not None and group_protects(people, people.groups[group], today):
            return True
    return False


_NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reader:
    message: Message
    people: People
    rulebook: Rulebook
    today: date

    def read(self) -> Situation:
        message, people, today = self.message, self.people, self.today
        author = self._author()
        writers = frozenset(author.persons)
        emergency = (
            message.urgent
            and author.writer is Writer.WORKFORCE
            and author.proven
            and not author.stopped
            and author.known
        )
        released = bool(message.released_by)
        reach = self._reach(author, writers)
        touchy = company.touchy(message, author, people, today)
        restriction = (
            company.restriction(message, author, reach, people, today)
            if touchy
            else Restriction.NONE
        )
        if emergency or released:
            reached = bool(reach.service_users)
            drop_restricted(people, writers, reach, released=released)
            if reach.routes and (reach.service_users or not reached):
                restriction = Restriction.NONE
        concern = self._concern()
        named_in_concern = concern.named if concern else frozenset()
        inbound = author.writer is Writer.SERVICE_USER
        service_users = author.service_users if inbound else tuple(reach.service_users)
        conversation = Conversation.of(
            people=people,
            today=today,
            channel=message.channel,
            writers=writers,
            keys=author.keys,
            named_in_concern=named_in_concern,
            unwelcome=self._restricted(service_users, reach) if touchy or reach.groups else _NOBODY,
            beside=company.beside(reach, people, today),
            present=frozenset(k for k, r in reach.routes.items() if r.written == r.address)
            if reach.expanded
            else frozenset(reach.routes),
            named=frozenset(key(a) for a in message.named),
        )
        via = tuple(reach.groups)
        ranked = {s: ranking(s, conversation, self.rulebook, via) for s in service_users}
        served = tuple(
            self._served(s, ranked[s], author, reach, ambiguous=s in reach.ambiguous)
            for s in service_users
        )
        return Situation(
            facts=self._facts(
                author,
                reach,
                served,
                emergency=emergency,
                restriction=restriction,
                concern=concern,
            ),
            author=author,
            reach=reach,
            service_users=service_users,
            third_parties=tuple(
                chain.from_iterable([ranked[s].third_parties for s in service_users])
            ),
            organisation=organisation_of((*service_users, *author.persons), people),
        )

    def _restricted(self, service_users: tuple[str, ...], reach: Reach) -> frozenset[str]:
        all_of_them = {*service_users, *reach.service_users}
        return frozenset[str]().union(*map(self.people.restricted_for, all_of_them))

    def _author(self) -> Author:
        message, people, today = self.message, self.people, self.today
        hands = Hands.of(message)
        own = own_persons(hands, people, today)
        return author_of(
            hands,
            people,
            today,
            reaches_protected=protected_among(message.recipients, people, today, own),
        )

    def _reach(self, author: Author, writers: frozenset[str]) -> Reach:
        people, message = self.people, self.message
        reach = Reach()
        groups: list[tuple[str, str]] = []
        for written in message.recipients:
            group_id = people.group_at.get(key(written))
            if group_id is not None and self._ours(group_id, author):
                groups.append((written, group_id))
            else:
                direct_route(written, people, self.rulebook, self.today, reach)
        for written, group_id in groups:
            reach.groups.append(group_id)
            group = people.groups[group_id]
            if may_write_to_group(author, people, group_id):
                expand(group, written, message.channel, writers, people, self.today, reach)
            else:
                answer_by_leads(
                    group, written, writers, author.service_users, people, self.today, reach
                )
        return reach

    def _ours(self, group_id: str, author: Author) -> bool:
        """A group that we answer for: somebody protected is a member, or writes to it."""
        protected = (Writer.SERVICE_USER, Writer.SUPPORTER)
        return author.writer in protected or group_protects(
            self.people, self.people.groups[group_id], self.today
        )

    def _concern(self) -> Concern | None:
        for message_id in self.message.thread:
            concern = self.people.concerns.get(message_id)
            if concern is not None:
                return concern
        return None

    def _served(
        self,
        service_user: str,
        ranked: Ranked,
        author: Author,
        reach: Reach,
        *,
        ambiguous: bool,
    ) -> Served:
        found = ranked.served.get(ambiguous)
        if found is None:
            people = self.people
            person = people.persons[service_user]
            usual = usually(person, people, self.today)
            found = ranked.served[ambiguous] = replace(
                usual,
                ambiguous=ambiguous,
                own_child=usual.child and parents_of(people, person, author.persons),
                eligible=ranked.eligible,
                present=ranked.present,
            )
        return found

    def _facts(
        self,
        author: Author,
        reach: Reach,
        served: tuple[Served, ...],
        *,
        emergency: bool,
        restriction: Restriction,
        concern: Concern | None,
    ) -> Facts:
        message, people, today = self.message, self.people, self.today
        persons = [people.persons[w] for w in author.persons if w in people.persons]
        agreed, vetted, trained = gates(author.persons, people, today)
        reached = [people.persons[s] for s in reach.service_users]
        return Facts(
            channel=message.channel,
            mode=mode_of((*reach.service_users, *author.service_users), people, self.rulebook.mode),
            writer=author.writer,
            identity=author.identity,
            stopped=author.stopped and company.would_reach_protected(author, reach, people),
            agreed=agreed,
            vetted=vetted,
            trained=trained,
            emergency=emergency,
            released=bool(message.released_by),
            restriction=restriction,
            unsafe_role_address=company.unsafe_role(reach, people, concern),
            concern=self._tie(author, reach, concern),
            sealed=company.sealed(author, reach, people),
            nobody=reach.nobody_left,
            encrypted=message.encrypted,
            site_can_copy=message.site_can_copy,
            reason=bool(message.reason.strip()),
            minute=self.rulebook.minute_of(message.at),
            people=len(reached),
            households=len({household_of(p) for p in reached}),
            vetted_adults=vetted_adults(persons, reach, people, today),
            mutual=company.mutual_sight(message, reach, people, today),
            served=served,
            supporters=company.supporters_reached(author, reach),
            own_mailbox=company.own_mailbox(message, author, people),
        )

    def _tie(self, author: Author, reach: Reach, concern: Concern | None) -> ConcernTie:
        if concern is None:
            return ConcernTie.NONE
        reached = {p for r in reach.routes.values() for p in r.persons}
        # With nobody left to reach (an emergency drops who is restricted) there is no channel.
        everybody_known = bool(reach.routes) and all(r.persons for r in reach.routes.values())
        writers = set(author.persons)
        if writers and writers <= concern.people and everybody_known and reached <= concern.people:
            return ConcernTie.CASE
        outside = [self.people.persons[w] for w in writers - concern.people]
        outsider = author.writer in (Writer.UNKNOWN_WORKFORCE, Writer.AUTOMATIC) or (
            author.writer is Writer.WORKFORCE and any(p.workforce for p in outside)
        )
        if outsider and reach.service_users:
            return ConcernTie.OUTSIDER
        return ConcernTie.NONE
