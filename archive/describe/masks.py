"""Names, years and numbers that were replaced by x, ×, * or 某.

A mask takes the place of something: it stands before a unit, a rank or 年, or between Han characters in twos
and more. x轴, 3×5, URLs and a single _ between characters (a site's word filter) are none. A name that was
deleted outright (镇2016年…) leaves no mark, so it is not a mask: the place's status says what is missing.
"""

import re

from archive.describe.text import Found, ReportText, find

_RANK = r"(?:省|市|县|区(?![别分域间])|州|旗|镇|乡|街道|社区|村|局|委|厅|部门|单位|公司|日报|晚报|电视台|医院|学校|路|号|河|湖)"
_UNIT = r"(?:余)?(?:条|次|件|篇|份|人|名|个|户|期|场|元|万|亿|%|分|小时|天|日|月|栏|项|宗|起|批|册|米|亩|家)"
_END = r"(?![a-z\d])"
_HAN = r"[一-鿿]"

_MASK = re.compile(
    r"(?:https?://|www\.)[a-z\d_./?=&%#:+-]+|(?<![a-z\d_.+-])[a-z\d_.+-]{1,64}@[a-z\d.-]+"  # addresses: consumed, never masks
    r"|(?P<mask>"
    rf"(?<![\da-z])[12]\d{{0,2}}[x×*ⅹ✕_]{{1,4}}(?=\s*+年|[\]〕)﹞】])"  # 20xx年, [201x]8号
    rf"|(?<![a-z\d*])[x×ⅹ✕]{{2,8}}{_END}(?={_HAN}|[%)年]|$)"  # xx市, xxx%, (xxxxxxxx)
    rf"|(?<={_HAN})[x×ⅹ✕]{{2,8}}{_END}"
    rf"|(?<![a-z\d])[x×ⅹ✕](?:{_HAN}?{_RANK}|\s*+{_UNIT})(?![光轴射型])"  # x省, x河镇, x条
    rf"|(?<![*\w])\*{{1,4}}(?=\s*+(?:年|{_HAN}?{_RANK}|{_UNIT}))|(?<=[{'一-鿿'}])\*{{1,4}}(?=\s*+(?:年|{_RANK}|{_UNIT}))"
    rf"|(?<![_\w])_{{2,8}}(?=\s*+(?:年|{_HAN}?{_RANK}|{_UNIT}))|(?<={_HAN})_{{2,8}}(?=\s*+(?:年|{_RANK}|{_UNIT}))"
    rf"|[○〇□]{{2}}(?=(?:省|市|县|区|镇|乡|街道|村|局|年))"
    r"|某(?:某)?(?=(?:省|市|县|区|镇|乡|街道|村|局)(?:[一-鿿]|$))|某某"
    r")"
)

_SIGN = re.compile(r"[x×*ⅹ✕_○〇□某]")  # every mask holds one


def find_masks(text: ReportText) -> tuple[Found, ...]:
    """Return every mask in the report's own words."""
    lines = (*text.front, *text.own_words)
    return tuple(found for found in find(_MASK, lines, quoted=True, telling=_SIGN) if found.match["mask"])


def has_mask(text: str) -> bool:
    """Whether match-form text holds a mask."""
    return _SIGN.search(text) is not None and any(match["mask"] for match in _MASK.finditer(text))
