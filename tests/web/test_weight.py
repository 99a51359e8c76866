"""The heaviest search page: ten hits of long passages, every facet full, notes; under 100 KB as it is sent, not compressed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from archive.model import Bureau, Outcome, PageFields, Place
from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented
from web import create_app

REPORTS = 130
HEAVIEST = 100_000
DOMAINS = "教育 财政 民政 生态环境 交通运输 卫生健康 水利 司法 审计 统计 科学技术 应急管理 自然资源 农业农村".split()
FLAGS = ("truncated", "masked", "converted", "year_doubt", "template_copy")  # of a page that sells reports
SENTENCE = (
    "本机关围绕政府信息公开工作情况的主要要求，对主动公开与依申请公开的情况逐项作了梳理，资讯栏目同步更新"
)


def report(number: int) -> Outcome:
    """A long report with a place, a bureau and a site of its own."""
    made = invented.township(2000 + number % 22)
    section, description = made.reports[0].section, made.reports[0].description
    title = f"沧溟省望舒市第{number}号县第{number}号镇人民政府办公室{2000 + number % 22}年政府信息公开工作情况年度报告"
    texts = invented.paragraphs(*(f"{SENTENCE}，共{number}{at}件。" * 4 for at in range(6)))
    place = Place(
        **invented.WANGSHU, county=f"第{number}号县", township=f"第{number}号镇", status="as_written"
    )
    return invented.outcome(
        f"http://www.guiying.gov.example/{number}.html",
        (
            replace(
                section,
                title=title,
                paragraphs=texts,
                dropped=(),
                fields=PageFields(site=f"第{number}号县人民政府门户网站"),
            ),
            replace(
                description,
                title_hans=title,
                place=place,
                bureau=Bureau(name=None, domain=DOMAINS[number % len(DOMAINS)]),
                year=2000 + number % 22,
                flags=FLAGS,
                evidence=(),
            ),
        ),
    )


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(home=tmp_path_factory.mktemp("heavy"))
    with Store.open(settings, writable=True) as store:
        for number in range(REPORTS):
            store.keep(report(number), now=invented.KEPT_AT)
        reindex(store, settings)
    with create_app(settings, TESTING=True).test_client() as client:
        yield client


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "公开",
        "政府信息公开工作",  # the longest whose values are links
        "政府信息公开工作情况的主",  # the longest whose pages are
        "資訊公開 OR 政府信息公开 OR 工作情况 年份:去年 (",  # with notes
        f"{SENTENCE}的办理情况是怎样的呢",
        (SENTENCE * 10)[:500],
    ],
)
def test_the_heaviest_page_stays_under_a_hundred_kilobytes(
    heavy: FlaskClient, typed: str, language: str
) -> None:
    page = heavy.get("/search", query_string={"q": typed}, headers={"Accept-Language": language})
    text = page.get_data(as_text=True)
    assert text.count('<li class="hit">') == 10
    assert text.count("value-toggle") > 90
    assert len(page.data) < HEAVIEST
