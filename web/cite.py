"""Citations of a stored report: a GB/T 7714-2015 line and BibTeX.

Both cite the frozen version's address. An author is never named that the text does not name, and a year only
where the report's own is beyond doubt.
"""

from datetime import date

from archive.model import StoredReport

_BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "&": r"\&",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def gbt7714(report: StoredReport, address: str, accessed_on: date) -> str:
    """Return `责任者. 题名[R/OL]. (发布日期)[引用日期]. 地址.` with half-width marks (GB/T 7714-2015, 4.6 and 8).

    A part of a compilation is `篇名[EB/OL]//合集名. [引用日期]. 地址.`; a date of issue that is unknown is left out.
    """
    description = report.description
    published = f"({description.published_on.isoformat()})" if description.published_on else ""
    dates = f"{published}[{accessed_on.isoformat()}]"
    if report.parent_title:
        return f"{_author(report)}{report.title}[EB/OL]//{report.parent_title}. {dates}. {address}."
    return f"{_author(report)}{report.title}[R/OL]. {dates}. {address}."


def _author(report: StoredReport) -> str:
    return f"{report.description.issuer}. " if report.description.issuer else ""


def bibtex(report: StoredReport, address: str, accessed_on: date) -> str:
    """Return a BibTeX entry whose key is the report's id and version."""
    description = report.description
    year = description.year if description.year_status == "stated" else None
    fields = {
        "author": f"{{{_escape(description.issuer)}}}" if description.issuer else None,
        "title": f"{{{_escape(report.title)}}}",
        "booktitle": f"{{{_escape(report.parent_title)}}}" if report.parent_title else None,
        "year": str(year) if year else None,
        "date": description.published_on.isoformat() if description.published_on else None,
        "url": address,
        "urldate": accessed_on.isoformat(),
        "note": f"SHA-256 {report.version.digest}",
        "langid": "chinese",
    }
    kind = "inbook" if report.parent_title else "report"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
    key = f"{report.report_id}v{report.version.version}"
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _escape(text: str) -> str:
    return text.translate(_BIBTEX_ESCAPES)


def meta_tags(report: StoredReport, address: str) -> tuple[tuple[str, str], ...]:
    """Return Highwire and Dublin Core tags, by which Zotero and Google Scholar read a page."""
    description = report.description
    year = str(description.year) if description.year and description.year_status == "stated" else None
    published = description.published_on.isoformat() if description.published_on else year
    language = "zh-Hant" if description.script == "hant" else "zh-Hans"
    source = next((one.source_url for one in reversed(report.captures) if one.source_url), None)
    tags = (
        ("citation_title", report.title),
        ("citation_author", description.issuer),
        ("citation_technical_report_institution", description.issuer),
        ("citation_publication_date", published.replace("-", "/") if published else None),
        ("citation_language", language),
        ("citation_public_url", address),
        ("DC.title", report.title),
        ("DC.creator", description.issuer),
        ("DC.date", published),
        ("DC.identifier", address),
        ("DC.source", source),
        ("DC.isPartOf", report.parent_title),
        ("DC.language", language),
        ("DC.type", "Text"),
    )
    return tuple((name, content) for name, content in tags if content)
