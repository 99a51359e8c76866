"""What citations say, and that real parsers of each format read it."""

import json
import re
import warnings
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy

from archive.model import Outcome
from archive.settings import Settings
from tests.web import invented
from tests.web.test_present import stored
from web.cite import apa, gbt7714_2015, gbt7714_2025, note_line, plain
from web.cite_files import bibtex, csl_json, ris
from web.cite_tags import meta_tags
from web.cited_work import CitedWork, to_work

ADDRESS = "https://archive.example/r/0123456789ab/v/1"
READ_ON = date(2026, 11, 21)
TITLE = "桂影县玉杵镇2018年政府信息公开工作年度报告"
WHOLE = "政务公开工作总结（优秀5篇）"


def work_of(archive: Settings, outcome: Outcome, part: int = 0, **values: object) -> CitedWork:
    defaults: dict[str, object] = {"accessed_on": READ_ON}
    return to_work(stored(archive, outcome, part), ADDRESS, **{**defaults, **values})  # type: ignore[arg-type]


def every_work(archive: Settings) -> list[CitedWork]:
    return [
        work_of(archive, outcome, report.section.part)
        for outcome in invented.outcomes()
        for report in outcome.reports
    ]


def test_a_report_is_cited_as_gbt_7714_2015_asks(archive: Settings) -> None:
    work = work_of(archive, invented.township(2018))
    assert gbt7714_2015(work) == f"桂影县玉杵镇人民政府. {TITLE}[R/OL]. (2019-01-21)[2026-11-21]. {ADDRESS}."


def test_the_edition_of_2025_gives_a_report_its_date_and_no_day_of_access(archive: Settings) -> None:
    work = work_of(archive, invented.township(2018))
    assert gbt7714_2025(work) == f"桂影县玉杵镇人民政府. {TITLE}[R/OL]. 2019-01-21. {ADDRESS}."


def test_the_day_of_access_can_be_left_out(archive: Settings) -> None:
    work = work_of(archive, invented.township(2018), accessed_on=None)
    assert gbt7714_2015(work) == f"桂影县玉杵镇人民政府. {TITLE}[R/OL]. (2019-01-21). {ADDRESS}."
    assert "urldate" not in bibtex(work)
    assert "Y2  -" not in ris(work)


@pytest.mark.parametrize("write", [gbt7714_2015, gbt7714_2025])
def test_a_part_is_cited_within_its_compilation_and_no_author_is_invented(archive: Settings, write) -> None:  # type: ignore[no-untyped-def]
    line = write(work_of(archive, invented.compilation(), part=2))
    assert line == f"政务公开工作总结 篇二[EB/OL]//{WHOLE}. [2026-11-21]. {ADDRESS}."


def test_a_text_that_names_no_issuer_is_cited_as_a_web_page(archive: Settings) -> None:
    work = work_of(archive, invented.damaged())
    assert gbt7714_2015(work) == f"鎮2017年政務公開工作小結[EB/OL]. [2026-11-21]. {ADDRESS}."
    dated = replace(work, published_on=date(2011, 3, 4))
    assert gbt7714_2025(dated) == f"鎮2017年政務公開工作小結[EB/OL]. （2011-03-04）[2026-11-21]. {ADDRESS}."


def test_the_script_is_that_of_the_stored_text_until_another_is_chosen(archive: Settings) -> None:
    assert "政務公開" in gbt7714_2015(work_of(archive, invented.damaged()))
    assert "镇2017年政务公开工作小结" in gbt7714_2015(work_of(archive, invented.damaged(), script="hans"))
    assert "年度報告" in apa(work_of(archive, invented.township(2018), script="hant"))


def test_what_was_lost_and_what_is_in_doubt_goes_along(archive: Settings) -> None:
    work = work_of(archive, invented.damaged())
    assert work.notes == (
        "缺412字", "原文1875字,存903字", "年份存疑", "名称或数字打码", "有字被网站过滤", "由简体机器转换",
    )  # fmt: skip
    assert note_line(work).startswith("附注：缺412字；原文1875字,存903字；年份存疑；")
    assert note_line(work_of(archive, invented.township(2018))) == ""
    for written in (bibtex(work), ris(work), csl_json(work)):
        assert "原文1875字,存903字" in written
        assert work.digest in written


def test_the_author_is_written_as_the_text_writes_it(archive: Settings) -> None:
    report = stored(archive, invented.township(2018))
    about = replace(report.description, evidence=())
    signed = replace(report.paragraphs[-1], text="桂影縣玉杵鎮人民政府")
    written = replace(report, description=about, paragraphs=(*report.paragraphs, signed))
    assert to_work(written, ADDRESS, READ_ON).author == "桂影縣玉杵鎮人民政府"


def test_an_issuer_that_was_only_worked_out_is_no_author(archive: Settings) -> None:
    report = stored(archive, invented.township(2018))
    work = to_work(replace(report, description=replace(report.description, evidence=())), ADDRESS, READ_ON)
    assert (work.author, work.type) == (None, "webpage")
    assert gbt7714_2015(work) == f"{TITLE}[EB/OL]. (2019-01-21)[2026-11-21]. {ADDRESS}."


def test_apa_puts_the_title_first_where_nobody_is_named(archive: Settings) -> None:
    assert apa(work_of(archive, invented.township(2018))) == (
        f"桂影县玉杵镇人民政府. (2019, January 21). {TITLE}. Retrieved November 21, 2026, from {ADDRESS}"
    )
    assert apa(work_of(archive, invented.compilation(), part=1, accessed_on=None)) == (
        f"政务公开工作总结 篇一. (n.d.). In {WHOLE}. {ADDRESS}"
    )


def test_the_plain_link_carries_the_digest(archive: Settings) -> None:
    work = work_of(archive, invented.township(2018))
    assert plain(work) == f"{TITLE} {ADDRESS} (SHA-256: {work.digest})"


def test_no_format_names_an_author_or_a_year_that_the_text_does_not(archive: Settings) -> None:
    work = work_of(archive, invented.damaged())
    assert (work.author, work.published_on) == (None, None)
    assert not re.search(r"^\s*(?:author|year|date|institution) =", bibtex(work), re.MULTILINE)
    assert not re.search(r"^(?:AU|PY|DA|PB)  -", ris(work), re.MULTILINE)
    assert {"author", "issued", "publisher"}.isdisjoint(json.loads(csl_json(work))[0])


def plain_text(value: str) -> str:
    """What a BibTeX value says once braces and escapes are undone."""
    undone = value.replace(r"\textbackslash{}", "\0").replace(r"\textasciitilde{}", "~")
    undone = undone.replace(r"\textasciicircum{}", "^")
    undone = re.sub(r"\\([{}%#_&$])", lambda match: chr(0xE000 + ord(match[1])), undone)
    undone = undone.replace("{", "").replace("}", "").replace("\0", "\\")
    return re.sub("[\ue000-\ue0ff]", lambda match: chr(ord(match[0]) - 0xE000), undone)


def test_bibtexparser_reads_every_entry(archive: Settings) -> None:
    works = every_work(archive)
    library = bibtexparser.parse_string("".join(map(bibtex, works)))
    assert (len(library.entries), library.failed_blocks) == (len(works), [])
    for entry, work in zip(library.entries, works, strict=True):
        fields = {field.key: plain_text(field.value) for field in entry.fields}
        assert entry.key == work.key
        assert (fields["title"], fields["url"]) == (work.title, work.address)
        assert (fields.get("author"), fields.get("booktitle")) == (work.author, work.whole)


def test_rispy_reads_every_record(archive: Settings) -> None:
    works = every_work(archive)
    for record, work in zip(rispy.loads("".join(map(ris, works))), works, strict=True):
        assert record["type_of_reference"] in {"RPRT", "ELEC", "CHAP"}
        assert record.get("authors", []) == ([work.author] if work.author else [])
        assert (record["title"], record["urls"]) == (work.title, [work.address])
        assert record.get("secondary_title") == work.whole
        assert record["access_date"] == "2026/11/21"


def test_citeproc_reads_every_item_and_makes_a_line_of_it(archive: Settings) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py tells of each variable that it does not know
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        works = every_work(archive)
        items = [json.loads(csl_json(work))[0] for work in works]
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for work in works:
            bibliography.register(Citation([CitationItem(work.key)]))
        lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == len(works)
    assert any(TITLE in line and "桂影县玉杵镇人民政府" in line for line in lines)


HIGHWIRE = {
    "citation_title": "title", "citation_publication_date": "date", "citation_book_title": "bookTitle",
    "citation_technical_report_institution": "institution", "citation_abstract": "abstractNote",
    "citation_public_url": "url", "citation_language": "language",
}  # fmt: skip
"""What Zotero's translator "Embedded Metadata" (2024-06-13) maps to its fields, of the tags that a report can have."""


def as_zotero_reads(tags: dict[str, str]) -> dict[str, str]:
    """The item that the translator's rules make of a page's tags: its type first, then field by field."""
    if "citation_technical_report_institution" in tags:
        kind = "report"
    elif "citation_book_title" in tags:
        kind = "bookSection"
    else:
        kind = tags.get("z:itemType", "journalArticle")
    item = {"itemType": kind} | {field: tags[name] for name, field in HIGHWIRE.items() if name in tags}
    return item | ({"creator": tags["citation_author"]} if "citation_author" in tags else {})


def test_zotero_saves_a_report_as_a_report_with_all_that_it_needs(archive: Settings) -> None:
    report = stored(archive, invented.township(2018))
    work = to_work(report, ADDRESS, READ_ON)
    assert as_zotero_reads(dict(meta_tags(work, report))) == {
        "itemType": "report", "title": TITLE, "date": "2019/01/21", "institution": "桂影县玉杵镇人民政府",
        "creator": "桂影县玉杵镇人民政府", "url": ADDRESS, "language": "zh-Hans",
    }  # fmt: skip


def test_zotero_never_takes_a_text_without_an_issuer_for_a_journal_article(archive: Settings) -> None:
    damaged, part = stored(archive, invented.damaged()), stored(archive, invented.compilation(), part=3)
    page = as_zotero_reads(dict(meta_tags(to_work(damaged, ADDRESS, READ_ON), damaged)))
    assert page["itemType"] == "webpage"
    assert {"creator", "date", "institution"}.isdisjoint(page)
    assert page["language"] == "zh-Hant"
    section = as_zotero_reads(dict(meta_tags(to_work(part, ADDRESS, READ_ON), part)))
    assert (section["itemType"], section["bookTitle"]) == ("bookSection", WHOLE)


def test_dublin_core_says_the_same(archive: Settings) -> None:
    report = stored(archive, invented.township(2018))
    tags = dict(meta_tags(to_work(report, ADDRESS, READ_ON), report))
    assert tags["DC.identifier"] == tags["citation_public_url"] == ADDRESS
    assert tags["DC.source"] == "http://www.guiying.gov.example/yuchu/2018.html"
    assert tags["DC.date"] == "2019-01-21"
