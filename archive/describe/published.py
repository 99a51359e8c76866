"""The day a report was signed (成文日期), or published as the page says."""

import re
from dataclasses import dataclass
from datetime import date

from archive.describe.issuer import SIGNATURE_HEAD, SIGNATURE_TAIL
from archive.describe.text import ReportText
from archive.describe.years import DATE, to_date
from archive.hanzi import match_form
from archive.model import Evidence, PageFields

_LONGEST_SIGNER = 30  # characters before a date on one line with its signer
_DATE_LINE = re.compile(rf"^(?P<signer>[^。,;:,]{{0,{_LONGEST_SIGNER}}}?)\s*+\(?(?P<date>{DATE})\)?\s*+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """`signed_on` is the reporter's own date; `published_on` falls back on the page's."""

    signed_on: date | None
    published_on: date | None
    evidence: tuple[Evidence, ...]


def find_dates(text: ReportText, fields: PageFields) -> Dates:
    """Return the dates: a date line under the text, in the covering letter or under the title, else the page's."""
    for line in (
        *reversed(text.body[-SIGNATURE_TAIL:]),
        *reversed(text.front),
        *text.body[:SIGNATURE_HEAD],
    ):
        match = _DATE_LINE.match(line.prose)
        day = to_date(match["date"]) if match else None
        if match and day and not line.table:
            return Dates(signed_on=day, published_on=day, evidence=(line.evidence(*match.span("date")),))
    signed_on, quote = _signed_field(fields)
    if fields.published_on:
        quote = fields.published_on.isoformat()
    evidence = (Evidence(where="page", quote=quote, end=len(quote)),) if quote else ()
    return Dates(signed_on=signed_on, published_on=fields.published_on or signed_on, evidence=evidence)


def _signed_field(fields: PageFields) -> tuple[date | None, str]:
    """Return the 成文日期 of a page's metadata table, with its words."""
    for key, value in fields.extra:
        form = match_form(value).strip()
        if match_form(key).strip(" :") == "成文日期" and re.fullmatch(DATE, form):
            return to_date(form), value
    return None, ""
