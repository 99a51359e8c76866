"""What one request may ask for: each limit with its number, as openapi.json and the page of docs tell it. Pure."""

from dataclasses import dataclass

from web.arguments import MAX_TEXT_CHARS, MAX_VALUE_CHARS, MAX_VALUES_PER_FACET
from web.languages import gettext, listed
from web.params import SIZES
from web.suggesting import MAX_TYPED_CHARS


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit: its name in openapi.json, what a reader calls it, its value, and what happens beyond it."""

    name: str
    label: str
    value: str
    beyond: str


def limits(rate_limit: str) -> tuple[Limit, ...]:
    """Return every limit in the reader's language; `rate_limit` as in 120/minute, empty for none."""
    cut, left_out = gettext("只用前面的部分，说明里写明"), gettext("不用，说明里写明")
    return (
        Limit(name="query_chars", label=gettext("检索词字数"), value=str(MAX_TEXT_CHARS), beyond=cut),
        Limit(name="page_size", label=gettext("每页条数"), value=listed(map(str, SIZES)), beyond=left_out),
        Limit(
            name="result_window",
            label=gettext("可翻到的结果"),
            value=gettext("全部"),
            beyond=gettext("末页之后显示末页，说明里写明"),
        ),
        Limit(
            name="values_per_filter",
            label=gettext("每种条件的值数"),
            value=str(MAX_VALUES_PER_FACET),
            beyond=cut,
        ),
        Limit(name="value_chars", label=gettext("条件值的字数"), value=str(MAX_VALUE_CHARS), beyond=left_out),
        Limit(
            name="suggest_chars",
            label=gettext("检索建议的字数"),
            value=str(MAX_TYPED_CHARS),
            beyond=gettext("没有建议"),
        ),
        Limit(
            name="requests",
            label=gettext("每个读者的请求数"),
            value=rate_limit or gettext("不限"),
            beyond=gettext("答复 429，Retry-After 说明多久以后再来"),
        ),
    )
