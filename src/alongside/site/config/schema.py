"""Every section and key of ``alongside.toml``, with its default and its meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from alongside.mail.smtp.route import Route as Hop
from alongside.policy.vocabulary import Mode

from .hops import next_hop, parse_endpoint
from .kinds import (
    Address,
    DatabaseUrl,
    Domain,
    Endpoint,
    FilePath,
    Filled,
    HopUrl,
    LogLevel,
    ModeWord,
    NetworkText,
    NotEmpty,
    RequiredAddress,
    Several,
    TrustedNetwork,
)


class Section(BaseModel):
    """Frozen; a key that is not here is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Organisation(Section):
    name: Filled
    """As refusals, notices and the contact block name the organisation."""
    domains: Annotated[tuple[Domain, ...], Several, NotEmpty]
    """Mail from these domains is the workforce's; more come with organisations.csv."""
    contact: RequiredAddress
    """Address that stands in every refusal and notice (clause P5)."""
    contact_phone: str = ""
    """Telephone number beside it; left out where empty."""
    website: str = ""
    """Page of the safeguarding team; left out where empty."""
    confidential: Annotated[tuple[Address, ...], Several] = ()
    """Helplines, LADO, police, counsel: more addresses that are written to uncopied, unrecorded."""
    urgent_word: str = ""
    """A word at the start of the subject that declares an emergency, as the `+urgent` tag does."""


class Storage(Section):
    folder: FilePath = Field(default=Path("var"), validate_default=True)
    """Where the database and the heads of the record live; relative to this file."""


class Database(Section):
    url: DatabaseUrl = "sqlite:///alongside.db"
    """`sqlite:///FILE`, relative to the data folder, or `postgresql://...`."""


class RulebookFile(Section):
    file: Filled = "online-safeguarding"
    """Name of a shipped rulebook, or path of your own; a path is relative to this file."""


class Gateway(Section):
    listen: Annotated[tuple[Endpoint, ...], Several, NotEmpty] = ("127.0.0.1:2525",)
    """Addresses and ports on which mail is taken, as host:port."""
    host: str = ""
    """Our name in EHLO and `Received`; left out: the machine's full name."""
    mode: ModeWord = Mode.SHADOW
    """`shadow` watches, `teach` copies and tells, `enforce` does all of it."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that take mail; SQLite allows one."""
    trusted: Annotated[tuple[TrustedNetwork, ...], Several] = ("127.0.0.0/8", "::1/128")
    """Networks that may hand over mail of local senders."""
    relays_outside_mail: Annotated[tuple[NetworkText, ...], Several] = ()
    """Trusted networks that hand over outside mail too; there a local sender needs the upstream's
    authentication result."""
    authserv_id: str = ""
    """Name under which that upstream writes `Authentication-Results` (RFC 8601)."""
    max_message_bytes: int = Field(default=36_700_160, ge=65_536, le=1_073_741_824)
    """Largest message that is taken, in bytes; told to clients as SIZE."""
    max_recipients: int = Field(default=500, ge=100, le=50_000)
    """Most recipients of one message; RFC 5321 asks for at least 100."""
    max_connections: int = Field(default=500, ge=1, le=100_000)
    """Most clients at a time."""
    tls_certificate: FilePath | None = None
    """PEM file with the certificate chain; offers STARTTLS."""
    tls_key: FilePath | None = None
    """PEM file with its private key; readable by the gateway's account only."""
    client_ca: FilePath | None = None
    """PEM file: a client whose certificate is signed by one of these may submit for the address
    that the certificate names."""
    users_file: FilePath | None = None
    """Accounts that may sign in to submit mail, one `address:hash` a line."""
    organisations: dict[str, ModeWord] = Field(default_factory=dict)
    """Another mode for one organisation, by its id."""
    clauses: dict[str, ModeWord] = Field(default_factory=dict)
    """Another mode for one clause, by its id, such as `E3`."""

    @property
    def endpoints(self) -> tuple[tuple[str, int], ...]:
        """``listen`` as (host, port)."""
        return tuple(parse_endpoint(text) for text in self.listen)


class Secrets(Section):
    outbound_secret_file: FilePath | None = None
    """File that holds the password for the user named in `outbound`."""
    inbound_secret_file: FilePath | None = None
    """File that holds the password for the user named in `inbound`."""
    ca_file: FilePath | None = None
    """PEM file: certificates to trust at these next hops instead of the system's."""

    def _hop(self, url: str, secret_file: Path | None) -> Hop:
        return next_hop(url, secret_file=secret_file, ca_file=self.ca_file)


class Routes(Secrets):
    outbound: HopUrl | None = None
    """Next hop for what this domain's senders write; left out: the one above."""
    inbound: HopUrl | None = None
    """Next hop for what this domain's mailboxes receive; left out: the one above."""

    @property
    def outbound_hop(self) -> Hop | None:
        return self._hop(self.outbound, self.outbound_secret_file) if self.outbound else None

    @property
    def inbound_hop(self) -> Hop | None:
        return self._hop(self.inbound, self.inbound_secret_file) if self.inbound else None


class Relay(Secrets):
    outbound: HopUrl
    """Next hop for mail that leaves: `smtp://`, `smtps://` or `smtp+starttls://[user@]host[:port]`.
    """
    inbound: HopUrl
    """Next hop for mail to local mailboxes."""
    inbound_passes_us: bool = True
    """`false`: incoming mail does not pass Alongside, so `Reply-To` names the role address too."""
    bounce_domain: Domain | None = None
    """Domain of the signed bounce addresses of copies; left out: the first of your domains."""
    outbound_signs: bool = False
    """`true`: the next hop of `outbound` signs with DKIM what Alongside changed."""
    routes: dict[Domain, Routes] = Field(default_factory=dict)
    """Other next hops for one domain: `[relay.routes."other.example"]`."""

    @property
    def outbound_hop(self) -> Hop:
        return self._hop(self.outbound, self.outbound_secret_file)

    @property
    def inbound_hop(self) -> Hop:
        return self._hop(self.inbound, self.inbound_secret_file)


class Dkim(Section):
    domain: Domain
    """Domain in whose name the mail is signed whose headers Alongside changes."""
    selector: Filled
    """Selector of the DNS record `SELECTOR._domainkey.DOMAIN`."""
    key_file: FilePath
    """PEM file with the private key; readable by the gateway's account only."""


class Notices(Section):
    holds: bool = True
    """Tell the writer by mail that a message is held."""
    refusals: bool = False
    """Tell the writer by mail that a message was refused, beside the SMTP answer."""
    warnings: bool = True
    """Tell the writer by mail what was seen in a message that went all the same."""
    expiries: bool = True
    """Tell the writer by mail that a delivery was given up."""


class Health(Section):
    listen: Endpoint = "127.0.0.1:8025"
    """Where `/health` answers, as host:port."""

    @property
    def endpoint(self) -> tuple[str, int]:
        return parse_endpoint(self.listen)


class Web(Section):
    listen: Endpoint = "127.0.0.1:8000"
    """Where the web app answers, as host:port."""
    url: str = ""
    """What people type, where a proxy stands before it: `https://alongside.charity.example`."""
    demonstration: bool = False
    """`true` for a made-up charity only: links sign in at once, without a second factor."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names under which pages are asked for; any other is refused."""
        named = urlsplit(self.url).hostname
        host = parse_endpoint(self.listen)[0]
        return (named,) if named else tuple(dict.fromkeys((host, "127.0.0.1", "localhost")))

    @property
    def base(self) -> str:
        """What links in mail begin with."""
        return self.url.rstrip("/") or f"http://{self.listen}"


class Log(Section):
    level: LogLevel = "info"
    """debug, info, warning or error. No level logs addresses, content or secrets."""


class Config(Section):
    """The whole file."""

    organisation: Organisation
    relay: Relay
    data: Storage = Field(default_factory=dict, validate_default=True)
    database: Database = Database()
    rulebook: RulebookFile = RulebookFile()
    gateway: Gateway = Gateway()
    dkim: Dkim | None = None
    notices: Notices = Notices()
    health: Health = Health()
    web: Web = Web()
    log: Log = Log()
    _file: Path | None = PrivateAttr(default=None)

    def found_at(self, file: Path) -> Config:
        """The same, knowing its own file."""
        config = self.model_copy()
        config._file = file
        return config

    @property
    def file(self) -> Path | None:
        """Where it was read from; None for one made by hand."""
        return self._file

    @property
    def sqlite_file(self) -> Path | None:
        """The database file; None on PostgreSQL."""
        scheme, _, name = self.database.url.partition(":///")
        return self.data.folder / name if scheme == "sqlite" else None

    @property
    def heads_file(self) -> Path:
        """The heads of the record's chains, kept outside the database."""
        return self.data.folder / "heads.jsonl"

    @property
    def rulebook_path(self) -> Path | None:
        """The rulebook's own file; None when it is a shipped one."""
        name = self.rulebook.file
        if "/" not in name and not name.endswith(".toml"):
            return None
        base = self.file.parent if self.file else Path.cwd()
        return (base / Path(name).expanduser()).resolve()

    @property
    def bounce_domain(self) -> str:
        return self.relay.bounce_domain or self.organisation.domains[0]
