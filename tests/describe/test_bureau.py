import pytest

from archive.describe import describe
from archive.model import Bureau
from tests.describe.sections import make_part, make_section, quotes


@pytest.mark.parametrize(
    ("title", "bureau"),
    [
        ("桂影县教育体育局2019年政务公开总结", Bureau(name="教育体育局", domain="教育")),
        ("桂影县环境保护局2012年政务公开总结", Bureau(name="环境保护局", domain="生态环境")),
        ("鰲背縣國土資源局2009年政務公開總結", Bureau(name="国土资源局", domain="自然资源")),
        (
            "桂影县卫生和计划生育委员会2015年政务公开总结",
            Bureau(name="卫生和计划生育委员会", domain="卫生健康"),
        ),
        ("桂影县发改委2015年政务公开总结", Bureau(name="发改委", domain="发展和改革")),
        ("桂影县扶贫办2015年政务公开总结", Bureau(name="扶贫办", domain="乡村振兴")),
        ("xx县市场监督管理局20xx年政务公开总结", Bureau(name="市场监督管理局", domain="市场监督管理")),
        ("桂影县人民政府2015年政务公开总结", None),
        ("玉杵镇2015年政务公开总结", None),
    ],
)
def test_a_bureaus_name_gives_its_field(title: str, bureau: Bureau | None) -> None:
    assert describe(make_section(title, "及时公开信息。")).bureau == bureau


def test_a_bureau_without_a_name_is_placed_by_its_own_subject() -> None:
    description = describe(
        make_part("我局公布环评审批结果46件,每月公布环境质量月报。", "我局公开排污许可信息。")
    )
    assert description.bureau == Bureau(name=None, domain="生态环境")
    assert quotes(description, "bureau") == ("环评", "环境质量", "排污")


@pytest.mark.parametrize(
    "texts",
    [
        ("我局加强党风廉政教育和宣传教育,组织教育培训。",),
        ("我局公开财政信息,做好民政工作、教育工作和统计工作。",),
        ("我局公开教育工作动态,配合县财政局开展政府采购,会同审计机关审计项目。",),
        ("我局及时公开各类信息。",),
    ],
)
def test_a_subject_that_does_not_dominate_decides_nothing(texts: tuple[str, ...]) -> None:
    description = describe(make_part(*texts))
    assert (description.org_type, description.bureau) == ("bureau", None)


def test_a_government_has_no_bureau_whatever_it_writes_of() -> None:
    assert describe(make_part("我县公布环评审批结果,环境质量月报,排污许可信息。")).bureau is None
