"""A compilation becomes its parts, and nothing else becomes one."""

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.model import Section
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.split import declared_count, split, to_number
from tests.conftest import make_capture

TITLE = "环保局信息公开总结"
TEXTS = [
    "今年我局公开信息三十六条,都经过保密审查,没有发生泄密。",
    "我镇在村口设公开栏,按季度更换,群众可以随时来看。",
    "我乡收到申请两件,都在期限内答复,没有收取费用。",
]
BLURB = "写好总结,可以看清来路。下面这些案例,也许能给您一点启发。"


def sections(lines: list[str]) -> tuple[Section, ...]:
    capture = make_capture("\n".join(lines))
    return split(clean(repair(read_page(capture, decode(capture))), load_rulebook()))


def bodies(found: tuple[Section, ...]) -> list[list[str]]:
    return [[paragraph.text for paragraph in section.paragraphs] for section in found]


@pytest.mark.parametrize(
    "headings",
    [
        [f"{TITLE}篇一", f"{TITLE}篇二", f"{TITLE}篇三"],
        [f"{TITLE}篇1", f"{TITLE}篇2", f"{TITLE}篇3"],
        ["【第1篇】", "【第2篇】", "【第3篇】"],
        ["第一篇:环保局总结", "第二篇:某镇总结", "第三篇:某乡总结"],
        ["范文一", "范文二", "范文三"],
        ["篇一:环保局总结", "篇二:某镇总结", "篇三:某乡总结"],
        [f"{TITLE}(1)", f"{TITLE}(2)", f"{TITLE}(3)"],
        [f"{TITLE}【篇1】", f"{TITLE}【篇2】", f"{TITLE}【篇3】"],
    ],
)
def test_every_form_of_separator_gives_its_parts(headings: list[str]) -> None:
    lines = [f"{TITLE}(优秀3篇)", BLURB]
    for heading, text in zip(headings, TEXTS, strict=True):
        lines += [heading, text]
    found = sections(lines)
    assert bodies(found) == [[text] for text in TEXTS]
    assert [section.title for section in found] == headings
    assert [(section.part, section.part_count) for section in found] == [(1, 3), (2, 3), (3, 3)]
    assert {section.parent_title for section in found} == {f"{TITLE}(优秀3篇)"}
    assert ("compilation-blurb", BLURB) in [(d.rule, d.text) for d in found[0].dropped]


def test_a_first_part_without_a_heading_is_a_part_and_no_blurb() -> None:
    found = sections([f"{TITLE}(共3篇)", TEXTS[0], f"{TITLE}篇二", TEXTS[1], f"{TITLE}篇三", TEXTS[2]])
    assert bodies(found) == [[text] for text in TEXTS]


def test_a_report_with_numbered_headings_is_one_report() -> None:
    lines = [
        "玉杵镇信息公开总结",
        "第一部分",
        TEXTS[0],
        "第二部分",
        TEXTS[1],
        "(一)公开内容",
        TEXTS[2],
        "(二)公开形式",
        TEXTS[0],
    ]
    (section,) = sections(lines)
    assert (section.part, section.part_count, section.parent_title) == (0, 0, None)


def test_one_separator_alone_makes_no_compilation() -> None:
    assert len(sections(["玉杵镇信息公开总结", TEXTS[0], "范文一", TEXTS[1]])) == 1


def test_a_gap_stays_with_its_part() -> None:
    lines = [
        TITLE,
        f"{TITLE}篇一",
        TEXTS[0],
        f"{TITLE}篇二",
        TEXTS[1] + "(未完,全文共90字,当前仅显示26字",
        f"{TITLE}篇三",
        TEXTS[2],
    ]
    found = sections(lines)
    assert [len(section.gaps) for section in found] == [0, 1, 0]
    assert (found[1].gaps[0].paragraph, found[1].gaps[0].offset) == (0, len(TEXTS[1]))


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("总结(优秀15篇)", 15),
        ("总结范文七篇", 7),
        ("总结(通用二十三篇)", 23),
        ("玉杵镇2018年总结", None),
        ("总结汇编【10篇】", 10),
    ],
)
def test_a_heading_s_promise_is_read(title: str, count: int | None) -> None:
    assert declared_count(title) == count


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("十五", 15), ("二十", 20), ("九十九", 99), ("一百零三", 103), ("7", 7)]
)
def test_chinese_numbers_are_read(text: str, number: int) -> None:
    assert to_number(text) == number


def test_a_number_in_two_scripts_at_once_heads_no_part() -> None:
    assert len(sections(["玉杵镇信息公开总结", TEXTS[0], "范文一10", TEXTS[1], "范文2十", TEXTS[2]])) == 1
