import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from archive.model import Gap, Paragraph, StoredReport
from archive.settings import Settings
from tests.web import invented
from tests.web.test_present import stored
from web.markdown import escape_markdown, to_markdown
from web.reading import Reading, heading_rank, to_reading


def no_marks(_: str) -> tuple[tuple[int, int], ...]:
    return ()


def read(report: StoredReport) -> Reading:
    return to_reading(report, no_marks)


def views(reading: Reading) -> dict[str, Markup]:
    return {view.anchor: view.markup for passage in reading.passages for view in passage.paragraphs}


def test_a_gap_stands_at_its_offset_in_its_paragraph(archive: Settings) -> None:
    markup = views(read(stored(archive, invented.damaged())))["p2"]
    before, _, after = markup.partition('<span class="gap"')
    assert re.sub("<[^>]*>", "", before) == "貫徹黨的十七屆五中全會精神，"
    assert "412字" in after
    assert after.endswith("寫入制度，公開事項二十項。")


def test_a_gap_before_the_first_paragraph_is_told_apart(archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    gap = Gap(kind="paywall", paragraph=-1, offset=0, notice="……", omitted_chars=77)
    reading = read(replace(report, gaps=(gap,)))
    assert "77字" in reading.missing_before[0]


def test_damage_is_marked_with_what_it_is(archive: Settings) -> None:
    markup = views(read(stored(archive, invented.damaged())))["p2"]
    assert re.search(r'<span class="damage"[^>]* title="[^"]*过滤词[^"]*">_</span>', markup)


def test_searched_words_are_marked_as_the_text_has_them(archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    reading = to_reading(report, lambda text: [match.span() for match in re.finditer("政務公開", text)])
    assert "<mark>政務公開</mark>" in views(reading)["p1"]
    assert (reading.first_hit, reading.hit_count) == ("p1", 1)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("一、概述", 2),
        ("（二）工作", 3),
        ("(三)工作", 3),
        ("4.其他", 4),
        ("第一部分 概况", 2),
        ("几点体会", 2),
    ],
)
def test_a_headings_rank_follows_its_number(text: str, rank: int) -> None:
    assert heading_rank(text) == rank


def test_a_tables_row_is_cut_into_its_cells(archive: Settings) -> None:
    reading = read(stored(archive, invented.township(2018)))
    table = next(passage for passage in reading.passages if passage.kind == "table")
    assert [list(view.cells) for view in table.paragraphs] == [
        ["信息内容", "本年制发件数"],
        ["规范性文件", "2"],
    ]


def test_every_paragraph_has_its_own_anchor_in_order(archive: Settings) -> None:
    report = stored(archive, invented.township(2018))
    assert list(views(read(report))) == [f"p{number}" for number in range(1, len(report.paragraphs) + 1)]


def test_markdown_keeps_masks_and_numbers_as_written() -> None:
    assert escape_markdown("20**年__月*") == "20\\*\\*年\\_\\_月\\*"
    assert escape_markdown("1.概述") == "1\\.概述"
    assert escape_markdown("# 一") == "\\# 一"
    assert escape_markdown("<b>") == "\\<b\\>"


def test_markdown_holds_every_paragraph_and_every_gap(archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    text = to_markdown(report, "http://archive.example/r/x/v/1").replace("\\", "")
    for paragraph in report.paragraphs:
        for half in re.split("，從嚴", paragraph.text, maxsplit=1):
            assert half in text
    assert "412字" in text
    assert report.version.digest in text


def test_a_paragraph_of_nothing_but_a_gap_notice_leaves_no_empty_block(archive: Settings) -> None:
    report = stored(archive, invented.damaged())
    whole = replace(report, paragraphs=(Paragraph(text="甲", block=1),), gaps=())
    assert to_markdown(whole, "x").endswith("---\n\n甲\n")
