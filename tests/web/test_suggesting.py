import pytest
from flask.testing import FlaskClient

from tests.web.test_api import ask
from web.suggesting import matching_names, to_name

NAMES = (
    to_name("county", "桂影县", 5),
    to_name("bureau", "教育", 9),
    to_name("township", "玉杵镇", 2),
    to_name("county", "银阙区", 3),
)


def found(typed: str) -> list[str]:
    return [name.text for name in matching_names(typed, NAMES)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("桂", ["桂影县"]),
        ("影县", ["桂影县"]),
        ("銀闕", ["银阙区"]),
        ("gyx", ["桂影县"]),
        ("guiying", ["桂影县"]),
        ("JY", ["教育"]),
        ("y", ["银阙区", "玉杵镇"]),
        ("县", ["桂影县"]),
        ("yx", ["桂影县"]),  # from a later syllable on
        ("yingxian", ["桂影县"]),
        ("gyxxxgk", ["桂影县"]),  # 桂影县信息公开
        ("jyxxgk", []),  # two initials say too little to stand for a name
        ("无此名", []),
        ("zzz", []),
    ],
)
def test_a_name_is_suggested_by_its_characters_in_either_script_or_its_pinyin(
    typed: str, names: list[str]
) -> None:
    assert found(typed) == names


def suggestions(client: FlaskClient, typed: str) -> list[dict[str, object]]:
    answer = ask(client, f"/api/suggest?q={typed}")
    assert set(answer) == {"query", "suggestions"}
    assert isinstance(answer["suggestions"], list)
    return answer["suggestions"]


def test_a_place_leads_to_its_reports_and_a_title_to_its_report(client: FlaskClient) -> None:
    by_kind = {str(one["kind"]): one for one in suggestions(client, "玉杵镇")}
    place, title = by_kind["township"], by_kind["title"]
    assert ask(client, "/api" + str(place["address"]))["total"] == place["count"]
    assert "玉杵镇" in str(title["text"])
    assert client.get(str(title["address"])).status_code == 200


def test_pinyin_initials_suggest_and_never_search(client: FlaskClient) -> None:
    assert [one["text"] for one in suggestions(client, "yz")] == []
    assert "玉杵镇" in [one["text"] for one in suggestions(client, "ycz")]
    assert ask(client, "/api/search?q=ycz")["total"] == 0


@pytest.mark.parametrize("typed", ["", "%20", "公" * 61, "%00", "((", '"'])
def test_what_can_t_be_completed_suggests_nothing(client: FlaskClient, typed: str) -> None:
    assert suggestions(client, typed) == []


def test_there_are_never_more_than_ten_suggestions_and_a_few(client: FlaskClient) -> None:
    assert 0 < len(suggestions(client, "县")) <= 14


def test_initials_with_more_after_them_find_a_place_whose_label_names_its_city(client: FlaskClient) -> None:
    suggestions = ask(client, "/api/suggest?q=gyxxxgk")["suggestions"]
    assert [one["kind"] for one in suggestions][:2] == ["county", "title"]  # type: ignore[attr-defined]  # JSON


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("yczgk", ["玉杵镇", "公开"]),  # a name's initials and other words of the title
        ("yuchuzhengk", ["玉杵镇", "公开"]),
        ("yuchuzhen gongkai", ["玉杵镇", "公开"]),
        ("xinxigongkai", ["信息公开"]),
        ("Xin'xi gong", ["信息公"]),  # the last syllable may be unfinished, or its word
        ("jyj2016", ["教育局2016"]),
        ("2021nzf", ["2021年政府"]),
        ("zhengwugongkaigongzuoxiaojie", ["鎮2017年政務公開工作小結"]),  # in either script
    ],
)
def test_a_title_is_suggested_by_initials_or_whole_pinyin(
    client: FlaskClient, typed: str, words: list[str]
) -> None:
    titles = [str(one["text"]) for one in suggestions(client, typed) if one["kind"] == "title"]
    assert titles
    assert all(word in title for title in titles for word in words)


@pytest.mark.parametrize("typed", ["ongkai", "gongka1", "xxq", "qxx", "gkgkgkgk", "zhzh"])
def test_letters_that_begin_no_syllable_of_a_title_suggest_no_title(client: FlaskClient, typed: str) -> None:
    assert [one["text"] for one in suggestions(client, typed) if one["kind"] == "title"] == []
