"""Counts reports and facets' values in the cluster, the copies of one text once. Pure.

Texts of their own are counted by the cluster's own means; its distinct count is an estimate, so families are counted
by scripts. A family is on one shard as a whole (`index.opensearch_bulk`): a shard's counts are exact by themselves,
and what is sent between nodes is one number for each value.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from archive.errors import IndexDamaged
from index.engine import FACETS, FacetCount, SearchRequest
from index.opensearch_mapping import Json
from index.opensearch_queries import copied, every, literal, single, tests
from index.segment import to_segment
from index.tree import Words

FACET_VALUES = 60_000
"""Values of one facet; more are refused rather than counted wrong. China has some 40,000 townships, and the
cluster counts 65,535 in one answer (search.max_buckets)."""

FOLDED = " of families"
"""Ends the name of a count in which the copies of one text count once."""

# Painless. Whatever differs between requests is a parameter, so that each script is compiled once.
_HOLD_VALUES = """
String family = doc['family'].value;
for (String value : doc[params.field]) {
  Set families = (Set) state.held.get(value);
  if (families == null) { families = new HashSet(); state.held.put(value, families); }
  families.add(family);
}
"""
_COUNT_HELD = """
Map counts = new HashMap();
for (Map.Entry entry : ((Map) state.held).entrySet()) { counts.put(entry.getKey(), ((Set) entry.getValue()).size()); }
return counts;
"""
_ADD_UP = """
Map sums = new HashMap();
for (Map counts : states) {
  if (counts == null) { continue; }
  for (Map.Entry entry : counts.entrySet()) {
    int before = (int) sums.getOrDefault(entry.getKey(), 0);
    int more = (int) entry.getValue();
    sums.put(entry.getKey(), before + more);
  }
}
return sums;
"""


def counts_body(matching: Json, request: SearchRequest) -> Json:
    """Count what matches, what passes the filters, and each facet's values under the other facets' choices."""
    tree = request.query.tree
    lead = literal(to_segment(tree.text).lead) if isinstance(tree, Words) else {"match_none": {}}
    chosen = [test for _, test in tests(request)]
    passing = {"filter": every(chosen), "aggs": {"literal": {"filter": lead}}}
    facets = dict(one for facet in FACETS for one in _facet_counts(facet, request))
    folding = {} if request.all_copies else {FOLDED: _in_families(chosen, _count_families())}
    aggregations: Json = {"passing": passing, **facets, **folding}
    return {"size": 0, "track_total_hits": True, "query": matching, "aggs": aggregations}


def _facet_counts(facet: str, request: SearchRequest) -> Iterator[tuple[str, Json]]:
    others = [test for name, test in tests(request) if name != facet]
    values = {"terms": {"field": f"facet_{facet}", "size": FACET_VALUES}}
    own = [] if request.all_copies else [single()]
    yield facet, {"filter": every([*others, *own]), "aggs": {"values": values}}
    if not request.all_copies:
        yield facet + FOLDED, _in_families(others, _count_values(f"facet_{facet}"))


def _in_families(filters: Sequence[Json], counting: Json) -> Json:
    return {"filter": every([*filters, copied()]), "aggs": {"families": counting}}


def _count_values(field: str) -> Json:
    """Return an aggregation whose value tells for each value of a keyword field how many families have it."""
    return {
        "scripted_metric": {
            "init_script": "state.held = new HashMap();",
            "map_script": _HOLD_VALUES,
            "combine_script": _COUNT_HELD,
            "reduce_script": _ADD_UP,
            "params": {"field": field},
        }
    }


def _count_families() -> Json:
    """Return an aggregation whose value is how many families there are."""
    return {
        "scripted_metric": {
            "init_script": "state.held = new HashSet();",
            "map_script": "state.held.add(doc['family'].value);",
            "combine_script": "return ((Set) state.held).size();",
            "reduce_script": "int sum = 0; for (def count : states) { if (count != null) { sum += count; } } return sum;",
        }
    }


def count_lines(counted: Json) -> int:
    """Return how many lines a result has, from what came of `counts_body`."""
    passing: int = counted["passing"]["doc_count"]
    folded = counted.get(FOLDED)
    return passing - folded["doc_count"] + folded["families"]["value"] if folded else passing


def count_facet(facet: str, counted: Json) -> Counter[str]:
    """Return how many have each value. Raises IndexDamaged where there are more values than the cluster counts."""
    values = counted[facet]["values"]
    if values["sum_other_doc_count"] or values["doc_count_error_upper_bound"]:
        raise IndexDamaged(
            f"the facet {facet} has more than {FACET_VALUES} values, too many to count exactly"
        )
    counts = Counter({one["key"]: one["doc_count"] for one in values["buckets"]})
    if folded := counted.get(facet + FOLDED):
        counts.update(folded["families"]["value"])
    return counts


def ordered(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Return the counts, the most frequent first, then by value."""
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value=value, count=number) for value, number in pairs)
