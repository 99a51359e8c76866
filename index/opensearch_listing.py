"""Reads from the cluster what a page shows: the best texts of their own, and no more families than can be among them.

Where more is wanted than one answer holds, it is read in steps from a point in time, each starting after the last.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from index.engine import Sort
from index.opensearch_client import ClusterClient
from index.opensearch_copies import Copy, Foremost, Listed, are_first, fold, foremost, sort_key
from index.opensearch_mapping import Json
from index.opensearch_requests import WINDOW, Asked, copies_body, members_body, singles_body

KEPT = "60s"
"""How long a point in time outlives its last use."""

AFTER_ALL_DATES = 10**8
"""No date is so late, but what the cluster sorts a report by that has none."""


class Lister:
    """Lists what comes first of all that `matching` matches and that passes the request's filters.

    Its two bodies are for the caller to send with others; the rest is asked for when it is known to be needed.
    """

    def __init__(self, matching: Json, asked: Asked, client: ClusterClient, index: str) -> None:
        self.singles_body = singles_body(matching, asked)
        self.copies_body = copies_body(matching, asked)
        self._matching = matching
        self._asked = asked
        self._client = client
        self._index = index

    def foremost(self, singles: Json, copies: Json) -> list[Listed]:
        """Return at least the wanted lines that come first, from what came of the two bodies; in no order."""
        listed = list(self._singles(singles))
        listed += self._families(copies, listed)
        return listed

    def _singles(self, first: Json) -> Iterator[Listed]:
        for hit in self._paged(self.singles_body, first, enough=self._asked.wanted):
            *_, score, report_id = hit["sort"]
            date = _date(hit, self._asked.sort)
            yield Listed(report_id=report_id, key=sort_key(self._asked.sort, date, score, report_id))

    def _families(self, first: Json, singles: Sequence[Listed]) -> list[Listed]:
        """List families, the foremost first, until nothing that is left can be on the page."""
        sort, wanted = self._asked.sort, self._asked.wanted
        listed: list[Listed] = []
        seen: set[str] = set()
        for hits in chain([first["hits"]["hits"]], self._windows(self.copies_body)):
            if not hits or are_first((*singles, *listed), _bound(hits[0], sort), wanted):
                break
            new = {hit["fields"]["family"][0] for hit in hits} - seen
            listed += fold(self._members(new), sort, all_copies=self._asked.request.all_copies)
            seen |= new
            if len(hits) < self.copies_body["size"] or are_first(
                (*singles, *listed), _bound(hits[-1], sort), wanted
            ):
                break
        return listed

    def _members(self, families: Iterable[str]) -> Iterator[Copy]:
        """Read all that was found of some families."""
        chosen = sorted(families)
        body = members_body(self._matching, self._asked, chosen)
        for hit in self._paged(body, self._client.search(self._index, body)) if chosen else ():
            fields = hit["fields"]
            yield Copy(
                report_id=hit["sort"][0],
                family=fields["family"][0],
                standing=fields["standing"][0],
                date=fields.get("date", (0,))[0],
                score=hit["_score"],
                literal=len(hit.get("matched_queries", ())),
            )

    def _paged(self, body: Json, first: Json, *, enough: int | None = None) -> Iterator[Json]:
        """Yield the hits of `first` where they are all or enough, else all anew, for a commit may lie between."""
        hits = first["hits"]["hits"]
        if len(hits) < body["size"] or (enough is not None and enough <= len(hits)):
            yield from hits
        else:
            yield from islice(chain.from_iterable(self._windows(body)), enough)

    def _windows(self, body: Json) -> Iterator[Sequence[Json]]:
        """Yield all hits as they were at one point in time, `WINDOW` at a time."""
        kept = {"keep_alive": KEPT}
        opened = self._client.ask("POST", f"/{self._index}/_search/point_in_time", parameters=kept)
        point = {"pit": {"id": opened["pit_id"], **kept}}
        after: Json = {}
        try:
            while True:
                hits = self._client.search("", {**body, **point, **after, "size": WINDOW})["hits"]["hits"]
                yield hits
                if len(hits) < WINDOW:
                    return
                after = {"search_after": hits[-1]["sort"]}
        finally:
            self._client.ask("DELETE", "/_search/point_in_time", {"pit_id": [opened["pit_id"]]})


def _bound(hit: Json, sort: Sort) -> Foremost:
    """Return how the key of a line must begin at least whose family is first met in this hit."""
    return foremost(sort, _date(hit, sort), hit["sort"][0])


def _date(hit: Json, sort: Sort) -> int:
    """Return the date by which a hit was sorted, 0 where it has none."""
    date = 0 if sort == "relevance" else hit["sort"][0]
    return date if 0 < date < AFTER_ALL_DATES else 0
