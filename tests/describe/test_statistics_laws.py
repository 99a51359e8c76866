"""Laws that hold for every text: spans quote the original, positions point at something, masks hide their number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.describe import describe
from archive.model import Evidence, Section
from tests.describe.sections import make_section

WORDS = (
    "公开信息 收到申请 没有收到申请 没有收费 行政复议 培训 会议 93 xx ×× 1,732 10余 5.6万 条 件 期 人次 元 % ,其中 。 ； ： ( ) （ ） 、 "
    "《 》 《条例》 《中华人民共和国政府信息公开条例》 （以下简称《条例》） 桂政办发〔2018〕23号 国务院令第711号 號 條 信息 答覆率達100% 占"
).split()
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=40).map("".join)


def quotes_the_original(section: Section, span: Evidence) -> bool:
    if span.paragraph is None:
        return False
    return section.paragraphs[span.paragraph].text[span.start : span.end] == span.quote != ""


@settings(deadline=None, max_examples=200)
@given(bodies=st.lists(texts, max_size=5))
def test_every_number_and_citation_is_proved_by_a_span_of_the_original(bodies: list[str]) -> None:
    section = make_section("玉杵镇2018年政务公开工作总结", *bodies)
    found = describe(section)
    for one in found.indicators:
        assert quotes_the_original(section, one.evidence)
        assert (one.value is None) == (one.status == "masked")
        assert one.part_of is None or found.indicators[one.part_of].part_of is None
    for citation in found.citations:
        assert citation.mentions
        assert citation.title or citation.number
        assert all(quotes_the_original(section, mention) for mention in citation.mentions)


@settings(deadline=None, max_examples=200)
@given(bodies=st.lists(texts, max_size=5))
def test_every_check_adds_up_what_it_names(bodies: list[str]) -> None:
    found = describe(make_section("玉杵镇2018年政务公开工作总结", *bodies))
    for check in found.checks:
        sides = [[found.indicators[number] for number in side] for side in (check.totals, check.parts)]
        sums = [sum(one.value for one in side if one.value is not None) for side in sides]
        assert sums == pytest.approx([check.totals_sum, check.parts_sum])
        assert not any(one.qualifier for side in sides for one in side)
