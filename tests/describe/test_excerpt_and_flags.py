import pytest

from archive.describe import describe
from archive.model import Damage, Edit, Gap
from tests.describe.sections import make_part, make_section

WHOLE = (
    "现将桂影县教育局2016年政府信息公开工作情况报告如下:",
    "一、主要工作",
    "(一)加强领导。成立小组。",
    "(二)完善制度。修订办法。",
    "二、存在问题",
    "(一)更新不够及时。",
    "桂影县教育局",
    "2017年1月9日",
)


def is_excerpt(*texts: str, part: bool) -> bool:
    section = make_part(*texts) if part else make_section("政务公开工作总结", *texts)
    return "excerpt" in describe(section).flags


@pytest.mark.parametrize("part", [True, False])
def test_a_report_with_opening_headings_and_signature_is_whole(part: bool) -> None:
    assert not is_excerpt(*WHOLE, part=part)


@pytest.mark.parametrize("part", [True, False])
@pytest.mark.parametrize(
    "texts",
    [
        ("(一)加强领导。成立小组。", "(二)完善制度。"),
        ("一是加强领导。成立小组。", "二是完善制度。"),
        ("1、主动公开情况。", "2、公开形式。"),
        (
            "现将情况汇报如下:",
            "(一)领导有力。做好公开。",
            "(二)制度健全。",
            "全年公开信息90条。",
            "(一)更新慢。",
            "(二)人手少。",
        ),
    ],
)
def test_numbering_without_its_upper_level_is_an_excerpt(texts: tuple[str, ...], part: bool) -> None:
    assert is_excerpt(*texts, part=part)


def test_a_parts_lone_paragraph_is_an_excerpt_and_a_short_page_is_not() -> None:
    lone = "2016年,我镇公开信息90条,群众满意。"
    assert is_excerpt(lone, part=True)
    assert not is_excerpt(lone, part=False)


def test_one_lost_heading_does_not_make_a_page_an_excerpt() -> None:
    texts = (
        "现将情况总结如下:",
        "(一)加强领导。",
        "(二)完善制度。",
        "二、存在不足",
        "(一)更新慢。",
        "(二)人手少。",
    )
    assert not is_excerpt(*texts, part=False)


@pytest.mark.parametrize(
    "text",
    ["我乡公开工作取得成效,但仍存在一些问题。", "明年我局的工作打算是:完善目录。"],
)
def test_a_section_of_a_report_is_an_excerpt(text: str) -> None:
    assert is_excerpt(text, part=True)


def test_a_paywall_gap_is_truncated() -> None:
    gap = Gap(kind="paywall", paragraph=0, offset=3, notice="此处省略若干字", omitted_chars=120)
    assert "truncated" in describe(make_section("政务公开工作总结", "我镇公开信息。", gaps=(gap,))).flags


def test_a_word_filters_damage_is_flagged_and_other_damage_is_not() -> None:
    def flags(kind: str) -> tuple[str, ...]:
        damage = Damage(kind=kind, paragraph=0, start=2, end=3)  # type: ignore[arg-type]
        return describe(make_section("政务公开工作总结", "监督_机制。", damages=(damage,))).flags

    assert "word_filtered" in flags("word_filter")
    assert "word_filtered" not in flags("orphan_gloss")


def test_only_gloss_repairs_raise_the_pinyin_flag() -> None:
    def flags(reason: str) -> tuple[str, ...]:
        edit = Edit(start=0, end=1, replacement="", reason=reason)
        return describe(make_section("政务公开工作总结", "我镇公开信息。", edits={0: (edit,)})).flags

    assert "pinyin" in flags("pinyin gloss")
    assert "pinyin" not in flags("stray mark")


def test_a_plain_report_has_no_flags() -> None:
    assert describe(make_section("桂影县教育局2016年政府信息公开工作总结", *WHOLE)).flags == ()


def test_an_empty_section_claims_nothing() -> None:
    description = describe(make_section(""))
    assert (description.level, description.issuer, description.year, description.kind) == (
        None,
        None,
        None,
        "other",
    )
    assert description.evidence == ()
