"""The archive as WARC records, and records back to what the archive held. Pure.

A page is a run of records, each with the header `Archive-Export`:

==============  ======================================================================================
`resource`      the page as received. Not `response`: HTTP headers were not kept and are not invented
`conversion`    each canonical copy it was the first to give; `WARC-Refers-To` names the page's record
`metadata`      the rest as JSON (archive/carried.py): digests, dates, causes, descriptions, tombstones
==============  ======================================================================================
"""

import base64
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from archive.carried import EXPORT_VERSION, Carried, dump_carried, load_carried
from archive.errors import UnreadableSource
from archive.found import Found
from archive.ids import digest_of
from archive.model import Capture
from archive.record import dump_time

EXPORT_HEADER = "Archive-Export"
VERSION_HEADER = "Archive-Version"
OURS = "urn:archive-export:"
"""What stands under an address of its own: pywb indexes every kind of record, and would replay the newest of an address,
the canonical text, in the page's place; of a compilation's texts, all made in one second, it would find one."""

ENCLOSED_KINDS = ("resource", "conversion", "metadata")
_URL_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A WARC record to be written; `moment` is ISO 8601 in UTC, `headers` are WARC headers beside the usual."""

    kind: str
    target: str | None
    moment: str
    media_type: str
    content: bytes
    record_id: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A record of an export as it was read; `is_whole` when its content has the digest in its header."""

    kind: str
    name: str  # of a conversion: the version's
    origin: str
    content: bytes
    is_whole: bool


def to_records(pages: Iterable[Carried], *, now: datetime) -> Iterator[Record]:
    """Yield a `warcinfo` record made `now`, then those of each page."""
    fields = {
        "software": "disclosure-archive",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "Pages as received, canonical copies of their reports, and what is known of both",
        EXPORT_HEADER: str(EXPORT_VERSION),
    }
    yield Record(
        kind="warcinfo",
        target=None,
        moment=dump_time(now),
        media_type="application/warc-fields",
        content="".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode(),
        record_id=_record_id(f"warcinfo {dump_time(now)}"),
    )
    for carried in pages:
        yield from _to_page_records(carried)


def _to_page_records(carried: Carried) -> Iterator[Record]:
    capture = carried.capture
    target, mark = _target_of(capture), (EXPORT_HEADER, str(EXPORT_VERSION))
    page_id = _record_id(f"{target} {digest_of(capture.body)}")
    yield Record(
        kind="resource",
        target=target,
        moment=dump_time(capture.captured_at),
        media_type=capture.media_type + (f"; charset={capture.charset}" if capture.charset else ""),
        content=capture.body,
        record_id=page_id,
        headers=(mark,),
    )
    for version in carried.versions:
        yield Record(
            kind="conversion",
            target=f"{OURS}{version.name}",
            moment=version.made_at,
            media_type="text/plain; charset=utf-8",
            content=version.text.encode("utf-8"),
            record_id=_record_id(f"{version.name} {version.digest}"),
            headers=(mark, (VERSION_HEADER, version.name), ("WARC-Refers-To", page_id)),
        )
    yield Record(
        kind="metadata",
        target=f"{OURS}{target}",
        moment=dump_time(capture.captured_at),
        media_type="application/json",
        content=dump_carried(carried).encode("utf-8"),
        record_id=_record_id(f"metadata {page_id}"),
        headers=(mark, ("WARC-Refers-To", page_id)),
    )


def _record_id(name: str) -> str:
    """Return an id that is the same whenever the same thing is exported."""
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>"


def _target_of(capture: Capture) -> str:
    """Return the page's address in ASCII; of a page without one its digest (RFC 6920, `ni:`), without padding."""
    if capture.source_url is not None:
        return quote(capture.source_url.strip(), safe=_URL_SAFE)
    digest = base64.urlsafe_b64encode(bytes.fromhex(digest_of(capture.body)))
    return f"ni:///sha-256;{digest.decode('ascii').rstrip('=')}"


def gather(items: Iterable[Found | Enclosed]) -> Iterator[Found]:
    """Put the records of each exported page together; everything else passes as it is.

    A page whose own record or whose `metadata` is damaged or missing is refused, for without these nobody knows
    what was withdrawn; of one with a damaged `conversion`, only that version is.
    """
    page: Enclosed | None = None
    texts: dict[str, bytes] = {}
    for item in items:
        if not isinstance(item, Enclosed):
            yield item
        elif item.kind == "conversion":
            texts[item.name] = item.content
        elif item.kind == "resource":
            if page is not None:
                yield _incomplete(page)
            page, texts = item, {}
        else:
            yield from _united(page, item, texts)
            page, texts = None, {}
    if page is not None:
        yield _incomplete(page)


def _united(page: Enclosed | None, about: Enclosed, texts: dict[str, bytes]) -> Iterator[Found]:
    if page is None:
        yield UnreadableSource(f"{about.origin}: its page is not in the file; export it again")
        return
    if not about.is_whole:
        yield _incomplete(page)
        return
    try:
        carried, faults = load_carried(about.content.decode("utf-8"), body=page.content, texts=texts)
    except (ValueError, KeyError, TypeError) as error:
        yield UnreadableSource(f"{page.origin}: {error}; the page is left out: export it again")
        return
    for fault in faults:
        yield UnreadableSource(f"{page.origin}: {fault}; it is left out: export it again")
    yield carried


def _incomplete(page: Enclosed) -> UnreadableSource:
    return UnreadableSource(
        f"{page.origin}: the record of what is known of this page is damaged or missing, so it is left out:"
        " export it again"
    )
