"""Pages of an archive that changes, is empty, or has lost its index."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.settings import Settings
from archive.store import Store
from index.catalogue import keep_in_step
from tests.web import invented
from tests.web.test_pages import PARENT, TOWN, get, text_of
from web import create_app

LATER = datetime(2025, 6, 7, 8, 9, 10, tzinfo=UTC)


def recapture(settings: Settings) -> None:
    with Store.open(settings, writable=True) as store:
        store.keep(invented.recaptured(invented.township(2018)), now=LATER)
        keep_in_step(store, settings)


def test_an_old_version_keeps_its_text_and_names_the_newer_one(fresh: Settings) -> None:
    client = create_app(fresh).test_client()
    before = text_of(get(client, f"/r/{TOWN}/v/1"))
    recapture(fresh)
    old = get(client, f"/r/{TOWN}/v/1")
    assert "作了梳理" in before
    assert "作了梳理" in text_of(old)
    assert "另有更新的第 2 版" in text_of(old).replace("另有更新的 第", "另有更新的第")
    assert f'href="http://localhost/r/{TOWN}"' in old
    latest = text_of(get(client, f"/r/{TOWN}"))
    assert "本页文字已由我镇更正" in latest
    assert "原网页文字有变" in latest


def test_each_version_shows_the_page_it_was_made_from(fresh: Settings) -> None:
    recapture(fresh)
    client = create_app(fresh).test_client()
    assert client.get(f"/r/{TOWN}/capture/raw?v=1").data == invented.township(2018).capture.body
    assert client.get(f"/r/{TOWN}/capture/raw").data.endswith("更正".encode())


def test_a_withdrawn_report_leaves_a_tombstone_with_date_and_reason(fresh: Settings) -> None:
    with Store.open(fresh, writable=True) as store:
        store.withdraw(TOWN, reason="原单位要求<更正>", now=LATER)
    client = create_app(fresh).test_client()
    for address in (
        f"/r/{TOWN}",
        f"/r/{TOWN}/v/1",
        f"/r/{TOWN}/capture",
        f"/r/{TOWN}/capture/raw",
        f"/r/{TOWN}.md",
    ):
        words = text_of(get(client, address, status=410))
        assert "2025年6月7日" in words
        assert "原单位要求<更正>" in words
    assert client.get(f"/cite?q={TOWN}").location == f"/r/{TOWN}"
    problem = client.get(f"/api/reports/{TOWN}")
    assert problem.status_code == 410
    assert problem.json is not None
    assert problem.json["reason"] == "原单位要求<更正>"


def test_a_report_withdrawn_but_still_in_the_index_is_left_out_of_results(fresh: Settings) -> None:
    with Store.open(fresh, writable=True) as store:
        store.withdraw(TOWN, reason="重复", now=LATER)
    page = get(create_app(fresh).test_client(), "/search?q=玉杵镇")
    assert f"/r/{TOWN}?" not in page


@pytest.mark.parametrize("address", ["/", "/search?q=公开", "/r/0123456789ab", "/cite?q=0123456789ab"])
def test_an_archive_that_does_not_exist_yet_says_what_to_run(tmp_path: Path, address: str) -> None:
    client = create_app(Settings(home=tmp_path / "nowhere")).test_client()
    page = get(client, address, status=503)
    assert "python ingest.py add samples/" in page
    assert "Traceback" not in page
    assert not (tmp_path / "nowhere").exists()


def test_an_archive_without_any_report_says_what_to_run(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "data")
    with Store.open(settings, writable=True) as store:
        keep_in_step(store, settings)
    page = get(create_app(settings).test_client(), "/", status=503)
    assert "档案还是空的" in page
    assert "python ingest.py add samples/" in page


def test_without_an_index_reports_are_still_shown_and_searching_says_what_to_run(fresh: Settings) -> None:
    shutil.rmtree(fresh.index_path)
    client = create_app(fresh).test_client()
    page = get(client, "/search?q=公开", status=503)
    assert "python ingest.py reindex" in page
    get(client, f"/r/{TOWN}")
    assert client.get(f"/cite?q={TOWN}").status_code == 302
    assert client.get("/api/search?q=公开").mimetype == "application/problem+json"
    assert client.get("/healthz").status_code == 503


def test_a_torn_index_says_what_to_run(fresh: Settings) -> None:
    for path in fresh.index_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    page = get(create_app(fresh).test_client(), "/search?q=公开", status=503)
    assert "python ingest.py reindex" in page


def test_a_store_that_is_not_ours_is_told_and_not_touched(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.store_path.write_bytes(b"not a database at all" * 100)
    page = get(create_app(settings).test_client(), f"/r/{TOWN}", status=503)
    assert "档案库暂时无法读取" in page
    assert settings.store_path.read_bytes().startswith(b"not a database")


def test_a_new_report_is_found_without_a_restart(fresh: Settings) -> None:
    client = create_app(fresh).test_client()
    assert "共 <strong>0</strong>" in get(client, "/search?q=更正")
    recapture(fresh)
    assert "共 <strong>1</strong>" in get(client, "/search?q=更正")


def test_only_reading_is_answered(fresh: Settings) -> None:
    response = create_app(fresh).test_client().post("/search", data={"q": "公开"})
    assert response.status_code == 405
    assert "只供阅读" in response.text


def test_a_page_that_was_one_report_before_it_was_known_to_be_several_keeps_both(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "data")
    several = invented.compilation()
    section = replace(several.reports[0].section, part=0, part_count=0, parent_title=None)
    whole = replace(several.reports[0], report_id=PARENT, section=section)
    with Store.open(settings, writable=True) as store:
        store.keep(replace(several, reports=(whole,), compilation=None), now=invented.KEPT_AT)
        store.keep(several, now=LATER)
        keep_in_step(store, settings)
    client = create_app(settings).test_client()
    contents = get(client, f"/r/{PARENT}")
    assert f'href="/r/{PARENT}/v/1"' in contents
    assert section.paragraphs[0].text in text_of(get(client, f"/r/{PARENT}/v/1"))


def test_a_bug_is_answered_with_a_page_and_kept_out_of_it(
    fresh: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(fresh)

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("the cause, for the log alone")

    page = get(app.test_client(), "/broken", status=500)
    assert "程序出错" in page
    assert "the cause" not in page
    assert "the cause, for the log alone" in caplog.text
