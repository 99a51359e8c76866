"""The pages that find reports: front page and search."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from markupsafe import Markup, escape

from archive.model import StoredReport
from index.document import NO_BUREAU
from index.engine import UNKNOWN, FacetCount, Sort
from web.addresses import found_path
from web.arguments import read_arguments
from web.badges import Badge, badges
from web.explaining import ReasonView, correction_views, exact_state, reason_views
from web.facet_search import read_facet_search
from web.facets import to_bars, to_chips, to_facets
from web.filters import source_line
from web.finding import Found, FoundReport, find
from web.holdings import current_engine, current_store
from web.labels import FLAGS
from web.languages import Texts, counted_markup, gettext, msgid
from web.long_queries import text_to_mark
from web.marks import hits, marked
from web.overview_drawings import draw_tiles, province_counts
from web.overview_links import pages_of_choices
from web.overview_reading import held
from web.overview_words import provinces_table
from web.pagination import page_numbers
from web.params import SIZES, SORTS, SearchState, sized, sorted_by, with_copies, without_filters
from web.problems import EmptyArchive
from web.quotes import anchor_of
from web.values import to_values

pages = Blueprint("pages", __name__)

COPIES_ANCHOR = "copies"
NEWEST_ON_FRONT = 6
BUREAUS_ON_FRONT = 18
YEARS_ON_FRONT = 8
EXAMPLE_QUERIES = ("依申请公开", "政務公開", "“行政复议”", "标题:年度报告 -部门:教育")
SORT_NAMES: Mapping[Sort, str] = Texts(
    {"relevance": msgid("最相关"), "newest": msgid("最新"), "oldest": msgid("最早")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the front page with its unit."""

    label: str
    value: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChoice:
    """A link to the same search in another order or size."""

    label: str
    is_current: bool
    state: SearchState


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetView:
    """A quoted passage with the searched words marked, and where it stands in the report."""

    markup: Markup
    number: int  # of the paragraph, from 1
    path: str
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One hit of the result list."""

    report: StoredReport
    title: Markup
    path: str
    badges: tuple[Badge, ...]
    snippets: tuple[SnippetView, ...]
    source: str
    copies: int
    copies_path: str  # empty where there are none
    reasons: tuple[ReasonView, ...]
    other_script: tuple[str, ...]


@pages.get("/")
def front() -> str:
    """Show what the archive is and the ways in. Raises EmptyArchive while nothing is held."""
    everything = SearchState(sort="newest", size=SIZES[0])
    found = find(everything, current_store(), current_engine())
    if not found.result.total:
        raise EmptyArchive("the archive holds no report yet")
    counts = dict(found.result.facets)
    start = SearchState()
    provinces = province_counts(held(None).facets.get("province", ()))
    years = to_values(start, "year", counts.get("year", ()))
    bureaus = [
        value
        for value in to_values(start, "bureau", counts.get("bureau", ()))
        if value.value not in {UNKNOWN, NO_BUREAU}
    ]
    return render_template(
        "front.html",
        figures=_figures(found.result.total_reports, counts),
        levels=to_values(start, "level", counts.get("level", ())),
        years=[value for value in years if value.value != UNKNOWN][:YEARS_ON_FRONT],
        bureaus=bureaus[:BUREAUS_ON_FRONT],
        start=start,
        bars=to_bars(start, counts.get("year", ())),
        tiles=draw_tiles(provinces, None),
        provinces=provinces_table(provinces),
        newest=[hit.report for hit in found.hits[:NEWEST_ON_FRONT]],
        flag_labels=FLAGS.values(),
        example_queries=EXAMPLE_QUERIES,
    )


def _figures(total: int, counts: dict[str, Sequence[FacetCount]]) -> tuple[Figure, ...]:
    known = {facet: _known(values) for facet, values in counts.items()}
    years = sorted(known.get("year", []))
    span = (
        ""
        if not years
        else years[0]
        if years[0] == years[-1]
        else gettext("%(first)s—%(last)s", first=years[0], last=years[-1])
    )
    places, bureaus = _distinct(known, ("county", "township")), _distinct(known, ("bureau",))
    figures = (
        (total, gettext("报告"), counted_markup("%(num)s<small>份</small>", total)),
        (len(years), gettext("起止年份"), escape(span)),
        (places, gettext("县区与乡镇"), counted_markup("%(num)s<small>个</small>", places)),
        (bureaus, gettext("部门门类"), counted_markup("%(num)s<small>种</small>", bureaus)),
    )
    return tuple(Figure(label=label, value=value) for count, label, value in figures if count)


def _known(values: Iterable[FacetCount]) -> list[str]:
    return [one.value for one in values if one.value not in {UNKNOWN, NO_BUREAU} and one.count]


def _distinct(known: dict[str, list[str]], facets: Iterable[str]) -> int:
    return sum(len(known.get(facet, [])) for facet in facets)


@pages.get("/search")
def search() -> str:
    """Show one result page; whatever the address asks, there is one."""
    asked, notes = read_arguments(request.args)
    found = find(asked, current_store(), current_engine(), notes)
    state = found.state
    return render_template(
        "search.html",
        state=state,
        found=found,
        hits=[_to_hit(hit, text_to_mark(found.query)) for hit in found.hits],
        facets=to_facets(state, found.result, read_facet_search(request.args)),
        bars=to_bars(state, dict(found.result.facets).get("year", ())),
        chips=to_chips(state),
        overviews=pages_of_choices(state),
        unfiltered=without_filters(state),
        sorts=_sort_choices(state),
        sizes=[
            StateChoice(label=str(size), is_current=size == state.size, state=sized(state, size))
            for size in SIZES
        ],
        page_numbers=page_numbers(state.page, found.page_count),
        copies_choice=_copies_choice(found),
        corrections=correction_views(found),
        exact=exact_state(state, found.query),
    )


def _copies_choice(found: Found) -> SearchState | None:
    """Return the same search with copies listed, or folded again; None where neither makes a difference."""
    state = found.state
    if state.all_copies or found.result.total_reports > found.result.total:
        return with_copies(state, all_copies=not state.all_copies)
    return None


def _sort_choices(state: SearchState) -> tuple[StateChoice, ...]:
    """Return the orders to choose from; without words nothing is relevant, and the newest stand first."""
    current: Sort = "newest" if not state.text and state.sort == "relevance" else state.sort
    return tuple(
        StateChoice(label=SORT_NAMES[sort], is_current=sort == current, state=sorted_by(state, sort))
        for sort in SORTS
        if state.text or sort != "relevance"
    )


def _to_hit(hit: FoundReport, text: str) -> HitView:
    report = hit.report
    return HitView(
        report=report,
        title=marked(report.title, hits(hit.title_marks)),
        path=found_path(report, text),
        badges=badges(report),
        snippets=tuple(
            SnippetView(
                markup=marked(snippet.text, hits(snippet.marks)),
                number=snippet.paragraph + 1,
                path=found_path(report, text, anchor_of(snippet.paragraph)),
                is_cut_before=snippet.start > 0,
                is_cut_after=snippet.end < len(report.paragraphs[snippet.paragraph].text),
            )
            for snippet in hit.snippets
        ),
        source=source_line(report),
        copies=hit.copies,
        copies_path=found_path(report, text, COPIES_ANCHOR) if hit.copies else "",
        reasons=reason_views(hit),
        other_script=hit.other_script,
    )
