"""Texts of 沧溟省 that share as much as a test wants, made by a seed, and put into a store."""

import random
from collections.abc import Sequence
from datetime import timedelta

from archive.hanzi import to_traditional
from archive.ids import identity_of, report_id
from archive.model import Gap, Outcome, Paragraph, Report, Section
from archive.store import Store
from tests.conftest import CAPTURED_AT, make_capture
from tests.store.made import NOW, a_description

FILLINGS = ("玉杵镇", "蟾桥镇", "丹桂乡", "冰轮镇", "素娥乡", "露台乡", "夜珂镇", "星槎镇")
_SYLLABLES = (
    "政府信息公开工作制度目录指南栏目群众事项办理答复申请受理登记审核发布平台网站窗口服务培训监督考核责任领导小组"
    "规划财政预算决算采购项目土地征收教育医疗养老救助环境安全生产食品药品交通水利农业林业文化旅游统计审计民政司法"
)


def prose(seed: int, *, paragraphs: int = 8) -> list[str]:
    """Paragraphs of some 90 characters in which no four stand together as in another seed's, but by chance."""
    draw = random.Random(seed)
    return [
        f"{draw.choice(FILLINGS)}{''.join(draw.choices(_SYLLABLES, k=80))}，政府共{draw.randint(10, 99)}件。"
        for _ in range(paragraphs)
    ]


def resold(lines: Sequence[str]) -> list[str]:
    """The same text sold under other names: the town's name and the count of each paragraph are others."""
    return [f"某某县扶光乡{line[3:-4]}若干件。" for line in lines]


def rewritten(lines: Sequence[str], script: str) -> list[str]:
    """The same text in traditional characters, or with full-width digits."""
    if script == "traditional":
        return [to_traditional(line) for line in lines]
    return [
        line.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}) for line in lines
    ]


def keep_text(
    store: Store,
    page: str,
    lines: Sequence[str],
    *,
    tables: Sequence[str] = (),
    gaps: tuple[Gap, ...] = (),
    days: int = 0,
    title: str = "政府信息公开工作年度报告",
    **description: object,
) -> str:
    """Keep a report of this text, captured from this page some days after the first; return its id."""
    texts = [*((line, "text") for line in lines), *((line, "table") for line in tables)]
    capture = make_capture(
        "\n".join(text for text, _ in texts),
        source_url=f"http://{page}",
        captured_at=CAPTURED_AT + timedelta(days=days),
    )
    section = Section(
        title=title,
        paragraphs=tuple(
            Paragraph(text=text, block=number, captured=text, role="table" if role == "table" else "text")
            for number, (text, role) in enumerate(texts)
        ),
        gaps=gaps,
    )
    wanted = report_id(identity_of(capture), 0)
    values: dict[str, object] = {"year": None, "year_status": "absent", **description}
    report = Report(report_id=wanted, section=section, description=a_description(**values))
    store.keep(Outcome(capture=capture, reports=(report,)), now=NOW)
    return wanted
