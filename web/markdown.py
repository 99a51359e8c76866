"""A stored report as Markdown: its text unchanged under any renderer, gaps in place. Pure."""

import re

from archive.model import Gap, Paragraph, StoredReport
from web.languages import gettext
from web.present import byline, gap_sentence
from web.reading import heading_rank
from web.year_words import year_label

_INLINE = re.compile(r"([\\`*_\[\]<>&|~])")
_AT_START = re.compile(r"^(\s*)([#+\-=>]|[0-9]+[.)])")


def to_markdown(report: StoredReport, address: str) -> str:
    """Return title, origin and text; marks that Markdown would read as its own are escaped."""
    head = [
        f"# {escape_markdown(report.title)}",
        " · ".join(escape_markdown(part) for part in (*byline(report), year_label(report.description))),
        f"<{address}>  \nSHA-256 `{report.version.digest}`",
    ]
    body = [_block(report, number, paragraph) for number, paragraph in enumerate(report.paragraphs)]
    before = [f"> {_gap(gap)}" for gap in report.gaps if gap.paragraph < 0]
    return "\n\n".join([*head, "---", *before, *body]) + "\n"


def escape_markdown(text: str) -> str:
    """Escape what Markdown would take for its own marks."""
    return _AT_START.sub(_escape_start, _INLINE.sub(r"\\\1", text))


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    return match[1] + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdecimal() else f"\\{mark}")


def _block(report: StoredReport, number: int, paragraph: Paragraph) -> str:
    pieces: list[str] = []
    start = 0
    for gap in sorted((one for one in report.gaps if one.paragraph == number), key=lambda one: one.offset):
        pieces += [escape_markdown(paragraph.text[start : gap.offset]), f"> {_gap(gap)}"]
        start = gap.offset
    pieces.append(_set(paragraph, start))
    return "\n\n".join(piece for piece in pieces if piece)


def _gap(gap: Gap) -> str:
    return gettext("〔%(text)s〕", text=gap_sentence(gap))


def _set(paragraph: Paragraph, start: int) -> str:
    text = escape_markdown(paragraph.text[start:])
    if not text:
        return ""
    is_heading = paragraph.role == "heading" and start == 0
    return f"{'#' * heading_rank(paragraph.text)} {text}" if is_heading else text
