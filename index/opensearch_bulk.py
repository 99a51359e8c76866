"""Writes reports into the cluster in bulk, no faster than it takes them. Network and a temporary file live here."""

import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from typing import IO

from archive.errors import IndexDamaged, IndexUnreachable
from index.engine import IndexDocument
from index.opensearch_client import BUSY, ClusterClient, pause_seconds
from index.opensearch_mapping import to_source

BULK_BYTES = 5 * 1024 * 1024
"""Bytes of one request: some 100 reports. Larger ones gained nothing and are refused whole by a busy cluster."""

BULK_ATTEMPTS = 8
BULK_SECONDS = 60.0
WAIT_FOR_SHARD = "10s"
"""How long the cluster waits for a part whose node has gone: a copy takes over within one or two seconds."""

Action = tuple[str, str | None]
"""What is done, and the report's source where it is put in; each one line of JSON."""


def spool(documents: Iterable[IndexDocument], out: IO[str]) -> int:
    """Write each document as two lines; return how many. Raises ValueError where an id stands twice.

    All are read before the first is sent: whatever fails on the way leaves the index as it was.
    """
    seen: set[str] = set()
    for document in documents:
        if document.report_id in seen:
            raise ValueError(f"report {document.report_id} stands twice among the documents to add")
        seen.add(document.report_id)
        out.write(json.dumps({"index": {"_id": document.report_id}}) + "\n")
        out.write(json.dumps(to_source(document), ensure_ascii=False, separators=(",", ":")) + "\n")
    return len(seen)


def write(
    client: ClusterClient, index: str, documents: Iterable[IndexDocument], remove: Iterable[str]
) -> int:
    """Put documents in and take out `remove`; return how many documents. Doing it again changes nothing more."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", prefix="archive-bulk-") as lines:
        count = spool(documents, lines)
        lines.seek(0)
        for batch in _batches(_actions(remove, lines)):
            send(client, index, batch)
    return count


def _actions(remove: Iterable[str], lines: IO[str]) -> Iterator[Action]:
    for report_id in remove:
        yield json.dumps({"delete": {"_id": report_id}}) + "\n", None
    for line in lines:
        yield line, next(lines)


def _batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    batch: list[Action] = []
    size = 0
    for action in actions:
        batch.append(action)
        size += sum(len(line.encode()) for line in action if line)
        if size >= BULK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def send(client: ClusterClient, index: str, batch: list[Action]) -> None:
    """Send one batch, then again what was pushed back, until all of it is in. Raises IndexUnreachable, IndexDamaged."""
    pauses = pause_seconds(BULK_ATTEMPTS)
    while batch:
        body = "".join(line for action in batch for line in action if line)
        answer = client.ask(
            "POST",
            f"/{index}/_bulk",
            body,
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


def _pushed_back(batch: list[Action], items: list[dict[str, dict[str, object]]]) -> list[Action]:
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
