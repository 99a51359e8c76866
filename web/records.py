"""Reports as JSON objects, with the field names that others depend on. Pure."""

from dataclasses import asdict
from typing import Any

from archive.model import StoredReport
from archive.record import dump_time
from web.quotes import anchor_of
from web.statistics import citations_json, indicators_json

Json = dict[str, Any]


def to_json(report: StoredReport) -> Json:
    """Return one report with its paragraphs; a gap names its paragraph by position, -1 being before the first."""
    texts = [
        {"anchor": anchor_of(number), "role": one.role, "text": one.text}
        for number, one in enumerate(report.paragraphs)
    ]
    return {
        **to_summary(report),
        "indicators": indicators_json(report.description),
        "citations": citations_json(report.description),
        "paragraphs": texts,
        "notes": list(report.notes),
    }


def to_summary(report: StoredReport) -> Json:
    """Return one report's fields without its text, its numbers and what it cites: these are lists of dozens."""
    description = report.description
    bureau = description.bureau
    address = next((one.source_url for one in reversed(report.captures) if one.source_url), None)
    return {
        "id": report.report_id,
        "version": report.version.version,
        "digest": report.version.digest,
        "title": report.title,
        "issuer": description.issuer,
        "org_type": description.org_type,
        "level": description.level,
        "place": asdict(description.place),
        "bureau": {"name": bureau.name, "domain": bureau.domain} if bureau else None,
        "year": description.year,
        "year_status": description.year_status,
        "year_range": list(description.year_range) if description.year_range else None,
        "published_on": description.published_on.isoformat() if description.published_on else None,
        "script": description.script,
        "script_origin": description.script_origin,
        "kind": description.kind,
        "masked": description.masked,
        "gaps": [asdict(gap) for gap in report.gaps],
        "flags": list(description.flags),
        "source": {"site": report.fields.site, "url": address},
        "corrections": [
            {"block": one.block, "nth": one.nth, "fate": one.fate, "decided_at": dump_time(one.decided_at)}
            for one in report.decisions
        ],
        "parent": report.parent_id,
        "part": report.part,
        "family": {
            "size": report.family.size if report.family else 1,
            "representative": report.family.representative if report.family else report.report_id,
        },
    }
