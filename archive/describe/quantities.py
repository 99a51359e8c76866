"""Numbers with their units in a line of prose, masked ones too, with the words that stand before them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.describe.numerals import DIGITS, SIGNS, read_numeral
from archive.describe.text import Line, ReportText

_UNITS = "人次|场次|批次|班次|条次|条|件|次|篇|份|期|场|人|名|个|起|宗|例|元|册|本|张|封|则|项|处|块|台|套|家|轮|回|%"
_QUANTITY = re.compile(
    r"(?=[\dx×*ⅹ✕_])(?<![\d.a-z第〔\[(~\-—/])(?<!第\s)"
    r"(?:(?P<low>\d+)(?:至|到|[-~—～])(?=\d))?"
    r"(?:(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?<![×*_])(?P<mask>[x×*ⅹ✕]{1,6}|_{2,6}))"
    rf"\s*+(?P<about>余|多)?(?P<scale>百|千|万|亿)?(?P<more>余|多)?\s*+(?P<unit>{_UNITS})(?![款章节])"
)
_DIGIT_OR_MASK = re.compile(r"[\dx×*ⅹ✕_]")
_SPOKEN = re.compile(
    rf"(?<![第几数好某“‘\"《统唯同专单逐进划万分{SIGNS}\d.a-z])(?:(?P<low>[一二两三四五六七八九十]{{1,3}})[至到](?=[{SIGNS}]))?"
    rf"(?P<over>上(?=[百千万]))?(?P<number>[{SIGNS}]++)(?P<about>余|多|几)?(?P<scale>百|千|万|亿)?(?P<more>余|多)?(?P<unit>{_UNITS})(?![款章节])"
    rf"|百分之(?P<percent>[{SIGNS}]++)(?:点(?P<decimals>[{DIGITS}]++))?"
    rf"|(?<![第几数{SIGNS}\d])(?P<tenths>[一二两三四五六七八九])成(?![立员果效功为本熟长型就分])"
)
_MAY_SPELL = re.compile(rf"[{SIGNS}][余多几]?[百千万亿]?[余多]?(?:{_UNITS})|分之|[一二两三四五六七八九]成")
"""What a number in Chinese numerals ends with: cheap to look for, and absent from most lines."""
_ARTICLE = re.compile(r"(?:余|多)?(?:[。;,、()!:]|$)")
"""What must follow 一条, 二次 and 零件 to be a count: 一名 before a noun is an article, 二次传播 a second spread."""
_RATE_WITHOUT_SIGN = re.compile(
    r"率(?:达到?|为|是)?(?P<number>100|\d{1,2}(?:\.\d+)?)(?=[。;,]|$)"
)  # the sign was lost: 全文电子化率达100
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_COUNTING = re.compile(
    r"(?:总数量?|总量|数量|数|总计|共计|合计|累计|总共|计|共有|共|达到|达|为|有|约|近|超过|超|逾|不低于|各类|仅|了|的|:|=|\s)+$"
)
_LONGEST_COUNTING_WORD = len("不低于")
_COUNTING_REACH = (
    12  # characters at a text's end in which they nearly always stand: looking at all is four times as dear
)
_QUALIFIER = re.compile(r"(?P<word>约|近|超过|超|逾|不低于)\s*$")
_QUALIFIER_AFTER = re.compile(r"以上|左右|上下")
_ABOUT_RANK = re.compile(r"(?:约|近|超过?|逾|达|过)$")
_SENTENCE_ENDS = "。;!?"
_SEPARATOR = re.compile(r"[,、:。;!?“”\"(]")
_CLOSED = re.compile(r"[^()]*\)")  # a bracket closed before the number is part of its label
_NOT_DONE = re.compile(
    r"平均[^。;,]{0,10}$|力争(?![^。;,]{0,20}的$)|争取(?![^。;,]{0,12}资金)|拟于|计划(?=[^。;,类]{0,12}(?:公开|举办|开展|发布|培训))|不少于|至少|不得|"
    r"(?:^|[,。;])(?:明年|下一?年|今后|将(?=[^。;,]{0,12}(?:公开|举办|开展|发布|培训|召开|组织)))|每[个半]?(?:\d+|[一二三两])?[天日周月年季旬][^。;,]{0,14}$|每人每[^。;,]{0,6}$"
)
_COMPARED = re.compile(
    r"(?:比|较|同比|环比)[^。;,]{0,10}(?:增加|增长|减少|下降|上升|提高|降低|多|少|增|减)(?:了)?$|^(?:同比|环比)?(?:增加|增长|减少|下降)(?:了)?$"
    r"|(?:上年|去年|上一年)(?!结转)[^。;,]{0,12}$"
    r"|(?:提升|提高)(?!到|至|为)[^。;,至为]{2,14}率$"  # an aim, as in 提升办结率; 办结率提高到 is a result
)
_PLAN = re.compile(
    r"^\s*+(?:[(]?[一二三四五六七八九十\d]+[)、.]+)?\s*+(?:[^。,;:]{0,24}(?:及|和|与))?"
    r"(?:(?:20\d{2}|[12x×*\d]{4}|[x×*]{2,4})年(?:度)?|下一?步|下一?年|今后|明年|来年|新的一年)"
    r"(?:的)?[^。,;:]{0,16}(?:计划|打算|思路|安排|任务|措施|展望|目标|努力方向)(?!落实|完成|执行)[^。,;:]{0,8}(?:[:。]|$)"
)
_FIRST_LEVEL = re.compile(r"^\s*+[一二三四五六七八九十]+、")
_REACH = 60  # characters before a number in which the words that name it stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number: `value` is None where it is masked; `start` and `end` span number and unit in the line.

    `left` is the sentence before it, counting words (共, 累计, 达) taken off; `segment` is where the list item
    that it closes begins.
    """

    line: Line
    start: int
    end: int
    value: int | float | None
    unit: str
    qualifier: str
    left: str
    segment: int
    is_spelled_out: bool = False  # in Chinese numerals

    @property
    def label(self) -> str:
        """The words of the list item before the number, without counting words."""
        words = without_counting_words(self.line.text[self.segment : self.start])
        return re.sub(r"^(?:其中|包括|分别[为是]?|[一二三四五六七八九十]是)[,:]?", "", words.strip()).strip(
            " 的了"
        )


def without_counting_words(text: str) -> str:
    """Take the counting words at its end off a text: 公开信息共计 is 公开信息."""
    reach = max(0, len(text) - _COUNTING_REACH)
    match = _COUNTING.search(text, reach)
    if match and match.start() < reach + _LONGEST_COUNTING_WORD:  # more of them may stand before
        match = _COUNTING.search(text)
    return text[: match.start()] if match else text


def report_lines(text: ReportText) -> Iterator[Line]:
    """Yield the lines that report what was done: no tables, no plans for the coming year."""
    in_plan = False
    for line in text.body:
        is_plan = bool(_PLAN.match(line.prose))
        if _FIRST_LEVEL.match(line.prose):
            in_plan = is_plan
        if not (line.table or in_plan or is_plan):
            yield line


def find_quantities(line: Line) -> Iterator[Quantity]:
    """Yield the numbers of one line that report something done this year, in reading order."""
    previous = 0
    for match in _matches(line.prose):
        start = match.start("number") if match.re is _RATE_WITHOUT_SIGN else match.start()
        counted = _before_counting_words(line.prose, start)
        sentence = _sentence_start(line.prose, counted)
        left = line.prose[max(sentence, previous, start - _REACH) : start]
        whole_clause = line.prose[max(sentence, start - _REACH) : start]
        previous = match.end()
        words = without_counting_words(left)
        if _NOT_DONE.search(whole_clause[-30:].rsplit(",", 1)[-1]) or _COMPARED.search(
            words.rsplit(",", 1)[-1]
        ):
            continue
        yield Quantity(
            line=line,
            start=start,
            end=match.end(),
            value=_value(match),
            unit=match.groupdict().get("unit") or "%",
            qualifier=_qualifier(match, left),
            left=words,
            segment=max(_item_start(line.prose, counted), start - _REACH, 0),
            is_spelled_out=match.re is _SPOKEN,
        )


def _matches(prose: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    if _DIGIT_OR_MASK.search(prose):
        found += (*_QUANTITY.finditer(prose), *_RATE_WITHOUT_SIGN.finditer(prose))
    if _MAY_SPELL.search(prose):
        found += (match for match in _SPOKEN.finditer(prose) if _is_count(match))
    return sorted(found, key=lambda match: match.start())


def _is_count(match: re.Match[str]) -> bool:
    """Whether a numeral counts something: 一, 二 and 零 only at the end of a clause, a lone 百 only as 百余 or 近百."""
    number = match["number"]
    if number is None:
        return _value(match) is not None
    if number in {"一", "二", "零", "〇"} and not (match["about"] or match["scale"]):
        return bool(_ARTICLE.match(match.string, match.end()))
    is_rank = number[0] in "百千万亿"
    if is_rank and not (match["about"] or match["over"] or _ABOUT_RANK.search(match.string[: match.start()])):
        return False
    return read_numeral(number) is not None


def _before_counting_words(text: str, end: int) -> tuple[int, int]:
    """Return the stretch before `end` in which a number's words stand, counting words at its end left out."""
    start = max(0, end - 2 * _REACH)
    return start, start + len(without_counting_words(text[start:end]))


def _sentence_start(text: str, within: tuple[int, int]) -> int:
    """Return the position behind the last end of a sentence in a stretch, the stretch's start where there is none."""
    return max(within[0], *(text.rfind(mark, *within) + 1 for mark in _SENTENCE_ENDS))


def _item_start(text: str, within: tuple[int, int]) -> int:
    """Return the position behind the last mark that parts list items, looked for from the stretch's end."""
    start, end = within
    for match in _SEPARATOR.finditer(text[start:end][::-1]):
        at = end - match.end()
        if match[0] != "(" or not _CLOSED.match(text, at + 1, end):
            return at + 1
    return start


def _value(match: re.Match[str]) -> int | float | None:
    """Return the number; of a range (3至5次) its lower end."""
    groups = match.groupdict()
    if groups.get("tenths"):
        return (read_numeral(groups["tenths"]) or 0) * 10
    if groups.get("percent"):
        return _percent(groups["percent"], groups["decimals"])
    number = groups.get("low") or groups["number"]
    if not number:
        return None
    scale = _SCALES.get(groups.get("scale") or "", 1)
    if number[0] in SIGNS:
        value = read_numeral(number)
        return None if value is None else value * scale
    return to_number(number, scale)


def _percent(number: str, decimals: str | None) -> int | float | None:
    """Read 百分之九十八点五: 98.5."""
    whole = read_numeral(number)
    if whole is None or not decimals:
        return whole
    return to_number(f"{whole}.{''.join(str(read_numeral(sign)) for sign in decimals)}")


def to_number(text: str, scale: int = 1) -> int | float:
    """Read 1,234 or -6.8, times `scale`: an int where it is whole."""
    if text.isdecimal():
        return int(text) * scale
    value = Decimal(text.replace(",", "")) * scale
    return int(value) if value == value.to_integral_value() else float(value)


def add_up(values: Iterable[int | float]) -> int | float:
    """Return the sum to six decimals, an int where it is whole: 1.1 + 2.2 is 3.3."""
    total = round(sum(values), 6)
    return int(total) if total == int(total) else total


def _qualifier(match: re.Match[str], left: str) -> str:
    """Return the words that make a number inexact: 余, 近, 以上; of a range its upper end (至5)."""
    groups = match.groupdict()
    if groups.get("low"):
        upper = groups["number"]
        return f"至{read_numeral(upper) if upper[0] in SIGNS else upper}"
    before = _QUALIFIER.search(left)
    after = _QUALIFIER_AFTER.match(match.string, match.end())
    return (
        groups.get("over")
        or groups.get("about")
        or groups.get("more")
        or (before["word"] if before else "")
        or (after[0] if after else "")
    )
