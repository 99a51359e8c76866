"""Dates as reports write them: 2018-1-5 is sought as 2018年1月5日 and 2018年01月05日 too. Pure."""

import re

from index.fold import fold

_DATE = re.compile(r"(\d{4})(?:年(\d{1,2})月(\d{1,2})[日号]|([-/.])(\d{1,2})\4(\d{1,2}))")
_MONTHS, _DAYS = range(1, 13), range(1, 32)


def date_forms(typed: str) -> tuple[str, ...]:
    """Return the ways to write a whole date, as it was typed first; nothing for any other text.

    Four and the one typed: with zeros and without, in characters and with hyphens.
    """
    folded = fold(typed).strip()
    found = _DATE.fullmatch(folded)
    if found is None:
        return ()
    year, month, day = (int(part) for part in found.groups() if part and part.isdecimal())
    if month not in _MONTHS or day not in _DAYS:
        return ()
    forms = (
        folded,
        f"{year}年{month}月{day}日",
        f"{year}年{month:02}月{day:02}日",
        f"{year}-{month:02}-{day:02}",
        f"{year}-{month}-{day}",
    )
    return tuple(dict.fromkeys(forms))
