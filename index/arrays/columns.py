"""One value per document, as arrays: how they are made of documents, and joined when segments are. Pure.

===========================  ================================================================================
``report_ids``               bytes of one width
``by_id``                    the documents in the order of their ids
``ties``                     the first 8 bytes of the family's id, as a number: the order of equals
``dates``                    YYYYMMDD, zeros for what is unknown, 0 for an unknown date
``words.lengths`` and ``characters.lengths``  terms, for BM25; there are as many grams as characters
``facetsN.codes``            of the Nth of FACET_GROUPS: the number of the document's row in
``facetsN.rows``             JSON: for each facet of the group the document's values
``T.text`` and ``T.text_at`` of each of TEXT_FIELDS: UTF-16, and where each document's begins
``titles.keys``              digests of bare titles, sorted, with ``titles.documents`` beside them
``named.keys``               the same of titles without a bracketed tail
``members.documents``        the documents of families, those of one family side by side in their order;
``members.keys``             beside them digests of the family's id,
``members.families`` and ``members.standings``  the id, and what sorts a family
===========================  ================================================================================

Facets that go together are counted together: a report of a county has the county's prefecture, so that one
count of rows gives the counts of four facets.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import numpy as np

from index.arrays.files import Array, Arrays, Sink
from index.engine import IndexDocument
from index.field_text import TEXT_FIELDS, field_form, short_text
from index.sets import distinct
from index.titles import LONGEST, bare_text, bare_title
from index.tree import TextField

FACET_GROUPS = (
    ("level", "year", "script", "kind", "flag"),
    ("province", "prefecture", "county", "township"),
    ("bureau", "site"),
)
COPIED = ("dates", "words.lengths", "characters.lengths", "ties")
"""Columns that are joined by setting one after the other."""

TYPES: Mapping[str, str] = {
    "dates": "<u4",
    "words.lengths": "<u4",
    "characters.lengths": "<u4",
    "ties": "<u8",
}
TIE_BYTES = 8

Row = tuple[tuple[str, ...], ...]


def digest(text: str) -> int:
    """Return 64 bits that stand for `text`. Among 2 million texts two are alike with a chance of 1 in 9 million."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def date_number(order_key: str) -> int:
    """Turn YYYY-MM-DD or YYYY into YYYYMMDD, zeros for what is missing."""
    digits = order_key.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and digits.isascii() else 0


def _tie(family: str) -> int:
    return int.from_bytes(family.encode()[:TIE_BYTES].ljust(TIE_BYTES, b"\0"), "big")


def put_columns(documents: Sequence[IndexDocument], lengths: Mapping[str, Array], sink: Sink) -> None:
    """Put the columns of documents, in their order; `lengths` of words and characters."""
    _put_ids(np.array([one.report_id.encode() for one in documents]), sink)
    values = {
        "dates": [date_number(one.order_key) for one in documents],
        "words.lengths": lengths["words"],
        "characters.lengths": lengths["characters"],
        "ties": [_tie(one.family or one.report_id) for one in documents],
    }
    for name, column in values.items():
        sink.append(name, np.array(column, TYPES[name]))
    facets = [dict(one.facets) for one in documents]
    for number, names in enumerate(FACET_GROUPS):
        rows: dict[Row, int] = {}
        codes = [rows.setdefault(tuple(one[name] for name in names), len(rows)) for one in facets]
        _put_rows(number, np.array(codes, np.int64), rows, sink)
    for field in TEXT_FIELDS:
        _put_texts(field, [field_form(field, short_text(one, field)) for one in documents], sink)
    titles = [field_form("title", one.title) for one in documents]
    for name, bare in (("titles", map(bare_text, titles)), ("named", map(bare_title, titles))):
        keys = np.fromiter(map(digest, bare), np.uint64, len(documents))
        _put_titles(name, keys, np.arange(len(documents)), sink)
    members = [number for number, one in enumerate(documents) if one.family]
    _put_members(
        np.array(members, np.int64),
        np.array([digest(documents[number].family) for number in members], np.uint64),
        np.array([documents[number].family.encode() for number in members] or [b""])[: len(members)],
        np.array([documents[number].standing.encode() for number in members] or [b""])[: len(members)],
        sink,
    )


def _put_ids(ids: Array, sink: Sink) -> None:
    sink.append("report_ids", ids)
    sink.append("by_id", np.argsort(ids).astype("<u4"))


def _put_rows(number: int, codes: Array, rows: Mapping[Row, int], sink: Sink) -> None:
    kind = "<u2" if len(rows) <= 1 << 16 else "<u4"
    sink.append(f"facets{number}.codes", codes.astype(kind))
    sink.append(f"facets{number}.rows", np.frombuffer(json.dumps(list(rows)).encode(), "<u1"))


def read_rows(arrays: Arrays, number: int) -> list[Row]:
    """Return the rows of one facet group."""
    return [
        tuple(tuple(values) for values in row) for row in json.loads(arrays[f"facets{number}.rows"].tobytes())
    ]


def _put_texts(field: TextField, texts: Sequence[str], sink: Sink) -> None:
    encoded = [text.encode("utf-16-le") for text in texts]
    at = np.cumsum([0, *(len(one) // 2 for one in encoded)])
    sink.append(f"{field}.text", np.frombuffer(b"".join(encoded), "<u2"))
    sink.append(f"{field}.text_at", at.astype("<u8"))


def _put_titles(name: str, keys: Array, documents: Array, sink: Sink) -> None:
    order = np.argsort(keys, kind="stable")
    sink.append(f"{name}.keys", keys[order].astype("<u8"))
    sink.append(f"{name}.documents", documents[order].astype("<u4"))


def _put_members(documents: Array, keys: Array, families: Array, standings: Array, sink: Sink) -> None:
    order = np.lexsort((standings, keys)) if len(keys) else np.zeros(0, np.int64)
    sink.append("members.documents", documents[order].astype("<u4"))
    sink.append("members.keys", keys[order].astype("<u8"))
    sink.append("members.families", families[order])
    sink.append("members.standings", standings[order])


Source = tuple[Arrays, Array]
"""A segment's arrays, and for each of its documents the number it gets, -1 for one that is left out."""


def merge_columns(sources: Sequence[Source], sink: Sink) -> None:
    """Put the columns of several segments as one's."""
    kept = [np.flatnonzero(numbers >= 0) for _, numbers in sources]
    _put_ids(_joined("report_ids", sources, kept), sink)
    for name in COPIED:
        sink.append(name, _joined(name, sources, kept))
    for number in range(len(FACET_GROUPS)):
        _merge_rows(number, sources, kept, sink)
    for field in TEXT_FIELDS:
        _merge_texts(field, sources, kept, sink)
    for name in ("titles", "named"):
        keys, documents = _merged_pairs(name, ("keys",), sources)
        _put_titles(name, keys, documents, sink)
    keys, families, standings, documents = _merged_pairs(
        "members", ("keys", "families", "standings"), sources
    )
    _put_members(documents, keys, families, standings, sink)


def _joined(name: str, sources: Sequence[Source], kept: Sequence[Array]) -> Array:
    return np.concatenate([arrays[name][here] for (arrays, _), here in zip(sources, kept, strict=True)])


def _merge_rows(number: int, sources: Sequence[Source], kept: Sequence[Array], sink: Sink) -> None:
    rows: dict[Row, int] = {}
    codes = []
    for (arrays, _), here in zip(sources, kept, strict=True):
        translated = np.array(
            [rows.setdefault(row, len(rows)) for row in read_rows(arrays, number)], np.int64
        )
        codes.append(translated[arrays[f"facets{number}.codes"][here]])
    _put_rows(number, np.concatenate(codes), rows, sink)


def _merge_texts(field: TextField, sources: Sequence[Source], kept: Sequence[Array], sink: Sink) -> None:
    sizes = []
    for (arrays, _), here in zip(sources, kept, strict=True):
        text, at = arrays[f"{field}.text"], arrays[f"{field}.text_at"].astype(np.int64)
        long = np.diff(at)
        is_kept = np.zeros(len(long), bool)
        is_kept[here] = True
        sink.append(f"{field}.text", text[np.repeat(is_kept, long)])
        sizes.append(long[here])
    sink.append(f"{field}.text_at", np.cumsum(np.concatenate(([0], *sizes))).astype("<u8"))


def _merged_pairs(name: str, columns: Sequence[str], sources: Sequence[Source]) -> tuple[Array, ...]:
    """Return columns of a list of documents, joined, and last the documents' new numbers."""
    new = [numbers[arrays[f"{name}.documents"]] for arrays, numbers in sources]
    joined = np.concatenate(new)
    values = (np.concatenate([arrays[f"{name}.{column}"] for arrays, _ in sources]) for column in columns)
    return tuple(column[joined >= 0] for column in (*values, joined))


def text_of(arrays: Arrays, field: TextField, document: int) -> str:
    """Return one document's text of a field."""
    at = arrays[f"{field}.text_at"]
    return arrays[f"{field}.text"][int(at[document]) : int(at[document + 1])].tobytes().decode("utf-16-le")


def documents_holding(arrays: Arrays, field: TextField, needle: str) -> Array:
    """Return the documents whose text of a field holds `needle`, in order; each once."""
    wanted = np.frombuffer(needle.encode("utf-16-le", "surrogatepass"), "<u2")
    text, at = arrays[f"{field}.text"], arrays[f"{field}.text_at"]
    documents = np.arange(len(at) - 1)
    if not len(wanted):
        return documents
    found = np.flatnonzero(text[: max(0, len(text) - len(wanted) + 1)] == wanted[0])
    for offset, unit in enumerate(wanted[1:], start=1):
        found = found[text[found + offset] == unit]
    ends = at.astype(np.int64)
    holder = np.searchsorted(ends, found, side="right") - 1
    return distinct(holder[found + len(wanted) <= ends[holder + 1]])


def find_ids(arrays: Arrays, wanted: Array) -> Array:
    """Return the documents that have any of the ids, given as bytes."""
    ids, order = arrays["report_ids"], arrays["by_id"]
    places = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    documents = order[places]
    found: Array = documents[ids[documents] == wanted]
    return found


def titled(arrays: Arrays, bare: str) -> Iterator[int]:
    """Yield the documents whose bare title has the digest of `bare`."""
    key = np.array(digest(bare), np.uint64)
    first, last = (int(np.searchsorted(arrays["titles.keys"], key, side=side)) for side in ("left", "right"))
    yield from arrays["titles.documents"][first:last].tolist()


def named(arrays: Arrays, bare: Sequence[str]) -> Iterator[tuple[str, Array]]:
    """Yield those of many bare titles that documents have, but for a bracketed tail, and those documents in order."""
    wanted = np.fromiter(map(digest, bare), np.uint64, len(bare))
    firsts, lasts = (np.searchsorted(arrays["named.keys"], wanted, side=side) for side in ("left", "right"))
    for number in np.flatnonzero(lasts > firsts).tolist():
        if 0 < len(bare[number]) <= LONGEST:
            yield bare[number], arrays["named.documents"][firsts[number] : lasts[number]]
