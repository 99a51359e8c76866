"""Markup that several styles share."""

from html import escape

from samples.styles.sheet import Sheet
from samples.text import Item, Table

INDENT = "　　"

# Enough to look like a page of its kind when somebody opens one.
CSS = (
    "body{font-family:sans-serif;margin:0 auto;max-width:1000px;line-height:1.8}"
    " ul{list-style:none;padding:0} li{display:inline-block;margin-right:1em} table{border-collapse:collapse}"
    " h1{text-align:center;font-size:22px} .foot{text-align:center;color:#666;font-size:13px}"
)


def document(sheet: Sheet, body: str, *, head: str = "", doctype: str = "<!DOCTYPE html>") -> str:
    """Wrap a body into a document that declares its encoding and names its site in the title."""
    declared = sheet.options["declared"]
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">\n' if declared else ""
    name = escape(f"{sheet.title}-{sheet.say.voice(sheet.site['name'])}", quote=False)
    return (
        f"{doctype}\n<html>\n<head>\n{meta}<title>{name}</title>\n{head}"
        f"<style>{CSS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def table(rows: Table, attributes: str = 'border="1"') -> str:
    """Write a table of the text."""
    lines = []
    for row in rows.rows:
        cells = []
        for cell in row:
            spans = "".join(
                f' {name}="{count}"'
                for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
                if count > 1
            )
            cells.append(f"<td{spans}>{escape(cell.text, quote=False)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table {attributes}>\n" + "\n".join(lines) + "\n</table>"


def indent_of(sheet: Sheet, *, default: bool = True) -> str:
    """Return what stands before each paragraph."""
    return INDENT if sheet.options.get("indent", default) else ""


def paragraphs(sheet: Sheet, items: tuple[Item, ...], *, tag: str = "p", indented: bool = True) -> list[str]:
    """Write paragraphs, one element each, with the stray repeated title where the options ask for it."""
    indent = indent_of(sheet, default=indented)
    lines = []
    for number, item in enumerate(items, start=1):
        if isinstance(item, Table):
            lines.append(table(item))
        else:
            lines.append(f"<{tag}>{indent}{escape(item, quote=False)}</{tag}>")
        if number == sheet.options.get("repeat_title_after"):
            lines.append(f"<{tag}>{repeated_title(sheet)}</{tag}>")
    return lines


def repeated_title(sheet: Sheet) -> str:
    """Note the title as a stray line and return it."""
    sheet.say.lines.append(sheet.title)
    return escape(sheet.title, quote=False)


def breadcrumb(sheet: Sheet, last: str = "正文") -> str:
    """Say where the reader is: 您当前的位置：首页 > 信息公开 > 正文."""
    say = sheet.say
    steps = [*sheet.words("column"), last]
    position, arrow = sheet.wording("position"), sheet.wording("arrow")
    say(position + arrow.join(steps))
    links = say.voice(arrow).join(f'<a href="#">{say.voice(step)}</a>' for step in steps[:-1])
    return f"{say.voice(position)}{links}{say.voice(arrow + last)}"


def info_line(sheet: Sheet, *, date_label: str = "发布日期：", separator: str = "　") -> str:
    """Say the line under the title: date, source and clicks, as far as the options give them."""
    options = sheet.options
    pieces = []
    if options.get("published"):
        pieces.append(f"{date_label}{options['published']}")
    pieces.append(f"来源：{options.get('source', sheet.site['name'])}")
    if "views" in options:
        pieces.append(f"浏览次数：{options['views']}次")
    return sheet.say(separator.join(pieces))


def related(sheet: Sheet, key: str = "related", tag: str = "h3") -> str:
    """Say a box of links to other articles under its heading."""
    say = sheet.say
    return f"<{tag}>{say(sheet.wording(f'{key}_label'))}</{tag}>\n<ul>\n{say.items(sheet.words(key))}\n</ul>"


def footer(sheet: Sheet, separator: str = "<br>\n") -> str:
    """Say the site's last lines."""
    return separator.join(sheet.say(line) for line in sheet.words("footer"))
