"""Sites that offer other people's reports as model texts, free or behind a paywall."""

import re
from html import escape

from samples.styles.markup import breadcrumb, document, footer, paragraphs, related
from samples.styles.sheet import Sheet, Style

_HEADING = re.compile(r"([一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[、.．]).{2,30}$")


def plain_paragraphs(sheet: Sheet) -> list[str]:
    """Return the text's paragraphs for a dump, with the stray repeated title where the options ask for it."""
    lines = []
    for number, line in enumerate(sheet.part.paragraphs(), start=1):
        lines.append(line)
        if number == sheet.options.get("repeat_title_after"):
            sheet.say.lines.append(sheet.title)
            lines.append(sheet.title)
    return lines


def outline_of(sheet: Sheet) -> list[str]:
    """Return the lines of the outline box: the page's own, or the text's headings."""
    wanted = sheet.options.get("outline")
    if isinstance(wanted, list):
        return wanted
    if not wanted:
        return []
    headings = [item for item in sheet.part.items if isinstance(item, str) and _HEADING.fullmatch(item)]
    return [str(heading) for heading in headings]


def _outline(sheet: Sheet) -> list[str]:
    """Say the outline box. Its lines repeat headings of the text, so only its frame is noted as chrome."""
    lines = outline_of(sheet)
    return [sheet.say(sheet.wording("outline_label")), *map(sheet.say.voice, lines), "……"] if lines else []


def dress_fanwen_site(sheet: Sheet) -> str:
    """Dress as a model-text site: breadcrumb, popularity, tags, torn toolbars, related boxes."""
    say, options = sheet.say, sheet.options
    host, tags = sheet.site["host"], ",".join(options.get("tags", []))
    tag_line = say(f"标签：{tags},http://{host} {sheet.title}") if tags else ""
    blurb = f'<div class="intro">{say(options["blurb"])}</div>\n' if "blurb" in options else ""
    toolbar = "\n".join(f"<span>{say(piece)}</span><br>" for piece in sheet.words("toolbar"))
    body = f"""<div class="topbar">{say.links(sheet.words("nav"), " ")}</div>
<div class="search">{say(sheet.wording("search"))}</div>
<div class="weizhi">{breadcrumb(sheet, last=sheet.title)}</div>
<div class="main"><h1>{escape(sheet.title, quote=False)}</h1>
<div class="infos">{say(f"{sheet.site['name']} | {sheet.words('column')[-1]} | 人气：{options.get('views', 317)}")}</div>
<div class="tags">{tag_line}</div>
{blurb}<div class="neirong">
{chr(10).join(paragraphs(sheet, sheet.part.items))}
</div>
<div class="toolbar">
{toolbar}
</div></div>
<div class="box">
{related(sheet)}
</div>
<div class="box">
{related(sheet, key="maybe", tag="h4")}
</div>
<div class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body)


def dress_fanwen_dump(sheet: Sheet) -> str:
    """Dress as the text dump of such a site: what stood side by side is glued together."""
    say, options = sheet.say, sheet.options
    name, column = sheet.site["name"], sheet.words("column")
    tags = ",".join(options.get("tags", []))
    head = [
        say(sheet.wording("position") + "".join(column) + sheet.title),
        "",
        sheet.title,
        "",
        say(f"{name} | {column[-1]} | 人气：{options.get('views', 317)}"),
        "",
    ]
    if tags:
        head.append(say(f"标签：{tags},http://{sheet.site['host']} {sheet.title}"))
    if "blurb" in options:
        head.append(say(options["blurb"]))
    indent = "　　" if options.get("indent", False) else ""
    foot = [
        "",
        say("".join(sheet.words("toolbar"))),
        say(sheet.wording("related_label")),
        say("".join(sheet.words("related"))),
        say(sheet.wording("maybe_label")),
        say("".join(sheet.words("maybe"))),
    ]
    return "\n".join([*head, *(f"{indent}{line}" for line in plain_paragraphs(sheet)), *foot]) + "\n"


def _paywalled(sheet: Sheet) -> list[str]:
    """Return the paragraphs with the notices that stand in the middle and at the end of the text."""
    options, voice = sheet.options, sheet.say.voice
    lines = plain_paragraphs(sheet)
    if "end" in options:
        lines[-1] += voice(sheet.wording("ending", title=sheet.title, **options["end"]))
    if "paywall" in options:
        paywall = options["paywall"]
        lines.insert(paywall["after_paragraph"], voice(sheet.wording("omission", omitted=paywall["omitted"])))
    return lines


def dress_paywall_dump(sheet: Sheet) -> str:
    """Dress as the dump of a paywalled site: outline box, omission notices with counts, search and related."""
    say, options = sheet.say, sheet.options
    head = [
        say(sheet.wording("position") + sheet.wording("arrow").join([*sheet.words("column"), "正文"])),
        "",
    ]
    head += [sheet.title, ""]
    if options.get("published"):
        head.append(say(f"{sheet.wording('stamp')}{options['published']}"))
    outline = _outline(sheet)
    if outline:
        head += [*outline, sheet.title, ""]
    foot = [say(sheet.wording("search")), say(sheet.wording("related_label"))]
    return "\n".join([*head, *_paywalled(sheet), *foot]) + "\n"


def dress_paywall_html(sheet: Sheet) -> str:
    """Dress as a page that shows the beginning and says how much is shown of how much."""
    say, options = sheet.say, sheet.options
    outline = "".join(f"<p>{line}</p>\n" for line in _outline(sheet))
    box = f'<div class="tigang">\n{outline}</div>\n' if outline else ""
    stamp = say(f"{sheet.wording('stamp')}{options['published']}") if options.get("published") else ""
    notice = sheet.say.voice(sheet.wording("notice", **options["paywall"]))
    body = f"""<div class="guide">{breadcrumb(sheet)}</div>
<h1>{escape(sheet.title, quote=False)}</h1>
<div class="time">{stamp}</div>
{box}<div class="zhengwen">
{chr(10).join(paragraphs(sheet, sheet.part.items))}
<p class="vip">{notice}</p>
</div>
<div class="sousuo">{say(sheet.wording("search"))}</div>
<div class="xg">
{related(sheet)}
</div>
<div class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body)


_FANWEN = frozenset({"tags", "blurb", "maybe"})
STYLES = (
    Style(name="fanwen-site", dress=dress_fanwen_site, options=_FANWEN),
    Style(name="fanwen-dump", dress=dress_fanwen_dump, options=_FANWEN, media_type="text/plain"),
    Style(
        name="resale-paywall-dump",
        dress=dress_paywall_dump,
        options=frozenset({"outline", "paywall", "end"}),
        media_type="text/plain",
    ),
    Style(name="resale-paywall-html", dress=dress_paywall_html, options=frozenset({"outline", "paywall"})),
)
