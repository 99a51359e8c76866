"""The keeper adds pages in the browser: logs in, hands in, looks, corrects, adds."""

import gzip
import io
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from archive.settings import MEBIBYTE, Settings
from archive.store import Store
from tests.ingest.pages import ingest, page
from tests.ingest.warcs import WarcFile
from tests.web.test_pages import TOWN
from web import create_app
from web.configuration import SiteSettings

TOKEN = "一个很长的口令-for-the-keeper"
SITE = SiteSettings(operator_token=TOKEN)
ADDRESS = "http://www.guiying.gov.example/added.html"
FOOTER = "本页最后一段由编辑所加，说明本文来自桂影县政府网站，请读者留意转载时注明出处和日期。"


def keeper(settings: Settings, site: SiteSettings = SITE) -> FlaskClient:
    """A client that logged in."""
    client = create_app(settings, site).test_client()
    response = send(client, "/add/login", token=TOKEN)
    assert response.status_code == 303
    return client


def send(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Post a form with the hidden field that the page gives it."""
    shown = client.get(path if path.startswith("/add/draft/") else "/add").text
    token = re.search(r'name="form_token" value="([^"]+)"', shown)
    assert token is not None, shown
    values = {name: FileStorage(*one) if isinstance(one, tuple) else one for name, one in fields.items()}
    # Encoded here: the test client would leave large bodies in a temporary file that nobody closes.
    boundary, body = encode_multipart({"form_token": token[1], **values})
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def drafted(client: FlaskClient, **fields: object) -> str:
    """Hand a page in; return its preview's path."""
    response = send(client, "/add", **fields)
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def ticked(preview: str) -> list[str]:
    return re.findall(r'name="keep-0" value="(\d+)" checked', preview)


def number_of(preview: str, text: str) -> str:
    found = re.search(rf'name="keep-0" value="(\d+)"[^>]*> <span lang="zh">{re.escape(text)}', preview)
    assert found is not None
    return found[1]


def test_without_a_token_there_is_no_such_page(client: FlaskClient) -> None:
    for path in ("/add", "/add/login", "/add/draft/" + "0" * 32):
        assert client.get(path).status_code == 404
    assert "Set-Cookie" not in client.get("/").headers


def test_only_the_right_token_lets_in(fresh: Settings) -> None:
    client = create_app(fresh, SITE).test_client()
    wrong = send(client, "/add/login", token="not it")
    assert wrong.status_code == 401
    assert "口令不对" in wrong.text
    assert client.get("/add/draft/" + "0" * 32).headers["Location"] == "/add"
    right = send(client, "/add/login", token=TOKEN)
    cookie = right.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/add" in cookie
    page_after = client.get("/add")
    assert 'name="text"' in page_after.text
    assert page_after.headers["Cache-Control"] == "no-store"
    send(client, "/add/logout")
    assert 'type="password"' in client.get("/add").text


def test_a_cookie_under_another_token_is_worth_nothing(fresh: Settings) -> None:
    client = keeper(fresh)
    other = create_app(fresh, SiteSettings(operator_token="another token, just as long")).test_client()
    value = client.get_cookie("operator", path="/add")
    assert value is not None
    other.set_cookie("operator", value.value, path="/add")
    assert 'type="password"' in other.get("/add").text


def test_guessing_the_token_is_limited_even_where_nothing_else_is(fresh: Settings) -> None:
    client = create_app(fresh, SITE).test_client()
    codes = [send(client, "/add/login", token=f"guess {number}").status_code for number in range(11)]
    assert codes == [401] * 10 + [429]


@pytest.mark.parametrize("path", ["/add", "/add/login", "/add/logout", "/add/draft/" + "0" * 32])
def test_a_form_that_is_not_ours_is_refused(fresh: Settings, path: str) -> None:
    client = keeper(fresh)
    for token in ("", "another session's"):
        response = client.post(path, data={"form_token": token, "text": page(1).decode(), "token": TOKEN})
        assert response.status_code == 403
        assert "表单已失效" in response.text
    assert not (fresh.home / "drafts").exists()


def test_a_pasted_page_is_shown_block_by_block_added_and_found(fresh: Settings) -> None:
    client = keeper(fresh)
    path = drafted(client, text=page(3).decode(), address=ADDRESS)
    shown = client.get(path).text
    assert len(ticked(shown)) == 9
    assert "冰轮镇2013年政府信息公开工作年度报告" in shown
    assert "indicator" in shown
    added = send(client, path, action="add", **{"keep-0": ticked(shown)})
    assert added.status_code == 200
    link = re.search(r'href="(/r/[0-9a-z]{12})"', added.text)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert link[1] in client.get("/search?q=冰轮镇2013年").text
    assert client.get(path).status_code == 404
    assert list((fresh.home / "drafts").iterdir()) == []


def corrected_report(settings: Settings, client: FlaskClient) -> tuple[str, str]:
    """Add a page with its last sentence dropped by hand; return the report's path and that sentence."""
    body = page(3).decode().replace("</body>", f"<p>{FOOTER}</p></body>")
    path = drafted(client, text=body, address=ADDRESS)
    shown = client.get(path).text
    dropped = "全年主动公开政府信息103条"
    boxes = [one for one in ticked(shown) if one != number_of(shown, dropped)]
    again = send(client, path, action="preview", **{"keep-0": boxes})
    assert again.status_code == 303
    shown = client.get(path).text
    assert ticked(shown) == boxes
    assert "管理员所定" in shown
    added = send(client, path, action="add", **{"keep-0": boxes})
    link = re.search(r'href="(/r/[0-9a-z]{12})"', added.text)
    assert link is not None
    return link[1], dropped


def test_a_correction_is_told_on_the_page_and_in_json_and_done_again_by_reclean(fresh: Settings) -> None:
    client = keeper(fresh)
    path, dropped = corrected_report(fresh, client)
    assert "由档案管理员校订过" in client.get(path).text
    record = client.get(path.replace("/r/", "/api/reports/")).json
    assert record is not None
    assert [one["fate"] for one in record["corrections"]] == ["drop"]
    assert all(dropped not in one["text"] for one in record["paragraphs"])
    ingest(fresh.home, "reclean")
    again = client.get(path.replace("/r/", "/api/reports/")).json
    assert again is not None
    assert (again["version"], again["digest"]) == (record["version"], record["digest"])
    assert again["corrections"] == record["corrections"]


def test_a_page_that_was_corrected_is_corrected_when_it_comes_again(fresh: Settings) -> None:
    client = keeper(fresh)
    _, dropped = corrected_report(fresh, client)
    body = page(3).decode().replace("</body>", f"<p>{FOOTER}</p></body>")
    shown = client.get(drafted(client, text=body, address=ADDRESS)).text
    assert number_of(shown, dropped) not in ticked(shown)
    assert "管理员所定" in shown


def test_another_block_can_be_the_title(fresh: Settings) -> None:
    client = keeper(fresh)
    path = drafted(client, text=page(3).decode(), address=ADDRESS)
    shown = client.get(path).text
    added = send(
        client, path, action="add", **{"keep-0": ticked(shown), "title-0": number_of(shown, "一、概述")}
    )
    assert re.search(r'href="/r/[0-9a-z]{12}" lang="zh">一、概述</a>', added.text)


def test_a_busy_writer_is_told_and_nothing_is_lost(fresh: Settings) -> None:
    client = keeper(fresh)
    path = drafted(client, text=page(3).decode(), address=ADDRESS)
    boxes = ticked(client.get(path).text)[:-1]
    with Store.open(fresh, writable=True):
        busy = send(client, path, action="add", **{"keep-0": boxes})
    assert busy.status_code == 503
    assert "另一个程序正在写入档案" in busy.text
    assert ticked(client.get(path).text) == boxes
    assert send(client, path, action="add", **{"keep-0": boxes}).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/", "http://2130706433/"],
)  # fmt: skip
def test_an_address_of_our_own_network_is_not_fetched(fresh: Settings, address: str) -> None:
    response = send(keeper(fresh), "/add", address=address)
    assert response.status_code == 422
    assert "not a public host" in response.text
    assert address in response.text


@pytest.mark.parametrize(
    "address",
    ["ftp://www.guiying.gov.example/", "file:///etc/hostname", "www.guiying.gov.example", "http://["],
)
def test_what_is_no_web_address_is_told_beside_what_was_typed(fresh: Settings, address: str) -> None:
    response = send(keeper(fresh), "/add", address=address, text="贴上的文字")
    assert response.status_code == 422
    assert "不是网页地址" in response.text
    assert "贴上的文字" in response.text


def test_nothing_handed_in_is_told(fresh: Settings) -> None:
    response = send(keeper(fresh), "/add")
    assert response.status_code == 422
    assert "请贴上网页" in response.text


def test_a_file_in_another_charset_than_it_says_is_read(fresh: Settings) -> None:
    client = keeper(fresh)
    body = page(3).decode().encode("gb18030")  # and it declares utf-8
    shown = client.get(drafted(client, file=(io.BytesIO(body), "年报.html"), address=ADDRESS)).text
    assert "冰轮镇2013年政府信息公开工作年度报告" in shown
    assert "the bytes are gb18030" in shown


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("报告.pdf", b"%PDF-1.4", "不是能读的文件"),
        ("报告.html", b"%PDF-1.4", "a PDF document"),
        ("报告.html", b"  ", "empty"),
        ("报告.warc", b"no warc", "not a WARC file"),
        ("报告.warc.gz", gzip.compress(b"WARC/1.0\r\n" * 9, mtime=0)[:-12], "报告.warc.gz"),
    ],
)
def test_a_file_that_is_no_page_is_refused_by_name(
    fresh: Settings, name: str, body: bytes, said: str
) -> None:
    response = send(keeper(fresh), "/add", file=(io.BytesIO(body), name))
    assert response.status_code == 422
    assert said in response.text


def small(settings: Settings) -> Settings:
    return Settings(home=settings.home, max_capture_bytes=3 * MEBIBYTE)


def test_a_file_of_more_than_the_limit_is_refused(fresh: Settings) -> None:
    client = keeper(small(fresh))
    response = send(client, "/add", file=(io.BytesIO(b"<html>" + b"a" * (3 * MEBIBYTE)), "big.html"))
    assert response.status_code == 422
    assert "3.0 MiB or more" in response.text
    far_too_large = send(client, "/add", file=(io.BytesIO(b"a" * (9 * MEBIBYTE)), "big.html"))
    assert far_too_large.status_code == 413


def test_large_forms_are_taken_from_the_keeper_alone(fresh: Settings) -> None:
    client = keeper(fresh)
    body = page(3).decode().replace("</body>", f"<!--{'x' * (3 * MEBIBYTE)}--></body>")
    assert drafted(client, text=body).startswith("/add/draft/")
    stranger = create_app(fresh, SITE).test_client()
    assert send(stranger, "/add/login", token="x" * (3 * MEBIBYTE)).status_code == 413


def test_a_torn_warc_file_gives_the_pages_before_the_tear(fresh: Settings) -> None:
    whole = WarcFile()
    for n in (3, 4):
        whole.resource(page(n), url=f"{ADDRESS}?{n}", media_type="text/html")
    client = keeper(fresh)
    shown = client.get(drafted(client, file=(io.BytesIO(whole.content[:-200]), "two.warc.gz"))).text
    assert f"{ADDRESS}?3" in shown
    assert "two.warc.gz" in shown
    assert "cut off" in shown


def test_a_page_without_a_report_can_t_be_added_unless_the_keeper_keeps_a_block(fresh: Settings) -> None:
    client = keeper(fresh)
    path = drafted(client, text="<html><body><p>首页</p><p>望舒市政府</p></body></html>", address=ADDRESS)
    shown = client.get(path).text
    assert "这样收入得不到报告" in shown
    assert 'value="add"' not in shown
    send(client, path, action="preview", **{"keep-0": [number_of(shown, "望舒市政府")]})
    assert 'value="add"' in client.get(path).text


def test_a_draft_is_given_up(fresh: Settings) -> None:
    client = keeper(fresh)
    path = drafted(client, text=page(3).decode())
    assert send(client, path, action="discard").status_code == 303
    assert client.get(path).status_code == 404


def test_what_a_page_holds_is_shown_and_never_run(fresh: Settings) -> None:
    client = keeper(fresh)
    body = page(3).decode().replace("一、概述", "&lt;script&gt;alert(1)&lt;/script&gt;")
    shown = client.get(drafted(client, text=body)).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_a_report_nobody_corrected_says_nothing_of_it(client: FlaskClient) -> None:
    assert "由档案管理员校订过" not in client.get(f"/r/{TOWN}").text
