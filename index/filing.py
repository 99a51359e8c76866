"""Under which facet values does an engine hold each report? Asks it by its port."""

from archive.model import StoredReport
from index.document import to_document
from index.engine import Engine, Filter, SearchRequest
from index.query import parse

Filing = tuple[str, str]
"""A facet and one of its values."""


def filings(engine: Engine, most: int) -> dict[str, list[Filing]]:
    """Return each report's facet values: `most` reports at most, one search for each value."""
    everything = parse("")
    found: dict[str, list[Filing]] = {}
    for facet, counts in engine.search(SearchRequest(query=everything, limit=0)).facets:
        for value in sorted({one.value for one in counts if one.count}):
            filed = (facet, value)  # one object for all reports: a hundred thousand have eleven each
            chosen = Filter(facet=facet, include=(value,))
            asked = SearchRequest(query=everything, filters=(chosen,), limit=most)
            for hit in engine.search(asked).hits:
                found.setdefault(hit.report_id, []).append(filed)
    return found


def misfiled(report: StoredReport, held: list[Filing]) -> str:
    """Say under which values a report is held wrongly and which of its own are missing; empty where all are right."""
    own = {(facet, value) for facet, values in to_document(report).facets for value in values}
    wrong, missing = sorted(set(held) - own), sorted(own - set(held))
    told = [f"is filed under {_named(wrong)}"] if wrong else []
    told += [f"is not filed under {_named(missing)}"] if missing else []
    return ", ".join(told)


def _named(filings: list[Filing]) -> str:
    return ", ".join(f"{facet}={value}" for facet, value in filings)
