"""Citations to be read: GB/T 7714 of 2015 and of 2025, APA, and the plain link with its digest. Pure.

A CSL processor was tried first; docs/citing.md says what it gave and why these lines are written here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from web.cited_work import CitedWork
from web.languages import msgid

_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A way to write a citation: its name in addresses, and what a reader calls it."""

    name: str
    label: str
    write: Callable[[CitedWork], str]


def gbt7714_2015(work: CitedWork) -> str:
    """Return `责任者. 题名[R/OL]. (发布日期)[引用日期]. 地址.`, all marks half-width.

    GB/T 7714-2015, 4.6 (electronic resources), 4.2 (parts: `篇名[EB/OL]//合集名.`), 8.5 (an unknown date of issue is
    left out; the day of access is in square brackets).
    """
    published = f"({work.published_on.isoformat()})" if work.published_on else ""
    return _joined(_responsible(work), f"{published}{_access_date(work)}", work.address)


def gbt7714_2025(work: CitedWork) -> str:
    """Return a line by GB/T 7714-2025: a report has its date and no day of access, a web page has both.

    Its brackets around a date are full-width: `责任者. 题名[R/OL]. 2019-01-24. 地址.` and `题名[EB/OL]. （日期）[引用日期]. 地址.`
    """
    if work.type == "report":
        day = work.published_on.isoformat() if work.published_on else ""
        return _joined(_responsible(work), day, work.address)
    published = f"（{work.published_on.isoformat()}）" if work.published_on else ""
    return _joined(_responsible(work), f"{published}{_access_date(work)}", work.address)


def apa(work: CitedWork) -> str:
    """Return a line of APA style (seventh edition): the title takes the place of an author who is not named."""
    day = _english_issued(work)
    title = f"{work.title}." if work.whole is None else f"{work.title}. In {work.whole}."
    head = f"{work.author}. ({day}). {title}" if work.author else f"{work.title}. ({day})."
    if not work.author and work.whole:
        head += f" In {work.whole}."
    access = f"Retrieved {_english(work.accessed_on)}, from " if work.accessed_on else ""
    return f"{head} {access}{work.address}"


def plain(work: CitedWork) -> str:
    """Return title, address and digest: enough to find the text and to prove it unchanged."""
    return f"{work.title} {work.address} (SHA-256: {work.digest})"


STYLES = (
    Style(name="gbt2025", label="GB/T 7714-2025", write=gbt7714_2025),
    Style(name="gbt2015", label="GB/T 7714-2015", write=gbt7714_2015),
    Style(name="apa", label="APA", write=apa),
    Style(name="plain", label=msgid("链接与摘要值"), write=plain),
)


def note_line(work: CitedWork) -> str:
    """Return the doubts as one line, to be copied with the citation; empty where there are none."""
    return f"附注：{'；'.join(work.notes)}。" if work.notes else ""


def _responsible(work: CitedWork) -> str:
    """Return who and what: `责任者. 题名[R/OL]`, without who where nobody is named."""
    author = f"{work.author}. " if work.author else ""
    if work.whole:
        return f"{author}{work.title}[EB/OL]//{work.whole}"
    return f"{author}{work.title}[{'R' if work.type == 'report' else 'EB'}/OL]"


def _access_date(work: CitedWork) -> str:
    return f"[{work.accessed_on.isoformat()}]" if work.accessed_on else ""


def _joined(*parts: str) -> str:
    return "".join(f"{part}. " for part in parts if part).rstrip()


def _english_issued(work: CitedWork) -> str:
    day = work.published_on
    return f"{day.year}, {_MONTHS[day.month - 1]} {day.day}" if day else "n.d."


def _english(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
