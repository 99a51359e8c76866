"""The years a report claims for itself, each with the place that makes it a claim.

Not every year in a text is its own: plans name the next one, laws and events theirs, comparisons the last,
signatures the day of signing. So a year counts only in its title, in the opening formula, in the period of
the statistics, or at the head of a sentence about the work done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.describe.text import BLANK, Line, ReportText
from archive.describe.years import DATE, MASKED_YEAR, PLAIN_YEAR, YEAR, to_year
from archive.model import Evidence

Role = Literal["title", "opening", "period", "until", "lead", "plan"]

# The look ahead names the characters that a year begins with: at all others the dearer alternatives aren't tried.
_Y = rf"(?=[12二x×*ⅹ✕_某])(?P<year>{PLAIN_YEAR}|{MASKED_YEAR})\s*+年"
MASKED_YEAR_RE = re.compile(rf"(?P<year>(?!某){MASKED_YEAR})\s*+年")
_YEAR_RE = re.compile(_Y)
_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("opening", re.compile(rf"现[将就对][^。;]{{0,24}}?{_Y}(?!\s*+\d+月\d+日)")),
    (
        "opening",
        re.compile(
            rf"(?:公布|公开|发布|编制|报告)[^。;,《》]{{0,6}}?{_Y}度?[^。;,]{{0,24}}(?:年度报告|年报|报告)"
        ),
    ),
    (
        "opening",
        re.compile(rf"{_Y}度?[^。;]{{0,30}}(?:总结|汇报|报告|公布|公告|情况)(?:汇报|报告|公布)?如下"),
    ),
    ("opening", re.compile(rf"{_Y}度?(?:的)?(?:政府)?(?:信息|政务)公开(?!工作要点|重点|条例|规定)")),
    ("period", re.compile(rf"{_Y}\s*+1月1日[^。]{{0,12}}12月31日")),
    ("until", re.compile(rf"截[至止]到?{_Y}\s*+(?:底|末|年底|\d{{1,2}}月|[x×*]{{1,2}}月|12月)")),
    (
        "lead",
        re.compile(
            rf"(?:^|[。;!])\s*+(?:\(?[一二三四五六七八九十\d]+[)、.]\s*+)?(?:在|回顾)?{_Y}(?!\s*+\d+月\d+日|以来|起)"
        ),
    ),
    ("lead", re.compile(rf"[,:、)]\s*+{_Y}度[我全本,]")),
    (
        "lead",
        re.compile(
            rf"(?:我[省市县区州镇乡局委厅办]|本[省市县区州镇乡局委厅]|街道){_Y}度?(?!\s*+\d+月|以来|起)"
        ),
    ),
    ("lead", re.compile(rf"(?:[,:)]|[一-鿿])\s*+{_Y}(?:初|全年|年初)")),
)
_PLAN_AFTER = re.compile(
    r"^度?,?(?:[我本全][一-鿿]{1,2})?的?(?:政府信息公开|政务公开|信息公开|公开)?(?:重点)?(?:工作)?的?"
    r"(?:计划|打算|思路|安排|目标任务|重点|要点|主要任务|展望|规划)"
    r"|^度?,?(?:[我本全][一-鿿]{1,2})?(?:要(?!求|闻)|将(?!政|本|我)|拟|准备)"
)
_COMPARED = re.compile(r"(?:比|较|与|对照|自|从|(?<!关)于)$")  # another year, or the start of something
_PLAN_HEADING = re.compile(
    rf"^\s*+(?:[(]?[一二三四五六七八九十\d]+[)、.]+)?\s*+(?:{YEAR}|下一?步|下一?年|今后|明年|来年|新的一年)[^。,;]{{0,20}}"
    r"(?:计划|打算|思路|安排|任务|重点|措施|要点|展望)[^。,;]{0,8}[:。]?$"
)
_HEADING_LENGTH = 32
_NEAR = 40  # characters after a year in which a plan shows
_FIRST_LEVEL = re.compile(r"^\s*+[一二三四五六七八九十]+、")
_ALONE = re.compile(rf"^[^。,;]{{0,30}}{DATE}\s*+$")  # a signature's date


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One year the report claims: `value` is None where it is masked, `written` is the original without 年."""

    role: Role
    value: int | None
    written: str
    evidence: Evidence


def find_claims(text: ReportText) -> tuple[Claim, ...]:
    """Return all claims in reading order, the title's first; plan years are marked as such."""
    title = tuple(_title_claims(text.title)) if text.title else ()
    return (*title, *_body_claims(text.body))


def _title_claims(title: Line) -> Iterator[Claim]:
    """Yield the title's years, but 2018年工作总结及2019年工作计划 claims only the first."""
    for match in _YEAR_RE.finditer(title.prose):
        after = title.prose[match.end() :]
        is_plan = bool(_PLAN_AFTER.match(after)) and not re.search(r"总结|落实|执行|完成|报告|汇报", after)
        yield _claim("plan" if is_plan else "title", title, match)


def _body_claims(body: tuple[Line, ...]) -> Iterator[Claim]:
    in_plan = False
    for line in body:
        if _PLAN_HEADING.match(line.prose) and len(line.prose) <= _HEADING_LENGTH:
            in_plan = True
        elif _FIRST_LEVEL.match(line.prose):
            in_plan = bool(_PLAN_HEADING.match(line.prose))
        if line.table or _ALONE.match(line.prose):
            continue
        if "年" not in line.prose or not _YEAR_RE.search(line.prose):  # every pattern below holds one
            continue
        seen: set[int] = set()
        for role, pattern in _PATTERNS:
            for match in pattern.finditer(line.prose):
                at = match.start("year")
                is_other = role in {"lead", "opening"} and _COMPARED.search(line.prose[max(0, at - 4) : at])
                if at in seen or is_other:
                    continue
                seen.add(at)
                yield _claim(_role(role, line, match, in_plan=in_plan), line, match)


def _role(role: Role, line: Line, match: re.Match[str], *, in_plan: bool) -> Role:
    """Tell a plan's year from the report's own: by what follows it, or by the heading above."""
    start = line.prose.index("年", match.end("year")) + 1
    after = line.prose[start : start + _NEAR]
    if role in {"lead", "opening"} and (in_plan or _PLAN_AFTER.match(after)) and BLANK not in after[:2]:
        return "plan"
    return role


def _claim(role: Role, line: Line, match: re.Match[str]) -> Claim:
    start, end = match.span("year")
    return Claim(
        role=role,
        value=to_year(match["year"]),
        written=line.original[start:end],
        evidence=line.evidence(start, min(end + 1, len(line.original))),
    )
