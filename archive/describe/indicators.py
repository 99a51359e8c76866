"""What a report counts: disclosed, asked for, answered, refused, charged, litigated, trained, with the words that say it.

A number that no cue of `indicators.toml` knows is left alone: better nothing than a hotline counted as a statistic.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.describe.indicator_table import Cue, cues, zeros
from archive.describe.quantities import Quantity, add_up, find_quantities, report_lines
from archive.describe.standard_form import read_form
from archive.describe.text import Line, ReportText
from archive.hanzi import to_simplified
from archive.model import Indicator, SumCheck

_PARTS_BEGIN = re.compile(
    r"其中|在[^,。;:]{0,12}(?:信息|申请)中|包括|分别[为是]|按[^,。;:]{1,8}分|(?:如下|[分类成]为):|^[^,。;:]{0,6}:"
)
_ASIDE = re.compile(r"\([^()]*\)")  # (微信号:yuchu2018) begins no list of parts
_PARTS_END = re.compile(r"[。!?]|[,;](?:以上|合计|另外?|此外|同时|还|全年|累计|本年)")
_HEAD = re.compile(
    r"^\s*(?:其中|在[^,。;:]{0,12}(?:信息|申请)中|按[^,。;:]{1,8}分)"
)  # 。其中: goes on with the total of the sentence before
_AND_OTHERS = re.compile(r"^\s*(?:等|以上)")
_OWN_NAME = {"answered", "refused", "litigated", "rate", "share"}
"""Categories that keep their own name as a part of a total: 收到申请86件,其中部分公开11件."""

_NEGATION = re.compile(r"[没未无零]|为0")  # without one of these no pattern for none can match
_HYPOTHETICAL = re.compile(r"(?:如果?|若|凡|对于?|一旦|防止|避免|确保|杜绝)[^。;,]{0,8}$")
_ABOUT_OTHERS = re.compile(r"^(?:的)?(?:单位|部门|乡镇|信息员|人员|原因|现象)")
_NEAR = 300  # characters before a number in which what it is about may stand
_LONGEST_LABEL = 24


@dataclass(slots=True)
class _Group:
    """A total, and the parts listed behind it."""

    total: int
    parts: list[int] = field(default_factory=list)
    listed: int = 0  # parts met, masked ones too
    is_split_by_semicolons: bool = False  # A 3条;B 4条: then ; ends an item, else it ends the list
    is_open_ended: bool = False  # 等 behind the last part: the list is not complete


@dataclass(slots=True)
class _Reader:
    """Collects the indicators of a report, line by line."""

    found: list[Indicator] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)

    def read(self, line: Line) -> None:
        totals: dict[str, int] = {}  # unit to the last total in this line
        group: _Group | None = None
        previous: Quantity | None = None
        for quantity in find_quantities(line):
            between = _ASIDE.sub("", line.prose[previous.end if previous else 0 : quantity.start])
            if group and _ends_group(between, group):
                group = None
            begins = _PARTS_BEGIN.search(between)
            total = totals.get(quantity.unit)
            if begins and total is not None and _goes_on(between, begins) and quantity.unit != "%":
                group = _Group(total=total)
                self.groups.append(group)
            self._add(quantity, group, totals)
            if group and _AND_OTHERS.match(line.prose[quantity.end :]):
                group.is_open_ended = True
            previous = quantity

    def _add(self, quantity: Quantity, group: _Group | None, totals: dict[str, int]) -> None:
        cue = cue_of(quantity)
        if group and quantity.unit == self.found[group.total].unit:
            group.listed += 1
            part = self._part(quantity, cue, group)
            if part:
                group.parts.append(len(self.found))
                self.found.append(part)
            return
        if cue is None:
            totals.pop(quantity.unit, None)  # parts that follow are of this number, whatever it counts
            return
        if cue.category not in {"rate", "share"}:
            totals[quantity.unit] = len(self.found)
        self.found.append(_to_indicator(quantity, cue.name, cue.category))

    def _part(self, quantity: Quantity, cue: Cue | None, group: _Group) -> Indicator | None:
        """Return one part of a total; a masked part of a masked total says nothing and is left out."""
        total = self.found[group.total]
        if quantity.value is None and total.value is None:
            return None
        own = cue if cue and cue.category in _OWN_NAME else None
        part = _to_indicator(
            quantity, own.name if own else total.name, own.category if own else total.category
        )
        return replace(part, part_of=group.total)

    def checks(self) -> Iterator[SumCheck]:
        """Yield each complete list of parts against its total; an inexact or masked number proves nothing."""
        for group in self.groups:
            members = [self.found[number] for number in (group.total, *group.parts)]
            values = [one.value for one in members if one.value is not None and not one.qualifier]
            if len(group.parts) > 1 and len(values) == len(members) and not group.is_open_ended:
                yield SumCheck(
                    totals=(group.total,),
                    parts=tuple(group.parts),
                    totals_sum=values[0],
                    parts_sum=add_up(values[1:]),
                )


def find_indicators(text: ReportText) -> tuple[tuple[Indicator, ...], tuple[SumCheck, ...]]:
    """Return what the report counts, in prose, in words for none and in the standard form, and the checks of sums."""
    reader = _Reader()
    for line in report_lines(text):
        reader.read(line)
        reader.found.extend(find_zeros(line))
    rows, form_checks = read_form(text, first=len(reader.found))
    return (*reader.found, *rows), (*reader.checks(), *form_checks)


def cue_of(quantity: Quantity) -> Cue | None:
    """Return the first cue that fits a number, None where nothing says what it counts."""
    after = quantity.line.prose[quantity.end : quantity.end + 30]
    around = quantity.line.prose[max(0, quantity.start - _NEAR) : quantity.end + 30]
    for cue in cues():
        if (
            quantity.unit in cue.units
            and (cue.may_be_spelled_out or not quantity.is_spelled_out)
            and cue.before.search(quantity.left)
            and (cue.after is None or cue.after.search(after))
            and (cue.near is None or cue.near.search(around))
        ):
            return cue
    return None


def find_zeros(line: Line) -> Iterator[Indicator]:
    """Yield a 0 for each thing that the line says there was none of."""
    if not _NEGATION.search(line.prose):
        return
    for zero in zeros():
        for match in zero.pattern.finditer(line.prose):
            before, after = line.prose[max(0, match.start() - 12) : match.start()], line.prose[match.end() :]
            if _HYPOTHETICAL.search(before) or _ABOUT_OTHERS.match(after):
                continue
            yield Indicator(
                name=zero.name,
                category=zero.category,
                value=0,
                unit=zero.unit,
                status="from_negation",
                evidence=line.evidence(*match.span()),
            )


def _to_indicator(quantity: Quantity, name: str, category: str) -> Indicator:
    label = to_simplified(quantity.label)
    start = quantity.segment
    blank = len(quantity.line.original[start : quantity.end]) - len(
        quantity.line.original[start : quantity.end].lstrip()
    )
    return Indicator(
        name=name,
        category=category,
        value=quantity.value,
        unit=quantity.unit,
        status="masked" if quantity.value is None else "stated",
        evidence=quantity.line.evidence(start + blank, quantity.end),
        label=label if len(label) <= _LONGEST_LABEL else "",
        qualifier=quantity.qualifier,
    )


def _goes_on(between: str, begins: re.Match[str]) -> bool:
    """Whether the words that begin a list of parts belong to the total before: same sentence, or 。其中."""
    sentences = re.split(r"[。!?]", between)
    return bool(_HEAD.match(sentences[-1])) or "。" not in between[: begins.start()]


def _ends_group(between: str, group: _Group) -> bool:
    if not group.listed:
        return False
    if ";" in between and group.listed == 1:
        group.is_split_by_semicolons = True
    return bool(_PARTS_END.search(between)) or (";" in between and not group.is_split_by_semicolons)
