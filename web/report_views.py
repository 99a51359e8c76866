"""The pages of one report: latest, frozen and as Markdown; and the contents page of a compilation."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from archive.errors import NotHeld, Withdrawn
from archive.model import Compilation, StoredReport
from index.query import parse
from index.snippet import marks
from web.addresses import LAST_VERSION, capture_path, frozen_path, latest_path, public_address, settle_id
from web.arguments import read_arguments
from web.badges import badges
from web.citation_links import citation_spans, cited_reports, citing_reports
from web.cite_panel import read_choice, to_panel, work_of
from web.cite_tags import meta_tags
from web.copies import Relatives, to_relatives
from web.family_views import Sharing, to_sharing
from web.holdings import current_store, parts_beside
from web.languages import gettext
from web.links import add_canonical, add_links, add_moment
from web.markdown import to_markdown
from web.marks import Insertion
from web.overview_links import pages_beside
from web.present import facts, origin
from web.quoting import Quoted, find_quoted, quoted_spans, read_quotation
from web.reading import Additions, Converter, Reading, to_reading
from web.reading_script import asked_script
from web.statistics import citation_lines, indicator_lines

reports = Blueprint("reports", __name__, url_prefix="/r")
reports.before_request(settle_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The part of a compilation before or after this one."""

    rel: str
    label: str
    report_id: str
    title: str


@reports.get("/<report_id>")
def latest(report_id: str) -> Response:
    """Show the latest version, or a compilation's contents."""
    compilation = current_store().compilation(report_id)
    if compilation is not None:
        return _compilation_page(compilation)
    return _report_page(current_store().report(report_id))


@reports.get(f"/<report_id>/v/<int(min=1, max={LAST_VERSION}):version>")
def frozen(report_id: str, version: int) -> Response:
    """Show one version, whose text never changes."""
    return _report_page(current_store().report(report_id, version), is_frozen=True)


@reports.get("/<report_id>.md")
def markdown(report_id: str) -> Response:
    """Give the latest version as Markdown."""
    report = current_store().report(report_id)
    response = _with_canonical(to_markdown(report, public_address(frozen_path(report))), report_id)
    response.mimetype = "text/markdown"
    return response


def _report_page(asked: StoredReport, *, is_frozen: bool = False) -> Response:
    quoted = _quoted(asked)
    report = quoted.report if quoted else asked
    text = read_arguments(request.args)[0].text
    shared = to_sharing(report) if request.args.get("shared") == "1" and report.is_latest else None
    choice = read_choice(request.args)
    held = cited_reports(report)
    shown = asked_script(report.description)
    response = make_response(
        render_template(
            "report.html",
            report=report,
            reading=_read(report, text, shown.convert, _additions(report, quoted, shared, held)),
            shown=shown,
            found_in=text,
            quoted=quoted,
            shared=shared,
            badges=badges(report),
            facts=facts(report),
            beside=pages_beside(report),
            origin=origin(report),
            indicators=indicator_lines(report.description),
            citations=citation_lines(report.description),
            held=held,
            citing=citing_reports(report) if report.is_latest else (),
            neighbours=_neighbours(report),
            relatives=_relatives(report),
            frozen_address=public_address(frozen_path(report)),
            latest_address=public_address(latest_path(report.report_id)),
            capture_path=capture_path(report),
            panel=to_panel(report, choice),
            meta=meta_tags(work_of(report, choice), report),
        )
    )
    add_links(response, report)
    if is_frozen:
        add_moment(response, report)
    return response


def _quoted(report: StoredReport) -> Quoted | None:
    quotation = read_quotation(request.args)
    return find_quoted(report, quotation, current_store()) if quotation else None


def _additions(
    report: StoredReport, quoted: Quoted | None, shared: Sharing | None, held: Mapping[str, str]
) -> Additions:
    """Return what is marked in a text beside searched words: cited laws, a quotation, what others hold too."""
    layers = [citation_spans(report, held)]
    insertions: dict[int, tuple[Insertion, ...]] = {}
    if shared:
        layers.append(shared.spans)
    if quoted:
        spans, insertions = quoted_spans(quoted)
        layers.append(spans)
    numbers = {number for layer in layers for number in layer}
    return Additions(
        spans={
            number: tuple(span for layer in layers for span in layer.get(number, ())) for number in numbers
        },
        insertions=insertions,
        shared_by=shared.counts if shared else {},
    )


def _read(report: StoredReport, text: str, convert: Converter, additions: Additions) -> Reading:
    if not text:
        return to_reading(report, lambda _: (), convert=convert, additions=additions)
    query = parse(text)
    title_marks = marks(report.title, query, field="title")
    return to_reading(report, lambda paragraph: marks(paragraph, query), title_marks, convert, additions)


def _compilation_page(compilation: Compilation) -> Response:
    body = render_template(
        "compilation.html",
        compilation=compilation,
        reports=current_store().reports(compilation.part_ids),
        before=_read_before_as_one(compilation.report_id),
        latest_address=public_address(latest_path(compilation.report_id)),
    )
    return _with_canonical(body, compilation.report_id)


def _read_before_as_one(report_id: str) -> StoredReport | None:
    """Return the report that a compilation's page was held to be before it was known to be several."""
    try:
        return current_store().report(report_id)
    except (NotHeld, Withdrawn):
        return None


def _with_canonical(body: str, report_id: str) -> Response:
    response = make_response(body)
    add_canonical(response, report_id)
    return response


def _relatives(report: StoredReport) -> Relatives | None:
    """Return the reports that share this text; an older version's are not known."""
    if not report.is_latest:
        return None
    store = current_store()
    relatives = store.relatives(report.report_id)
    return to_relatives(report, relatives, store.reports(one.report_id for one in relatives))


def _neighbours(report: StoredReport) -> tuple[Neighbour, ...]:
    parts = parts_beside(report)
    ids = [one.report_id for one in parts]
    if report.report_id not in ids:
        return ()
    here = ids.index(report.report_id)
    around = (("prev", gettext("上一篇"), here - 1), ("next", gettext("下一篇"), here + 1))
    return tuple(
        Neighbour(rel=rel, label=label, report_id=parts[at].report_id, title=parts[at].title)
        for rel, label, at in around
        if 0 <= at < len(parts)
    )
