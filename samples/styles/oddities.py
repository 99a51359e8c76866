"""Pages whose markup trips parsers up: all on one line, or with junk before the doctype."""

from samples.styles.government import STYLES as GOVERNMENT_STYLES
from samples.styles.government import dress_cms
from samples.styles.markup import breadcrumb, document, footer, info_line, paragraphs
from samples.styles.sheet import Sheet, Style

_BASES = {style.name: style for style in GOVERNMENT_STYLES}

_JUNK = {
    "script": (
        '<script type="text/javascript">var visit_tip="欢迎光临本网，您是今天的第{number}位来访者";'
        "if(top.location!=self.location){{top.location=self.location;}}</script>\n"
    ),
    "text": "网页编码检测通过\n",
    "comment": "<!-- 静态页生成于缓存服务器{number} -->\n",
}


def dress_single_line(sheet: Sheet) -> str:
    """Dress as a page without one line break, as minifiers and old databases leave it."""
    say = sheet.say
    body = f"""<div class="hd">{say(sheet.wording("name"))}</div>
<div class="mn">{say.links(sheet.words("nav"), " ")}</div>
<div class="wz">{breadcrumb(sheet)}</div>
<h1>{sheet.title}</h1>
<div class="xx">{info_line(sheet)}</div>
<div class="nr">
{"".join(paragraphs(sheet, sheet.part.items, tag="div"))}
</div>
<div class="gj">{say(sheet.wording("print"))}{say(sheet.wording("close"))}</div>
<div class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body).replace("\n", "")


def dress_junk_first(sheet: Sheet) -> str:
    """Dress as another government style with a script, a line of text or a comment before the doctype."""
    base = _BASES.get(sheet.options.get("base", "gov-cms"))
    junk = _JUNK[sheet.options.get("junk", "script")].format(number=sheet.site["number"])
    if not junk.startswith("<"):
        sheet.say(junk.strip())
    return sheet.say.voice(junk) + (base.dress if base else dress_cms)(sheet)


_BASE_OPTIONS = frozenset().union(*(style.options for style in GOVERNMENT_STYLES))
STYLES = (
    Style(name="single-line", dress=dress_single_line),
    Style(name="junk-before-doctype", dress=dress_junk_first, options=_BASE_OPTIONS | {"junk", "base"}),
)
