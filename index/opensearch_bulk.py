"""Writes reports into the cluster in bulk, no faster than it takes them. Network and a temporary file live here.

A report is held by the shard that its family names, so that a shard sees all copies of a text and can count them
once by itself. Where a report has joined another family since, it is taken out of the shard that held it before.
"""

import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from archive.errors import IndexDamaged, IndexUnreachable
from index.engine import IndexDocument
from index.opensearch_client import BUSY, ClusterClient, pause_seconds
from index.opensearch_mapping import family_of, to_source
from index.opensearch_requests import WINDOW

BULK_BYTES = 5 * 1024 * 1024
"""Bytes of one request: some 100 reports. Larger ones gained nothing and are refused whole by a busy cluster."""

BULK_REPORTS = 1000
"""Reports of one request, however short. So many are looked up at a time, and a tenth of what one answer may hold:
a report stands twice only where a writer was killed while it moved."""

BULK_ATTEMPTS = 8
BULK_SECONDS = 60.0
WAIT_FOR_SHARD = "10s"
"""How long the cluster waits for a part whose node has gone: a copy takes over within one or two seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A report to put in where its family is, as one line of JSON; without it, to take out from there."""

    report_id: str
    family: str
    source: str | None = None

    def lines(self) -> str:
        """Return what stands for it in a bulk request."""
        what = "delete" if self.source is None else "index"
        place = json.dumps({what: {"_id": self.report_id, "routing": self.family}})
        return f"{place}\n{self.source or ''}"


def spool(documents: Iterable[IndexDocument], out: IO[str]) -> int:
    """Write each document as two lines; return how many. Raises ValueError where an id stands twice.

    All are read before the first is sent: whatever fails on the way leaves the index as it was.
    """
    seen: set[str] = set()
    for document in documents:
        if document.report_id in seen:
            raise ValueError(f"report {document.report_id} stands twice among the documents to add")
        seen.add(document.report_id)
        out.write(json.dumps([document.report_id, family_of(document)]) + "\n")
        out.write(json.dumps(to_source(document), ensure_ascii=False, separators=(",", ":")) + "\n")
    return len(seen)


def write(
    client: ClusterClient, index: str, documents: Iterable[IndexDocument], remove: Iterable[str]
) -> int:
    """Put documents in and take out `remove`; return how many documents. Doing it again changes nothing more."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", prefix="archive-bulk-") as lines:
        count = spool(documents, lines)
        lines.seek(0)
        client.ask("POST", f"/{index}/_refresh", attempts=4)  # what was sent and not committed is seen now
        removed = iter(remove)
        while ids := list(islice(removed, BULK_REPORTS)):
            send(client, index, _held(client, index, ids))
        for batch in _batches(_spooled(lines)):
            send(client, index, _elsewhere(client, index, batch))  # before: two families may be on one shard
            send(client, index, batch)
    return count


def _spooled(lines: IO[str]) -> Iterator[Action]:
    for line in lines:
        report_id, family = json.loads(line)
        yield Action(report_id=report_id, family=family, source=next(lines))


def _held(client: ClusterClient, index: str, ids: Sequence[str]) -> list[Action]:
    """Return what takes these reports out, from wherever they are."""
    body = {"size": WINDOW, "track_total_hits": False, "query": {"ids": {"values": list(ids)}}}
    hits = client.search(index, body)["hits"]["hits"]
    return [Action(report_id=hit["_id"], family=hit["_routing"]) for hit in hits]


def _elsewhere(client: ClusterClient, index: str, batch: Sequence[Action]) -> list[Action]:
    """Return what takes the reports of a batch out of families that they are no longer of."""
    families: Mapping[str, str] = {action.report_id: action.family for action in batch}
    held = _held(client, index, list(families))
    return [action for action in held if action.family != families[action.report_id]]


def _batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    batch: list[Action] = []
    size = 0
    for action in actions:
        batch.append(action)
        size += len(action.lines().encode())
        if size >= BULK_BYTES or len(batch) == BULK_REPORTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def send(client: ClusterClient, index: str, batch: Sequence[Action]) -> None:
    """Send one batch, then again what was pushed back, until all of it is in. Raises IndexUnreachable, IndexDamaged."""
    pauses = pause_seconds(BULK_ATTEMPTS)
    while batch:
        answer = client.ask(
            "POST",
            f"/{index}/_bulk",
            "".join(action.lines() for action in batch),
            attempts=BULK_ATTEMPTS,
            seconds=BULK_SECONDS,
            parameters={"timeout": WAIT_FOR_SHARD},
        )
        batch = _pushed_back(batch, answer["items"])
        if batch:
            pause = next(pauses, None)
            if pause is None:
                raise IndexUnreachable(
                    f"the search cluster stays too busy to take {len(batch)} reports; what is in stays in, "
                    "and the same command goes on from there"
                )
            time.sleep(pause)


def _pushed_back(
    batch: Sequence[Action], items: Sequence[Mapping[str, Mapping[str, object]]]
) -> list[Action]:
    """Return the actions to send again; a report that is refused for good is an error that names it."""
    again = []
    for action, item in zip(batch, items, strict=True):
        (result,) = item.values()
        status = result["status"]
        if status in BUSY:
            again.append(action)
        elif "error" in result:
            raise IndexDamaged(f"the search cluster refuses report {result['_id']}: {result['error']}")
    return again
