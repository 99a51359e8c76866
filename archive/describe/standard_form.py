"""The tables of the six-heading form in use since the reports of 2019, read into the same indicators.

A row is read only when it has as many numbers as the form has columns: cells that a page lost, or that a dump ran
together, would put numbers under wrong headings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.describe.indicator_table import Form, Row, form
from archive.describe.quantities import add_up, to_number
from archive.describe.text import Line, ReportText
from archive.hanzi import to_simplified
from archive.model import Indicator, SumCheck

_CELL_SEPARATOR = " | "
_NUMBER = re.compile(r"\s*+(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)\s*+(?P<unit>万元|亿元|元|件|项|宗|条)?\s*+$")
_MASK = re.compile(r"\s*+[x×*ⅹ✕]{1,6}\s*+$")
_BLANK = re.compile(r"\s*+[-—–/\\]{0,3}\s*+$")
_SPACED_ROW = re.compile(
    r"\s*+(?P<label>\S.*?[^\d\s+.,-])(?P<numbers>(?:\s++[+-]?\d[\d,]*(?:\.\d+)?){2,})\s*+$"
)
_LONGEST_CELL = 48
_RUN = 15
_SCALES = {"万元": 10_000, "亿元": 100_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, in match form, with where it stands."""

    line: Line
    start: int
    text: str

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number, a mask for one, or nothing or a stroke where one could stand."""
        return bool(_NUMBER.match(self.text) or _MASK.match(self.text) or _BLANK.match(self.text))


@dataclass(slots=True)
class _FormReader:
    form: Form
    first: int  # how many indicators stand before the form's
    found: list[Indicator] = field(default_factory=list)
    checks: list[SumCheck] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)  # row name to the position of its total
    outcomes: list[int] = field(default_factory=list)

    def read_request(self, row: Row, cells: Sequence[Cell]) -> None:
        """Read one row of part three: the total, and the applicants where there were any."""
        total = self._add(row.name, row.category, "", "件", cells[-1])
        if total is None:
            return
        self.totals.setdefault(row.name, total)
        if row.outcome:
            self.outcomes.append(total)
        self._add_parts(row, self.form.applicants[:-1], cells[:-1], total)

    def read_sub_row(self, row: Row, label: str, cells: Sequence[Cell]) -> None:
        """Read a numbered row under an outcome (1.属于国家秘密): its total."""
        total = self._add(row.name, row.category, label, "件", cells[-1])
        if total is not None:
            self.outcomes.append(total)

    def read_challenges(self, cells: Sequence[Cell]) -> None:
        """Read part four: five results each of reconsideration and of two ways to court."""
        width = len(self.form.results)
        for number, name in enumerate(self.form.challenges):
            group = cells[number * width : (number + 1) * width]
            total = self._add(name, "litigated", "", "件", group[-1])
            if total is not None:
                row = Row(name=name, category="litigated", pattern=_MASK)
                self._add_parts(row, self.form.results[:-1], group[:-1], total)

    def read_disclosure(self, row: Row, headers: Sequence[Cell], cells: Sequence[Cell]) -> None:
        """Read one row of part two, each number under its own heading."""
        for header, cell in zip(headers, cells, strict=True):
            unit = next((unit for pattern, unit in self.form.columns if pattern.match(header.text)), None)
            if unit is None or (unit == "元" and "元" not in header.text + cell.text):
                continue
            scale = 10_000 if "万元" in header.text and "元" not in cell.text else 1
            self._add(row.name, row.category, to_simplified(header.text), unit, cell, scale=scale)

    def balance(self) -> None:
        """Check the form's own equations: outcomes add up, and what came in equals what went out."""
        settled = self.totals.get("requests_settled")
        if settled is not None and len(self.outcomes) > 1:
            self._check((settled,), tuple(self.outcomes))
        names = (
            "requests_received",
            "requests_carried_in",
            "requests_settled",
            "requests_carried_out",
        )
        if all(name in self.totals for name in names):
            received, carried_in, done, carried_out = (self.totals[name] for name in names)
            self._check((received, carried_in), (done, carried_out))

    def _add_parts(self, row: Row, labels: Sequence[str], cells: Sequence[Cell], total: int) -> None:
        if all(cell.text.strip() == "0" for cell in cells) and self.found[total - self.first].value == 0:
            return  # a row of noughts says it once
        parts = [
            self._add(row.name, row.category, label, "件", cell, part_of=total)
            for label, cell in zip(labels, cells, strict=True)
        ]
        self._check((total,), tuple(part for part in parts if part is not None))

    def _add(
        self,
        name: str,
        category: str,
        label: str,
        unit: str,
        cell: Cell,
        *,
        scale: int = 1,
        part_of: int | None = None,
    ) -> int | None:
        """Keep one number and return its position; a stroke or a blank is no number, and never nought."""
        match = _NUMBER.match(cell.text)
        if not match and not _MASK.match(cell.text):
            return None
        value = to_number(match["number"], _SCALES.get(match["unit"] or "", scale)) if match else None
        self.found.append(
            Indicator(
                name=name,
                category=category,
                value=value,
                unit=unit,
                status="stated" if match else "masked",
                evidence=cell.line.evidence(cell.start, cell.start + len(cell.text)),
                label=label,
                part_of=part_of,
            )
        )
        return self.first + len(self.found) - 1

    def _check(self, totals: tuple[int, ...], parts: tuple[int, ...]) -> None:
        sums = [[self.found[number - self.first].value for number in side] for side in (totals, parts)]
        known = [[value for value in side if value is not None] for side in sums]
        if [len(side) for side in known] == [len(totals), len(parts)] and parts:
            left, right = (add_up(side) for side in known)
            self.checks.append(SumCheck(totals=totals, parts=parts, totals_sum=left, parts_sum=right))


def read_form(text: ReportText, *, first: int) -> tuple[tuple[Indicator, ...], tuple[SumCheck, ...]]:
    """Read the form's tables, from rows of a table or from a dump's short lines.

    `first` is the position that the first indicator will have in the description.
    """
    reader = _FormReader(form=form(), first=first)
    for run in _runs(text.body):
        if any(cell.is_number for cell in run):  # headings and short sentences make runs too
            _read_run(reader, run)
    reader.balance()
    return tuple(reader.found), tuple(reader.checks)


def _runs(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    """Yield runs of cells that no sentence interrupts."""
    run: list[Cell] = []
    for line in lines:
        cells = list(_cells(line))
        if not cells and run:
            yield run
            run = []
        run.extend(cells)
    if run:
        yield run


def _cells(line: Line) -> Iterator[Cell]:
    """Yield a table row's cells, a short line as one cell, a spaced row of a dump as its label and numbers."""
    if line.table or _CELL_SEPARATOR in line.text:
        yield from _row_cells(line)
        return
    if len(line.text) > _LONGEST_CELL * 2 or "。" in line.text:
        return
    spaced = _SPACED_ROW.match(line.text)
    if spaced or re.fullmatch(r"\s*+\d+(?:\s++\d+)+\s*+", line.text):
        label = spaced["label"] if spaced else ""
        if spaced:
            yield Cell(line=line, start=spaced.start("label"), text=label)
        for match in re.compile(r"\S+").finditer(line.text, spaced.end("label") if spaced else 0):
            yield Cell(line=line, start=match.start(), text=match[0])
    elif len(line.text) <= _LONGEST_CELL:
        yield Cell(line=line, start=0, text=line.text)


def _row_cells(line: Line) -> Iterator[Cell]:
    """Yield a row's cells. A blank one stands for a number left out where the row has numbers, else for nothing."""
    texts = line.text.split(_CELL_SEPARATOR)
    has_numbers = any(_NUMBER.match(text) for text in texts)
    start, is_leading = 0, True
    for text in texts:
        is_leading = is_leading and not text.strip()
        if text.strip() or (has_numbers and not is_leading):
            yield Cell(line=line, start=start, text=text)
        start += len(text) + len(_CELL_SEPARATOR)


def _read_run(reader: _FormReader, run: Sequence[Cell]) -> None:
    headers: list[Cell] = []
    in_headers = False
    position = 0
    while position < len(run):
        cell = run[position]
        numbers = _numbers_from(run, position + 1)
        row = _row(reader.form.requests, cell)
        disclosed = _row(reader.form.disclosures, cell)
        if row and len(numbers) == len(reader.form.applicants):
            reader.read_request(row, numbers)
        elif row and row.outcome and not numbers:
            position = _read_sub_rows(reader, row, run, position + 1)
            continue
        elif disclosed and headers and len(numbers) == len(headers):
            reader.read_disclosure(disclosed, headers, numbers)
        elif len(numbers) == _RUN and _is_challenges(run[: position + 1]):
            reader.read_challenges(numbers)
        if cell.text.strip() == "信息内容":
            headers, in_headers = [], True
        elif disclosed or numbers or cell.is_number:
            in_headers = False
        elif in_headers:
            headers.append(cell)
        position += 1 + len(numbers)
        if disclosed:
            in_headers = False


def _read_sub_rows(reader: _FormReader, row: Row, run: Sequence[Cell], position: int) -> int:
    """Read the numbered rows under an outcome (1.属于国家秘密 …); return where they end."""
    while position < len(run) and re.match(r"\s*+\d{1,2}\s*+[.、]", run[position].text):
        numbers = _numbers_from(run, position + 1)
        if len(numbers) == len(reader.form.applicants):
            label = to_simplified(re.sub(r"^\s*+\d{1,2}\s*+[.、]\s*+", "", run[position].text))
            reader.read_sub_row(row, label, numbers)
        position += 1 + len(numbers)
    return position


def _row(rows: Sequence[Row], cell: Cell) -> Row | None:
    text = cell.text.strip()
    return next((row for row in rows if row.pattern.match(text)), None)


def _numbers_from(run: Sequence[Cell], position: int) -> Sequence[Cell]:
    end = position
    while end < len(run) and run[end].is_number:
        end += 1
    return run[position:end]


def _is_challenges(before: Sequence[Cell]) -> bool:
    words = {cell.text.strip() for cell in before[-30:]}
    return "行政复议" in words and "尚未审结" in words
