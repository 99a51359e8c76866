"""The arrays of a segment: written and read, joined, damaged."""

from collections import Counter
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analyse
from index.arrays.building import batches, build, build_documents, length_of, tokenize
from index.arrays.coding import FieldWriter, Postings, read_terms
from index.arrays.files import (
    Array,
    Arrays,
    FileSink,
    MemorySink,
    faulty_arrays,
    open_arrays,
    write_arrays,
)
from index.arrays.merging import merge
from index.arrays.terms import all_words, grams_between
from index.engine import IndexDocument
from index.tiers import TIER, to_merge
from tests.index.engine_contract import COPIES, CORPUS, REPORTS, in_families, scattered
from tests.index.making import make_document

DOCUMENTS = [*REPORTS, *COPIES, *in_families(scattered(60))]


def equal(one: Arrays, other: Arrays) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def every(arrays: Arrays) -> Array:
    return np.ones(len(arrays["dates"]), bool)


# Files


def test_arrays_are_read_as_they_were_written(tmp_path: Path) -> None:
    arrays = build_documents(DOCUMENTS)
    write_arrays(tmp_path / "whole", arrays)
    assert equal(open_arrays(tmp_path / "whole"), arrays)
    sink = FileSink(tmp_path / "pieces")
    for name, array in arrays.items():
        sink.append(name, array[:3])
    for name, array in arrays.items():
        sink.append(name, array[3:])
    sink.close()
    assert equal(open_arrays(tmp_path / "pieces"), arrays)
    assert {path.name for path in tmp_path.iterdir()} == {"whole", "pieces"}
    assert list(faulty_arrays(tmp_path / "pieces")) == []


def test_what_is_read_can_not_be_changed_and_outlives_its_file(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {"x": np.arange(9)})
    read = open_arrays(tmp_path / "a")["x"]
    (tmp_path / "a").unlink()
    assert read.tolist() == list(range(9))
    with pytest.raises(ValueError, match="read-only"):
        read[0] = 1


@pytest.mark.parametrize("left", [0, 1, 7, 8, 20, 0.3, 0.6, 0.9, -1, -4, -8, -9])
def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, left: float) -> None:
    path = tmp_path / "a"
    write_arrays(path, build_documents(REPORTS))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(left * len(whole)) if 0 < left < 1 else int(left)])
    with pytest.raises(ValueError, match=r"a is (empty|cut short)"):
        open_arrays(path)


def test_a_changed_byte_is_named_with_its_array_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a"
    arrays = build_documents(REPORTS)
    write_arrays(path, arrays)
    whole = path.read_bytes()
    named, refused = set(), 0
    for at in range(0, len(whole), 5):
        path.write_bytes(whole[:at] + bytes([255 - whole[at]]) + whole[at + 1 :])
        try:
            named.update(faulty_arrays(path))
        except ValueError:
            refused += 1
    assert named == {name for name, array in arrays.items() if len(array) * array.itemsize >= 5}
    assert refused > 100  # bytes of the directory, which is most of so small a file


# Postings


@st.composite
def fields(draw: st.DrawFn) -> list[list[tuple[int, list[int]]]]:
    """For each term its documents with the positions in each, small and large."""
    large = st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 1 << 31))
    terms = []
    for _ in range(draw(st.integers(1, 6))):
        documents = sorted(set(draw(st.lists(large, min_size=1, max_size=6))))
        often = st.one_of(st.just(1), st.integers(1, 3), st.integers(250, 300))
        gaps = [draw(st.tuples(large, often)) for _ in documents]
        terms.append(
            [
                (one, list(range(first, first + count)))
                for one, (first, count) in zip(documents, gaps, strict=True)
            ]
        )
    return terms


@given(fields(), st.data())
@settings(max_examples=60, deadline=None)
def test_postings_of_any_size_are_read_as_they_were_written(
    field: list[list[tuple[int, list[int]]]], data: st.DataObject
) -> None:
    sink = MemorySink()
    writer = FieldWriter(sink, "grams")
    cut = data.draw(st.integers(0, len(field)))
    for part in (field[:cut], field[cut:]):
        writer.append(
            Postings(
                holders=np.array([len(term) for term in part], np.int64),
                documents=np.array([one for term in part for one, _ in term], np.int64),
                counts=np.array([len(places) for term in part for _, places in term], np.int64),
                positions=np.array([at for term in part for _, places in term for at in places], np.int64),
            )
        )
    writer.close()
    first = data.draw(st.integers(0, len(field)))
    last = data.draw(st.integers(first, len(field)))
    read = read_terms(sink.arrays(), "grams", first, last)
    wanted = field[first:last]
    assert read.holders.tolist() == [len(term) for term in wanted]
    assert read.documents.tolist() == [one for term in wanted for one, _ in term]
    assert read.counts.tolist() == [len(places) for term in wanted for _, places in term]
    if wanted:
        assert read.positions is not None
        assert read.positions.tolist() == [at for term in wanted for _, places in term for at in places]


@given(CORPUS)
@settings(max_examples=80, deadline=None)
def test_a_segment_holds_the_terms_that_analysis_gives(corpus: list[tuple[str, list[str]]]) -> None:
    documents = [
        make_document(f"r{n}", *paragraphs, title=title) for n, (title, paragraphs) in enumerate(corpus)
    ]
    arrays = build_documents(documents)
    analyses = [analyse((one.title, *one.paragraphs)) for one in documents]
    wanted = {
        (gram, number, position)
        for number, analysis in enumerate(analyses)
        for gram, position in analysis.grams
    }
    assert _placed(arrays) == wanted
    assert arrays["characters.lengths"].tolist() == [len(one.characters) for one in analyses]
    assert arrays["words.lengths"].tolist() == [len(one.words) for one in analyses]
    counted = {
        (word, number, count)
        for number, analysis in enumerate(analyses)
        for word, count in Counter(analysis.words).items()
    }
    assert _counted(arrays) == counted


def _placed(arrays: Arrays) -> set[tuple[str, int, int]]:
    if "grams.keys" not in arrays:
        return set()
    grams = list(grams_between(arrays, 0, len(arrays["grams.keys"])))
    read = read_terms(arrays, "grams", 0, len(grams))
    assert read.positions is not None
    terms = np.repeat(np.repeat(np.arange(len(grams)), read.holders), read.counts)
    documents = np.repeat(read.documents, read.counts)
    return {
        (grams[term], document, position)
        for term, document, position in zip(
            terms.tolist(), documents.tolist(), read.positions.tolist(), strict=True
        )
    }


def _counted(arrays: Arrays) -> set[tuple[str, int, int]]:
    words = all_words(arrays)
    if not words:
        return set()
    read = read_terms(arrays, "words", 0, len(words))
    terms = np.repeat(np.arange(len(words)), read.holders).tolist()
    return {
        (words[term], document, count)
        for term, document, count in zip(terms, read.documents.tolist(), read.counts.tolist(), strict=True)
    }


# Joining


@pytest.mark.parametrize("stretch", [1, 50, 10_000])
def test_segments_joined_are_what_one_made_of_all_would_be(
    monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr("index.arrays.merging.STRETCH_POSTINGS", stretch)
    parts = [build_documents(DOCUMENTS[start : start + 9]) for start in range(0, len(DOCUMENTS), 9)]
    sink = MemorySink()
    merge([(part, every(part)) for part in parts], sink)
    assert equal(sink.arrays(), build_documents(DOCUMENTS))


def test_documents_left_out_leave_nothing_of_themselves() -> None:
    kept = np.array([number % 3 > 0 for number in range(len(DOCUMENTS))])
    sink = MemorySink()
    merge([(build_documents(DOCUMENTS), kept)], sink)
    left = build_documents([one for one, is_kept in zip(DOCUMENTS, kept, strict=True) if is_kept])
    joined = dict(sink.arrays())
    for number in range(3):  # rows of facets that nobody has any more stay until they are counted
        for name in (f"facets{number}.rows", f"facets{number}.codes"):
            del joined[name], left[name]  # type: ignore[attr-defined]
    assert equal(joined, left)


def test_batches_hold_all_documents_in_order_and_few_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.arrays.building.BATCH_CHARACTERS", 100)
    found = list(batches(DOCUMENTS, length_of))
    assert [one for batch in found for one in batch] == DOCUMENTS
    assert all(sum(map(length_of, batch[:-1])) < 100 for batch in found)


def test_an_empty_text_is_a_document_too() -> None:
    arrays = build(
        [tokenize(IndexDocument(report_id="x", title="", paragraphs=(), facets=REPORTS[0].facets))]
    )
    assert arrays["report_ids"].tolist() == [b"x"]
    assert arrays["characters.lengths"].tolist() == [0]


# Which segments are joined


def test_reports_that_come_one_by_one_lie_in_few_segments_and_move_seldom() -> None:
    sizes: list[int] = []
    moved = 0
    for _ in range(5000):
        sizes.append(1)
        if chosen := to_merge([(size, size) for size in sizes]):
            together = [size for number, size in enumerate(sizes) if number in chosen]
            moved += sum(together)
            sizes = [size for number, size in enumerate(sizes) if number not in chosen] + [sum(together)]
        assert len(sizes) <= (TIER - 1) * 5
    assert sum(sizes) == 5000
    assert moved <= 5000 * 5
    assert list(accumulate(sizes))[-1] == 5000


def test_a_segment_whose_documents_are_mostly_gone_is_written_anew() -> None:
    assert to_merge([(100, 60), (100, 40), (100, 0)]) == {1, 2}
    assert to_merge([(100, 100)] * (TIER - 1)) == frozenset()
