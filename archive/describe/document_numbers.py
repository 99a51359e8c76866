"""文号 and the numbers of orders, in whatever brackets, normalised to 〔〕 and 令第…号."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.describe.numerals import read_numeral

_NUMBER = re.compile(
    r"(?P<code>[一-鿿]{2,14})\s*+[\[〔(﹝【]\s*+(?P<year>(?:19|20)\d{2}|[12]\d{0,2}[x×*]{1,3}|[x×*]{2,4})年?\s*+[\]〕)﹞】]"
    r"\s*+第?\s*+(?P<seq>\d{1,5}|[x×*]{1,4})\s*+号"
)
_ORDER = re.compile(
    r"(?P<issuer>国务院|主席|(?:省|市|州|自治区)(?:人民)?政府|[一-鿿]{2,8}?(?:部|总局|委员会|省|市)(?:人民政府)?)"
    r"(?:令\s*+(?:第\s*+(?P<seq>\d{1,4}|[一二三四五六七八九十百零〇]{1,7})|(?P<bare>\d{1,4}))\s*+号"
    r"|第?(?P<ahead>\d{2,4})号令)"
)
_BEFORE_CODE = re.compile(
    r".*(?:根据|按照|依据|依照|落实|贯彻|印发|转发|关于|执行|下发|发布|制定|出台|文件|通知|以及|[了的和与及对由照据在])"
)
_LONGEST_CODE = 10
_MASKED = re.compile(r"[x×*]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """One number in a line of match-form text: `normal` as 国办发〔2018〕23号 or 国务院令第711号."""

    start: int
    end: int
    normal: str
    year: int | None = None  # None of an order, or where it is masked

    @property
    def is_masked(self) -> bool:
        """Whether its year or serial is masked."""
        return bool(_MASKED.search(self.normal))


def find_document_numbers(text: str) -> Iterator[DocumentNumber]:
    """Yield the numbers in match-form text in reading order; (2018)京01民终1234号 is a court case and none."""
    found = [_to_number(match) for match in _NUMBER.finditer(text)]
    found += [_to_order(match) for match in _ORDER.finditer(text)]
    yield from sorted(found, key=lambda number: number.start)


def _to_number(match: re.Match[str]) -> DocumentNumber:
    code = match["code"]
    prose = _BEFORE_CODE.match(code)
    if prose and len(code) - prose.end() > 1:
        code = code[prose.end() :]
    code = code[-_LONGEST_CODE:]
    year = match["year"]
    return DocumentNumber(
        start=match.end("code") - len(code),
        end=match.end(),
        normal=f"{code}〔{year}〕{match['seq']}号",
        year=int(year) if year.isdigit() else None,
    )


def _to_order(match: re.Match[str]) -> DocumentNumber:
    seq = match["seq"] or match["bare"] or match["ahead"]
    number = int(seq) if seq.isdigit() else read_numeral(seq)
    return DocumentNumber(start=match.start(), end=match.end(), normal=f"{match['issuer']}令第{number}号")
