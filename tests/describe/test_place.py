import pytest

from archive.describe import describe
from archive.model import Place
from tests.describe.sections import make_section, quotes


def place_of(title: str, *texts: str) -> Place:
    return describe(make_section(title, *texts)).place


YUCHU = Place(
    province="沧溟省",
    prefecture="望舒市",
    county="桂影县",
    township="玉杵镇",
    code="990121100",
    status="resolved",
)
LANGFENG = Place(
    province="沧溟省", prefecture="玄圃自治州", county="阆风县", code="990421", status="resolved"
)
YEKE = Place(
    province="沧溟省",
    prefecture="望舒市",
    county="霜华市",
    township="夜珂镇",
    code="990181100",
    status="resolved",
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("沧溟省望舒市桂影县玉杵镇2018年政务公开总结", YUCHU),
        ("滄溟省望舒市桂影縣玉杵鎮2018年政務公開總結", YUCHU),
        ("桂影县玉杵镇2018年政务公开总结", YUCHU),
        ("玉杵镇2018年政务公开总结", YUCHU),
        ("望舒市霜华市夜珂镇2018年政务公开总结", YEKE),
        ("霜华市夜珂镇2018年政务公开总结", YEKE),
        ("玄圃州阆风县2018年政务公开总结", LANGFENG),
        (
            "望舒市教育局2018年政务公开总结",
            Place(province="沧溟省", prefecture="望舒市", code="9901", status="resolved"),
        ),
        ("××县财政局2018年政务公开总结", Place(status="masked")),
        ("政务公开工作总结", Place(status="unknown")),
    ],
)
def test_a_place_is_what_the_reporters_name_says(title: str, expected: Place) -> None:
    assert place_of(title, "及时公开信息。") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("玉阙县2018年政务公开总结", Place(county="玉阙县", status="as_written")),
        (
            "桂影县玉阙镇2018年政务公开总结",
            Place(
                province="沧溟省",
                prefecture="望舒市",
                county="桂影县",
                township="玉阙镇",
                code="990121",
                status="as_written",
            ),
        ),
        ("玉阙市教育局2018年政务公开总结", Place(status="unknown")),
    ],
)
def test_what_the_gazetteer_lacks_stays_as_written_below_what_it_knows(title: str, expected: Place) -> None:
    assert place_of(title, "及时公开信息。") == expected


def test_a_town_under_another_county_than_the_tables_say_is_not_taken_for_its_namesake() -> None:
    place = place_of("金乌县玉杵镇2018年政务公开总结", "我镇公开信息。")
    assert (place.status, place.code, place.township) == ("as_written", "990221", "玉杵镇")


def test_a_town_whose_text_speaks_of_elsewhere_is_left_open() -> None:
    place = place_of("玉杵镇2018年政务公开总结", "我镇在羲和市政府网站公开信息。")
    assert (place.status, place.code, place.candidates) == ("ambiguous", None, ("990121100",))
    visiting = place_of("玉杵镇2018年政务公开总结", "我镇赴羲和市学习经验。")
    assert visiting.code == "990121100"


def test_a_town_of_a_time_before_the_tables_of_towns_is_left_open_unless_the_text_puts_it_somewhere() -> None:
    assert place_of("玉杵镇2011年政务公开总结", "我镇公开信息。").candidates == ("990121100",)
    assert place_of("玉杵镇2011年政务公开总结", "我镇在望舒市政府网站公开信息。").code == "990121100"


def test_a_masked_town_is_placed_by_the_one_county_it_answers_to() -> None:
    place = place_of("xx镇2018年政务公开总结", "我镇在清晖县人民政府网站公开信息。")
    assert (place.status, place.code, place.township) == ("resolved", "990122", None)


def test_a_masked_citys_bureau_is_placed_by_the_one_province_that_directs_it() -> None:
    place = place_of("xx市教育局2018年政务公开总结", "我局落实沧溟省政府工作要点。")
    assert (place.status, place.code) == ("resolved", "99")
    assert place_of("xx市教育局2018年政务公开总结", "我局产品销往沧溟省。").status == "masked"


@pytest.mark.parametrize(
    "sentence",
    [
        "我镇落实省、市和县人民政府要求,落实市和县政府部署。",  # 和县 is a county
        "我镇服务上海市场,上海市场监管信息公开。",
        "我镇在全州县级政务公开考核中领先,全州县级政府通报表扬。",
        "我镇编报总结计划乡镇工作总结。",
    ],
)
def test_ordinary_words_are_no_place(sentence: str) -> None:
    assert place_of("xx镇2018年政务公开总结", sentence) == Place(status="masked")


def test_a_mask_before_a_name_makes_it_another() -> None:
    place = place_of("政务公开总结", "我镇即xx玉杵镇,xx玉杵镇公开信息。")
    assert place.code is None


def test_a_lone_citys_rank_follows_the_text_where_the_gazetteer_lacks_it() -> None:
    title = "玉阙市教育局2018年政务公开总结"
    assert place_of(title, "我局指导各县(区)教育局公开信息。").prefecture == "玉阙市"
    assert place_of(title, "我局各股室公开信息。").county == "玉阙市"


@pytest.mark.parametrize(
    "sentence",
    [
        "我镇落实《桂影县人民政府办公室关于印发工作要点的通知》。",
        "我镇通过桂影县人民政府网站公开信息。",
        "玉杵镇位于桂影县北部,我镇设公开栏。",
        "我鎮通過桂影縣人民政府網站公開信息。",
        "我镇对照桂影县政务公开考核办法整改。",
        "我镇在桂影县委、县政府领导下公开信息。",
        "我镇编印《桂影县惠民政策问答》。",
    ],
)
def test_a_towns_county_is_the_one_whose_government_it_answers_to(sentence: str) -> None:
    description = describe(make_section("政务公开工作总结", sentence))
    assert description.place.county == "桂影县"
    assert [quote.replace("縣", "县") for quote in quotes(description, "place")][-1] == "桂影县"


@pytest.mark.parametrize(
    "sentence",
    [
        "我镇通过桂影县人民政府网站和清晖县人民政府网站公开信息。",
        "我镇赴清晖县学习经验,在全县领先。",
        "我镇积极争取县政府支持,通过县政府网站公开信息。",
        "我镇按照省、市、县人民政府要求公开信息。",
        "我镇落实县人民政府办公室通知。",
        "我镇学习《关于县级平台建设的意见》。",
        "我镇推进城镇化,送文化下乡,服务中小城镇和中心镇。",
    ],
)
def test_a_doubtful_county_is_left_out(sentence: str) -> None:
    assert place_of("政务公开工作总结", sentence) == Place()


def test_a_compilations_place_is_not_its_parts() -> None:
    section = make_section(
        "桂影县教育局工作总结篇三",
        "我镇公开惠农政策。",
        part=3,
        part_count=8,
        parent_title="桂影县教育局工作总结(8篇)",
    )
    assert describe(section).place == Place()
