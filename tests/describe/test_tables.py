"""Every cue in the tables proves itself: it matches its examples and none of its counterexamples."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from archive.describe import tables
from archive.describe.bureau import domain_of
from archive.describe.names import is_division
from archive.errors import RuleError
from archive.hanzi import match_form

PROVEN = {"level": ("self_reference", "office", "rank"), "kinds": ("title",), "events": ("milestone",)}


def _entries() -> Iterator[Any]:
    for table, sections in PROVEN.items():
        for section in sections:
            for number, entry in enumerate(tables.load_table(table)[section]):
                yield pytest.param(entry, id=f"{table}-{section}-{number}")


@pytest.mark.parametrize("entry", list(_entries()))
def test_a_cue_matches_its_examples_and_no_counterexample(entry: dict[str, Any]) -> None:
    pattern = re.compile(entry["pattern"])
    assert entry["examples"]
    assert entry["counterexamples"]
    for example in entry["examples"]:
        assert pattern.search(match_form(example)), example
    for counterexample in entry["counterexamples"]:
        assert not pattern.search(match_form(counterexample)), counterexample


def test_no_bureau_name_stands_under_two_fields() -> None:
    stems = [stem for domain in tables.domains() for stem in domain.stems]
    assert len(stems) == len(set(stems))


@pytest.mark.parametrize(
    "name",
    [
        "教育局",
        "环保局",
        "生态环境局",
        "国土资源局",
        "卫计委",
        "工商局",
        "食药监局",
        "安监局",
        "建设局",
        "文广新局",
    ],
)
def test_old_and_new_bureau_names_have_a_field(name: str) -> None:
    assert domain_of(name) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("环境保护局", "生态环境局"),
        ("国土资源局", "自然资源局"),
        ("卫生和计划生育委员会", "卫生健康局"),
        ("工商行政管理局", "市场监督管理局"),
        ("旅游局", "文化和旅游局"),
        ("扶贫办", "乡村振兴局"),
        ("人事局", "人力资源和社会保障局"),
        ("教育体育局", "教育局"),
        ("粮食局", "粮储局"),
        ("法制办公室", "司法局"),
        ("文化广电新闻出版局", "文旅局"),
        ("食品药品监督管理局", "市场监管局"),
        ("林业局", "林草局"),
        ("公积金中心", "住房公积金管理中心"),
        ("银保监分局", "国家金融监督管理总局"),
        ("大数据管理局", "数据局"),
        ("城管执法局", "综合行政执法局"),
        ("国家税务局", "税务局"),
        ("安监局", "应急局"),
        ("老龄办", "民政局"),
        ("国土资源局", "海洋局"),
    ],
)
def test_a_bureau_keeps_its_field_through_its_renamings(old: str, new: str) -> None:
    assert domain_of(old) == domain_of(new)


@pytest.mark.parametrize(
    "word", ["城镇", "乡镇", "中小城镇", "中心镇", "计划乡", "下乡", "全县", "社区", "开发区", "城市"]
)
def test_an_ordinary_word_is_no_division(word: str) -> None:
    assert not is_division(word)


@pytest.mark.parametrize("name", ["玉杵镇", "丹桂乡", "桂影县", "银阙区", "望舒市", "广寒街道", "xx镇"])
def test_a_name_is_a_division(name: str) -> None:
    assert is_division(name)


def test_meetings_stand_in_order_and_once() -> None:
    keys = [(meeting.congress, meeting.plenum) for meeting in tables.meetings()]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    assert tables.meetings()[0].closed_on < date(2009, 1, 1)


def test_a_broken_pattern_is_named_with_its_file() -> None:
    with pytest.raises(RuleError, match=r"level\.toml.*no pattern"):
        tables._pattern("level", {"pattern": "[我"})


def test_a_missing_field_is_named_with_its_entry() -> None:
    with pytest.raises(RuleError, match=r"bureaus\.toml.*'stems'"):
        tables._field("bureaus", {"domain": "教育"}, "stems", list)


def test_a_value_outside_the_model_is_refused() -> None:
    with pytest.raises(RuleError, match=r"level\.toml.*'town'"):
        tables._choice("level", {"level": "town"}, "level", ("township",))


def test_an_absent_table_says_what_to_do() -> None:
    with pytest.raises(RuleError, match=r"nowhere\.toml cannot be read.*restore"):
        tables.load_table("nowhere")


def test_every_table_entry_gives_its_reason() -> None:
    for path in files("archive.describe").iterdir():
        if path.name.endswith(".toml"):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            for section, entries in table.items():
                if section != "meeting":
                    assert all(entry.get("why") or entry.get("source") for entry in entries), path.name
