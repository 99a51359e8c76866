"""The site as its keeper runs it: settings, limits, log and headers."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.environment import VARIABLES, refuse_unknown, value_of
from archive.errors import BadSetting
from archive.settings import Settings
from tests.conftest import PROJECT
from web import create_app
from web.access_log import log_access
from web.configuration import SiteSettings, load_site_settings

DOCS = PROJECT / "docs" / "configuration.md"


def limited(archive: Settings, limit: str) -> FlaskClient:
    return create_app(archive, SiteSettings(rate_limit=limit)).test_client()


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_setting_stands_in_the_docs_with_its_default_and_meaning(variable: object) -> None:
    line = (
        f"| `{variable.name}` | {f'`{variable.default}`' if variable.default else ''} | {variable.meaning} |"  # type: ignore[attr-defined]
    )
    assert line.replace("|  |", "| |") in DOCS.read_text(encoding="utf-8").splitlines()


def test_the_docs_name_no_setting_that_is_none() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `ARCHIVE_")]
    assert len(rows) == len(VARIABLES)


def test_an_unknown_setting_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(BadSetting, match=r"ARCHIVE_HMOE is not a setting .* did you mean ARCHIVE_HOME"):
        refuse_unknown({"ARCHIVE_HMOE": "elsewhere"})


def test_other_programs_settings_are_left_alone() -> None:
    refuse_unknown({"PATH": "/bin", "MY_ARCHIVE_HOME": "x", "ARCHIVE_HOME": "data"})


def test_a_setting_that_is_not_in_the_table_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        value_of("ARCHIVE_WEB_COLOUR", {})


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("ARCHIVE_WEB_THREADS", "0", "whole number from 1 to 64"),
        ("ARCHIVE_WEB_THREADS", "many", "whole number from 1 to 64"),
        ("ARCHIVE_WEB_TRUSTED_PROXIES", "-1", "whole number from 0 to 9"),
        ("ARCHIVE_WEB_RATE_LIMIT", "a lot", "120/minute"),
        ("ARCHIVE_WEB_RATE_LIMIT", "", "120/minute"),
        ("ARCHIVE_WEB_ACCESS_LOG", "true", "yes or no"),
        ("ARCHIVE_OPERATOR_PRIVATE_ADDRESSES", "1", "yes or no"),
        ("ARCHIVE_OPERATOR_TOKEN", "short", "16 characters"),
        ("ARCHIVE_WEB_PUBLIC_ADDRESS", "archive.example", "a scheme and a host"),
        ("ARCHIVE_WEB_PUBLIC_ADDRESS", "http://[", "a scheme and a host"),
        ("ARCHIVE_WEB_PUBLIC_ADDRESS", "https://archive.example/sub", "a scheme and a host"),
    ],
)
def test_a_wrong_value_is_refused_by_name_with_what_to_give(
    name: str, value: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=f"{name} is .*{advice}"):
        load_site_settings()


def test_the_environment_is_what_the_site_is_run_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_WEB_PUBLIC_ADDRESS", "https://archive.example/")
    monkeypatch.setenv("ARCHIVE_WEB_RATE_LIMIT", "5/second;2000/hour")
    monkeypatch.setenv("ARCHIVE_WEB_ACCESS_LOG", "no")
    assert load_site_settings() == SiteSettings(
        public_address="https://archive.example", rate_limit="5/second;2000/hour"
    )


def test_a_server_with_a_wrong_setting_says_so_and_does_not_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "web"],
        cwd=PROJECT,
        env={"ARCHIVE_HOME": str(tmp_path), "ARCHIVE_WEB_TREADS": "4"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 2
    assert "did you mean ARCHIVE_WEB_THREADS?" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_request_too_many_is_told_when_to_come_back(archive: Settings) -> None:
    client = limited(archive, "3/hour")
    answers = [client.get("/cite") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert ["Retry-After" in one.headers for one in answers] == [False, False, False, True]
    page = client.get("/cite")
    assert int(page.headers["Retry-After"]) > 0
    assert "请求太多" in page.text
    assert "上限是 3600 秒内 3 次" in page.text
    problem = client.get("/api/search")
    assert problem.status_code == 429
    assert problem.mimetype == "application/problem+json"
    assert problem.get_json()["status"] == 429
    assert problem.get_json()["detail"] == "3 per 1 hour"
    assert problem.headers["X-RateLimit-Remaining"] == "0"
    assert "X-RateLimit-Remaining" in problem.headers["Access-Control-Expose-Headers"]


def test_pictures_styles_and_the_monitor_are_not_counted(archive: Settings) -> None:
    client = limited(archive, "2/hour")
    for _ in range(5):
        with client.get("/static/style.css") as style:
            assert style.status_code == 200
        assert client.get("/healthz").status_code == 200
    assert client.get("/cite").status_code == 200


def test_each_address_has_its_own_limit_behind_a_trusted_proxy(archive: Settings) -> None:
    client = create_app(archive, SiteSettings(rate_limit="1/hour", trusted_proxies=1)).test_client()
    for reader in ("192.0.2.1", "192.0.2.2"):
        assert client.get("/cite", headers={"X-Forwarded-For": reader}).status_code == 200
    assert client.get("/cite", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 429


def test_without_a_trusted_proxy_nobody_names_another_address(archive: Settings) -> None:
    client = limited(archive, "1/hour")
    assert client.get("/cite", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert client.get("/cite", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 429


def logged(archive: Settings, path: str, *, with_queries: bool) -> dict[str, object]:
    out = io.StringIO()
    app = create_app(archive)
    log_access(app, with_queries=with_queries, out=out)
    client = app.test_client()
    client.get(path)
    client.get("/static/style.css").close()
    (line,) = out.getvalue().splitlines()
    record: dict[str, object] = json.loads(line)
    return record


def test_the_log_says_what_was_asked_for_but_not_what_was_searched_for(archive: Settings) -> None:
    record = logged(archive, "/search?q=行政复议", with_queries=False)
    assert (record["method"], record["path"], record["status"]) == ("GET", "/search", 200)
    assert float(str(record["took_ms"])) > 0
    assert "复议" not in json.dumps(record, ensure_ascii=False)
    assert "address" not in record


def test_the_keeper_can_have_queries_and_addresses_logged(archive: Settings) -> None:
    record = logged(archive, "/search?q=abc", with_queries=True)
    assert record["query"] == "q=abc"
    assert record["address"] == "127.0.0.1"


def test_browsers_are_told_to_use_https_only_when_the_keeper_says_so(archive: Settings) -> None:
    assert "Strict-Transport-Security" not in create_app(archive).test_client().get("/cite").headers
    strict = create_app(archive, SiteSettings(hsts_seconds=600)).test_client().get("/cite")
    assert strict.headers["Strict-Transport-Security"] == "max-age=600; includeSubDomains"
