"""The one configuration file: what it accepts, and how it says no."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.policy.vocabulary import Mode
from alongside.site.config import Config, ConfigError, find_file, load

SMALLEST = """\
[organisation]
name = "Example Sports Charity"
domains = ["charity.example"]
contact = "safeguarding@charity.example"
[relay]
outbound = "smtp://127.0.0.1:2526"
inbound = "smtp://127.0.0.1:2526"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "alongside.toml"
    file.write_text(text)
    return file


def loaded(folder: Path, text: str, **environ: str) -> Config:
    return load(written(folder, text), environ)


def complaint(folder: Path, text: str, **environ: str) -> str:
    with pytest.raises(ConfigError) as error:
        loaded(folder, text, **environ)
    return str(error.value)


def test_a_new_installation_watches_only(tmp_path):
    config = loaded(tmp_path, SMALLEST)
    assert config.gateway.mode is Mode.SHADOW
    assert config.notices.holds and config.notices.expiries and not config.notices.refusals


def test_paths_are_relative_to_the_file_and_the_database_to_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    config = loaded(tmp_path, SMALLEST)
    assert config.data.folder == tmp_path / "var"
    assert config.sqlite_file == tmp_path / "var" / "alongside.db"


def test_what_was_read_cannot_be_changed(tmp_path):
    config = loaded(tmp_path, SMALLEST)
    with pytest.raises(ValueError, match="frozen"):
        config.gateway.mode = Mode.ENFORCE


def test_the_environment_overrides_the_file(tmp_path):
    config = loaded(
        tmp_path,
        SMALLEST,
        ALONGSIDE_GATEWAY__MODE="enforce",
        ALONGSIDE_GATEWAY__LISTEN="127.0.0.1:1, 127.0.0.1:2",
        ALONGSIDE_GATEWAY__CLAUSES__E3="teach",
        ALONGSIDE_RELAY__INBOUND_PASSES_US="false",
    )
    assert config.gateway.mode is Mode.ENFORCE
    assert config.gateway.endpoints == (("127.0.0.1", 1), ("127.0.0.1", 2))
    assert config.gateway.clauses == {"E3": Mode.TEACH}
    assert not config.relay.inbound_passes_us


def test_a_wrong_variable_is_named_as_the_place(tmp_path):
    said = complaint(tmp_path, SMALLEST, ALONGSIDE_GATEWAY__MODE="loud")
    assert said.startswith("ALONGSIDE_GATEWAY__MODE: gateway.mode: `loud` is not a mode")
    assert "ALONGSIDE_GATEWY__MODE: gatewy" in complaint(
        tmp_path, SMALLEST, ALONGSIDE_GATEWY__MODE="x"
    )


def test_a_mistyped_key_is_named_with_its_line_and_the_right_one(tmp_path):
    said = complaint(tmp_path, SMALLEST + '[gateway]\n\nmdoe = "enforce"\n')
    assert "alongside.toml:10: gateway.mdoe: there is no key `mdoe` here" in said
    assert "did you mean `mode`?" in said


def test_every_problem_is_told_at_once(tmp_path):
    text = SMALLEST.replace('"charity.example"', '"charity@example"') + "[helth]\n"
    said = complaint(tmp_path, text)
    assert "organisation.domains: `charity@example` is not a domain" in said
    assert "did you mean `health`?" in said


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ('[gateway]\nmode = "loud"', "gateway.mode: `loud` is not a mode: shadow, teach or enf"),
        ('[gateway]\nlisten = ["2525"]', "gateway.listen: `2525` is not host:port"),
        ("[gateway]\nlisten = []", "gateway.listen: it needs at least one value"),
        ("[gateway]\nworkers = 0", "gateway.workers: `0` is out of range: at least 1"),
        ("[gateway]\nworkers = 2", "gateway.workers: `2` workers can't share a SQLite database"),
        ('[gateway]\nmax_recipients = "lots"', "`lots` is not a whole number"),
        ('[gateway]\ntls_key = "no.pem"', "gateway.tls_key: there is no file"),
        ('[gateway]\nrelays_outside_mail = ["127.0.0.1"]', "it stands without `authserv_id`"),
        ('[database]\nurl = "mysql://x"', "database.url: `mysql://x` has to start with"),
        ('[dkim]\ndomain = "charity.example"', "dkim.selector: it is missing"),
        ('[rulebook]\nfile = "./own.toml"', "rulebook.file: there is no file"),
        ('[log]\nlevel = "loud"', "log.level: `loud` is not a level"),
        ('[relay.routes."other.example"]\nin = "smtp://x"', "there is no key `in` here"),
        ("[gateway", "it is not TOML"),
    ],
)
def test_a_wrong_value_says_what_is_wrong(tmp_path, section, said):
    assert said in complaint(tmp_path, SMALLEST + section + "\n")


@pytest.mark.parametrize(
    ("network", "why"),
    [
        ("0.0.0.0/0", "wider than one organisation's network"),
        ("::/0", "wider than one organisation's network"),
        ("62.0.0.0/7", "wider than one organisation's network"),
        ("40.92.0.0/15", "belongs to Microsoft 365"),
        ("52.100.12.7", "belongs to Microsoft 365"),
        ("209.85.220.0/24", "belongs to Google Workspace"),
        ("2a01:111:f403:8::/64", "belongs to Microsoft 365"),
        ("127.0.0.1/8", "did you mean `127.0.0.0/8`?"),
    ],
)
def test_a_network_that_strangers_share_is_never_trusted(tmp_path, network, why):
    said = complaint(tmp_path, f'{SMALLEST}[gateway]\ntrusted = ["{network}"]\n')
    assert f"gateway.trusted: `{network}`" in said and why in said


@pytest.mark.parametrize("network", ["127.0.0.0/8", "10.0.0.0/8", "fc00::/7", "192.0.2.17"])
def test_a_network_of_ones_own_is_trusted(tmp_path, network):
    config = loaded(tmp_path, f'{SMALLEST}[gateway]\ntrusted = ["{network}"]\n')
    assert config.gateway.trusted == (network,)


def test_a_next_hop_knows_its_port_its_tls_and_its_secret(tmp_path):
    (tmp_path / "relay.secret").write_text("open sesame\n")
    text = SMALLEST.replace('"smtp://127.0.0.1:2526"', '"smtp+starttls://us%40x@mail.example"', 1)
    config = loaded(tmp_path, text + 'outbound_secret_file = "relay.secret"\n')
    hop = config.relay.outbound_hop
    assert (hop.host, hop.port, hop.scheme, hop.user) == (
        "mail.example",
        587,
        "smtp+starttls",
        "us@x",
    )
    assert hop.secret_file == tmp_path / "relay.secret"
    assert "sesame" not in repr(config)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example", "can't read the route"),
        ("smtp://user:word@mail.example", "put it in a secret file"),
        ("smtp://mail.example:99999", "can't read the route"),
        ("smtp://mail.example/path", "can't read the route"),
        ("smtps://user@mail.example", "needs both a user and a secret file"),
    ],
)
def test_a_next_hop_that_cannot_be_is_refused(tmp_path, url, said):
    assert said in complaint(tmp_path, SMALLEST.replace("smtp://127.0.0.1:2526", url, 1))


def test_a_password_never_goes_without_tls(tmp_path):
    (tmp_path / "relay.secret").write_text("open sesame\n")
    text = SMALLEST.replace('"smtp://127.0.0.1:2526"', '"smtp://us@mail.example"', 1)
    said = complaint(tmp_path, text + 'outbound_secret_file = "relay.secret"\n')
    assert "would send the password in the clear" in said


def test_the_file_here_comes_before_the_one_in_the_environment(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    environ = {"ALONGSIDE_CONFIG": "/etc/alongside.toml"}
    assert find_file(None, environ) == Path("/etc/alongside.toml")
    written(tmp_path, SMALLEST)
    assert find_file(None, environ) == Path("alongside.toml")
    assert find_file(Path("given.toml"), environ) == Path("given.toml")


def test_a_missing_file_says_how_to_get_one(tmp_path):
    with pytest.raises(ConfigError, match="`alongside up` writes one to start from"):
        load(tmp_path / "none.toml", {})
