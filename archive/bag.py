"""The archive as a bag for digital preservation (BagIt, RFC 8493). Writes the folder it is given.

=================================  ===========================================================
`data/reports/ve/ID/v1.txt` …      every version of a report: its canonical text
`data/reports/ve/ID/record.json`   the latest version's record, as the API gives it
`data/captures/0a/DIGEST.html`     the pages that the texts were read from (`.txt` for plain text)
`data/captures.jsonl`              which version was read from which page, from where and when
=================================  ===========================================================

The folders between are the first two characters of a name, so that a million reports stay listable.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from archive.ids import digest_of
from archive.model import CaptureInfo, StoredReport, canonical_text
from archive.record import dump_time
from archive.store import Store

ToJson = Callable[[StoredReport], dict[str, Any]]

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_CAPTURE_LIST = "data/captures.jsonl"
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt"}


@dataclass(slots=True, kw_only=True)
class _Bag:
    """A bag under way; each file's digest is written down at once, so that none has to be read again."""

    folder: Path
    manifest: IO[bytes]
    capture_list: IO[bytes]
    hidden_captures: frozenset[int]
    size_bytes: int = 0
    file_count: int = 0
    kept_pages: set[str] = field(default_factory=set)  # digests: the only thing here that grows

    def put(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.note(name, digest_of(content), len(content))

    def note(self, name: str, digest: str, size_bytes: int) -> None:
        self.manifest.write(f"{digest}  {name}\n".encode())
        self.size_bytes += size_bytes
        self.file_count += 1


def write_bag(
    folder: Path, store: Store, reports: Iterable[StoredReport], to_json: ToJson, *, now: datetime
) -> int:
    """Fill an empty folder with a bag of these reports, given in their latest versions; return how many.

    A page that also gave a report withdrawn since is left out, because it holds the withdrawn text; the list of
    captures names it all the same. Raises OSError, and StoreError when a text or a page lost its digest.
    """
    count = 0
    (folder / "data").mkdir()
    capture_path = folder / _CAPTURE_LIST
    with (folder / _MANIFEST).open("wb") as manifest:
        with capture_path.open("wb") as capture_list:
            bag = _Bag(
                folder=folder,
                manifest=manifest,
                capture_list=capture_list,
                hidden_captures=store.withdrawn_captures(),
            )
            for report in reports:
                _put_report(bag, store, report, to_json)
                count += 1
        bag.note(_CAPTURE_LIST, _digest_of_file(capture_path), capture_path.stat().st_size)
    _write_tags(bag, now)
    return count


def _put_report(bag: _Bag, store: Store, report: StoredReport, to_json: ToJson) -> None:
    place = f"data/reports/{report.report_id[:2]}/{report.report_id}"
    bag.put(f"{place}/record.json", json.dumps(to_json(report), ensure_ascii=False, indent=1).encode("utf-8"))
    for info in report.versions:
        version = store.report(report.report_id, info.version)
        text = canonical_text(version.title, version.paragraphs)
        bag.put(f"{place}/v{info.version}.txt", text.encode("utf-8"))
        for capture in version.captures:
            name = _put_capture(bag, store, capture)
            line = {
                "report": report.report_id,
                "version": info.version,
                "text_digest": info.digest,
                "made_at": dump_time(info.made_at),
                "cause": info.cause,
                "page": name,
                "page_digest": capture.digest,
                "source_url": capture.source_url,
                "captured_at": dump_time(capture.captured_at),
                "origin": capture.origin,
            }
            bag.capture_list.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")


def _put_capture(bag: _Bag, store: Store, capture: CaptureInfo) -> str | None:
    """Put a page in, once; return its name in the bag, None when it is left out."""
    if capture.capture_id in bag.hidden_captures:
        return None
    name = f"data/captures/{capture.digest[:2]}/{capture.digest}{_SUFFIXES[capture.media_type]}"
    if name not in bag.kept_pages:
        bag.put(name, store.capture(capture.capture_id).body)
        bag.kept_pages.add(name)
    return name


def _write_tags(bag: _Bag, now: datetime) -> None:
    about = {
        "External-Description": "Pages, canonical copies and records of an archive of information-disclosure reports",
        "Bagging-Date": now.date().isoformat(),
        "Payload-Oxum": f"{bag.size_bytes}.{bag.file_count}",
        "Bag-Software-Agent": "disclosure-archive",
    }
    (bag.folder / "bagit.txt").write_text(_DECLARATION, encoding="utf-8", newline="\n")
    lines = "".join(f"{name}: {value}\n" for name, value in about.items())
    (bag.folder / "bag-info.txt").write_text(lines, encoding="utf-8", newline="\n")
    tags = ("bagit.txt", "bag-info.txt", _MANIFEST)
    sums = "".join(f"{_digest_of_file(bag.folder / name)}  {name}\n" for name in tags)
    (bag.folder / _TAG_MANIFEST).write_text(sums, encoding="utf-8", newline="\n")


def _digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
