import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from web.marks import Insertion, Span, hits, marked

TEXTS = st.text(alphabet=st.sampled_from("政務公开<>&\"' \U00020000ab"), max_size=30)
SPANS = st.lists(
    st.builds(
        Span,
        start=st.integers(-3, 35),
        end=st.integers(-3, 35),
        kind=st.sampled_from(["hit", "damage", "removed"]),
        title=st.sampled_from(["", "<理由>", '"']),
    ),
    max_size=6,
)


def shown(markup: Markup) -> str:
    """What a reader sees: the text without the tags."""
    return Markup(re.sub(r"<[^<>]*>", "", markup)).unescape()


@given(TEXTS, SPANS)
def test_the_characters_shown_are_the_text_whatever_is_marked(text: str, spans: list[Span]) -> None:
    assert shown(marked(text, spans)) == text


@given(TEXTS, SPANS)
def test_only_our_own_tags_reach_the_page(text: str, spans: list[Span]) -> None:
    names = set(re.findall(r"</?([a-z]+)", marked(text, spans)))
    assert names <= {"mark", "span", "del"}


def test_a_mark_slices_the_original_text() -> None:
    assert marked("推行政務公開", hits([(2, 6)])) == "推行<mark>政務公開</mark>"


def test_markup_inside_a_mark_is_escaped() -> None:
    assert marked("<b>公开</b>", hits([(0, 5)])) == "<mark>&lt;b&gt;公开</mark>&lt;/b&gt;"


def test_overlapping_spans_nest_and_lose_nothing() -> None:
    result = marked("从严_要求", [Span(start=0, end=3), Span(start=2, end=3, kind="damage", title="过滤")])
    assert result.count("<mark>") == result.count("</mark>") == 2
    assert 'title="过滤"' in result
    assert shown(result) == "从严_要求"


def test_an_insertion_splits_a_mark_and_stands_at_its_offset() -> None:
    here = Insertion(offset=2, markup=Markup("<i></i>"))
    assert marked("政务公开", hits([(0, 4)]), [here]) == "<mark>政务</mark><i></i><mark>公开</mark>"


def test_insertions_at_both_ends_are_kept() -> None:
    ends = [Insertion(offset=0, markup=Markup("<i>")), Insertion(offset=9, markup=Markup("</i>"))]
    assert marked("公开", [], ends) == "<i>公开</i>"
