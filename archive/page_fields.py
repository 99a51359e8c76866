"""What a page says about itself outside the report: site, address, date, metadata table."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from archive.model import Page, PageFields

PAGE_FIELD_GROUPS = frozenset({"site", "address", "published"})
"""Names of the groups by which a rule's pattern hands a value to the page's fields."""

_META_FIELDS = {"site": ("sitename", "og:site_name"), "published": ("pubdate", "article:published_time")}


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
    page: Page, found: Mapping[str, str], *, outline: Sequence[str], extra: Sequence[tuple[str, str]]
) -> PageFields:
    """Return the page's fields: what its markup declares first, else what rules `found` in its text."""
    meta = dict(page.meta)
    declared = {
        name: next((meta[key] for key in keys if key in meta), None) for name, keys in _META_FIELDS.items()
    }
    return PageFields(
        site=declared["site"] or found.get("site"),
        address=meta.get("canonical") or meta.get("og:url") or found.get("address"),
        published_on=_date(declared["published"]) or _date(found.get("published")),
        outline=tuple(outline),
        extra=tuple(extra),
    )


def _date(text: str | None) -> date | None:
    match = re.search(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", text or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # 2012-02-31: a stamp that is no date
        return None
