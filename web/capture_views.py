"""The page as received: beside what was made of it, and as the exact bytes."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template

from archive.decode import decode
from archive.errors import CaptureError, NotHeld
from archive.model import Capture, CaptureInfo, Page, StoredReport
from archive.page import read_page
from archive.repair import repair
from web.addresses import asked_number, capture_path, frozen_path, latest_path, settle_id
from web.collation import collate
from web.filters import day
from web.holdings import current_store, parts_beside
from web.languages import counted, gettext

captures = Blueprint("captures", __name__, url_prefix="/r")
captures.before_request(settle_id)

MAX_ROWS = 4000
"""Blocks of a page shown beside its report; the longest report page known has under 700."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCapture:
    """Another capture of the same version."""

    label: str
    path: str


@captures.get("/<report_id>/capture")
def page(report_id: str) -> str:
    """Show the page as received beside what was made of it: its text only, never its markup."""
    report, info = _asked_capture(report_id)
    read, notes = _read(current_store().capture(info.capture_id))
    siblings = [one for one in parts_beside(report) if one.report_id != report.report_id]
    rows = collate(read.blocks[:MAX_ROWS], report, siblings) if read else ()
    if read and len(read.blocks) > MAX_ROWS:
        notes = (*notes, _cut_note(len(read.blocks)))
    return render_template(
        "capture.html",
        report=report,
        rows=rows,
        has_others=any(row.kind == "other" for row in rows),
        about=_about(info),
        notes=notes,
        report_path=latest_path(report.report_id) if report.is_latest else frozen_path(report),
        raw_path=capture_path(report, info, raw=True),
        others=[
            OtherCapture(label=day(one.captured_at), path=capture_path(report, one))
            for one in report.captures
            if one.capture_id != info.capture_id
        ],
    )


@captures.get("/<report_id>/capture/raw")
def raw(report_id: str) -> Response:
    """Give the exact bytes received, as a download that no browser may run."""
    report, info = _asked_capture(report_id)
    response = make_response(current_store().capture(info.capture_id).body)
    suffix = "txt" if info.media_type == "text/plain" else "html"
    name = f"{report.report_id}-{info.capture_id}.{suffix}"
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _asked_capture(report_id: str) -> tuple[StoredReport, CaptureInfo]:
    """Return the version and the capture that the address names; the latest of each where it names none."""
    report = current_store().report(report_id, asked_number("v"))
    wanted = asked_number("n")
    for info in reversed(report.captures):
        if wanted is None or info.capture_id == wanted:
            return report, info
    raise NotHeld(f"report {report_id}, version {report.version.version}, was not made from capture {wanted}")


def _read(received: Capture) -> tuple[Page | None, tuple[str, ...]]:
    """Read a capture again; the notes say what stood in the way."""
    try:
        read = repair(read_page(received, decode(received)))
    except CaptureError as error:
        return None, (gettext("这一网页现在无法读成文字，请下载原始字节。"), str(error))
    return read, read.notes


def _cut_note(count: int) -> str:
    return gettext(
        "网页有 %(count)s 段，只对照前 %(shown)s 段；全部内容请下载原始字节。", count=count, shown=MAX_ROWS
    )


def _about(info: CaptureInfo) -> tuple[tuple[str, str], ...]:
    rows = (
        (gettext("网页地址"), info.source_url or gettext("收存时没有地址")),
        (gettext("收存时间"), f"{info.captured_at:%Y-%m-%d %H:%M:%S} UTC"),
        (gettext("大小"), counted("%(num)s 字节", info.length_bytes)),
        (gettext("格式"), info.media_type),
        (gettext("声明的编码"), info.charset or ""),
        ("SHA-256", info.digest),
    )
    return tuple(row for row in rows if row[1])
