"""A metadata table that a dump has taken apart: a label on one line, its value on the next."""

import re
from collections.abc import Sequence

from archive.hanzi import match_form
from archive.lines import is_sentence
from archive.model import Block

_LABEL = re.compile(
    r"(?:索引号|信息索引|文号|发文字号|发布机构|发文机关|发布单位|公开机构|成文日期|生成日期|发文日期|发布日期|"
    r"公开日期|生效日期|废止日期|有效性|效力状态|信息名称|文件名称|名称|主题词|主题分类|信息分类|体裁分类|公开方式|公开范围):?"
)
_HEAD_BLOCKS = 60  # such a table stands above the text
_LONGEST_VALUE_CHARS = 60
_FEWEST_LABELS = 3  # 名称 alone on a line may be a heading


def find_label_lines(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[str, str]]]:
    """Return the lines of such a table and its pairs, both empty when there is none. A missing value is ""."""
    taken: list[Block] = []
    pairs: list[tuple[str, str]] = []
    labels = [_label(block) for block in blocks[: _HEAD_BLOCKS + 1]]
    for position, label in enumerate(labels[:_HEAD_BLOCKS]):
        if not label:
            continue
        taken.append(blocks[position])
        value = blocks[position + 1] if position + 1 < len(labels) and not labels[position + 1] else None
        if value is None or len(value.text) > _LONGEST_VALUE_CHARS or is_sentence(value.text):
            pairs.append((label, ""))
        else:
            taken.append(value)
            pairs.append((label, value.text))
    return (taken, pairs) if len(pairs) >= _FEWEST_LABELS else ([], [])


def _label(block: Block) -> str:
    text = re.sub(r"\s+", "", block.text)
    return text.rstrip(":：") if len(text) <= 6 and _LABEL.fullmatch(match_form(text)) else ""
