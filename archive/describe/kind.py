"""What kind of report it is: by its own title, else by how it opens and what it holds."""

import re
from collections.abc import Callable

from archive.describe.self_reference import SelfReferenceFound
from archive.describe.tables import kind_cues
from archive.describe.text import Found, Line, ReportText, find
from archive.describe.years import YEAR
from archive.model import Evidence, Kind

_ABOUT = re.compile(r"信息公开|政务公开|政府信息|公开(?:政务|信息)|村务公开|党务公开")
_SELF_LABEL_SUMMARY = re.compile(
    r"(?:总结|汇报|情况(?:汇报|报告)?)(?:汇报|报告)?如下|现将[^。]{0,40}(?:总结|汇报)"
)
_SELF_LABEL_ANNUAL = re.compile(
    r"(?:公布|公开|编制|发布)[^。、;]{0,40}(?:年度报告|年报)|本年度报告|本年报|年度报告(?:包括|由|全文)"
)
_STATUTORY_HEADING = re.compile(
    r"^\s*+(?:[(]?[一二三四五六七八九十\d]+[)、.]+)?\s*+(?:行政机关|我[局镇乡县])?"
    r"(?:主动公开(?:政府)?信息(?:的)?情况|依申请公开[^。,]{0,16}情况|因政府信息公开[^。]{0,6}申请行政复议"
    r"|收到和处理政府信息公开申请|总体情况$|政府信息(?:主动公开|依申请公开)[^。,]{0,8}情况)"
)
_TOTALS = (
    re.compile(r"主动公开[^。;,]{0,16}\d+余?条"),
    re.compile(r"(?:依申请公开|申请)[^。;,]{0,12}\d+余?[条件]"),
)
_PLAN_OPENING = re.compile(
    rf"^\s*+(?:[(]?[一\d]+[)、.]+)?\s*+(?:{YEAR}|明年|今后|下一步|下步|新的一年|下一年)[^。:]{{0,24}}"
    r"(?:目标任务|打算|思路|主要任务|(?:计划|重点(?:工作)?)(?=[是为如有:,.。]|主要|$)|将(?!政|本|我))"
)
_PROBLEM_OPENING = re.compile(
    r"(?:成效|成绩|进步|进展|效果)[^。]{0,40}(?:但|然而|不过)[^。]{0,60}(?:问题|不足|差距|薄弱)"
    r"|^\s*+(?:[(]?[一二三四五六七八九十\d]+[)、.]+)?\s*+(?:存在)?的?(?:主要)?(?:问题|不足)(?:[。:]|和|与|$)"
    r"|存在(?:的|着|一些|以下)*[^。]{0,8}(?:问题|不足)(?:和不足)?(?:主要|有|是|:|表现)"
)
_DEPUTIES = re.compile(r"人大代表|政协委员|代表[^。]{0,8}建议|委员[^。]{0,8}提案")
_ABOUT_PROPOSALS = re.compile(r"建议|提案|议案|代表|委员")
_WHOLE_GOVERNMENT = re.compile(
    r"[我全本](?:[省市县州盟]|区(?!别|域|分))[^。;,]{0,12}"
    r"(?:部门(?=[^。;]{0,40}公开)|从事[^。;,]{0,10}公开[^。;,]{0,6}\d+余?[名人])"
)
_THAT_YEAR = re.compile(rf"{YEAR}(?!以来|起)|全年|年初|年底")


def find_kind(
    text: ReportText, self_found: SelfReferenceFound | None = None
) -> tuple[Kind, tuple[Evidence, ...]]:
    """Return the kind with the words that say so; "other" when nothing is about open information.

    A piece without title and label, in which a whole government of a county or higher accounts for what all its
    departments disclosed in a year, is from its yearly report: the regulation asks that of every such government
    (article 31 of 2007, article 50 of 2019), while towns and bureaus write summaries of their own work.
    """
    if text.title:
        for cue in kind_cues():
            match = cue.pattern.search(text.title.prose)
            if match:
                return cue.kind, (text.title.evidence(*match.span()),)
    for kind, rule in _RULES:
        found = rule(text)
        if found:
            return kind, (found.evidence,)
    if text.title is None and (whole := _accounts_for_departments(text, self_found)):
        return "annual_report", (whole.evidence,)
    about = next(find(_ABOUT, text.own_words), None)
    return ("summary", (about.evidence,)) if about else ("other", ())


def _first_text(text: ReportText) -> Line | None:
    """Return the first paragraph that is more than a heading."""
    return next((line for line in text.body if "。" in line.prose or "," in line.prose), None)


def _opens_with(pattern: re.Pattern[str]) -> Callable[[ReportText], Found | None]:
    def rule(text: ReportText) -> Found | None:
        line = _first_text(text)
        match = pattern.search(line.prose) if line else None
        return Found(line=line, match=match) if line and match else None

    return rule


def _says(pattern: re.Pattern[str]) -> Callable[[ReportText], Found | None]:
    return lambda text: next(find(pattern, text.body), None)


def _is_about_proposals(text: ReportText) -> Found | None:
    """The text opens with those who make proposals, and every paragraph speaks of them."""
    found = _opens_with(_DEPUTIES)(text)
    return found if found and all(_ABOUT_PROPOSALS.search(line.prose) for line in text.body) else None


def _gives_both_totals(text: ReportText) -> Found | None:
    """Totals of what was disclosed and of what was asked for: the core of an annual report."""
    found = [next(find(pattern, text.body), None) for pattern in _TOTALS]
    return found[0] if all(found) else None


def _accounts_for_departments(text: ReportText, self_found: SelfReferenceFound | None) -> Found | None:
    """我市国土资源部门将…公开, 全市从事政府信息公开工作348人: the departments' disclosure, told by their government."""
    if self_found is None or self_found.cue.org_type != "government":
        return None
    if self_found.cue.level in {"township", "village"} or not next(find(_THAT_YEAR, text.body), None):
        return None
    return next(find(_WHOLE_GOVERNMENT, text.body), None)


_RULES: tuple[tuple[Kind, Callable[[ReportText], Found | None]], ...] = (
    ("proposals_handling_section", _is_about_proposals),
    ("work_plan_section", _opens_with(_PLAN_OPENING)),
    ("annual_report", _says(_SELF_LABEL_ANNUAL)),
    ("summary", _says(_SELF_LABEL_SUMMARY)),
    ("annual_report", _says(_STATUTORY_HEADING)),
    ("annual_report", _gives_both_totals),
    ("problems_section", _opens_with(_PROBLEM_OPENING)),
)
