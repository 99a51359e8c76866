"""Makes reports to measure with: any number, the same for the same seed, and none that anybody wrote.

Sentences are templates of our own, filled with jieba's words drawn by its frequencies (a Zipf tail of 340,000 words),
with invented places, years and numbers. What is drawn for length, level, place, year, script, kind, flags, site and
copies has the spread of a real archive: a few large sites, most reports of townships, three in ten copied.

    python -m bench.corpus 3    # prints three reports
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import jieba
import numpy as np

from index.analysis import cut_words
from index.arrays.building import Tokens
from index.engine import IndexDocument
from index.fold import fold

BLOCK = 500
"""Reports drawn together: report n is the same however many are made."""

MEAN_CHARACTERS = 3156
LENGTH_SPREAD = 0.6
"""Lengths are log-normal with this sigma, as disclosure reports' are: the longest of 100,000 has some 40,000 characters."""

COPIED = 0.3
PROVINCES, PREFECTURES, COUNTIES, TOWNSHIPS = 31, 11, 9, 14
"""Provinces, and what each division has below it: 42,966 townships, as many as there are."""

SENTENCES = """
*认真贯彻落实政府信息公开条例,扎实推进政府信息公开工作。
一年来,*主动公开政府信息#条,其中通过政府网站公开#条,通过*公开#条。
全年共收到依申请公开政府信息#件,均在规定期限内予以答复。
我们加强对*工作的组织领导,成立了以主要领导为组长的*领导小组。
建立健全*制度,明确责任分工,完善*和*的工作机制。
因*引起的行政复议#件,行政诉讼#件,没有发生*的情况。
存在的主要问题是*不够及时,*的形式比较单一,*有待提高。
下一步将进一步加大*力度,拓宽*渠道,提高*水平。
按照上级部署,对*、*和*等内容进行了全面梳理。
开展*培训#次,参加人员#人次,工作人员的*能力明显增强。
在政务服务中心设立*窗口,方便群众查阅*和办理*。
严格执行*审查程序,做到公开内容真实、准确、*。
重点公开了财政预算决算、*、*和环境保护等方面的信息。
通过微信公众号发布*信息#条,阅读量达到#次。
本年度没有收取检索、复制、邮寄等*费用。
*涉及群众切身利益,必须做到*公开透明。
各单位对照*要求,认真查找*方面的不足并及时整改。
结合*实际,制定了*实施方案和*考核办法。
接受公民、法人和其他组织关于*的咨询#人次。
截至年底,*完成投资#万元,比上年增长#个百分点。
""".strip().splitlines()
"""`*` is any word, `#` a number."""

BUREAUS = "none none none 教育 卫生健康 公安 财政 民政 自然资源 生态环境 住房城乡建设 交通运输 水利 农业农村 市场监管".split()
KINDS = ("annual_report", "summary", "brief_summary", "work_plan_section", "problems_section", "other")
_NAMES = "望桂银清霜羲金旸若蓬方瀛鳌玄阆玉蟾丹广琼冰素露夜星驭火赤九扶青石云龙凤鹤松梅兰竹"
_YEARS = tuple(range(2005, 2025))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words with the sums of their frequencies, for drawing; templates cut into words, `*` and `#`."""

    words: Sequence[str]
    sums: np.ndarray[tuple[int], np.dtype[np.float64]]
    templates: tuple[tuple[str, ...], ...]


@cache
def vocabulary() -> Vocabulary:
    """Read jieba's dictionary."""
    frequencies, _ = jieba.Tokenizer().gen_pfdict(jieba.Tokenizer().get_dict_file())
    words = sorted(word for word, count in frequencies.items() if count and "\u4e00" <= word[0] <= "\u9fff")
    counts = np.array([frequencies[word] for word in words], float)
    return Vocabulary(
        words=[fold(word) for word in words],
        sums=np.cumsum(counts / counts.sum()),
        templates=tuple(tuple(_pieces(fold(line))) for line in SENTENCES),
    )


def _pieces(line: str) -> Iterator[str]:
    """Cut a template into words, marks, `*` and `#`."""
    for stretch in re.findall(r"\w+|\W", line):
        yield from cut_words(stretch) if stretch.isalnum() else stretch


def reports(count: int, *, seed: int = 1) -> Iterator[Tokens]:
    """Yield reports with their words."""
    blocks = (_block(number, seed) for number in range(-(-count // BLOCK)))
    yield from islice((one for block in blocks for one in block), count)


def _block(number: int, seed: int) -> list[Tokens]:
    draw = np.random.default_rng((seed, number))
    made: list[Tokens] = []
    lengths = draw.lognormal(np.log(MEAN_CHARACTERS) - LENGTH_SPREAD**2 / 2, LENGTH_SPREAD, BLOCK)
    for place, length in enumerate(lengths):
        report_id = f"{number * BLOCK + place:08x}{int(draw.integers(1 << 16)):04x}"
        if made and draw.random() < COPIED:
            made.append(_copy(made, int(draw.integers(len(made))), report_id, draw))
        else:
            made.append(_report(report_id, max(60, int(length)), draw))
    return made


def _copy(made: list[Tokens], place: int, report_id: str, draw: np.random.Generator) -> Tokens:
    """Copy a report to another site, without its last paragraph one time in five."""
    source = made[place]
    family = source.document.family or source.document.report_id
    if not source.document.family:
        made[place] = _changed(source, family=family, standing=f"0 0 2019-01-01 {family}")
        source = made[place]
    facets = {**dict(source.document.facets), "site": (_site(draw),)}
    is_cut = draw.random() < 0.2 and len(source.document.paragraphs) > 1
    standing = f"{2 if is_cut else 0} 1 2020-01-01 {report_id}"
    if not is_cut:
        return _changed(source, report_id=report_id, facets=tuple(facets.items()), standing=standing)
    lost = tuple(cut_words(source.folded[-1]))
    return Tokens(
        document=_changed(
            source,
            report_id=report_id,
            facets=tuple(facets.items()),
            standing=standing,
            paragraphs=source.document.paragraphs[:-1],
        ).document,
        folded=source.folded[:-1],
        words=source.words[: len(source.words) - len(lost)],
    )


def _changed(source: Tokens, **changes: object) -> Tokens:
    from dataclasses import replace  # noqa: PLC0415

    return replace(source, document=replace(source.document, **changes))  # type: ignore[arg-type]


def _site(draw: np.random.Generator) -> str:
    return f"site{min(1500, int(draw.zipf(1.3)))}.gov.example"


def _report(report_id: str, length: int, draw: np.random.Generator) -> Tokens:
    known = vocabulary()
    code, name, level = _place(draw)
    year = int(_YEARS[min(len(_YEARS) - 1, int(draw.beta(3, 2) * len(_YEARS)))])
    drawn = iter(np.searchsorted(known.sums, draw.random(length)).tolist())
    templates = iter(draw.integers(len(known.templates), size=length // 8 + 8).tolist())
    numbers = iter(draw.zipf(1.4, size=length // 8 + 8).tolist())
    title = fold(f"{name}{year}年政府信息公开工作年度报告")
    words = list(cut_words(title))
    paragraphs: list[str] = []
    pieces: list[str] = []
    written = 0
    while written < length:
        for piece in known.templates[next(templates)]:
            if piece == "*":
                piece = known.words[next(drawn)]  # noqa: PLW2901
            elif piece == "#":
                piece = str(min(99999, next(numbers)))  # noqa: PLW2901
            pieces.append(piece)
            written += len(piece)
            if piece[0].isalnum():
                words.append(piece)
        if draw.random() < 0.12 or written >= length:
            paragraphs.append("".join(pieces))
            pieces.clear()
    day = draw.random() < 0.7
    document = IndexDocument(
        report_id=report_id,
        title=title,
        paragraphs=tuple(paragraphs),
        facets=_facets(code, level, year, draw),
        place=name,
        bureau="",
        numbers=(f"沧政办发〔{year}〕{int(draw.integers(1, 99))}号",) if draw.random() < 0.3 else (),
        order_key=f"{year + 1}-{int(draw.integers(1, 13)):02}-{int(draw.integers(1, 29)):02}"
        if day
        else str(year),
    )
    return Tokens(document=document, folded=(title, *paragraphs), words=tuple(words))


def _place(draw: np.random.Generator) -> tuple[str, str, str]:
    """Draw a division: its code, a name made of the code, and its level; low numbers have most reports."""
    level = ("township", "county", "prefecture", "province")[
        int(np.searchsorted((0.55, 0.88, 0.97), draw.random()))
    ]
    ranks = {"province": 1, "prefecture": 2, "county": 3, "township": 4}[level]
    sizes = (PROVINCES, PREFECTURES, COUNTIES, TOWNSHIPS)
    steps = [int(size * draw.random() ** 1.6) + 1 for size in sizes[:ranks]]
    code = "".join(f"{step:0{3 if rank == 3 else 2}}" for rank, step in enumerate(steps))
    kinds = "省市县镇"
    name = "".join(
        _NAMES[step * (7 + rank) % len(_NAMES)]
        + _NAMES[(step * 3 + sum(steps[:rank]) * 11) % len(_NAMES)]
        + kinds[rank]
        for rank, step in enumerate(steps)
    )
    return code, name, level


def _facets(
    code: str, level: str, year: int, draw: np.random.Generator
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    flags = ("unknown", "truncated", "masked", "excerpt", "template_copy")
    chosen = int(np.searchsorted((0.85, 0.9, 0.94, 0.97), draw.random()))
    several = ("masked", "converted") if draw.random() < 0.01 else (flags[chosen],)
    return (
        ("level", (level,)),
        ("year", (str(year) if draw.random() < 0.95 else "unknown",)),
        ("script", (("hans", "hant", "mixed")[int(np.searchsorted((0.92, 0.97), draw.random()))],)),
        *(
            (name, (code[:size] if len(code) >= size else "unknown",))
            for name, size in (("province", 2), ("prefecture", 4), ("county", 6), ("township", 9))
        ),
        ("bureau", (BUREAUS[int(draw.integers(len(BUREAUS)))],)),
        ("kind", (KINDS[min(len(KINDS) - 1, int(draw.zipf(1.8)) - 1)],)),
        ("flag", several),
        ("site", (_site(draw),)),
    )


if __name__ == "__main__":
    for report in reports(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        print(report.document, end="\n\n")
