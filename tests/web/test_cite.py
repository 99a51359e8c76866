from datetime import date

from archive.settings import Settings
from tests.web import invented
from tests.web.test_present import stored
from web.cite import bibtex, gbt7714, meta_tags

ADDRESS = "https://archive.example/r/0123456789ab/v/1"
READ_ON = date(2026, 11, 21)


def test_a_report_is_cited_as_gbt_7714_asks(archive: Settings) -> None:
    line = gbt7714(stored(archive, invented.township(2018)), ADDRESS, READ_ON)
    assert line == (
        "桂影县玉杵镇人民政府. 桂影县玉杵镇2018年政府信息公开工作年度报告[R/OL]. "
        f"(2019-01-21)[2026-11-21]. {ADDRESS}."
    )


def test_a_part_is_cited_within_its_compilation_and_no_author_is_invented(archive: Settings) -> None:
    line = gbt7714(stored(archive, invented.compilation(), part=2), ADDRESS, READ_ON)
    assert line == f"政务公开工作总结 篇二[EB/OL]//政务公开工作总结（优秀5篇）. [2026-11-21]. {ADDRESS}."


def test_bibtex_never_claims_a_year_in_doubt(archive: Settings) -> None:
    entry = bibtex(stored(archive, invented.damaged()), ADDRESS, READ_ON)
    assert "year =" not in entry
    assert "author =" not in entry
    assert ADDRESS in entry


def test_bibtex_escapes_what_tex_would_read(archive: Settings) -> None:
    entry = bibtex(stored(archive, invented.hostile()), ADDRESS, READ_ON)
    assert r"\&" in entry
    assert entry.count("{") == entry.count("}")


def test_meta_tags_name_what_is_known_and_nothing_else(archive: Settings) -> None:
    known = dict(meta_tags(stored(archive, invented.township(2018)), ADDRESS))
    assert known["citation_title"] == "桂影县玉杵镇2018年政府信息公开工作年度报告"
    assert known["citation_author"] == "桂影县玉杵镇人民政府"
    assert known["citation_publication_date"] == "2019/01/21"
    assert known["DC.identifier"] == ADDRESS
    doubtful = dict(meta_tags(stored(archive, invented.damaged()), ADDRESS))
    assert "citation_author" not in doubtful
    assert "citation_publication_date" not in doubtful
    assert doubtful["DC.language"] == "zh-Hant"
