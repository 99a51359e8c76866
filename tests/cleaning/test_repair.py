"""Pinyin glosses go, other brackets stay; what can't be mended is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.decode import decode
from archive.model import Page, Paragraph
from archive.page import read_page
from archive.repair import find_damage, repair
from tests.conftest import make_capture

GLOSSED = "鎮(zhèn)政務(wù)公開(kāi)欄設(shè)在村口,由專(zhuān)人維護。"


def repaired(text: str) -> Page:
    capture = make_capture(text)
    return repair(read_page(capture, decode(capture)))


def test_glosses_are_removed_and_lead_back_to_the_captured_text() -> None:
    (block,) = repaired(GLOSSED).blocks
    assert block.text == "鎮政務公開欄設在村口,由專人維護。"
    paragraph = Paragraph(text=block.text, block=0, captured=block.captured, edits=block.edits)
    for offset, character in enumerate(block.text):
        assert GLOSSED[paragraph.to_captured(offset)] == character
    assert paragraph.to_captured(len(block.text)) == len(GLOSSED)


def test_fewer_than_three_glosses_are_the_author_s_own() -> None:
    assert repaired("鎮(zhèn)政務(wù)公開欄。").blocks[0].text == "鎮(zhèn)政務(wù)公開欄。"


@pytest.mark.parametrize(
    "kept",
    [
        "濉(suī)溪",  # the same in both scripts: an author's gloss
        "質量指數(aqi)",  # no tone
        "務(zhèn)",  # not a reading of the character
        "設(shèbèi)",  # two syllables
        "鎮(村)",
        "「務」(wù)",
    ],
)
def test_ordinary_brackets_stay_even_on_a_glossed_page(kept: str) -> None:
    assert kept in repaired(f"{GLOSSED}\n{kept}").blocks[1].text


def test_variant_letters_and_combining_tones_are_known() -> None:
    text = "廣(ɡuǎnɡ)泛徵(zhe\u0304ng)求意見,張貼發(fā)布,落實(shí)責任。"
    assert repaired(text).blocks[0].text == "廣泛徵求意見,張貼發布,落實責任。"


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("推行依法_方略的需要", "word_filter", "_"),
        ("有的单位以s_m为借口", "word_filter", "s_m"),
        ("完善的监督_,成立小组", "word_filter", "_"),
        ("一谈?wù)\ue49d,就回避", "orphan_gloss", "?wù)\ue49d"),
        ("镇上\ue815村", "private_use", "\ue815"),
        ("公开\ufffd\ufffd目录", "undecodable", "\ufffd\ufffd"),
        ("公众的.需求", "stray_mark", "."),
        ("汇报如下:。", "stray_mark", "。"),
    ],
)
def test_damage_is_marked_where_it_stands(text: str, kind: str, marked: str) -> None:
    (damage,) = find_damage((Paragraph(text=text, block=0),))
    assert (damage.kind, text[damage.start : damage.end]) == (kind, marked)


@pytest.mark.parametrize(
    "text",
    [
        "____年__月",
        "文件file_name.doc",
        "www.my_site.example",
        "http://a.example/b_c",
        "3.5万元",
        "1.公开内容",
        "濉(suī)溪",
    ],
)
def test_masks_names_and_numbers_are_not_damage(text: str) -> None:
    assert find_damage((Paragraph(text=text, block=0),)) == ()


@given(st.text(alphabet="鎮務設開村(（)）zhènwùshkāi。", max_size=60))
def test_a_repair_only_removes_and_every_character_left_can_be_traced(text: str) -> None:
    for block in repaired(f"{GLOSSED}\n{text}").blocks:
        assert len(block.text) == len(block.captured) - sum(edit.end - edit.start for edit in block.edits)
        paragraph = Paragraph(text=block.text, block=0, captured=block.captured, edits=block.edits)
        assert all(block.captured[paragraph.to_captured(n)] == c for n, c in enumerate(block.text))
