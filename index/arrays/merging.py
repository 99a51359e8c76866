"""Several segments' arrays as one's: documents keep their order, those left out go. Pure but for the sink.

Works through the terms in stretches that hold about STRETCH_POSTINGS, whatever the segments' size: each is read
from every segment, put in the order of terms, and written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.coding import FieldWriter, Postings, occurrences, read_terms, spread, starts_of
from index.arrays.columns import merge_columns
from index.arrays.files import Array, Arrays, Sink
from index.arrays.terms import all_words, put_words

STRETCH_POSTINGS = 1_000_000
"""Each takes some 100 bytes while it is moved, and as much again for each further place of a gram in its document.

With three million a build of 100,000 reports took 2.5 GB; with one, of 20,000 reports, 0.7 instead of 1.2 GB for 7 % more time.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A segment's field: `keys` number its terms, in order, the same term alike in all sources."""

    arrays: Arrays
    numbers: Array  # the document number that each document gets, -1 for one that is left out
    keys: Array
    before: Array  # postings before each term, and all of them


def merge(segments: Sequence[tuple[Arrays, Array]], sink: Sink) -> None:
    """Put the arrays of `segments` together; beside each which of its documents are kept."""
    sources, base = [], 0
    for arrays, kept in segments:
        numbers = np.where(kept, base + np.cumsum(kept) - 1, -1)
        base += int(np.count_nonzero(kept))
        sources.append((arrays, numbers))
    merge_columns(sources, sink)
    _merge_words(sources, sink)
    for field in ("characters", "grams"):
        fields = [
            _to_source(arrays, numbers, field, arrays[f"{field}.keys"])
            for arrays, numbers in sources
            if f"{field}.keys" in arrays
        ]
        for keys in _merge_field(field, fields, sink):
            sink.append(f"{field}.keys", keys)


def _merge_words(sources: Sequence[tuple[Arrays, Array]], sink: Sink) -> None:
    words: set[str] = set()
    for arrays, _ in sources:
        words.update(all_words(arrays))
    ordered = sorted(words)
    number_of = {word: number for number, word in enumerate(ordered)}
    fields = [
        _to_source(
            arrays, numbers, "words", np.array([number_of[word] for word in all_words(arrays)], np.int64)
        )
        for arrays, numbers in sources
        if "words.holders" in arrays
    ]
    left = list(_merge_field("words", fields, sink))
    put_words(sink, [ordered[number] for keys in left for number in keys.tolist()])


def _to_source(arrays: Arrays, numbers: Array, field: str, keys: Array) -> _Source:
    before = np.concatenate(([0], np.cumsum(arrays[f"{field}.holders"], dtype=np.int64)))
    return _Source(arrays=arrays, numbers=numbers, keys=keys, before=before)


def _limits(sources: Sequence[_Source]) -> Array:
    """Return keys that cut the terms into stretches of about STRETCH_POSTINGS."""
    step = max(1, STRETCH_POSTINGS // max(1, len(sources)))
    samples = [
        one.keys[np.unique(np.searchsorted(one.before, np.arange(step, int(one.before[-1]), step)) - 1)]
        for one in sources
    ]
    return np.unique(np.sort(np.concatenate(samples))[len(sources) - 1 :: len(sources)])


def _merge_field(field: str, sources: Sequence[_Source], sink: Sink) -> Iterator[Array]:
    """Write one field's postings; yield the keys of the terms that are left, stretch by stretch."""
    if not sources:
        return
    writer = FieldWriter(sink, field)
    limits = _limits(sources)
    edges = [np.searchsorted(one.keys, limits) for one in sources]
    bounds = [np.concatenate(([0], edge, [len(one.keys)])) for edge, one in zip(edges, sources, strict=True)]
    for number in range(len(bounds[0]) - 1):
        pieces = [
            _renumbered(one, field, int(bound[number]), int(bound[number + 1]))
            for one, bound in zip(sources, bounds, strict=True)
            if bound[number] < bound[number + 1]
        ]
        if any(len(keys) for keys, _ in pieces):
            keys, postings = _joined(pieces)
            writer.append(postings)
            yield keys
    writer.close()


def _renumbered(source: _Source, field: str, first: int, last: int) -> tuple[Array, Postings]:
    """Read a run of terms; leave out documents that are not kept, and terms that none is left of."""
    keys, postings = source.keys[first:last], read_terms(source.arrays, field, first, last)
    documents = source.numbers[postings.documents]
    kept = documents >= 0
    if kept.all():
        return keys, Postings(
            holders=postings.holders,
            documents=documents,
            counts=postings.counts,
            positions=postings.positions,
        )
    holders = np.add.reduceat(kept, starts_of(postings.holders), dtype=np.int64)
    positions = postings.positions
    return keys[holders > 0], Postings(
        holders=holders[holders > 0],
        documents=documents[kept],
        counts=postings.counts[kept],
        positions=None if positions is None else positions[np.repeat(kept, postings.counts)],
    )


def _joined(pieces: Sequence[tuple[Array, Postings]]) -> tuple[Array, Postings]:
    """Put runs of several segments together: term by term, and in the segments' order for each."""
    keys = np.concatenate([keys for keys, _ in pieces])
    order = np.argsort(keys, kind="stable")  # of a term in a segment; the segments come in order
    sizes = np.concatenate([postings.holders for _, postings in pieces])
    places = spread(starts_of(sizes)[order], sizes[order])
    ordered = keys[order]
    begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    positions = None
    if pieces[0][1].positions is not None:
        often = np.concatenate(
            [occurrences(postings) if len(postings.holders) else [] for _, postings in pieces]
        )
        often = often.astype(np.int64)
        positions = np.concatenate([postings.positions for _, postings in pieces])[
            spread(starts_of(often)[order], often[order])
        ]
    return ordered[begins], Postings(
        holders=np.add.reduceat(sizes[order], begins),
        documents=np.concatenate([postings.documents for _, postings in pieces])[places],
        counts=np.concatenate([postings.counts for _, postings in pieces])[places],
        positions=positions,
    )
