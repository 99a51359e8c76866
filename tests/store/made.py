"""Outcomes made by hand about 沧溟省, as the pipeline would give them, and a look at all rows of a store."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.ids import identity_of, report_id
from archive.model import (
    Bureau,
    Capture,
    Compilation,
    Description,
    Dropped,
    Gap,
    Outcome,
    PageFields,
    Paragraph,
    Place,
    Report,
    Section,
)
from tests.conftest import make_capture

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
LATER = datetime(2025, 6, 7, 8, 9, 10, tzinfo=UTC)
ADDRESS = "http://www.guiying.gov.example/xxgk/t20190121_1.html"
TITLE = "桂影县玉杵镇2018年政府信息公开工作年度报告"
TEXT = ("一、概述", "2018年,玉杵镇主动公开政府信息312条。", "二、依申请公开情况", "全年收到申请0件。")


def a_capture(body: str = "<p>玉杵镇</p>", url: str | None = ADDRESS) -> Capture:
    return make_capture(body, source_url=url)


def a_description(**values: object) -> Description:
    defaults: dict[str, object] = {
        "title_hans": TITLE,
        "issuer": "玉杵镇人民政府",
        "org_type": "government",
        "level": "township",
        "place": Place(county="桂影县", township="玉杵镇", status="as_written"),
        "year": 2018,
        "year_status": "stated",
        "script": "hans",
        "kind": "annual_report",
    }
    return Description(**{**defaults, **values})  # type: ignore[arg-type]


def a_single(
    capture: Capture | None = None, lines: Sequence[str] = TEXT, description: Description | None = None
) -> Outcome:
    """A page with one report."""
    capture = capture or a_capture()
    section = Section(
        title=TITLE,
        paragraphs=tuple(Paragraph(text=line, block=3 + n, captured=line) for n, line in enumerate(lines)),
        fields=PageFields(site="桂影县政府网", extra=(("索引号", "GY-0001"),)),
        dropped=(Dropped(block=0, text="收藏本页", rule="toolbar", why="a button"),),
    )
    report = Report(
        report_id=report_id(identity_of(capture), 0),
        section=section,
        description=description or a_description(),
    )
    return Outcome(capture=capture, reports=(report,))


def a_compilation(
    capture: Capture | None = None, lines: Sequence[str] = ("第一篇", "第二篇", "第三篇")
) -> Outcome:
    """A page with a report for each of `lines`."""
    capture = capture or a_capture()
    identity = identity_of(capture)
    reports = tuple(
        Report(
            report_id=report_id(identity, part),
            section=Section(
                title=f"金乌县教育局工作总结篇{part}",
                paragraphs=(Paragraph(text=line, block=part),),
                part=part,
                part_count=len(lines),
                parent_title="教育局工作总结",
                gaps=(Gap(kind="paywall", paragraph=0, offset=2, notice="余下12字", omitted_chars=12),),
            ),
            description=Description(
                title_hans="教育局", bureau=Bureau(name="金乌县教育局", domain="教育"), flags=("truncated",)
            ),
        )
        for part, line in enumerate(lines, start=1)
    )
    return Outcome(
        capture=capture,
        reports=reports,
        compilation=Compilation(
            report_id=report_id(identity, 0),
            title="教育局工作总结",
            part_ids=tuple(report.report_id for report in reports),
            declared_count=len(lines),
        ),
    )


def all_rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, read with SQLite alone."""
    connection = sqlite3.connect(path)
    try:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}
    finally:
        connection.close()
