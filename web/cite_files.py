"""Citations for reference managers: BibTeX, RIS and CSL-JSON. Pure.

What Zotero, EndNote, NoteExpress and JabRef import. The digest and every doubt stand in the note.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from web.cited_work import CitedWork, WorkType

_BIBTEX_TYPES: dict[WorkType, str] = {"report": "techreport", "webpage": "misc", "part": "incollection"}
_RIS_TYPES: dict[WorkType, str] = {"report": "RPRT", "webpage": "ELEC", "part": "CHAP"}
_CSL_TYPES: dict[WorkType, str] = {"report": "report", "webpage": "webpage", "part": "chapter"}
_CSL_LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}

_BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "&": r"\&",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A format that reference managers read: the end of its address, its name, its media type."""

    suffix: str
    label: str
    media_type: str
    write: Callable[[CitedWork], str]


def bibtex(work: CitedWork) -> str:
    """Return a BibTeX entry; `institution` and `urldate` are read by BibLaTeX too."""
    day = work.published_on
    fields = {
        "author": f"{{{_escaped(work.author)}}}" if work.author else None,
        "title": f"{{{_escaped(work.title)}}}",
        "booktitle": f"{{{_escaped(work.whole)}}}" if work.whole else None,
        "institution": f"{{{_escaped(work.author)}}}" if work.author and work.type == "report" else None,
        "year": str(day.year) if day else None,
        "date": day.isoformat() if day else None,
        "url": work.address,
        "urldate": work.accessed_on.isoformat() if work.accessed_on else None,
        "note": _escaped(_note(work)),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
    return "\n".join([f"@{_BIBTEX_TYPES[work.type]}{{{work.key},", *lines, "}\n"])


def ris(work: CitedWork) -> str:
    """Return a RIS record; each line ends in CR LF, as the format asks."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(work)) + "ER  - \r\n"


def _ris_lines(work: CitedWork) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS_TYPES[work.type]
    yield "ID", work.key
    if work.author:
        yield "AU", _one_line(work.author)
    yield "TI", _one_line(work.title)
    if work.whole:
        yield "T2", _one_line(work.whole)
    if work.published_on:
        yield "PY", str(work.published_on.year)
        yield "DA", work.published_on.strftime("%Y/%m/%d")
    if work.author and work.type == "report":
        yield "PB", _one_line(work.author)
    yield "UR", work.address
    if work.accessed_on:
        yield "Y2", work.accessed_on.strftime("%Y/%m/%d")
    yield "LA", work.language
    yield "N1", _one_line(_note(work))


def csl_item(work: CitedWork) -> dict[str, Any]:
    """Return a CSL-JSON item; the issuer is a name that no style may turn round (`literal`)."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": _CSL_TYPES[work.type],
        "title": work.title,
        "URL": work.address,
        "language": _CSL_LANGUAGES[work.language],
        "note": _note(work),
    }
    if work.author:
        item["author"] = [{"literal": work.author}]
    if work.author and work.type == "report":
        item["publisher"] = work.author
    if work.whole:
        item["container-title"] = work.whole
    if work.published_on:
        item["issued"] = _date_parts(work.published_on)
    if work.accessed_on:
        item["accessed"] = _date_parts(work.accessed_on)
    return item


def csl_json(work: CitedWork) -> str:
    """Return a CSL-JSON file: a list of one item."""
    return json.dumps([csl_item(work)], ensure_ascii=False, indent=2) + "\n"


FILE_FORMATS = (
    FileFormat(suffix="bib", label="BibTeX", media_type="application/x-bibtex", write=bibtex),
    FileFormat(suffix="ris", label="RIS", media_type="application/x-research-info-systems", write=ris),
    FileFormat(
        suffix="json",
        label="CSL-JSON",
        media_type="application/vnd.citationstyles.csl+json",
        write=csl_json,
    ),
)


def _note(work: CitedWork) -> str:
    return "; ".join((*work.notes, f"SHA-256 {work.digest}"))


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX_ESCAPES)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
