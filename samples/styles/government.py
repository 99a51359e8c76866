"""Government sites from three periods, and their traditional editions."""

from html import escape

from samples.styles.markup import (
    breadcrumb,
    document,
    footer,
    indent_of,
    info_line,
    paragraphs,
    related,
    repeated_title,
    table,
)
from samples.styles.sheet import Sheet, Style
from samples.text import Table

METADATA_LABELS = ("索引号", "发布机构", "文号", "成文日期", "发布日期", "有效性", "名称")


def metadata_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the metadata table's lines: the page's own values, else what the facts and title give."""
    facts = sheet.part.facts
    made = {
        "索引号": f"{sheet.site['number']:06d}/{sheet.options['captured_at'][:4]}-{len(sheet.title):05d}",
        "发布机构": facts.get("issuer") or sheet.site["name"],
        "成文日期": facts.get("published_on"),
        "发布日期": sheet.options.get("published"),
        "有效性": "有效",
        "名称": sheet.title,
    }
    values = {**made, **sheet.options.get("metadata", {})}
    return [(label, values[label]) for label in METADATA_LABELS if values.get(label)]


def _metadata_grid(sheet: Sheet) -> str:
    say, pairs = sheet.say, metadata_of(sheet)
    rows = []
    for start in range(0, len(pairs), 2):
        cells = "".join(
            f"<th>{say(f'{k}：')}</th><td>{say.voice(v)}</td>" for k, v in pairs[start : start + 2]
        )
        rows.append(f"<tr>{cells}</tr>")
    return '<table class="xxgk-head" border="1" width="100%">\n' + "\n".join(rows) + "\n</table>"


def _metadata_list(sheet: Sheet) -> str:
    say = sheet.say
    lines = [
        f"<li><b>{say.voice(k)}：</b>{say(f'{k}：{v}').removeprefix(say.voice(k) + '：')}</li>"
        for k, v in metadata_of(sheet)
    ]
    return '<ul class="xxgk-head">\n' + "\n".join(lines) + "\n</ul>"


def _cms_head(sheet: Sheet) -> str:
    voice = sheet.say.voice
    stamp = sheet.options.get("published")
    names = {
        "SiteName": voice(sheet.site["name"]),
        "ColumnName": voice(sheet.words("column")[-1]),
        "ArticleTitle": sheet.title,
        **({"PubDate": stamp} if stamp else {}),
    }
    return "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in names.items())


def _tools(sheet: Sheet) -> str:
    say = sheet.say
    return " ".join(say(sheet.wording(key)) for key in ("font", "print", "close", "share"))


def dress_cms(sheet: Sheet) -> str:
    """Dress as a content-management site of the 2010s: metadata table, tools, QR code, sponsor lines."""
    say = sheet.say
    head_table = _metadata_list(sheet) if sheet.options.get("table_form") == "list" else _metadata_grid(sheet)
    body = f"""<div class="top"><div class="logo">{say(sheet.wording("name"))}</div>
<form action="/s"><input type="text" value="{say.voice(sheet.wording("search"))}"></form>
<ul class="menu">
{say.items(sheet.words("nav"))}
</ul></div>
<div class="crumb">{breadcrumb(sheet)}</div>
{head_table}
<h1 class="title">{escape(sheet.title, quote=False)}</h1>
<div class="info">{info_line(sheet)}</div>
<div class="tools">{_tools(sheet)}</div>
<div class="content" id="zoom">
{chr(10).join(paragraphs(sheet, sheet.part.items))}
</div>
<div class="qr"><img src="qr.png" alt="">{say(sheet.wording("scan"))}</div>
<div class="relate">
{related(sheet)}
</div>
<script>document.write(new Date().getFullYear());</script>
<div class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body, head=_cms_head(sheet))


def _br_lines(sheet: Sheet) -> str:
    indent = indent_of(sheet)
    lines = []
    for number, item in enumerate(sheet.part.items, start=1):
        if isinstance(item, Table):
            lines.append(table(item, 'border="1" cellpadding="2"'))
        else:
            lines.append(f"{indent}{escape(item, quote=False)}<br>")
        if number == sheet.options.get("repeat_title_after"):
            lines.append(f"{repeated_title(sheet)}<br>")
    return "\n".join(lines)


def dress_2005(sheet: Sheet) -> str:
    """Dress as a site of about 2005: nested tables, font tags, the text with <br> right in a cell."""
    say, options = sheet.say, sheet.options
    marquee = f"<marquee>{say(options['marquee'])}</marquee>" if "marquee" in options else ""
    visitor = f"您是第{options.get('counter')}位访问者"
    counter = f"<br>{say(visitor)}" if "counter" in options else ""
    menu = "\n".join(f'<tr><td><a href="#">{say(word)}</a></td></tr>' for word in sheet.words("side"))
    body = f"""<table width="780" align="center" border="0"><tr><td colspan="2" bgcolor="#cc0000">
<font color="#ffffff" size="5"><b>{say(sheet.wording("name"))}</b></font></td></tr>
<tr><td colspan="2">{say.links(sheet.words("nav"), " | ")}{marquee}</td></tr>
<tr><td colspan="2"><font size="2">{breadcrumb(sheet)}</font></td></tr>
<tr><td width="150" valign="top"><table border="0">
{menu}
</table></td>
<td valign="top"><table width="100%" border="0">
<tr><td align="center"><font size="4" color="#990000"><b>{escape(sheet.title, quote=False)}</b></font></td></tr>
<tr><td align="center"><font size="2">{info_line(sheet, date_label="时间：", separator="　　")}</font></td></tr>
<tr><td class="nr">
{_br_lines(sheet)}
</td></tr>
<tr><td align="right"><font size="2">{say(sheet.wording("print"))} {say(sheet.wording("close"))}</font></td></tr>
</table></td></tr>
<tr><td colspan="2" align="center"><font size="2">
{footer(sheet)}{counter}
</font></td></tr></table>"""
    return document(sheet, body, doctype='<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">')


def _neighbours(sheet: Sheet) -> str:
    say, options = sheet.say, sheet.options
    lines = []
    for key, label in (("previous", "上一篇："), ("next", "下一篇：")):
        if key in options:
            line = say(f"{label}{options[key]}")
            mark = say.voice(label)
            lines.append(f'<div>{mark}<a href="#">{line.removeprefix(mark)}</a></div>')
    return "\n".join(lines)


def dress_portal(sheet: Sheet) -> str:
    """Dress as a portal of about 2020: div and p, nav, aside, footer, previous and next."""
    say, options = sheet.say, sheet.options
    lead = f'<div class="lead">{say(options["lead"])}</div>\n' if "lead" in options else ""
    body = f"""<header><div class="brand">{say(sheet.wording("name"))}</div>
<nav><ul>
{say.items(sheet.words("nav"))}
</ul></nav></header>
<div class="location">{breadcrumb(sheet)}</div>
<main>
<aside class="left"><ul>
{say.items(sheet.words("side"))}
</ul></aside>
<article>
<h1>{escape(sheet.title, quote=False)}</h1>
<div class="sub"><span>{info_line(sheet)}</span> <span>{say(sheet.wording("font"))}</span></div>
{lead}<div class="article-body">
{chr(10).join(paragraphs(sheet, sheet.part.items))}
</div>
<div class="share">{say(sheet.wording("share"))}</div>
<div class="neighbour">
{_neighbours(sheet)}
</div>
</article>
</main>
<aside class="code">{say(sheet.wording("scan"))}</aside>
<footer class="foot">
{footer(sheet)}
</footer>"""
    return document(sheet, body)


def dress_hant(sheet: Sheet) -> str:
    """Dress as a portal's traditional edition."""
    say = sheet.say
    body = f"""<div id="banner">{say(sheet.wording("name"))}</div>
<div id="menu">{say.links(sheet.words("nav"), "｜")}</div>
<div id="path">{breadcrumb(sheet, last="內文")}</div>
<div id="main">
<h2>{escape(sheet.title, quote=False)}</h2>
<p class="date">{info_line(sheet, date_label="发布时间：")}</p>
<div id="text">
{chr(10).join(paragraphs(sheet, sheet.part.items))}
</div>
<p class="back">{say.links(["回上一页", "回到最上方", "友善打印"], "　")}</p>
</div>
<div id="bottom" class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body)


STYLES = (
    Style(name="gov-cms", dress=dress_cms, options=frozenset({"metadata", "table_form"})),
    Style(name="gov-2005", dress=dress_2005, options=frozenset({"counter", "marquee"})),
    Style(name="gov-portal-2020", dress=dress_portal, options=frozenset({"previous", "next", "lead"})),
    Style(name="hant-native", dress=dress_hant),
)
