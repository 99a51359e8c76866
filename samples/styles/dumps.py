"""Official pages that reach us as bare lines, from a crawler that threw the markup away."""

from samples.styles.government import metadata_of
from samples.styles.markup import INDENT
from samples.styles.resale import plain_paragraphs
from samples.styles.sheet import Sheet, Style


def _metadata_lines(sheet: Sheet) -> list[str]:
    say, pairs = sheet.say, metadata_of(sheet)
    form = sheet.options.get("table_form", "lines")
    if form == "pipes":
        return [say("| " + " | ".join(f"{label} | {value}" for label, value in pairs) + " |")]
    if form == "bullets":
        return [say(f"• {label}： {value}") for label, value in pairs]
    return [say(f"{label}：{value}") for label, value in pairs]


def dress_crawl_dump(sheet: Sheet) -> str:
    """Dress as a crawler's dump: menus as lines, the metadata table as pipes, bullets or lines."""
    say = sheet.say
    indent = INDENT if sheet.options.get("indent", False) else ""
    lines = [say(word) for word in sheet.words("nav")]
    lines.append(
        say(sheet.wording("position") + sheet.wording("arrow").join([*sheet.words("column"), "正文"]))
    )
    lines += ["", *_metadata_lines(sheet), "", sheet.title, ""]
    stamp = sheet.options.get("published")
    if stamp:
        lines.append(say(f"发布时间：{stamp}　来源：{sheet.options.get('source', sheet.site['name'])}"))
    lines.append(say(sheet.wording("font")))
    lines += [f"{indent}{line}" for line in plain_paragraphs(sheet)]
    lines += ["", *(say(sheet.wording(key)) for key in ("print", "close", "scan"))]
    lines += [say(line) for line in sheet.words("footer")]
    return "\n".join(lines) + "\n"


STYLES = (
    Style(
        name="crawl-dump",
        dress=dress_crawl_dump,
        media_type="text/plain",
        options=frozenset({"metadata", "table_form"}),
    ),
)
