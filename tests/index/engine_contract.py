"""What every engine must do, whatever it is made of: subclass `EngineContract` and say how one is made."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engine import FACETS, UNKNOWN, Engine, Filter, IndexDocument, ResultPage, SearchRequest, Sort
from index.notes import Note
from index.query import Query, parse
from index.tree import Field, TextField
from tests.index.making import best_by_plain_bm25, holders, make_document, plain

EVERY = 10_000
ALPHABET = "政務务公開开18年，,。 \u3000a"
TEXT = st.text(st.sampled_from(ALPHABET), max_size=10)
CORPUS = st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=3)), min_size=1, max_size=6)

REPORTS = (
    make_document(
        "county1",
        "本县主动公开政府信息3,045条。",
        "收到依申请公开67件,全部按时办结。",
        title="桂影县2018年政府信息公开工作年度报告",
        order_key="2019-01-20",
        place="沧溟省 望舒市 桂影县",
        level="county",
        year="2018",
        county="桂影县",
        script="hans",
    ),
    make_document(
        "bureau1",
        "本局重视政務公開工作,完成年度計畫。",
        title="銀闕區教育局政務公開工作總結",
        order_key="2018",
        place="沧溟省 望舒市 银阙区",
        level="county",
        year="2017",
        county="银阙区",
        bureau="教育",
        script="hant",
        flag="truncated converted",
    ),
    make_document(
        "town1",
        "玉杵镇公开信息 12 条。",
        "政府的信息及时公开。",
        title="玉杵镇信息公开小结",
        place="沧溟省 望舒市 桂影县 玉杵镇",
        level="township",
        county="桂影县",
        script="hans",
    ),
    make_document(
        "town2", "县", title="丹桂乡年报", order_key="2016", year="2016", level="township", script="hans"
    ),
)

COPIES = (
    make_document(
        "whole",
        "归墟镇主动公开信息十二条。",
        title="归墟镇公开总结",
        family="whole",
        standing="0 0 2020",
        site="政府网",
        level="township",
    ),
    make_document(
        "later",
        "归墟镇主动公开信息十二条。",
        title="巨鳌乡公开小结",
        family="whole",
        standing="0 1 2021",
        site="范文库",
        level="township",
    ),
    make_document(
        "cut",
        "归墟镇主动",
        title="归墟镇公开总结残页",
        family="whole",
        standing="2 0 2019",
        site="范文库",
        level="township",
    ),
    make_document("alone", "在归墟镇的一次会议上，有人提到了另外一件没有关系的事情，说了很久也没有结果。"),
)


def ids(page: ResultPage) -> list[str]:
    return [hit.report_id for hit in page.hits]


def counts(page: ResultPage, facet: str) -> dict[str, int]:
    return {one.value: one.count for one in dict(page.facets)[facet]}


class EngineContract:
    """Holds for any engine that scores documents by `index.answer`, or as that does."""

    def make(self, folder: Path) -> Engine:
        """Make an empty engine in a folder that does not exist yet."""
        raise NotImplementedError

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return self.make(tmp_path / "engine")

    @pytest.fixture
    def changing(self, engine: Engine) -> Engine:
        """The reports that `held` holds, for a test that changes what is held."""
        engine.add(REPORTS, change=1)
        return engine

    @staticmethod
    def ask(engine: Engine, typed: str = "", limit: int = EVERY, **choices: object) -> ResultPage:
        return engine.search(SearchRequest(query=parse(typed), limit=limit, **choices))  # type: ignore[arg-type]

    # What is held

    def test_an_empty_index_answers_with_nothing(self, engine: Engine) -> None:
        page = self.ask(engine, "政务")
        assert (page.hits, page.total) == ((), 0)
        assert [name for name, _ in page.facets] == list(FACETS)
        assert engine.last_change() == 0
        assert engine.document_ids() == frozenset()

    @pytest.mark.parametrize(
        ("field", "text", "found"),
        [
            ("initials", "yqqjyj", {"bureau1"}),
            ("initials", "xxgk", {"county1", "town1"}),
            ("initials", "2018nzf", {"county1"}),
            ("spelling", "XinXiGongK", {"county1", "town1"}),
            ("spelling", "ZhengWu", {"bureau1"}),
            ("spelling", "ingXian", {"county1"}),
            ("spelling", "Ing", set()),
            ("initials", "xin", set()),
        ],
    )
    def test_a_title_is_found_by_its_pinyin_where_that_is_asked_for(
        self, held: Engine, field: TextField, text: str, found: set[str]
    ) -> None:
        tree = Field(name=field, text=text, exact=True)
        assert set(ids(held.search(SearchRequest(query=Query(text="", tree=tree))))) == found

    def test_adding_returns_how_many_and_remembers_the_change(self, engine: Engine) -> None:
        assert engine.add(REPORTS, change=7) == len(REPORTS)
        assert engine.last_change() == 7
        assert engine.document_ids() == {report.report_id for report in REPORTS}

    def test_a_report_added_again_replaces_its_earlier_text(self, changing: Engine) -> None:
        changing.add([make_document("county1", "换成了别的文字")], change=2)
        assert ids(self.ask(changing, '"依申请公开67件"')) == []
        assert ids(self.ask(changing, '"换成了别的"')) == ["county1"]
        assert self.ask(changing).total == len(REPORTS)

    def test_a_removed_report_is_found_no_more(self, changing: Engine) -> None:
        changing.add([], remove=["county1", "never-held"], change=2)
        assert "county1" not in ids(self.ask(changing))
        assert changing.last_change() == 2
        assert counts(self.ask(changing), "county").get("桂影县") == 1

    def test_a_commit_without_documents_still_moves_the_change(self, changing: Engine) -> None:
        changing.add([], change=9)
        assert changing.last_change() == 9
        assert self.ask(changing).total == len(REPORTS)

    def test_a_report_given_twice_at_once_is_refused_and_nothing_changes(self, changing: Engine) -> None:
        with pytest.raises(ValueError, match="twice"):
            changing.add([make_document("x", "甲"), make_document("x", "乙")], change=2)
        assert changing.last_change() == 1
        assert "x" not in changing.document_ids()
        assert changing.add([make_document("x", "甲")], change=2) == 1

    def test_documents_that_fail_on_the_way_leave_the_index_as_it_was(self, changing: Engine) -> None:
        def torn() -> object:
            yield make_document("x", "甲")
            raise RuntimeError("the store went away")

        with pytest.raises(RuntimeError, match="went away"):
            changing.add(torn(), remove=["county1"], change=2)  # type: ignore[arg-type]  # torn on purpose
        assert changing.document_ids() == {report.report_id for report in REPORTS}
        assert changing.last_change() == 1

    def test_a_request_made_after_a_commit_sees_it(self, changing: Engine) -> None:
        for number in range(5):
            changing.add([make_document(f"new{number}", f"第{number}号鲛绡公告")], change=2 + number)
            assert self.ask(changing, "鲛绡公告").total == number + 1

    # Exactness

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ('"政府信息公开"', {"county1"}),
            ('"政务公开"', {"bureau1"}),
            ('"政務公開"', {"bureau1"}),
            ('"18年"', {"county1"}),
            ('"67件,全部"', {"county1"}),
            ('"６７件，全部"', {"county1"}),
            ('"信息 12"', {"town1"}),
            ('"信息12"', set()),
            ('"告本"', set()),
            ('"件,全部按时办结。"', {"county1"}),
            ('"县"', {"county1", "town2"}),
            ('"。"', {"county1", "bureau1", "town1"}),
            ('"计划"', {"bureau1"}),
        ],
    )
    def test_a_quotation_matches_the_text_that_holds_it(
        self, held: Engine, typed: str, found: set[str]
    ) -> None:
        assert set(ids(self.ask(held, typed))) == found == holders(REPORTS, typed.strip('"'))

    @given(CORPUS, TEXT, st.randoms(use_true_random=False))
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.function_scoped_fixture],
    )
    def test_a_quotation_is_a_plain_scan_of_folded_text(
        self,
        engine: Engine,
        corpus: list[tuple[str, list[str]]],
        typed: str,
        pick: random.Random,
    ) -> None:
        documents = [
            make_document(f"r{number}", *paragraphs, title=title)
            for number, (title, paragraphs) in enumerate(corpus)
        ]
        engine.add(documents, remove=engine.document_ids(), change=1)  # in place of the example before
        for phrase in (typed, *pieces(documents, pick)):
            if plain(phrase):
                assert set(ids(self.ask(engine, f'"{phrase}"'))) == holders(documents, phrase), phrase

    # Segments

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("依申请公开", ["county1"]),
            ("依申請公開", ["county1"]),
            ("ＸＸ OR 依申请", ["county1"]),
            ("3045", ["county1"]),
            ("信息公开", ["county1", "town1"]),
            ("县", ["town2", "county1"]),
            ("信息公开 -年度", ["town1"]),
            ("-信息公开", ["bureau1", "town2"]),
            ("标题:小结", ["town1"]),
            ("标题:桂影县报告", ["county1"]),
            ('标题:"桂影县报告"', []),
            ("地区:望舒市桂影县", ["county1", "town1"]),
            ("地区:銀闕區", ["bureau1"]),
            ("层级:乡镇", ["town1", "town2"]),
            ("字体:繁体", ["bureau1"]),
            ("年份:2016..2017", ["bureau1", "town2"]),
            ("年份:..2016", ["town2"]),
            ("信息 层级:乡镇", ["town1"]),
        ],
    )
    def test_the_query_language_finds_what_it_names(self, held: Engine, typed: str, found: list[str]) -> None:
        page = self.ask(held, typed)
        assert sorted(ids(page)) == sorted(found)
        assert page.notes == ()

    def test_a_literal_match_stands_above_one_that_only_has_the_words(self, engine: Engine) -> None:
        often = "政府发布信息。" * 30
        engine.add([make_document("words", often), make_document("text", "甲" * 400, "政府信息")], change=1)
        assert ids(self.ask(engine, "政府信息")) == ["text", "words"]

    def test_segments_that_no_report_holds_together_find_the_ones_that_hold_some_and_say_so(
        self, held: Engine
    ) -> None:
        page = self.ask(held, "小结 教育局")
        assert sorted(ids(page)) == ["bureau1", "town1"]
        assert page.notes == (Note(code="partial"),)

    def test_what_was_demanded_is_never_loosened(self, held: Engine) -> None:
        assert ids(self.ask(held, "小结 教育局 层级:乡镇")) == ["town1"]
        assert ids(self.ask(held, '"小结" "教育局"')) == []
        assert self.ask(held, '"小结" "教育局"').notes == ()

    def test_a_name_that_no_report_holds_finds_nothing(self, held: Engine) -> None:
        assert self.ask(held, "归墟镇").total == 0

    def test_a_question_finds_reports_with_any_of_its_terms(self, held: Engine) -> None:
        page = self.ask(held, "桂影县收到的申请全部办结了吗")
        assert ids(page)[0] == "county1"

    @pytest.mark.parametrize(
        "typed", ["\x00", "\ud800", "a" * 600, "((((", '"', "\u200b", "標題：", "🏮 OR 灯"]
    )
    def test_odd_queries_get_a_page(self, held: Engine, typed: str) -> None:
        assert self.ask(held, typed).total >= 0

    # Facets

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ([Filter(facet="level", include=("township",))], ["town1", "town2"]),
            (
                [Filter(facet="level", include=("township", "county"))],
                ["bureau1", "county1", "town1", "town2"],
            ),
            ([Filter(facet="level", exclude=("township",))], ["bureau1", "county1"]),
            ([Filter(facet="flag", include=("converted",))], ["bureau1"]),
            ([Filter(facet="flag", exclude=("truncated",))], ["county1", "town1", "town2"]),
            ([Filter(facet="year", include=(UNKNOWN,))], ["town1"]),
            (
                [Filter(facet="level", include=("township",)), Filter(facet="county", include=("桂影县",))],
                ["town1"],
            ),
            ([Filter(facet="level", include=("village",))], []),
        ],
    )
    def test_filters_are_or_within_a_facet_and_and_between(
        self, held: Engine, filters: Sequence[Filter], found: list[str]
    ) -> None:
        page = self.ask(held, filters=tuple(filters))
        assert sorted(ids(page)) == found
        assert page.total == len(found)

    def test_limits_of_the_year_leave_out_what_has_none(self, held: Engine) -> None:
        assert sorted(ids(self.ask(held, year_from=2017))) == ["bureau1", "county1"]
        assert sorted(ids(self.ask(held, year_to=2016))) == ["town2"]
        assert counts(self.ask(held, year_from=2017), "level") == {"county": 2}

    def test_a_facets_own_choice_does_not_narrow_its_own_counts(self, held: Engine) -> None:
        page = self.ask(held, filters=(Filter(facet="level", include=("township",)),))
        assert counts(page, "level") == {"county": 2, "township": 2}
        assert counts(page, "county") == {"桂影县": 1, UNKNOWN: 1}
        assert counts(self.ask(held, year_from=2018), "year") == {"2018": 1, "2017": 1, "2016": 1, UNKNOWN: 1}

    def test_counts_are_what_choosing_the_value_gives(self, engine: Engine) -> None:
        engine.add(scattered(300), change=1)
        chosen = (
            Filter(facet="level", include=("county", "township")),
            Filter(facet="kind", exclude=("summary",)),
        )
        page = self.ask(engine, "公开", filters=chosen)
        for facet in ("level", "year", "kind", "flag"):
            for value, count in counts(page, facet).items():
                others = tuple(one for one in chosen if one.facet != facet)
                assert (
                    self.ask(engine, "公开", filters=(*others, Filter(facet=facet, include=(value,)))).total
                    == count
                )

    def test_values_come_with_the_most_frequent_first(self, engine: Engine) -> None:
        engine.add(scattered(100), change=1)
        for _, values in self.ask(engine).facets:
            assert all((-a.count, a.value) < (-b.count, b.value) for a, b in pairwise(values))

    # Families of copies

    def test_a_family_is_one_hit_and_its_representative_stands_for_it(self, copied: Engine) -> None:
        page = self.ask(copied, "归墟镇", all_copies=False)
        assert [(hit.report_id, hit.copies) for hit in page.hits] == [("whole", 2), ("alone", 0)]
        assert (page.total, page.total_reports) == (2, 4)

    def test_all_copies_stand_together_the_whole_before_the_damaged(self, copied: Engine) -> None:
        page = self.ask(copied, "归墟镇", all_copies=True)
        assert ids(page) == ["whole", "later", "cut", "alone"]
        assert all(hit.copies == 0 for hit in page.hits)
        assert (page.total, page.total_reports) == (4, 4)

    def test_a_copy_stands_for_its_family_where_the_representative_does_not_match(
        self, copied: Engine
    ) -> None:
        site = Filter(facet="site", include=("范文库",))
        by_site = self.ask(copied, "归墟镇", filters=(site,), all_copies=False)
        assert [(hit.report_id, hit.copies) for hit in by_site.hits] == [("later", 1)]
        by_words = self.ask(copied, '"残页"', all_copies=False)
        assert [(hit.report_id, hit.copies) for hit in by_words.hits] == [("cut", 0)]

    def test_a_pasted_title_finds_the_copy_of_that_title(self, copied: Engine) -> None:
        assert ids(self.ask(copied, "巨鳌乡公开小结", all_copies=False))[0] == "later"
        assert ids(self.ask(copied, "归墟镇公开总结残页", all_copies=False))[0] == "whole", (
            "the damaged copy never stands first"
        )

    def test_a_family_stands_where_its_best_copy_would(self, engine: Engine) -> None:
        often = "鲛绡镇公告鲛绡镇"
        engine.add(
            [
                make_document("a", "鲛绡镇" + "文" * 90, family="a", standing="0 0"),
                make_document("b", often, family="a", standing="0 1"),
                make_document("c", "鲛绡镇" + "文" * 30),
            ],
            change=1,
        )
        assert ids(self.ask(engine, "鲛绡镇", all_copies=False)) == ["a", "c"]
        assert ids(self.ask(engine, "鲛绡镇", all_copies=True)) == ["a", "b", "c"]

    def test_facets_count_a_family_once_for_each_value(self, copied: Engine) -> None:
        page = self.ask(copied, "归墟镇", all_copies=False)
        assert counts(page, "site") == {"政府网": 1, "范文库": 1, UNKNOWN: 1}
        assert counts(page, "level") == {"township": 1, UNKNOWN: 1}
        every = self.ask(copied, "归墟镇", all_copies=True)
        assert counts(every, "site") == {"范文库": 2, "政府网": 1, UNKNOWN: 1}

    @pytest.mark.parametrize("all_copies", [False, True])
    def test_with_copies_too_counts_are_what_choosing_the_value_gives(
        self, strewn: Engine, all_copies: bool
    ) -> None:
        engine = strewn
        chosen = (Filter(facet="level", include=("county", "township")),)
        page = self.ask(engine, "公开", filters=chosen, all_copies=all_copies)
        for facet in ("level", "year", "kind", "flag"):
            for value, count in counts(page, facet).items():
                others = tuple(one for one in chosen if one.facet != facet)
                narrowed = (*others, Filter(facet=facet, include=(value,)))
                assert self.ask(engine, "公开", filters=narrowed, all_copies=all_copies).total == count

    @pytest.mark.parametrize("typed", ["", "公开", '"公开办结"', "哪些答复按时办结", "-受理"])
    @pytest.mark.parametrize("sort", ["relevance", "newest"])
    def test_folding_hides_nothing_but_copies_of_what_is_shown(
        self, strewn: Engine, typed: str, sort: Sort
    ) -> None:
        engine, families = strewn, {one.report_id: one.family or one.report_id for one in FAMILIES}
        every = self.ask(engine, typed, sort=sort, all_copies=True)
        folded = self.ask(engine, typed, sort=sort, all_copies=False)
        assert {families[one] for one in ids(folded)} == {families[one] for one in ids(every)}
        assert len({families[one] for one in ids(folded)}) == folded.total == len(folded.hits)
        assert sum(1 + hit.copies for hit in folded.hits) == folded.total_reports == every.total
        pages = [
            ids(self.ask(engine, typed, sort=sort, offset=at, limit=7, all_copies=False))
            for at in range(0, 200, 7)
        ]
        assert [one for page in pages for one in page] == ids(folded)

    def test_by_date_a_family_stands_at_the_date_that_is_shown(self, engine: Engine) -> None:
        engine.add(
            [
                make_document("a", "公开", family="a", standing="0 0", order_key="2012"),
                make_document("b", "公开", family="a", standing="0 1", order_key="2020"),
                make_document("c", "公开", order_key="2015"),
            ],
            change=1,
        )
        assert ids(self.ask(engine, "公开", sort="newest", all_copies=False)) == ["c", "a"]
        assert ids(self.ask(engine, "公开", sort="newest", all_copies=True)) == ["b", "c", "a"]

    def test_a_family_that_lost_its_other_copies_is_a_report_like_any_other(self, engine: Engine) -> None:
        engine.add(COPIES, change=1)
        engine.add([], remove=["later", "cut"], change=2)
        page = self.ask(engine, "归墟镇", all_copies=False)
        assert [(hit.report_id, hit.copies) for hit in page.hits] == [("whole", 0), ("alone", 0)]

    def test_reports_that_join_and_leave_families_are_each_held_once(self, engine: Engine) -> None:
        alone = scattered(60)
        first = [replace(one, family=f"f{number // 2}", standing="0") for number, one in enumerate(alone)]
        others = [replace(one, family=f"f{number // 3}", standing="0") for number, one in enumerate(alone)]
        for change, (held, lines) in enumerate([(alone, 60), (first, 30), (others, 20), (alone, 60)], 1):
            engine.add(held, change=change)
            page = self.ask(engine, all_copies=False)
            assert (page.total, page.total_reports, len(page.hits)) == (lines, 60, lines)
            assert engine.document_ids() == {one.report_id for one in alone}
        engine.add(others[:30], remove=[one.report_id for one in others[30:]], change=5)
        assert self.ask(engine, all_copies=False).total == 10
        engine.add([], remove=[one.report_id for one in others[:29]], change=6)
        assert engine.document_ids() == {others[29].report_id}

    @pytest.mark.parametrize("sort", ["newest", "relevance"])
    def test_pages_follow_where_very_many_copies_sort_alike(self, engine: Engine, sort: Sort) -> None:
        pairs = [
            make_document(
                f"r{number:03}",
                "玉杵镇的公开",
                order_key="2019",
                family=f"f{number // 2}",
                standing=f"0{number}",
            )
            for number in range(160)
        ]
        engine.add([*pairs, make_document("last", "玉杵镇的公开", order_key="2018")], change=1)
        pages = [
            ids(self.ask(engine, "玉杵镇", limit=30, offset=offset, sort=sort, all_copies=False))
            for offset in range(0, 90, 30)
        ]
        assert [one for page in pages for one in page][:80] == sorted(
            (one.report_id for one in pairs[::2]), key=lambda one: f"f{int(one[1:]) // 2}"
        )
        assert pages[-1][-1] == "last"

    # Order

    @pytest.mark.parametrize(
        ("sort", "found"),
        [
            ("newest", ["county1", "bureau1", "town2", "town1"]),
            ("oldest", ["town2", "bureau1", "county1", "town1"]),
            ("relevance", ["county1", "bureau1", "town2", "town1"]),
        ],
    )
    def test_an_unknown_date_comes_last_either_way(self, held: Engine, sort: Sort, found: list[str]) -> None:
        assert ids(self.ask(held, sort=sort)) == found

    def test_ties_go_by_id_so_that_pages_are_stable(self, engine: Engine) -> None:
        names = [f"r{number:02}" for number in range(40)]
        shuffled = random.Random(3).sample(names, len(names))
        engine.add([make_document(name, "同样的文字公开") for name in shuffled], change=1)
        pages = [ids(self.ask(engine, "公开", offset=offset, limit=7)) for offset in range(0, 40, 7)]
        assert [name for page in pages for name in page] == names
        assert ids(self.ask(engine, "公开", offset=40)) == []

    def test_the_best_ten_of_a_common_and_a_middling_term_are_the_true_best_ten(self, engine: Engine) -> None:
        documents = common_and_middling(3000)
        engine.add(documents, change=1)
        for middling in ("办结", "受理", "答复"):
            typed = f"有关公开{middling}的全部情况说明材料"
            assert ids(self.ask(engine, typed, limit=10)) == best_by_plain_bm25(documents, typed, 10)

    def test_how_reports_came_in_changes_no_answer(self, tmp_path: Path) -> None:
        documents = scattered(120)
        at_once, bit_by_bit = self.make(tmp_path / "once"), self.make(tmp_path / "often")
        at_once.add(documents, change=1)
        backwards = documents[::-1]
        for change, start in enumerate(range(0, len(backwards), 7), start=1):
            batch = backwards[start : start + 7]
            bit_by_bit.add(
                [make_document(one.report_id, "一个较早的版本公开") for one in batch], change=change
            )
            bit_by_bit.add(batch, remove=["gone"], change=change)
            bit_by_bit.add([make_document("gone", "很快撤回")], change=change)
        bit_by_bit.add([], remove=["gone"], change=99)
        for typed in ("", "公开", '"公开办结"', "办结 受理", "哪些答复按时办结", "-受理"):
            assert self.ask(bit_by_bit, typed) == self.ask(at_once, typed)


def pieces(documents: Sequence[IndexDocument], pick: random.Random) -> list[str]:
    """Some substrings of the documents, cut anywhere."""
    found = []
    for document in documents:
        for text in (document.title, *document.paragraphs):
            if text:
                start = pick.randrange(len(text))
                found.append(text[start : start + pick.randint(1, 5)])
    return found


def scattered(count: int) -> list[IndexDocument]:
    """Reports with values and words strewn by a fixed seed."""
    draw = random.Random(5)
    return [
        make_document(
            f"s{number:04}",
            "".join(draw.choices(["公开", "办结", "受理", "答复", "信息", ",", "。"], k=draw.randint(3, 30))),
            title=draw.choice(["年报", "小结", "公开总结"]),
            level=draw.choice(["county", "township", "prefecture"]),
            year=str(draw.randint(2010, 2014)),
            kind=draw.choice(["annual_report", "summary"]),
            flag=" ".join(draw.sample(["masked", "pinyin", "converted"], draw.randint(1, 2))),
            order_key=draw.choice(["", "2012", "2013-05-06"]),
        )
        for number in range(count)
    ]


def in_families(documents: Sequence[IndexDocument]) -> list[IndexDocument]:
    """The same reports, two of three in families of two to five, by a fixed seed."""
    draw = random.Random(9)
    made: list[IndexDocument] = []
    waiting = list(documents)
    while waiting:
        size = draw.choice([1, 2, 5])
        members, waiting = waiting[:size], waiting[size:]
        if len(members) == 1:
            made.extend(members)
            continue
        standings = [f"{draw.choice('012')} {number}" for number in range(len(members))]
        leader = members[standings.index(min(standings))].report_id
        made.extend(
            replace(one, family=leader, standing=place) for one, place in zip(members, standings, strict=True)
        )
    return made


def common_and_middling(count: int) -> list[IndexDocument]:
    """Short reports: one term in nearly all, others in 5 to 60 %, of every frequency and length."""
    draw = random.Random(11)
    documents = []
    for number in range(count):
        words = Counter({"公开": draw.choice([0, 1, 1, 2, 5])})
        for term, share in (("办结", 0.6), ("受理", 0.3), ("答复", 0.05), ("情况", 0.5), ("材料", 0.15)):
            if draw.random() < share:
                words[term] = draw.randint(1, 6)
        filler = ["镇" * draw.randint(1, 40)]
        pieces_ = [*words.elements(), *filler]
        draw.shuffle(pieces_)
        documents.append(make_document(f"d{number:05}", "、".join(pieces_)))
    return documents


FAMILIES = tuple(in_families(scattered(200)))
