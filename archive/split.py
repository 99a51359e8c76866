"""A compilation's parts: fifteen reports on one page become fifteen sections, each knowing its parent."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.hanzi import match_form
from archive.lines import comparable
from archive.model import CleanPage, Dropped, Gap, Paragraph, Section
from archive.repair import find_damage

_NUMBER = r"(?:[一二三四五六七八九十百零〇]{1,4}|\d{1,4})"
# What stands before a part on the sites seen: TITLE篇一, 篇9, 【第1篇】, (22), 范文一, 篇一:…, 第三篇 TITLE.
_SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>.{{4,60}}?)\s*[(\[【]?第?篇\s*(?P<number>{_NUMBER})[)\]】]?\s*[:.、]?",
        rf"[(\[【]?\s*第\s*(?P<number>{_NUMBER})\s*篇\s*[)\]】]?\s*[:.、]?\s*(?P<name>.{{0,60}})",
        rf"[(\[【]?\s*(?:范文|篇|例文|样本)\s*(?P<number>{_NUMBER})\s*[)\]】]?\s*(?:[:.、]\s*(?P<name>.{{0,60}})|$)",
        r"(?P<name>.{4,60}?)\s*[(\[](?P<number>\d{1,3})[)\]]",
    )
)
# (22) alone on a line heads a part only where the page says how many it holds: reports have numbered lines too.
_BARE_SEPARATOR = re.compile(rf"(?P<name>)[(\[【]\s*(?P<number>{_NUMBER})\s*[)\]】]")
_DECLARED = re.compile(
    rf"(?:优秀|精选|通用|推荐|最新|热门|集锦|汇编|合集|范文|共|实用|模板|大全|锦集|汇总)*\s*(?P<count>{_NUMBER})\s*篇"
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_BLURB_RULE = "compilation-blurb"
_BLURB_WHY = "What a compilation's page says before its first part is the site's, not any report's."
_LONGEST_BLURB_CHARS = 400
_OWN_VOICE = re.compile(r"我(?:镇|乡|局|市|县|区|委|办|厅|省|州|街道)|本(?:镇|乡|局|机关|单位)")


def split(page: CleanPage) -> tuple[Section, ...]:
    """Return a page's sections: the page itself (part 0), or parts 1..n of a compilation in their order.

    A compilation is a page with at least two separator lines of one form whose numbers run 1, 2, 3 …. A
    part's title is its own heading as displayed; nothing else of the compilation's heading is handed on.
    """
    starts = _part_starts(page)
    if len(starts) < 2:
        return (_whole(page),)
    preface = page.paragraphs[: starts[0]]
    first_is_unheaded = _is_report(preface)
    bounds = ([-1] if first_is_unheaded else []) + starts
    dropped = page.dropped if first_is_unheaded else (*page.dropped, *_blurb(preface))
    page = _with_count_checked(page, len(bounds))
    return tuple(
        _part(page, (begin, end), part=number, part_count=len(bounds), dropped=dropped)
        for number, (begin, end) in enumerate(
            zip(bounds, [*bounds[1:], len(page.paragraphs)], strict=True), start=1
        )
    )


def _with_count_checked(page: CleanPage, found: int) -> CleanPage:
    """Note where the heading promises another number of parts than the page holds."""
    promised = declared_count(page.title)
    if promised is None or promised == found:
        return page
    return replace(
        page, notes=(*page.notes, f"the heading promises {promised} parts, the page holds {found}")
    )


def declared_count(title: str) -> int | None:
    """Return how many parts a heading promises: 15 for 优秀15篇, None when it promises none."""
    match = _DECLARED.search(match_form(title))
    return to_number(match["count"]) if match else None


def to_number(text: str) -> int:
    """Read 15, 十五 or 二十三 (below 1000). Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            raise ValueError(f"{text!r} is not a number")
    return total + digit


def _part_starts(page: CleanPage) -> list[int]:
    """Return the paragraphs that are separators, of the one form that finds the longest run 1, 2, 3 …."""
    forms = _SEPARATORS if declared_count(page.title) is None else (*_SEPARATORS, _BARE_SEPARATOR)
    runs = [_run(_headings(page.paragraphs, separator)) for separator in forms]
    return max(runs, key=len)


def _headings(paragraphs: Sequence[Paragraph], separator: re.Pattern[str]) -> list[tuple[int, int, str]]:
    """Return (paragraph, number, name) of every separator line of one form."""
    found = []
    for position, paragraph in enumerate(paragraphs):
        match = separator.fullmatch(match_form(paragraph.text).strip())
        if match:
            found.append((position, to_number(match["number"]), comparable(match["name"] or "")))
    return found


def _run(headings: Sequence[tuple[int, int, str]]) -> list[int]:
    """Return the positions whose numbers ascend one by one from 1 (or 2, when part 1 has no heading)."""
    starts: list[int] = []
    expected = None
    for position, number, _ in headings:
        if expected is None and number in (1, 2):
            expected = number
        if number == expected:
            starts.append(position)
            expected = number + 1
    return starts


def _is_report(preface: Sequence[Paragraph]) -> bool:
    text = "".join(paragraph.text for paragraph in preface)
    return len(text) > _LONGEST_BLURB_CHARS or _OWN_VOICE.search(match_form(text)) is not None


def _blurb(preface: Sequence[Paragraph]) -> list[Dropped]:
    return [
        Dropped(block=paragraph.block, text=paragraph.captured, rule=_BLURB_RULE, why=_BLURB_WHY)
        for paragraph in preface
    ]


def _whole(page: CleanPage) -> Section:
    return Section(
        title=page.title,
        paragraphs=page.paragraphs,
        gaps=page.gaps,
        damages=page.damages,
        fields=page.fields,
        dropped=page.dropped,
        notes=page.notes,
    )


def _part(
    page: CleanPage, span: tuple[int, int], *, part: int, part_count: int, dropped: tuple[Dropped, ...]
) -> Section:
    begin, end = span
    paragraphs = page.paragraphs[begin + 1 : end]
    title = page.paragraphs[begin].text if begin >= 0 else page.title
    return Section(
        title=title,
        paragraphs=paragraphs,
        part=part,
        part_count=part_count,
        parent_title=page.title,
        gaps=_gaps_between(page.gaps, begin + 1, end),
        damages=find_damage(paragraphs),
        fields=page.fields,
        dropped=dropped,
        notes=page.notes,
    )


def _gaps_between(gaps: Sequence[Gap], begin: int, end: int) -> tuple[Gap, ...]:
    """Return the gaps of paragraphs begin..end-1, renumbered; one on the heading stands before the first."""
    return tuple(
        replace(gap, paragraph=gap.paragraph - begin, offset=gap.offset if gap.paragraph >= begin else 0)
        for gap in gaps
        if begin - 1 <= gap.paragraph < end
    )
