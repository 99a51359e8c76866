import pytest

from archive.describe import describe
from archive.describe.script import merged_forms
from archive.hanzi import load_dictionary, to_traditional
from archive.model import Edit, Script
from tests.describe.sections import make_section, quotes

SIMPLIFIED = (
    "我镇关于信息公开的规定施行后,一并规范了公开的范围,干部签字后才能发布。"
    "由于人手不足,公开后的资料没有系统整理,只好征求群众的意见,并采取措施改进。"
    "镇里划出专栏,复制表格供群众取用,余下的问题将于年底前解决。"
)
PROPER = (
    "我鎮關於信息公開的規定施行後,一併規範了公開的範圍,幹部簽字後才能發布。"
    "由於人手不足,公開後的資料沒有系統整理,只好徵求群眾的意見,並採取措施改進。"
    "鎮裡劃出專欄,複製表格供群眾取用,餘下的問題將於年底前解決。"
)
EVERYDAY_VARIANTS = "台灣的群眾在公里牌旁邊吃飯,布告占了半面牆,升旗周會照常,托兒所的家具已經雇人修好。" * 3


def convert_by_characters(text: str) -> str:
    """Convert as the resale sites do: each character on its own, one form for all its meanings."""
    rows = load_dictionary("STCharacters").items()
    table = {ord(key): values[0] for key, values in rows if len(key) == 1 and key not in values}
    return text.translate(table)


def test_proper_traditional_is_native() -> None:
    description = describe(make_section("鎮政務公開工作總結", PROPER))
    assert (description.script, description.script_origin) == ("hant", "native")


def test_everyday_variants_of_native_writers_are_not_merged_forms() -> None:
    description = describe(make_section("政務公開工作總結", EVERYDAY_VARIANTS))
    assert (description.script, description.script_origin) == ("hant", "native")


def test_a_converters_own_output_is_native() -> None:
    assert list(merged_forms(to_traditional(SIMPLIFIED))) == []


def test_traditional_converted_by_characters_is_found_out() -> None:
    description = describe(make_section("鎮政務公開工作總結", convert_by_characters(SIMPLIFIED)))
    assert (description.script, description.script_origin) == ("hant", "converted")
    assert "converted" in description.flags
    assert set(quotes(description, "script_origin")) <= set("于后并范干系征采只划制余里复")


def test_one_slip_is_no_conversion() -> None:
    description = describe(make_section("鎮政務公開工作總結", PROPER.replace("關於", "關于")))
    assert description.script_origin == "native"


def test_one_slip_beside_pinyin_glosses_is() -> None:
    gloss = Edit(start=2, end=7, replacement="", reason="pinyin gloss")
    section = make_section("鎮政務公開工作總結", PROPER.replace("關於", "關于"), edits={0: (gloss,)})
    description = describe(section)
    assert description.script_origin == "converted"
    assert {"converted", "pinyin"} <= set(description.flags)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (SIMPLIFIED, "hans"),
        (PROPER, "hant"),
        (SIMPLIFIED + PROPER, "mixed"),
        ("公告一二三", None),
        ("群秘并里后" * 4, None),  # forms that both scripts have
    ],
)
def test_characters_of_one_script_only_tell_the_script(text: str, script: Script | None) -> None:
    assert describe(make_section("", text)).script == script


def test_a_title_is_given_in_simplified() -> None:
    assert describe(make_section("玉杵鎮政務公開總結", PROPER)).title_hans == "玉杵镇政务公开总结"
