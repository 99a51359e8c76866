"""What a citation says of the work it cites, in whatever style: titles, the body that wrote it, the year. Pure.

Nothing is decided here: each guess is asked of the archive, the likeliest first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.hanzi import match_form

_FIELD = re.compile(
    r"(?:\btitle\s*=\s*[{\"]+(?P<bibtex>[^}\"]+)|^(?:TI|T1)\s+-\s*(?P<ris>.+)$|\"title\"\s*:\s*\"(?P<json>(?:[^\"\\]|\\.)+)\")",
    re.IGNORECASE | re.MULTILINE,
)
_GBT = re.compile(
    r"(?:^|[.．。]\s*|^\s*\[\d+\]\s*|[:：])(?P<title>[^.．。\[\]]{4,120}?)\s*\[(?:R|EB|A|M|N|J|Z|G|S|C|D|DB)(?:/OL)?\]"
)
_LINKED = re.compile(r"^\s*(?P<title>\S.{2,118}?\S)\s+https?://", re.MULTILINE)
_BOOK_MARKS = re.compile(r"《(?P<title>[^《》]{4,120}(?:《[^《》]+》[^《》]*)?)》")
_QUOTED = re.compile(r"[“\"「『](?P<title>[^”\"」』]{4,120})[”\"」』]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SENTENCE = re.compile(r"[.．。;；\n]+\s*|,\s+|，")
_ISSUER = re.compile(
    r"[一-鿿·]{2,30}?(?:人民政府(?:办公室|办公厅)?|街道办事处|委员会|办公室|办公厅|管理局|局|厅|委)"
)
_LEAST_TITLE_CHARS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """What a citation says: `titles` are guesses, the likeliest first; years and issuers as they stand in it."""

    titles: tuple[str, ...]
    issuers: tuple[str, ...]
    years: tuple[int, ...]


def read_citation(text: str) -> CitedWork:
    """Read a reference in GB/T 7714, BibTeX, RIS, CSL-JSON, APA or free prose."""
    plain = match_form(text)
    titles = dict.fromkeys(one.strip(" .,;:\t") for one in _titles(text))
    return CitedWork(
        titles=tuple(one for one in titles if len(one) >= _LEAST_TITLE_CHARS),
        issuers=tuple(dict.fromkeys(match[0] for match in _ISSUER.finditer(plain))),
        years=tuple(dict.fromkeys(int(match[0]) for match in _YEAR.finditer(plain))),
    )


def _titles(text: str) -> Iterator[str]:
    for match in _FIELD.finditer(text):
        yield re.sub(r"\\(.)", r"\1", next(group for group in match.groups() if group))
    for pattern in (_GBT, _LINKED, _BOOK_MARKS, _QUOTED):
        for match in pattern.finditer(text):
            yield match["title"]
    yield text
    # APA and prose: the longest sentence that is no address is as a rule the title.
    sentences = (one for one in _SENTENCE.split(text) if "://" not in one)
    yield from sorted(sentences, key=len, reverse=True)[:4]
