"""Compilations: one page that holds several reports under numbered headings."""

from html import escape

from samples.styles.markup import breadcrumb, document, footer, paragraphs, related
from samples.styles.sheet import Sheet, Style


def dress_dump(sheet: Sheet) -> str:
    """Dress as the dump of a compilation: title, the site's blurb, then heading and text of each part."""
    lines = [sheet.title]
    if "blurb" in sheet.options:
        lines.append(sheet.say(sheet.options["blurb"]))
    for part in sheet.parts:
        lines += [part.title, *part.paragraphs()]
    return "\n".join(lines) + "\n"


def _parts(sheet: Sheet) -> str:
    blocks = []
    for part in sheet.parts:
        blocks.append(f"<h2>{escape(part.title, quote=False)}</h2>")
        blocks += paragraphs(sheet, part.items)
    return "\n".join(blocks)


def _contents(sheet: Sheet) -> str:
    """Say the 内容导航 box: all headings glued into one line."""
    if not sheet.options.get("contents"):
        return ""
    line = sheet.say("内容导航：" + "".join(part.title for part in sheet.parts))
    return f'<div class="daohang">{line}</div>\n'


def dress_html(sheet: Sheet) -> str:
    """Dress as a compilation page: blurb, glued contents, parts under headings, related boxes."""
    say, options = sheet.say, sheet.options
    blurb = f'<p class="blurb">{say(options["blurb"])}</p>\n' if "blurb" in options else ""
    body = f"""<div class="topbar">{say.links(sheet.words("nav"), " ")}</div>
<div class="weizhi">{breadcrumb(sheet, last=sheet.title)}</div>
<h1>{escape(sheet.title, quote=False)}</h1>
<div class="infos">{say(f"阅读：{options.get('views', 1024)}　更新：{options.get('published', options['captured_at'][:10])}")}</div>
{blurb}{_contents(sheet)}<div class="neirong">
{_parts(sheet)}
</div>
<div class="toolbar">{"".join(say(piece) for piece in sheet.words("toolbar"))}</div>
<div class="box">
{related(sheet)}
</div>
<div class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body)


STYLES = (
    Style(
        name="compilation-dump",
        dress=dress_dump,
        media_type="text/plain",
        options=frozenset({"heading", "blurb"}),
        is_compilation=True,
    ),
    Style(
        name="compilation-html",
        dress=dress_html,
        options=frozenset({"heading", "blurb", "contents"}),
        is_compilation=True,
    ),
)
