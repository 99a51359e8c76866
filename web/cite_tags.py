"""Meta tags by which Zotero, Google Scholar and others read a report's page. Pure.

The names are those that Zotero's translator "Embedded Metadata" maps to its fields; docs/citing.md has the table.
"""

from archive.model import StoredReport
from web.cited_work import CitedWork, WorkType

_ZOTERO_TYPES: dict[WorkType, str] = {"report": "report", "webpage": "webpage", "part": "bookSection"}


def meta_tags(work: CitedWork, report: StoredReport) -> tuple[tuple[str, str], ...]:
    """Return Highwire and Dublin Core tags; what is not known has none.

    `z:itemType` keeps Zotero from taking a page without an institution for a journal article, its default.
    """
    day = work.published_on
    published = day.isoformat() if day else None
    source = next((one.source_url for one in reversed(report.captures) if one.source_url), None)
    tags = (
        ("citation_title", work.title),
        ("citation_author", work.author),
        ("citation_technical_report_institution", work.author if work.type == "report" else None),
        ("citation_book_title", work.whole),
        ("citation_publication_date", published.replace("-", "/") if published else None),
        ("citation_language", work.language),
        ("citation_public_url", work.address),
        ("citation_abstract", "；".join(work.notes)),
        ("z:itemType", _ZOTERO_TYPES[work.type]),
        ("DC.title", work.title),
        ("DC.creator", work.author),
        ("DC.date", published),
        ("DC.identifier", work.address),
        ("DC.source", source),
        ("DC.isPartOf", work.whole),
        ("DC.language", work.language),
        ("DC.description", "；".join(work.notes)),
        ("DC.type", "Text"),
    )
    return tuple((name, content) for name, content in tags if content)
