"""Document libraries: previews with a watermark in the text and a price below it."""

from html import escape

from samples.styles.markup import breadcrumb, document, footer, related
from samples.styles.sheet import Sheet, Style
from samples.text import SampleError


def _watermarked(sheet: Sheet) -> list[str]:
    """Return the paragraphs with the site's watermark in mid-sentence and between paragraphs."""
    mark, options = sheet.say(sheet.wording("watermark")), sheet.options
    lines = list(sheet.part.paragraphs())
    for spot in options.get("watermark", []):
        number, after = spot["paragraph"] - 1, sheet.say.voice(spot["after"])
        before, found, rest = lines[number].partition(after)
        if not found:
            raise SampleError(f"paragraph {number + 1} does not hold the watermark's place {after!r}")
        lines[number] = f"{before}{found}{mark}{rest}"
    for number in sorted(options.get("watermark_lines", []), reverse=True):
        lines.insert(number, mark)
    return lines


def dress_library(sheet: Sheet) -> str:
    """Dress as a document library's preview page."""
    say, options = sheet.say, sheet.options
    text = "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in _watermarked(sheet))
    body = f"""<div class="nav">{breadcrumb(sheet, last="文档预览")}</div>
<div class="doc-head"><h1>{escape(sheet.title, quote=False)}</h1>
<div class="btns">{say.links(sheet.words("buttons"), " ")}</div>
<div class="meta">{say(sheet.wording("pages", pages=options.get("pages", 3)))}</div></div>
<div class="reader">
{text}
</div>
<div class="pay">{say(sheet.wording("price", points=options.get("points", 5)))}</div>
<div class="side">
{related(sheet)}
</div>
<div class="note">
{chr(10).join(f"<p>{say(line)}</p>" for line in sheet.words("notes"))}
</div>
<div class="foot">
{footer(sheet)}
</div>"""
    return document(sheet, body)


STYLES = (
    Style(
        name="wenku",
        dress=dress_library,
        options=frozenset({"watermark", "watermark_lines", "points", "pages"}),
    ),
)
