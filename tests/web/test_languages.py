"""The interface in three languages: complete catalogues, no text that bypasses them, the right language for whom."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from jinja2 import Environment, nodes

from archive.hanzi import simplified_only
from tests.conftest import PROJECT
from web import create_app
from web.filters import han
from web.languages import LANGUAGE_NAMES, dated, gettext, grouped, preferred

WEB = PROJECT / "web"
TRANSLATIONS = WEB / "translations"
LOCALES = ("zh_Hant", "en")
HAN = re.compile(r"[\u3400-\u9fff]")
TRANSLATED_BY = {"gettext", "ngettext", "_", "counted", "counted_markup", "msgid"}
KEYWORDS = {
    "gettext": None,
    "_": None,
    "ngettext": (1, 2),
    "msgid": None,
    "counted": (1, 1),
    "counted_markup": (1, 1),
}

NOT_FOR_READERS = {
    "filters.py": {  # which characters are Chinese, and where the archive's name breaks
        "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
        "公[开開]",
    },
    "languages.py": {"简体中文", "繁體中文", "简", "繁"},  # each language's own name for itself
    "views.py": {
        "依申请公开",
        "政務公開",
        "“行政复议”",
        "标题:年度报告 -部门:教育",
    },  # queries, to be found as they stand
    "operations.py": {
        "/api/search?q=依申请公开&level=county&size=10",
        "?q=依申请公开&level=county",
    },  # examples, to be run as they stand
    "cited_work.py": {
        "节选",
        "年份存疑",
        "年份打码",
        "名称或数字打码",
        "有字被网站过滤",
        "由简体机器转换",
        "原文",
        "字,存",
        "字",
        "缺",
        "字,未存全",
        "文字有缺",
    },  # a citation speaks the language of what it cites
    "cite.py": {"附注：", "；", "。"},  # the same
    "citation_links.py": {
        "报告",
        "報告",
        "总结",
        "總結",
        "小结",
        "小結",
        "年报",
        "年報",
        "情况",
        "情況",
    },  # ends of titles
    "reading.py": None,  # patterns of headings in the reports
    "year_words.py": {"[xX×*ⅹ✕_某]"},  # a pattern of masks in the reports
    "statistics.py": {"余", "多"},  # words of the reports
}
"""Han that a module needs and that is no text of the interface; None for all of it."""


def extracted() -> Catalog:
    """What `make texts` reads from web/."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    texts = Catalog()
    for _, _, message, comments, context in extract_from_dir(WEB, methods, options, keywords=KEYWORDS):
        texts.add(message, auto_comments=comments, context=context)
    return texts


def catalogue(locale: str) -> Catalog:
    with (TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=locale)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_of_the_interface_is_translated_and_no_translation_is_left_over(locale: str) -> None:
    wanted = {message.id for message in extracted() if message.id}
    held = {message.id: message for message in catalogue(locale) if message.id}
    assert len(wanted) > 300
    assert wanted - set(held) == set(), "run `make texts` and translate"
    assert set(held) - wanted == set(), "run `make texts`, which takes out what is no longer used"
    assert [key for key, message in held.items() if not all(forms(message)) or message.fuzzy] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translation_fills_in_what_its_text_fills_in(locale: str) -> None:
    for message in catalogue(locale):
        key = message.id if isinstance(message.id, str) else message.id[0]
        for form in forms(message) if key else ():
            assert placeholders(form) == placeholders(key), key
            assert re.findall(r"<(/?\w+)", form) == re.findall(r"<(/?\w+)", key) or "%(num)s<small>" in key, (
                key
            )


def test_the_traditional_catalogue_is_written_in_traditional_characters() -> None:
    names_in_reports = re.compile(r"环保局|生态环境局|卫计委|卫健委")
    for message in catalogue("zh_Hant"):
        for form in forms(message) if message.id else ():
            assert not simplified_only() & set(names_in_reports.sub("", form)), form


def literals_outside_gettext(tree: ast.AST) -> Iterator[str]:
    """Yield the Han strings of a module that reach no call of gettext and are no docstring."""
    excused: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED_BY:
            excused.update(id(inner) for inner in node.args[:1])
        if isinstance(node, ast.Expr):  # docstrings
            excused.add(id(node.value))
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in excused and HAN.search(node.value):
            yield node.value


@pytest.mark.parametrize("path", sorted(WEB.glob("*.py")), ids=lambda path: path.name)
def test_no_module_has_a_text_that_goes_past_the_catalogues(path: Path) -> None:
    allowed = NOT_FOR_READERS.get(path.name, set())
    found = set(literals_outside_gettext(ast.parse(path.read_text(encoding="utf-8"))))
    assert allowed is None or found - allowed == set()


def texts_outside_gettext(tree: nodes.Template) -> Iterator[str]:
    translated = {
        id(inner)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATED_BY
        for inner in call.args
    }
    for data in tree.find_all(nodes.TemplateData):
        if HAN.search(data.data):
            yield data.data
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and HAN.search(constant.value) and id(constant) not in translated:
            yield constant.value


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_a_text_that_goes_past_the_catalogues(path: Path) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    assert list(texts_outside_gettext(environment.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", sorted((WEB / "static").glob("*.js")), ids=lambda path: path.name)
def test_scripts_have_no_words_of_their_own(path: Path) -> None:
    assert not HAN.search(path.read_text(encoding="utf-8")), "give it as a data- attribute of the page"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("en-GB,en;q=0.9,zh-CN;q=0.5", "en"),
        ("zh-CN;q=0.5,en", "en"),
        ("fr-FR,fr;q=0.9,zh-TW;q=0.8", "zh-Hant"),
        ("fr-FR,fr", "en"),
        ("*", "zh-Hans"),
        ("nonsense;;q=x", "zh-Hans"),
        ("en;q=0,zh-TW;q=0.1", "zh-Hant"),
    ],
)
def test_a_reader_is_spoken_to_in_the_language_the_browser_prefers(
    client: FlaskClient, header: str | None, language: str
) -> None:
    response = client.get("/", headers={"Accept-Language": header} if header else {})
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(response.vary)


def test_a_language_once_chosen_is_kept(client: FlaskClient) -> None:
    chosen = client.get("/search?q=公开&lang=en", headers={"Accept-Language": "zh-CN"})
    assert "<title>公开 · Search" in chosen.text
    assert "lang=en" in chosen.headers["Set-Cookie"]
    assert "Search" in client.get("/search", headers={"Accept-Language": "zh-CN"}).text
    assert '<html lang="zh-Hant">' in client.get("/?lang=zh-Hant").text


def test_a_language_that_is_none_of_ours_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/?lang=klingon")
    assert '<html lang="zh-Hans">' in response.text
    assert "Set-Cookie" not in response.headers


def test_the_switch_leads_to_the_same_page_in_each_language(client: FlaskClient) -> None:
    page = client.get("/search?q=公开&county=000000&lang=en").text
    for language, name in LANGUAGE_NAMES.items():
        link = re.search(rf'<a href="([^"]+)" lang="{language}"[^>]*>{name}</a>', page)
        assert link is not None
        address = link[1].replace("&amp;", "&")
        assert address.count("lang=") == 1
        assert f'<html lang="{language}">' in client.get(address).text
        assert "county=000000" in address


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_dates_and_numbers_are_written_as_the_language_does(client: FlaskClient, language: str) -> None:
    from datetime import date

    app = client.application
    with app.test_request_context("/", headers={"Accept-Language": language}):
        assert grouped(1234567) == "1,234,567"
        assert dated(date(2017, 1, 5)) == ("January 5, 2017" if language == "en" else "2017年1月5日")


def test_outside_a_request_all_is_said_in_its_own_words() -> None:
    assert gettext("没有找到报告") == "没有找到报告"
    with create_app().app_context():
        assert gettext("没有找到报告") == "没有找到报告"


def test_what_was_typed_is_shown_and_never_run_in_any_language(client: FlaskClient) -> None:
    for language in LANGUAGE_NAMES:
        page = client.get(f"/search?q=<script>alert(1)</script>公开&lang={language}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_preferred_language_is_the_first_that_we_speak() -> None:
    assert preferred(("fr", "zh-tw", "en")) == "zh-Hant"


def test_chinese_words_on_an_english_page_are_marked_and_escaped(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=en"):
        assert han("教育 <b> 12") == '<span lang="zh">教育</span> &lt;b&gt; 12'
        assert han("望舒市 2018年") == '<span lang="zh">望舒市 2018年</span>'
    with client.application.test_request_context("/?lang=zh-Hant"):
        assert han("教育<b>") == "教育&lt;b&gt;"
