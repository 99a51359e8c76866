"""`new-site` drafts a rule file and a fixture, and no draft passes the suite before a human has confirmed it."""

import tomllib
from pathlib import Path

import pytest

from archive.errors import RuleError, UnreadableSource
from archive.fetch import fetch
from archive.new_site import Draft, draft, host_of, write
from archive.rulebook import read_rules
from tests.cleaning.test_explain import PAGE
from tests.cleaning.test_rules import unconfirmed
from tests.conftest import make_capture


@pytest.fixture
def drafted(tmp_path: Path) -> Draft:
    (tmp_path / "archive" / "rules" / "sites").mkdir(parents=True)
    (tmp_path / "tests" / "fixtures" / "rules").mkdir(parents=True)
    return draft(make_capture(PAGE), host="www.yuchu.gov.example", project=tmp_path)


def test_the_draft_is_a_rule_file_that_can_be_read(drafted: Draft) -> None:
    write(drafted)
    rules = read_rules(drafted.rules_path)
    assert rules.hosts == {"www.yuchu.gov.example"}
    assert "div#zw" in drafted.rules
    assert "您是第三位访客" in drafted.rules


def test_a_fixture_that_no_human_has_confirmed_fails_the_suite(drafted: Draft) -> None:
    write(drafted)
    folder = drafted.fixture_path.parent
    assert unconfirmed(folder) == [drafted.fixture_path.name]
    confirmed = drafted.fixture.replace("confirmed = false", "confirmed = true")
    drafted.fixture_path.write_text(confirmed, encoding="utf-8")
    assert unconfirmed(folder) == []


def test_the_fixture_has_a_table_for_each_rule(drafted: Draft) -> None:
    names = [rule["name"] for rule in tomllib.loads(drafted.rules)["rule"]]
    fixture = tomllib.loads(drafted.fixture)
    assert [name for name, entry in fixture.items() if isinstance(entry, dict)] == names


def test_what_is_there_is_not_overwritten(drafted: Draft) -> None:
    write(drafted)
    with pytest.raises(RuleError, match="is there already"):
        write(drafted)


def test_a_file_needs_a_host_and_an_address_has_one() -> None:
    assert host_of("http://www.yuchu.gov.example/1.html", None) == "www.yuchu.gov.example"
    assert host_of("page.html", "www.yuchu.gov.example") == "www.yuchu.gov.example"
    with pytest.raises(RuleError, match="--host"):
        host_of("page.html", None)


@pytest.mark.parametrize("address", ["ftp://www.yuchu.gov.example/1", "file:///etc/hostname"])
def test_only_the_web_is_fetched(address: str) -> None:
    with pytest.raises(UnreadableSource, match="only http and https"):
        fetch(address, limit_bytes=1000)
