"""Facets of several segments: what one more adds to those before it is what all give together."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.building import build, tokenize
from index.arrays.files import Arrays
from index.engine import FACETS
from index.facet_tables import FacetTable, to_tables
from tests.index.making import make_document

values = st.sampled_from("甲乙丙丁戊己")
flag_values = st.lists(values, min_size=1, max_size=3, unique=True).map(tuple)
segments = st.lists(st.lists(st.tuples(values, flag_values), min_size=1, max_size=6), min_size=1, max_size=4)


def _segment(number: int, rows: list[tuple[str, tuple[str, ...]]]) -> Arrays:
    documents = []
    for place, (county, flags) in enumerate(rows):
        one = make_document(f"r{number}-{place}", "公开")
        facets = {**dict(one.facets), "county": (county,), "flag": flags}
        documents.append(replace(one, facets=tuple(facets.items())))
    return build([tokenize(one) for one in documents])


def _held(table: FacetTable) -> list[set[str]]:
    owned, sizes = table.expand(table.rows)
    ends = np.cumsum(sizes).tolist()
    return [
        {table.values[value] for value in owned[end - size : end].tolist()}
        for end, size in zip(ends, sizes.tolist(), strict=True)
    ]


def _counts(table: FacetTable) -> Mapping[str, int]:
    counts = table.count(np.bincount(table.rows, minlength=len(table.sizes)))
    return dict(zip(table.values, counts.tolist(), strict=True))


@given(segments)
def test_tables_grow_by_a_segment_into_what_all_segments_give(
    written: list[list[tuple[str, tuple[str, ...]]]],
) -> None:
    arrays = [_segment(number, rows) for number, rows in enumerate(written)]
    together = to_tables(arrays)
    grown = to_tables(arrays[:1])
    for one in arrays[1:]:
        grown = to_tables([one], grown)
    rows = [row for segment in written for row in segment]
    for tables in (together, grown):
        assert _held(tables["county"]) == [{county} for county, _ in rows]
        assert _held(tables["flag"]) == [set(flags) for _, flags in rows]
        assert _counts(tables["county"]) == {c: sum(c == row[0] for row in rows) for c, _ in rows}
        for value in {flag for _, flags in rows for flag in flags}:
            has = tables["flag"].rows_with([value, "nothing"]).take(tables["flag"].rows)
            assert has.tolist() == [value in flags for _, flags in rows]
    for name in FACETS:
        assert grown[name].values == together[name].values
