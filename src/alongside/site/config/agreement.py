"""Keys that are right each by itself and wrong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.mail.smtp.route import BadRoute

from . import networks
from .schema import Config, Secrets


@dataclass(frozen=True, slots=True)
class Disagreement:
    key: tuple[str, ...]
    what: str
    mend: str


def disagreements(config: Config) -> Iterator[Disagreement]:
    yield from _files(config)
    yield from _tls(config)
    yield from _outside_mail(config)
    yield from _secrets(config)
    if config.gateway.workers > 1 and config.sqlite_file is not None:
        yield Disagreement(
            ("gateway", "workers"),
            f"`{config.gateway.workers}` workers can't share a SQLite database",
            "leave it at 1; more workers come with PostgreSQL",
        )


def _files(config: Config) -> Iterator[Disagreement]:
    gateway = config.gateway
    named: list[tuple[tuple[str, ...], Path | None]] = [
        (("gateway", "tls_certificate"), gateway.tls_certificate),
        (("gateway", "tls_key"), gateway.tls_key),
        (("gateway", "client_ca"), gateway.client_ca),
        (("gateway", "users_file"), gateway.users_file),
        (("rulebook", "file"), config.rulebook_path),
    ]
    if config.dkim:
        named.append((("dkim", "key_file"), config.dkim.key_file))
    for key, path in named:
        if path is not None and not path.is_file():
            yield Disagreement(key, f"there is no file `{path}`", "paths are relative to this file")


def _tls(config: Config) -> Iterator[Disagreement]:
    gateway = config.gateway
    if (gateway.tls_certificate is None) != (gateway.tls_key is None):
        missing = "tls_key" if gateway.tls_key is None else "tls_certificate"
        yield Disagreement(
            ("gateway", "tls_certificate" if missing == "tls_key" else "tls_key"),
            f"it stands without `{missing}`",
            "STARTTLS needs both the certificate and its key",
        )
    for key in ("client_ca", "users_file"):
        if getattr(gateway, key) is not None and gateway.tls_certificate is None:
            yield Disagreement(
                ("gateway", key),
                "it needs TLS, and there is no certificate",
                "set `tls_certificate` and `tls_key` as well",
            )


def _outside_mail(config: Config) -> Iterator[Disagreement]:
    gateway = config.gateway
    if gateway.relays_outside_mail and not gateway.authserv_id:
        yield Disagreement(
            ("gateway", "relays_outside_mail"),
            "it stands without `authserv_id`",
            "say under which name that host writes its authentication results, or a stranger "
            "could write in a colleague's name",
        )
    trusted = [networks.parse(text) for text in gateway.trusted]
    for text in gateway.relays_outside_mail:
        network = networks.parse(text)
        if not any(t.version == network.version and network.overlaps(t) for t in trusted):
            yield Disagreement(
                ("gateway", "relays_outside_mail"),
                f"`{text}` is not among the trusted networks",
                "name it in `trusted` too, or leave it out here",
            )


def _secrets(config: Config) -> Iterator[Disagreement]:
    tables: list[tuple[tuple[str, ...], Secrets]] = [(("relay",), config.relay)]
    tables += [(("relay", "routes", d), routes) for d, routes in config.relay.routes.items()]
    for path, table in tables:
        for side in ("outbound", "inbound"):
            secret = getattr(table, f"{side}_secret_file")
            if secret is not None and not secret.is_file():
                yield Disagreement(
                    (*path, f"{side}_secret_file"),
                    f"there is no file `{secret}`",
                    "write the password into it, and nothing else",
                )
                continue
            try:
                hop = getattr(table, f"{side}_hop")
                if hop is not None and (hop.host, hop.port) in config.gateway.endpoints:
                    yield Disagreement(
                        (*path, side),
                        "it leads back to Alongside itself: mail would go round for ever",
                        "name the mail server behind Alongside",
                    )
            except BadRoute as error:
                yield Disagreement(
                    (*path, side),
                    str(error),
                    f"`{side}` names the user, as in smtp+starttls://user@mail.example, and "
                    f"`{side}_secret_file` the file with the password",
                )
        if table.ca_file is not None and not table.ca_file.is_file():
            yield Disagreement(
                (*path, "ca_file"),
                f"there is no file `{table.ca_file}`",
                "paths are relative to this file",
            )
