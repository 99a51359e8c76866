import pytest

from archive.describe import describe
from tests.describe.sections import make_part, make_section, quotes


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("xx镇公开信息。", "xx"),
        ("××县公开信息。", "××"),
        ("ＸＸ县公开信息。", "ＸＸ"),
        ("x省文件。", "x省"),
        ("x河镇设公开栏。", "x河镇"),
        ("公开信息xxx条。", "xxx"),
        ("公开信息x条。", "x条"),
        ("办结率xx%。", "xx"),
        ("20xx年公开。", "20xx"),
        ("20**年公开。", "20**"),
        ("**镇公开信息。", "**"),
        ("公开信息**条。", "**"),
        ("2___年公开。", "2___"),
        ("___镇公开信息。", "___"),
        ("依据桂政办发[201x]8号。", "201x"),
        ("某镇公开信息。", "某"),
        ("某某局公开信息。", "某某"),
        ("××年公开。", "××"),
        ("由xxx同志负责。", "xxx"),
        ("《xx日报》刊登。", "xx"),
        ("電話(xxxxxxxx)。", "xxxxxxxx"),
        ("○○縣公開。", "○○"),
    ],
)
def test_a_mask_is_found_as_written(text: str, mask: str) -> None:
    description = describe(make_section("政务公开工作总结", text))
    assert description.masked
    assert "masked" in description.flags
    assert quotes(description, "masked")[0] == mask


@pytest.mark.parametrize(
    "text",
    [
        "见http://www.guiying.gov.example/xxgk/xx/index.html公开。",
        "发邮件至xxgk@guiying.gov.example索取。",
        "沿x轴方向拍摄X光片。",
        "宣传栏尺寸3×5米,共100x20张。",
        "实行5*8小时值班。",
        "贯彻依法_方略,建立监督_机制。",
        "开发OA系统、APP和Excel表格。",
        "通过QQ、WiFi发布。",
        "某些群众反映某项工作、某一事项不清楚。",
        "公示期7天,公开12条。",
        "********",
        "第________页",
    ],
)
def test_what_only_looks_like_a_mask_is_none(text: str) -> None:
    description = describe(make_section("政务公开工作总结", text))
    assert not description.masked
    assert quotes(description, "masked") == ()


def test_a_deleted_name_leaves_no_mask() -> None:
    assert not describe(make_section("镇2016年政务公开工作总结", "我镇公开信息。")).masked


def test_a_masked_compilation_heading_does_not_mask_its_parts() -> None:
    part = make_part("我镇公开信息。", heading="xx局工作总结篇三", parent="xx局工作总结(精选8篇)")
    assert not describe(part).masked
