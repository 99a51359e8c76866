"""What spares rules a look at every block never spares them one that they take."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Block
from archive.rulebook import Rule, Selector, load_rulebook
from archive.sieve import sifted
from tests.cleaning.test_hostile_pages import FRAGMENTS
from tests.cleaning.test_rules import CASES, load_fixture

BOOK = load_rulebook()
RULES = tuple(rule for rules in (BOOK.every_site, *BOOK.sites) for rule in rules.rules)
WHOLE = tuple(rule for rule in RULES if rule.action not in ("gap", "cut"))
SEARCHED_BY_WORDS = [rule for rule in RULES if rule.words]
LINES = sorted(
    {line for file, name in CASES for line in load_fixture(file)[name]["page"] if line != "{body}"}
)


def block(text: str, path: tuple[str, ...] = ()) -> Block:
    return Block(text=text, index=0, captured=text, path=path, elements=tuple(range(len(path))))


def rule(pattern: str, *, within: tuple[Selector, ...] = (), max_chars: int = 120) -> Rule:
    return Rule(
        name=pattern,
        action="drop",
        why="为测试而设",
        pattern=re.compile(pattern) if pattern else None,
        within=within,
        max_chars=max_chars,
    )


def assert_agrees(text: str, rules: tuple[Rule, ...]) -> None:
    taken = any(one.match_block(block(text)) for one in rules)
    assert not taken or sifted([block(text)], rules) == {0}


@pytest.mark.parametrize("line", LINES)
def test_every_line_of_a_fixture_that_a_rule_takes_is_let_through(line: str) -> None:
    assert_agrees(line, WHOLE)
    for one in WHOLE:
        assert_agrees(line, (one,))


@given(st.lists(st.sampled_from([*FRAGMENTS, " ", "\n", "。"]), max_size=8).map("".join))
@settings(deadline=None)
def test_every_line_that_a_rule_takes_is_let_through(line: str) -> None:
    assert_agrees(line, WHOLE)


def test_a_line_that_no_rule_takes_is_held_back() -> None:
    assert sifted([block("今年以来,我镇公开信息三十条,群众满意。")], WHOLE) == set()


def test_without_rules_nothing_is_let_through() -> None:
    assert sifted([block(""), block("打印")], ()) == set()


def test_a_line_longer_than_every_rule_allows_is_held_back() -> None:
    assert sifted([block("打印" * 4)], (rule("(?:打印)+", max_chars=7), rule("分享", max_chars=2))) == set()


def test_rules_that_share_a_groups_name_are_tested_together() -> None:
    both = (rule("(?P<site>甲)站"), rule("(?P<site>乙)站"))
    assert [sifted([block(text)], both) for text in ("甲站", "乙站", "丙站")] == [{0}, {0}, set()]


def test_a_rule_that_refers_to_its_own_group_is_tested_alone() -> None:
    both = (rule("(?P<site>.)站"), rule(r"(?P<twice>[甲乙])(?P=twice)"), rule(r"([丙丁])\1"))
    assert [sifted([block(text)], both) for text in ("甲甲", "丙丙", "甲乙")] == [{0}, {0}, set()]


def test_a_rule_for_a_container_takes_what_is_inside_it() -> None:
    menu = (rule("", within=(Selector.parse("#menu"),)),)
    assert sifted([block("首页", ("div#menu",))], menu) == {0}
    assert sifted([block("首页", ("div#text",))], menu) == set()


def drawable(pattern: str) -> str:
    """The pattern without what hypothesis can't draw from, or only by trying; it matches all that it does, and more."""
    without_looks = re.sub(r"\(\?<?[=!](?:[^()\[\]]|\[[^\]]*\])*\)", "", pattern)
    without_edges = re.sub(r"(?<!\[)\^|\$", "", without_looks)
    return re.sub(r"(?<=[+*?}])\+", "", without_edges.replace("(?>", "(?:"))


@pytest.mark.parametrize("entry", SEARCHED_BY_WORDS, ids=lambda entry: entry.name)
@given(data=st.data())
@settings(deadline=None)
def test_every_match_of_a_rule_holds_one_of_its_words(entry: Rule, data: st.DataObject) -> None:
    assert entry.pattern is not None
    drawn = data.draw(st.from_regex(drawable(entry.pattern.pattern), fullmatch=True))
    assert entry.may_be_in(drawn)


@pytest.mark.parametrize("entry", SEARCHED_BY_WORDS, ids=lambda entry: entry.name)
def test_each_word_of_a_rule_stands_in_its_pattern(entry: Rule) -> None:
    assert entry.pattern is not None
    assert [word for word in entry.words if not set(word) <= set(entry.pattern.pattern)] == []
