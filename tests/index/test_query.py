import re
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.notes import Note, NoteCode
from index.query import MAX_CHARACTERS, MAX_DEPTH, parse
from index.tree import And, Choice, Everything, Field, Node, Not, Or, Phrase, Words, Years
from index.wording import to_text

PIECES = """政务 公開 " “ ” 「 」 ( ) （ ） | OR 或 NOT AND - － 标题: 標題： 地区: 年份: 层级: 字体: 2015..2018 乡镇 foo: : ?"""
LANGUAGE = st.lists(st.sampled_from([*PIECES.split(), " ", "\u3000", "\ud800"]), max_size=40).map("".join)


def words(*texts: str) -> tuple[Words, ...]:
    return tuple(Words(text=text) for text in texts)


@given(st.text(st.characters(codec=None)) | LANGUAGE)
@example("(" * 400 + "a" + ")" * 400)
@example("标题:" * 160 + "a")
@example("NOT " * 120 + "a")
@example("-" * 500)
@settings(max_examples=500)
def test_nothing_that_is_typed_raises(typed: str) -> None:
    query = parse(typed)
    assert query.text == typed
    assert all(note.code in get_args(NoteCode) for note in query.notes)


@given(st.text(max_size=600))
def test_the_same_text_gives_an_equal_query(typed: str) -> None:
    assert parse(typed) == parse(typed)
    assert hash(parse(typed)) == hash(parse(typed))


@pytest.mark.parametrize("typed", ["", " \u3000\t", "()", "（ ）", "( ( ) )"])
def test_an_empty_query_is_everything(typed: str) -> None:
    assert parse(typed).tree == Everything()


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("政务公开", Words(text="政务公开")),
        ("政务\u3000公开", And(parts=words("政务", "公开"))),
        ("政务 AND 公开", And(parts=words("政务", "公开"))),
        ("政务 OR 公开", Or(parts=words("政务", "公开"))),
        ("政务|公开", Or(parts=words("政务", "公开"))),
        ("政务｜公开", Or(parts=words("政务", "公开"))),
        ("政务 或 公开", Or(parts=words("政务", "公开"))),
        ("或许", Words(text="或许")),
        ("甲 乙 OR 丙", Or(parts=(And(parts=words("甲", "乙")), Words(text="丙")))),
        ("甲 (乙 OR 丙)", And(parts=(Words(text="甲"), Or(parts=words("乙", "丙"))))),
        ("甲（乙｜丙）", And(parts=(Words(text="甲"), Or(parts=words("乙", "丙"))))),
        ("-甲", Not(part=Words(text="甲"))),
        ("－甲", Not(part=Words(text="甲"))),
        ("NOT 甲", Not(part=Words(text="甲"))),
        ("NOT -甲", Words(text="甲")),
        ("甲 -(乙 丙)", And(parts=(Words(text="甲"), Not(part=And(parts=words("乙", "丙")))))),
        ("COVID-19", Words(text="COVID-19")),
        ("国办发（2019）61号", Words(text="国办发〔2019〕61号")),
        ("国办发(2019) 61号", Words(text="国办发〔2019〕61号")),
        ("國辦發「2019」61號", Words(text="國辦發〔2019〕61號")),
        ("文号:国办发（2019）61号", Field(name="number", text="国办发〔2019〕61号")),
        ("公开(2019)", And(parts=words("公开", "2019"))),
        ("2018年 1月 5日 公开", And(parts=(parse("2018年1月5日").tree, Words(text="公开")))),
    ],
)
def test_words_and_operators(typed: str, tree: Node) -> None:
    assert parse(typed).tree == tree
    assert parse(typed).notes == ()


@pytest.mark.parametrize(
    "typed",
    [
        '"政务 公开"',
        "“政务 公开”",
        "＂政务 公开＂",
        "”政务 公开“",
        "「政务 公开」",
        "『政务 公开』",
        "｢政务 公开｣",
    ],
)
def test_every_kind_of_quotation_mark_makes_a_phrase(typed: str) -> None:
    assert parse(typed).tree == Phrase(text="政务 公开")
    assert parse(typed).notes == ()


def test_operators_inside_quotes_are_text() -> None:
    assert parse('"甲 OR -乙 (标题:丙)"').tree == Phrase(text="甲 OR -乙 (标题:丙)")


def test_a_quotation_may_stand_within_a_word() -> None:
    assert parse("推进“互联网+”服务").tree == And(
        parts=(Words(text="推进"), Phrase(text="互联网+"), Words(text="服务"))
    )


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("标题:年报", Field(name="title", text="年报")),
        ("標題：年報", Field(name="title", text="年報")),
        ("TITLE:年报", Field(name="title", text="年报")),
        ('标题:"年 报"', Field(name="title", text="年 报", exact=True)),
        ("标题: 年报", Field(name="title", text="年报")),
        ("地区:桂影县", Field(name="place", text="桂影县")),
        ("部门:教育", Field(name="bureau", text="教育")),
        ("文号:桂政发", Field(name="number", text="桂政发")),
        ("-标题:年报", Not(part=Field(name="title", text="年报"))),
        ("标题:(甲 OR 乙)", Or(parts=(Field(name="title", text="甲"), Field(name="title", text="乙")))),
        ("层级:乡镇", Choice(name="level", value="township")),
        ("層級:鄉鎮", Choice(name="level", value="township")),
        ("level:镇级", Choice(name="level", value="township")),
        ("层级:县", Choice(name="level", value="county")),
        ("层级:市", Choice(name="level", value="prefecture")),
        ("层级:省", Choice(name="level", value="province")),
        ("字体:繁體", Choice(name="script", value="hant")),
        ("script:hans", Choice(name="script", value="hans")),
        ("年份:2015", Years(first=2015, last=2015)),
        ("年份:2015年", Years(first=2015, last=2015)),
        ("年份:2015..2018", Years(first=2015, last=2018)),
        ("年份：２０１５－２０１８", Years(first=2015, last=2018)),
        ("年份:2018..2015", Years(first=2015, last=2018)),
        ("year:2015..", Years(first=2015, last=None)),
        ("year:..2018", Years(first=None, last=2018)),
    ],
)
def test_fields_in_both_languages_scripts_and_widths(typed: str, tree: Node) -> None:
    assert parse(typed).tree == tree
    assert parse(typed).notes == ()


SEPARATORS = (
    ".. ... - -- － — —— – ― ‒ ‐ − ~ ～ 〜 ∼ … …… 至 到 to 。。".split()
)  # of keyboards, input methods and papers
SPACE = st.sampled_from(["", " ", "\u3000"])


UNIT = st.sampled_from(["", "年", "年度", " 年"])
YEAR = st.integers(1949, 2099)
NAMED = st.tuples(st.sampled_from(["年份", "year", "YEAR"]), SPACE, st.sampled_from(":："), SPACE).map(
    "".join
)
BRACKETED = st.sampled_from(["{}", "({})", "（ {} ）", '"{}"'])
AROUND = st.sampled_from(["{}", "公开 {}", "{} 公开", "({}) 公开", "公开 OR {}", "-{}"])


@given(
    NAMED,
    st.tuples(YEAR, YEAR),
    st.tuples(UNIT, SPACE, st.sampled_from(SEPARATORS), SPACE, UNIT),
    st.tuples(BRACKETED, AROUND),
)
@settings(max_examples=300)
def test_a_range_of_years_is_read_with_every_dash_and_space(
    named: str, years: tuple[int, int], between: tuple[str, ...], within: tuple[str, str]
) -> None:
    bracket, around = within
    value = f"{years[0]}{''.join(between[:-1])}{years[1]}{between[-1]}"
    query = parse(around.format(f"{named}{bracket.format(value)}"))
    wanted = Years(first=min(years), last=max(years))
    assert query.notes == ()
    assert wanted in (query.tree, getattr(query.tree, "part", None), *getattr(query.tree, "parts", ()))


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("年份:2015年至今", Years(first=2015, last=None)),
        ("年份: 2015 至今", Years(first=2015, last=None)),
        ("年份:2015—", Years(first=2015, last=None)),
        ("year: ..2018", Years(first=None, last=2018)),
        ("年份:至2018年", Years(first=None, last=2018)),
    ],
)
def test_a_range_of_years_may_be_open(typed: str, years: Years) -> None:
    assert parse(typed).tree == years
    assert parse(typed).notes == ()


def test_what_follows_a_year_is_read_for_itself() -> None:
    assert parse("年份:2015 -公开").tree == And(
        parts=(Years(first=2015, last=2015), Not(part=Words(text="公开")))
    )
    assert parse("年份:2015 至 公开").notes == ()
    assert parse("(年份:2015 - 2018)").tree == Years(first=2015, last=2018)
    assert parse("标题 ： 年报").tree == Field(name="title", text="年报")


@given(
    st.lists(
        st.sampled_from(
            ["年份", "year", ":", "：", " ", "2015", "2018年", "16", "今", "公开", "(", ")", *SEPARATORS]
        ),
        max_size=12,
    ).map("".join)
)
@settings(max_examples=500)
def test_no_year_is_lost_without_a_note(typed: str) -> None:
    query = parse(typed)
    if not query.notes:
        understood = to_text(query.tree)
        assert all(number in understood for number in re.findall(r"\d+", typed))


@pytest.mark.parametrize(
    ("typed", "tree", "note"),
    [
        ("甲 年份:2015-18", Words(text="甲"), Note(code="not_a_year", text="年份:2015-18")),
        ("甲 年份:2015..2018x", Words(text="甲"), Note(code="not_a_year", text="年份:2015..2018x")),
        ("(甲", Words(text="甲"), Note(code="unpaired_parentheses")),
        ("甲)", Words(text="甲"), Note(code="unpaired_parentheses")),
        ('甲 "乙', And(parts=(Words(text="甲"), Phrase(text="乙"))), Note(code="open_quote")),
        ('甲 ""', Words(text="甲"), Note(code="empty_quote")),
        ("甲 -", Words(text="甲"), Note(code="lone_minus")),
        ("甲 OR", Words(text="甲"), Note(code="empty_or")),
        ("甲 NOT", Words(text="甲"), Note(code="empty_not")),
        ("甲 标题:", Words(text="甲"), Note(code="empty_field", text="标题")),
        ("甲 层级:火星", Words(text="甲"), Note(code="unknown_level", text="层级:火星")),
        ("甲 年份:去年", Words(text="甲"), Note(code="not_a_year", text="年份:去年")),
        ("甲:乙", Words(text="甲:乙"), Note(code="unknown_field", text="甲")),
        ("甲 ？", Words(text="甲"), Note(code="lone_punctuation", text="？")),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_searched(typed: str, tree: Node, note: Note) -> None:
    query = parse(typed)
    assert query.tree == tree
    assert query.notes == (note,)


@pytest.mark.parametrize("typed", ["http://www.guiying.gov.example/a", "10:30", "https://x.example"])
def test_addresses_and_times_are_no_fields(typed: str) -> None:
    assert parse(typed).tree == Words(text=typed)
    assert parse(typed).notes == ()


def test_a_query_that_is_too_long_is_cut_and_said_to_be() -> None:
    query = parse("政" * (MAX_CHARACTERS + 1))
    assert query.tree == Words(text="政" * MAX_CHARACTERS)
    assert query.notes[0] == Note(code="query_too_long", limit=MAX_CHARACTERS)


def test_parentheses_that_are_too_deep_are_left_out() -> None:
    depth = MAX_DEPTH + 5
    query = parse("(甲 OR " * depth + "乙" + ")" * depth)
    assert query.notes[0] == Note(code="unpaired_parentheses")
    assert isinstance(query.tree, Or)
