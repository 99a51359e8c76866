"""A report's year in words, with its doubt. Pure."""

import re

from archive.model import Description
from web.languages import gettext, listed
from web.quotes import quotes_of

_CITED_AT_MOST = 3
_MASK = re.compile(r"[xX×*ⅹ✕_某]")


def year_label(description: Description) -> str:
    """Name the year in a few characters, with its doubt."""
    match description.year_status:
        case "stated" if description.year is not None:
            return gettext("%(year)s年", year=description.year)
        case "suspect" if description.year is not None:
            return gettext("%(year)s年（存疑）", year=description.year)
        case "masked":
            return gettext("年份被遮盖")
        case "absent":
            return gettext("年份不详")
        case _:
            return gettext("年份存疑")


def year_sentence(description: Description) -> str:
    """Say how far the year can be trusted, from what was written and what its contents allow."""
    written = listed(
        gettext("“%(year)s年”", year=form) if form.isdecimal() else _quoted(form)
        for form in description.year_as_written
    )
    allowed = _allowed_years(description)
    told = {
        "stated": "",
        "conflict": _conflict_sentence(description, written, allowed),
        "suspect": gettext(
            "原文写作%(written)s，%(reason)s，年份存疑。",
            written=written,
            reason=allowed or gettext("而这类转载网页常替换年份"),
        ),
        "masked": gettext("年份被遮盖，写作%(written)s。但%(reason)s。", written=written, reason=allowed)
        if allowed
        else gettext("年份被遮盖，写作%(written)s。", written=written),
        "absent": gettext("原文没有写明年份。但%(reason)s。", reason=allowed)
        if allowed
        else gettext("原文没有写明年份。"),
    }
    return told[description.year_status]


def _conflict_sentence(description: Description, written: str, allowed: str) -> str:
    if len(description.year_as_written) > 1 and not allowed:
        return gettext("原文先后写作%(written)s，彼此不合，年份存疑，不作判断。", written=written)
    reason = allowed or gettext("文中内容与此不合")
    return gettext(
        "原文自称年份为%(written)s，但%(reason)s，年份存疑，不作判断。", written=written, reason=reason
    )


def _allowed_years(description: Description) -> str:
    if description.year_range is None:
        return ""
    first, last = description.year_range
    years = (
        gettext("%(year)s年", year=first)
        if first == last
        else gettext("%(first)s至%(last)s年", first=first, last=last)
    )
    cited = listed(_quoted(text) for text in _contradicting(description)[:_CITED_AT_MOST])
    if cited:
        return gettext("文中%(cited)s只与%(years)s相合", cited=cited, years=years)
    return gettext("文中所述只与%(years)s相合", years=years)


def _quoted(text: str) -> str:
    return gettext("“%(text)s”", text=text)


def _contradicting(description: Description) -> tuple[str, ...]:
    """Return the words in the text that date it otherwise than it claims: neither the claim nor a mask."""
    return tuple(
        quote.text
        for quote in quotes_of(description, "year")
        if quote.anchor
        and not _MASK.search(quote.text)
        and not any(form in quote.text for form in description.year_as_written)
    )
