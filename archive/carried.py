"""What an exported WARC carries beside a page: the canonical copies it gave, and all that is known of them. Pure.

As JSON, one object for a page: `load_carried(dump_carried(x), ...) == x`. The texts stand beside it in records
of their own; the object has their digests.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, get_args

from archive.ids import digest_of
from archive.model import Capture, Cause
from archive.record import dump_time, load_compilation, load_described, load_time

EXPORT_VERSION = 1
"""Raised with every change after which an older program would misread what `dump_carried` writes."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """When (ISO 8601, UTC) and why a report was withdrawn."""

    withdrawn_at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedVersion:
    """A canonical copy: `digest` is the SHA-256 of `text` in UTF-8, `description` the JSON stored about it.

    `listed` and `tombstone` are the report's at the time of the export: each of its copies carries them, so that
    no copy can come back to light without the tombstone over it.
    """

    report_id: str
    part: int
    version: int
    digest: str
    made_at: str
    cause: Cause
    description: str
    listed: bool
    tombstone: Tombstone | None = None
    text: str

    @property
    def name(self) -> str:
        """What to call it in messages and in the WARC file."""
        return f"{self.report_id}/v/{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A capture with the versions that it was the first to give.

    `again` are versions of earlier captures that it gave too; `reason` says why it gave none at all;
    `compilation` is the JSON of the compilation that its page is, with the newest capture of a page.
    """

    capture: Capture
    versions: tuple[CarriedVersion, ...] = ()
    again: tuple[tuple[str, int], ...] = ()
    reason: str | None = None
    compilation: str | None = None


def dump_carried(carried: Carried) -> str:
    """Write all but the page's bytes and the texts, of which it has the digests."""
    capture = carried.capture
    about = {
        "digest": digest_of(capture.body),
        "source_url": capture.source_url,
        "captured_at": dump_time(capture.captured_at),
        "media_type": capture.media_type,
        "charset": capture.charset,
        "origin": capture.origin,
    }
    record = {
        "capture": about,
        "versions": [_dump_version(version) for version in carried.versions],
        "again": carried.again,
        "reason": carried.reason,
        "compilation": None if carried.compilation is None else json.loads(carried.compilation),
    }
    return _to_json(record)


def load_carried(text: str, *, body: bytes, texts: dict[str, bytes]) -> tuple[Carried, tuple[str, ...]]:
    """Read what `dump_carried` wrote; also return what is wrong with each version that must be left out.

    `texts` are those that stand beside it, in UTF-8, by `CarriedVersion.name`. Raises ValueError, KeyError or TypeError when
    the JSON is not of that form or speaks of another page than `body`.
    """
    record = json.loads(text)
    about = record["capture"]
    if digest_of(body) != about["digest"]:
        raise ValueError(
            f"the page's bytes have the digest {digest_of(body)}, {about['digest']} is written down"
        )
    if about["media_type"] not in {"text/html", "text/plain"}:
        raise ValueError(
            f"the page is of type {about['media_type']!r}, and pages are text/html or text/plain"
        )
    faults: list[str] = []
    versions: list[CarriedVersion] = []
    for one in record["versions"]:
        name = f"{one['report_id']}/v/{one['version']}"
        fault = _fault_of(one, texts.get(name))
        if fault:
            faults.append(f"version {one['version']} of report {one['report_id']}: {fault}")
        else:
            versions.append(_load_version(one, texts[name].decode("utf-8")))
    compilation = None if record["compilation"] is None else _to_json(record["compilation"])
    if compilation is not None:
        load_compilation(compilation)
    carried = Carried(
        capture=Capture(
            body=body,
            captured_at=load_time(about["captured_at"]),
            media_type=about["media_type"],
            origin=about["origin"],
            source_url=about["source_url"],
            charset=about["charset"],
        ),
        versions=tuple(versions),
        again=tuple((report, version) for report, version in record["again"]),
        reason=record["reason"],
        compilation=compilation,
    )
    return carried, tuple(faults)


def _dump_version(version: CarriedVersion) -> Json:
    record = asdict(version)
    del record["text"]
    return {**record, "description": json.loads(version.description)}


def _fault_of(record: Json, text: bytes | None) -> str | None:
    """Say why a version can't be taken over, None when it can."""
    if text is None:
        return "its text is not in the file"
    actual = digest_of(text)
    if actual != record["digest"]:
        return f"its text has the digest {actual}, {record['digest']} is written down"
    if not (isinstance(record["part"], int) and record["part"] >= 0):
        return f"its part number {record['part']!r} is none"
    if record["cause"] not in get_args(Cause):
        return f"its cause {record['cause']!r} is none that this program knows"
    try:
        title, *paragraphs, _ = text.decode("utf-8").split("\n")
        load_described(
            _to_json(record["description"]), title=title, paragraphs=tuple(paragraphs), part=record["part"]
        )
    except (ValueError, KeyError, TypeError) as error:
        return f"its description can't be read ({error!r})"
    return None


def _load_version(record: Json, text: str) -> CarriedVersion:
    stone = record["tombstone"]
    return CarriedVersion(
        **{
            **record,
            "made_at": dump_time(load_time(record["made_at"])),
            "description": _to_json(record["description"]),
            "tombstone": None if stone is None else Tombstone(**stone),
            "text": text,
        }
    )


def _to_json(record: object) -> str:
    """Write as archive/record.py does, so that what was stored comes back byte for byte."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
