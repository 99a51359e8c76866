"""What a page says about itself outside the report: site, address, date, metadata table."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from archive.model import Page, PageFields

PAGE_FIELD_GROUPS = frozenset({"site", "address", "published", "column", "source"})
"""Names of the groups by which a rule's pattern hands a value to the page's fields."""

# Where each field is looked for, best first. The first names of each line are what Chinese government sites must
# carry (国务院办公厅《政府网站发展指引》2017, annex 2); then Open Graph and canonical links; `ld:` is JSON-LD.
_DECLARED = {
    "title": ("articletitle", "og:title", "ld:headline", "title"),
    "site": ("sitename", "og:site_name", "ld:publisher.name"),
    "domain": ("sitedomain",),
    "column": ("columnname", "article:section", "ld:articleSection"),
    "published": ("pubdate", "article:published_time", "ld:datePublished", "publishdate"),
    "source": ("contentsource", "ld:sourceOrganization.name", "ld:author.name", "source"),
    "address": ("canonical", "og:url", "url", "ld:url", "ld:mainEntityOfPage"),
}
_ARTICLES = frozenset(
    {"Article", "NewsArticle", "Report", "WebPage", "BlogPosting", "GovernmentService", "Legislation"}
)
_LONGEST_LINKED_DATA_CHARS = 100_000
_SOURCE_IN_LINE = re.compile(
    r"(?:来源|出处|來源|出處|发布机构|发布单位)\s*[:：]\s*([^\s|｜\[\]【】()（）:：]{2,30})"
)


def read_source(line: str) -> str | None:
    """Return who a date and source line under a title names as the source."""
    match = _SOURCE_IN_LINE.search(line)
    return match[1] if match else None


def read_pairs(text: str) -> list[tuple[str, str]]:
    """Split a metadata row: `索引号 | X | 文号 | Y`, `索引号: X` or bullets of either."""
    cells = [cell.strip(" ·•*◆■-") for cell in re.split(r"[|｜]", text)]
    cells = [cell for cell in cells if cell]
    pairs: list[tuple[str, str]] = []
    while cells:
        cell = cells.pop(0)
        name, _, value = cell.replace("：", ":").partition(":")
        if not value and cells:
            value = cells.pop(0)
        pairs.append((re.sub(r"\s+", "", name), value.strip()))
    return pairs


def read_fields(
    page: Page,
    found: Mapping[str, tuple[str, str]],
    *,
    outline: Sequence[str],
    extra: Sequence[tuple[str, str]],
) -> PageFields:
    """Return the page's fields: what its markup declares first, else what rules `found` in its text.

    `found` holds a value and the name of the rule per field. `origins` says for each field where it was read.
    """
    declared = {**_linked_data(page.linked_data), **dict(reversed(page.meta))}
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for field, names in _DECLARED.items():
        candidates = [(declared[name], f"meta {name}") for name in names if declared.get(name)]
        if field in found:
            candidates.append((found[field][0], f"rule {found[field][1]}"))
        for value, origin in candidates:
            if field != "published" or _date(value):
                values[field], origins[field] = value, origin.replace("meta ld:", "JSON-LD ")
                break
    return PageFields(
        title=values.get("title"),
        site=values.get("site"),
        domain=values.get("domain"),
        column=values.get("column"),
        source=values.get("source"),
        address=values.get("address"),
        published_on=_date(values.get("published")),
        outline=tuple(outline),
        extra=tuple(extra),
        origins=tuple(origins.items()),
    )


def _linked_data(scripts: Sequence[str]) -> dict[str, str]:
    """Return what the page's JSON-LD says of its article, as `ld:name` and `ld:name.name`; broken JSON says nothing."""
    said: dict[str, str] = {}
    for script in scripts:
        try:
            data = json.loads(script[:_LONGEST_LINKED_DATA_CHARS])
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            for name, value in thing.items():
                inner = value[0] if isinstance(value, list) and value else value
                if isinstance(inner, str):
                    said.setdefault(f"ld:{name}", inner.strip())
                elif isinstance(inner, dict) and isinstance(inner.get("name"), str):
                    said.setdefault(f"ld:{name}.name", inner["name"].strip())
    return said


def _things(data: object) -> list[dict[str, object]]:
    things = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    described = [thing for thing in things if isinstance(thing, dict)] if isinstance(things, list) else []
    return [
        thing for thing in described if isinstance(thing.get("@type"), str) and thing["@type"] in _ARTICLES
    ]


def _date(text: str | None) -> date | None:
    match = re.search(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", text or "")
    match = match or re.fullmatch(r"\s*(\d{4})(\d{2})(\d{2})日?\s*", text or "")  # 20101231日
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # 2012-02-31: a stamp that is no date
        return None
