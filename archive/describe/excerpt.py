"""Whether a text is a piece of something longer, judged by its own structure.

Chinese reports number their headings 一、 over (一) over 1. A text that uses a lower level without the upper one,
starts its (一) again and again, or starts in the middle of a list, has lost what stood above.
"""

import re

from archive.describe.text import Found, ReportText, find
from archive.model import Evidence, Kind

_FIRST = re.compile(r"^\s*+(?:第?[一二三四五六七八九十]+[、.部]|[一二三四五六七八九十]+\s)")
_SECOND_START = re.compile(r"^\s*+\(一\)")
_MID_LIST = re.compile(
    r"^\s*+(?:\([一1]\)|1[、.](?!\d)|一是|[二三四五六]是|[二三四五六七八九]、|\([二三四五六七八九]\))"
)
_OPENING = re.compile(
    r"(?:现将|现就|现对|特向社会|向社会公布)|(?:总结|汇报|报告|公布)如下|编制(?:了)?本|根据[^。]{0,80}(?:编制|要求|规定)[^。]{0,40}报告"
)
_CLOSING = re.compile(
    r"特此(?:报告|公告|总结)|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$|^\s*+[^。,;]{2,24}(?:人民政府|局|委员会|办公室|厅)\s*+$"
)
_CLOSING_LINES = 3
_SECTIONS: frozenset[Kind] = frozenset(
    {"work_plan_section", "problems_section", "proposals_handling_section"}
)


def find_excerpt(text: ReportText, kind: Kind, kind_evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the spans that show a piece of something longer; empty for a whole report."""
    if kind in _SECTIONS:
        return kind_evidence
    if not text.body:
        return ()
    first_level = list(find(_FIRST, text.body))
    restarts = list(find(_SECOND_START, text.body))
    if not first_level:
        if len(restarts) > 1:  # (一) … (一) …: the headings 一、 二、 over them are lost
            return tuple(found.evidence for found in restarts[:3])
        start = _MID_LIST.match(text.body[0].prose)
        if start:  # the first words are an item of a list: what introduces it is lost
            return (text.body[0].evidence(*start.span()),)
    if text.is_part and not _is_whole(text, first_level):
        line = text.body[0]
        return (line.evidence(0, min(len(line.original), 12)),)
    return ()


def _is_whole(text: ReportText, first_level: list[Found]) -> bool:
    """Whether a compilation's part opens as a report does, and closes as one or has its first-level headings."""
    opens = any(_OPENING.search(line.prose) for line in text.body[:3])
    closes = any(_CLOSING.search(line.prose) for line in text.body[-_CLOSING_LINES:])
    return opens and (closes or len(first_level) > 1)
