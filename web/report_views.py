"""The pages of one report: latest, frozen and as Markdown; and the contents page of a compilation."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, Response, make_response, render_template, request

from archive.errors import NotHeld, Withdrawn
from archive.model import Compilation, StoredReport
from index.query import parse
from index.snippet import marks
from web import cite
from web.addresses import LAST_VERSION, capture_path, frozen_path, latest_path, public_address, settle_id
from web.arguments import read_arguments
from web.badges import badges
from web.copies import Relatives, to_relatives
from web.holdings import current_store, parts_beside
from web.languages import gettext
from web.markdown import to_markdown
from web.overview_links import pages_beside
from web.present import facts, origin
from web.reading import Converter, Reading, to_reading
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
    return _report_page(current_store().report(report_id, version))


@reports.get("/<report_id>.md")
def markdown(report_id: str) -> Response:
    """Give the latest version as Markdown."""
    report = current_store().report(report_id)
    response = _with_canonical(to_markdown(report, public_address(frozen_path(report))), report_id)
    response.mimetype = "text/markdown"
    return response


def _report_page(report: StoredReport) -> Response:
    frozen_address = public_address(frozen_path(report))
    text = read_arguments(request.args)[0].text
    shown = asked_script(report.description)
    body = render_template(
        "report.html",
        report=report,
        reading=_read(report, text, shown.convert),
        shown=shown,
        found_in=text,
        badges=badges(report),
        facts=facts(report),
        beside=pages_beside(report),
        origin=origin(report),
        indicators=indicator_lines(report.description),
        citations=citation_lines(report.description),
        neighbours=_neighbours(report),
        relatives=_relatives(report),
        frozen_address=frozen_address,
        latest_address=public_address(latest_path(report.report_id)),
        capture_path=capture_path(report),
        citation=cite.gbt7714(report, frozen_address, _today()),
        bibtex=cite.bibtex(report, frozen_address, _today()),
        meta=cite.meta_tags(report, frozen_address),
    )
    return _with_canonical(body, report.report_id)


def _read(report: StoredReport, text: str, convert: Converter) -> Reading:
    if not text:
        return to_reading(report, lambda _: (), convert=convert)
    query = parse(text)
    title_marks = marks(report.title, query, field="title")
    return to_reading(report, lambda paragraph: marks(paragraph, query), title_marks, convert)


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
    response.headers["Link"] = f'<{public_address(latest_path(report_id))}>; rel="canonical"'
    return response


def _today() -> date:
    """Return the server's day: a citation carries the day of access."""
    return datetime.now(UTC).astimezone().date()


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
