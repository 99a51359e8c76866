import pytest

from archive.describe import describe
from archive.hanzi import to_traditional
from archive.model import PageFields
from tests.describe.sections import make_part, make_section, quotes

BODY = "一年来,严格按照条例要求,及时公开各类政府信息,方便群众查阅。"


@pytest.mark.parametrize(
    ("title", "issuer", "level", "org_type"),
    [
        ("玉杵镇2018年政府信息公开工作总结", "玉杵镇人民政府", "township", "government"),
        ("桂影县丹桂乡2012年度政务公开总结", "桂影县丹桂乡人民政府", "township", "government"),
        ("银阙区广寒街道2015年政务公开总结", "银阙区广寒街道办事处", "township", "government"),
        ("桂影县人民政府2018年政府信息公开年度报告", "桂影县人民政府", "county", "government"),
        ("银阙区2018年政府信息公开年度报告", "银阙区人民政府", "county", "government"),
        ("桂影县教育局2018年政府信息公开年度报告", "桂影县教育局", "county", "bureau"),
        ("2018年桂影县教育局政务公开工作总结", "桂影县教育局", "county", "bureau"),
        ("关于桂影县教育局2018年政务公开工作的总结", "桂影县教育局", "county", "bureau"),
        ("望舒市霜华市财政局2018年政务公开总结", "望舒市霜华市财政局", "county", "bureau"),
        ("玄圃自治州审计局2018年政务公开总结", "玄圃自治州审计局", "prefecture", "bureau"),
        ("玄圃州水利局二○一八年政务公开总结", "玄圃州水利局", "prefecture", "bureau"),
        ("沧溟省教育厅2018年政府信息公开年度报告", "沧溟省教育厅", "province", "bureau"),
        ("沧溟省人民政府2018年政府信息公开年度报告", "沧溟省人民政府", "province", "government"),
        ("望舒市教育局2018年政务公开总结", "望舒市教育局", "prefecture", "bureau"),
        ("霜华市教育局2018年政务公开总结", "霜华市教育局", "county", "bureau"),
        ("玉阙市教育局2018年政务公开总结", "玉阙市教育局", None, "bureau"),
        ("望舒市2018年政府信息公开年度报告", "望舒市人民政府", "prefecture", "government"),
        ("望舒市市场监督管理局2020年政务公开总结", "望舒市市场监督管理局", "prefecture", "bureau"),
        ("桂影县城乡建设局2010年政务公开总结", "桂影县城乡建设局", "county", "bureau"),
        ("桂影县城市管理局2012年政务公开总结", "桂影县城市管理局", "county", "bureau"),
        ("桂影县乡村振兴局2022年政务公开总结", "桂影县乡村振兴局", "county", "bureau"),
        ("桂影县农业农村局2022年政务公开总结", "桂影县农业农村局", "county", "bureau"),
        ("国家税务总局桂影县税务局2021年政务公开总结", "国家税务总局桂影县税务局", "county", "bureau"),
        ("望舒市生态环境局桂影县分局2020年政务公开总结", "望舒市生态环境局桂影县分局", "county", "bureau"),
        ("xx县教育局20xx年政务公开总结", "xx县教育局", "county", "bureau"),
        ("县教育局2018年政务公开总结", "县教育局", "county", "bureau"),
        ("市环保局2011年政务公开总结", "市环保局", None, "bureau"),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_the_title_names_the_reporter_in_either_script(
    title: str, issuer: str, level: str | None, org_type: str, script: str
) -> None:
    written = to_traditional(title) if script == "traditional" else title
    description = describe(make_section(written, BODY))
    assert (description.issuer, description.level, description.org_type) == (issuer, level, org_type)


@pytest.mark.parametrize(
    ("sentence", "level", "org_type"),
    [
        ("我镇及时公开惠农政策。", "township", "government"),
        ("本乡设立公开栏12处。", "township", "government"),
        ("我街道在社区设立公开栏。", "township", "government"),
        ("我县各乡镇均设立公开栏。", "county", "government"),
        ("我区及时公开信息。", "county", "government"),
        ("我市及时公开信息。", None, "government"),
        ("我州及时公开信息。", "prefecture", "government"),
        ("我局及时公开信息。", None, "bureau"),
        ("我委及时公开信息。", None, "bureau"),
        ("我厅及时公开信息。", "province", "bureau"),
        ("我村每月公布账目。", "village", "government"),
        ("镇党委高度重视,镇政府设立公开栏。", "township", "government"),
        ("乡党委、乡政府设立公开栏。", "township", "government"),
        ("县委、县政府高度重视政务公开。", "county", "government"),
    ],
)
def test_the_reporters_own_words_tell_who_speaks(sentence: str, level: str | None, org_type: str) -> None:
    description = describe(make_section("政务公开工作总结", sentence))
    assert (description.level, description.org_type) == (level, org_type)
    assert quotes(description, "org_type")


@pytest.mark.parametrize(
    "sentence",
    [
        "按照县财政局的统一部署,及时公开信息。",
        "在县委、县政府的正确领导下,工作有序开展。",
        "在桂影县委、县政府的正确领导下,工作有序开展。",
        "各乡镇政府、各街道要高度重视。",
        "窗口人员遇事自我镇定,不与群众争执。",
        "通过本局域网发布信息。",
        "群众反映自我区别对待的情况。",
        "按照《桂影县教育局关于做好政务公开工作的通知》要求,及时公开信息。",
        "根据《望舒市人民政府办公室关于印发工作要点的通知》,及时公开信息。",
        "推进城镇化建设,送文化下乡,服务中心镇发展。",
        "健全局面研判制度,建立办公室工作规则。",
    ],
)
def test_a_body_merely_mentioned_is_not_the_author(sentence: str) -> None:
    description = describe(make_section("政务公开工作总结", sentence))
    assert (description.issuer, description.level, description.org_type) == (None, None, None)
    assert description.bureau is None


def test_a_town_that_cites_its_superiors_stays_a_town() -> None:
    description = describe(
        make_section(
            "政务公开工作总结",
            "我镇在县委、县政府领导下,按照县环保局、县教育局要求公开信息,向望舒市教育局报送材料。",
        )
    )
    assert (description.level, description.org_type, description.bureau) == ("township", "government", None)


def test_a_bureau_that_speaks_of_its_county_stays_a_bureau() -> None:
    description = describe(
        make_section("政务公开工作总结", "我局公开我县教育信息,提高我县教育工作透明度,我县群众满意。")
    )
    assert (description.org_type, description.level) == ("bureau", "county")


def test_one_pasted_bureau_sentence_does_not_make_a_county_a_bureau() -> None:
    county = "我县公开信息,我县各乡镇落实,我县群众满意,我县加大力度,我县成效明显。"
    assert describe(make_section("政务公开工作总结", county, "我局负责。")).org_type == "government"


def test_a_compilations_heading_says_nothing_about_its_parts() -> None:
    description = describe(make_part("我镇及时公开惠农政策,群众满意。"))
    assert (description.level, description.org_type) == ("township", "government")
    assert (description.issuer, description.bureau) == (None, None)
    assert all(span.where != "title" for _, spans in description.evidence for span in spans)


def test_a_rewritten_year_does_not_make_the_heading_the_parts_own() -> None:
    description = describe(make_part("我镇公开惠农政策。", heading="教育局2020年度政府信息公开工作总结篇三"))
    assert description.bureau is None
    assert description.year is None


def test_a_part_with_a_heading_of_its_own_is_described_by_it() -> None:
    section = make_section(
        "范文二:若木县民政局2014年政务公开工作总结",
        BODY,
        part=2,
        part_count=6,
        parent_title="政务公开工作总结范文6篇",
    )
    description = describe(section)
    assert (description.issuer, description.level, description.year) == ("若木县民政局", "county", 2014)


@pytest.mark.parametrize(
    "signature", ["桂影县水利局", "桂影县水利局。", "桂影县水利局 2018年12月20日", "桂影縣水利局"]
)
def test_the_signature_names_the_reporter(signature: str) -> None:
    description = describe(make_section("政务公开工作总结", "按照要求公开信息。", signature))
    assert (description.issuer, description.level) == ("桂影县水利局", "county")


def test_a_covering_letters_signature_names_the_reporter_and_its_addressee_does_not() -> None:
    description = describe(
        make_section(
            "政府信息公开工作年度报告",
            "2018年度及时公开信息。",
            front=("县政府办公室:", "现将报告报上,请审阅。", "玉杵镇人民政府", "2019年1月20日"),
        )
    )
    assert (description.issuer, description.level) == ("玉杵镇人民政府", "township")


def test_a_short_signature_is_completed_by_the_titles_chain() -> None:
    description = describe(
        make_section("桂影县玉杵镇2018年政府信息公开工作总结", "我镇及时公开信息。", "玉杵镇人民政府")
    )
    assert description.issuer == "玉杵镇人民政府"
    assert (description.place.county, description.place.township) == ("桂影县", "玉杵镇")


@pytest.mark.parametrize(
    "sentence",
    [
        "现将桂影县民政局2016年政府信息公开工作情况报告如下:",
        "本报告由桂影县民政局根据条例编制。",
        "特向社会公布2016年度桂影县民政局政府信息公开年度报告。",
        "如有疑问,请与桂影县民政局办公室联系。",
        "2016年,桂影县民政局高度重视信息公开工作。",
        "桂影县民政局将信息公开列入考核。",
        "我局完善了《桂影县民政局政府信息公开保密审查制度》。",
    ],
)
def test_the_body_names_the_reporter_where_only_a_reporter_would(sentence: str) -> None:
    assert describe(make_section("政府信息公开工作报告", sentence)).issuer == "桂影县民政局"


def test_a_bureaus_own_documents_outweigh_anothers_notice() -> None:
    description = describe(
        make_section(
            "政务公开工作总结",
            "我局制定了《清晖县司法局政务公开制度》、《清晖县司法局保密审查办法》,"
            "并落实《清晖县财政局关于预算公开的通知》。",
        )
    )
    assert description.issuer == "清晖县司法局"


def test_our_town_is_not_the_bureau_whose_rules_it_keeps() -> None:
    description = describe(make_section("政务公开工作总结", "我镇执行完善后的《桂影县财政局资金公开办法》。"))
    assert (description.level, description.org_type, description.bureau) == ("township", "government", None)


def test_a_governments_office_signs_for_its_government() -> None:
    description = describe(
        make_section("2018年政府信息公开年度报告", "我县全年公开信息2000条。", "桂影县人民政府办公室")
    )
    assert (description.org_type, description.level) == ("government", "county")


def test_a_signer_of_another_rank_is_not_the_town() -> None:
    description = describe(make_section("政务公开工作总结", "我镇公开信息90条。", "桂影县人民政府办公室"))
    assert (description.issuer, description.level) == (None, "township")


def test_two_different_masked_towns_name_nobody() -> None:
    description = describe(
        make_section("政务公开总结", "我镇公布了《x县x镇人民政府预算报告》和《xx县xx镇人民政府决算说明》。")
    )
    assert (description.issuer, description.level, description.place.status) == (None, "township", "masked")


def test_one_masked_government_of_our_rank_is_the_reporter() -> None:
    description = describe(make_section("政务公开总结", "我镇通过xx镇政府网站公开信息。"))
    assert (description.issuer, description.place.status) == ("xx镇人民政府", "masked")


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("我市要求各县(市、区)公开信息。", "prefecture"),
        ("我市将建议交由4个县区政府办理。", "prefecture"),
        ("我市汇总桂影县、清晖县的数据。", "prefecture"),
        ("我市由市人民政府办公厅牵头。", "prefecture"),
        ("我市要求各乡镇、市直各部门公开信息。", "county"),
        ("我市要求市直各部门公开信息。", None),
        ("我市组织人员赴桂影县、清晖县学习。", None),
    ],
)
def test_a_citys_rank_is_settled_by_structure_only(sentence: str, level: str | None) -> None:
    assert describe(make_section("政务公开工作总结", sentence)).level == level


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("我局各股室负责人为成员。", "county"),
        ("我局有关科室负责人为成员。", None),
        ("我局在县委、县政府领导下公开信息。", "county"),
        ("我局指导各县(区)民政局公开信息。", "prefecture"),
        ("我局各股室负责人为成员,指导各县(区)民政局公开信息。", None),
    ],
)
def test_a_bureaus_rank_is_settled_by_its_inner_divisions_and_subordinates(
    sentence: str, level: str | None
) -> None:
    assert describe(make_section("政务公开工作总结", sentence)).level == level


def test_a_title_that_lost_its_name_still_tells_the_rank() -> None:
    description = describe(make_section("镇2016年政务公开工作总结", "及时公开各类信息。"))
    assert (description.level, description.issuer, description.place.status) == ("township", None, "masked")


def test_a_metadata_tables_publisher_names_the_reporter() -> None:
    fields = PageFields(extra=(("发布机构", "桂影县审计局"),))
    description = describe(make_section("政务公开工作总结", "及时公开审计结果。", fields=fields))
    assert description.issuer == "桂影县审计局"
    assert [span.where for span in dict(description.evidence)["issuer"]] == ["page"]


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        ("望舒经济开发区管委会", ("望舒经济开发区管委会", None, "government", None, "望舒经济开发区")),
        ("桂影县工业园区管委会", ("桂影县工业园区管委会", None, "government", None, "桂影县")),
        (
            "望舒市桂影县经济开发区管理委员会",
            ("望舒市桂影县经济开发区管理委员会", None, "government", None, "桂影县"),
        ),
        (
            "银阙区人民政府广寒街道办事处",
            ("银阙区人民政府广寒街道办事处", "township", "government", None, "银阙区"),
        ),
        ("广寒街道办事处", ("广寒街道办事处", "township", "government", None, "银阙区")),
        ("琼楼街道天香社区", ("琼楼街道天香社区居民委员会", "village", "government", None, "银阙区")),
        (
            "桂影县玉杵镇玉兔村村民委员会",
            ("桂影县玉杵镇玉兔村村民委员会", "village", "government", None, "桂影县"),
        ),
        ("望舒海关", ("望舒海关", None, "bureau", "海关", None)),
        ("国网桂影县供电公司", ("国网桂影县供电公司", "county", "bureau", "电力", "桂影县")),
        ("桂影县气象局", ("桂影县气象局", "county", "bureau", "气象", "桂影县")),
        ("桂影县烟草专卖局", ("桂影县烟草专卖局", "county", "bureau", "烟草", "桂影县")),
        ("国家统计局望舒调查队", ("国家统计局望舒调查队", None, "bureau", "统计", None)),
        ("桂影县人防办", ("桂影县人防办", "county", "bureau", "人民防空", "桂影县")),
        ("桂影县政府金融办", ("桂影县政府金融办", "county", "bureau", "金融", "桂影县")),
        ("桂影县残疾人联合会", ("桂影县残疾人联合会", "county", "bureau", "残疾人事务", "桂影县")),
        ("教育部", ("教育部", "national", "bureau", "教育", None)),
        ("国家发展改革委", ("国家发展改革委", "national", "bureau", "发展和改革", None)),
        ("沧溟省人民政府办公厅", ("沧溟省人民政府办公厅", "province", "government", None, None)),
    ],
)
@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_every_kind_of_organ_has_its_rank_field_and_place_or_none(
    title: str, facts: tuple[str | None, ...], script: str
) -> None:
    written = f"{title}2020年政府信息公开工作年度报告"
    found = describe(make_section(to_traditional(written) if script == "traditional" else written, BODY))
    domain = found.bureau.domain if found.bureau else None
    assert (found.issuer, found.level, found.org_type, domain, found.place.county) == facts


@pytest.mark.parametrize("sentence", ["我区及时公开信息。", "我市及时公开信息。"])
def test_a_zones_own_words_give_it_no_rank(sentence: str) -> None:
    found = describe(make_section("望舒经济开发区管委会2020年政务公开总结", sentence))
    assert (found.org_type, found.level) == ("government", None)


@pytest.mark.parametrize("name", ["县委组织部", "县人民武装部", "市委宣传部", "桂影县中学", "桂影县人民医院"])
def test_organs_of_the_party_schools_and_hospitals_are_no_bureaus(name: str) -> None:
    assert describe(make_section(f"{name}2012年公开工作总结", BODY)).bureau is None
