"""What the keeper hands in, pasted, as a file or as an address, to captures. Reads the network for an address."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.datastructures import FileStorage

from archive.carried import Carried
from archive.errors import ArchiveError, UnreadableSource
from archive.fetch import fetch
from archive.found import PassedOver, refusal, too_large
from archive.ids import normalise_address
from archive.model import Capture
from archive.public_hosts import is_public
from archive.sources import PAGE_TYPES, WARC_SUFFIXES, Sources
from web.drafts import Draft
from web.languages import gettext

MOST_PAGES = 20
"""Of one WARC file; whoever has more adds them with `ingest.py add`, which shows no page block by block."""


class Refused(ArchiveError):  # noqa: N818 - reads as a sentence, as archive/errors.py has it
    """What was handed in can't be read; told on the form, in the reader's language where the words are ours."""


def to_address(text: str) -> str | None:
    """Return the address that was typed, None for none. Raises Refused."""
    address = text.strip()
    if not address:
        return None
    try:
        normalise_address(address)
        is_web = address.lower().startswith(("http://", "https://"))
    except ValueError:
        is_web = False
    if not is_web:
        raise Refused(
            gettext("“%(address)s”不是网页地址；地址以 http:// 或 https:// 开头。", address=address[:200])
        )
    return address


def pasted(text: str, address: str | None, limit_bytes: int) -> Draft:
    """Take a pasted page, HTML when it begins with a tag; a charset that it declares no longer holds."""
    body = text.encode("utf-8", "replace")
    name = "pasted in the browser"
    if (why := refusal(body, name, limit_bytes)) is not None:
        raise Refused(str(why))
    return Draft(
        captures=(
            Capture(
                body=body,
                captured_at=datetime.now(tz=UTC),
                media_type="text/html" if text.lstrip("\ufeff \t\r\n").startswith("<") else "text/plain",
                origin=name,
                source_url=address,
                charset="utf-8",
            ),
        )
    )


def uploaded(file: FileStorage, address: str | None, limit_bytes: int) -> Draft:
    """Take an uploaded file as `ingest.py add` would: a page, or the pages of a WARC file. Raises Refused."""
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    suffix = next((one for one in (*WARC_SUFFIXES, *PAGE_TYPES) if name.lower().endswith(one)), None)
    if suffix is None:
        raise Refused(
            gettext("“%(name)s”不是能读的文件；请给 .html、.htm、.txt、.warc 或 .warc.gz。", name=name[:200])
        )
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        path = Path(folder) / f"page{suffix}"
        content = file.read(limit_bytes + 1)
        if len(content) > limit_bytes:
            raise Refused(str(too_large(name, len(content), limit_bytes)))
        path.write_bytes(content)
        found = list(Sources([path], limit_bytes=limit_bytes).read(path))
    if any(isinstance(one, Carried) for one in found):
        raise Refused(
            gettext("“%(name)s”是本程序导出的档案，带着存本和编号；请用命令行收入。", name=name[:200])
        )
    captures = [one for one in found if isinstance(one, Capture)]
    remarks = [_told(one) for one in found if not isinstance(one, Capture | Carried)]
    remarks = [text.replace(str(path), name) for text in remarks]
    if not captures:
        raise Refused("; ".join(remarks[:3]) or f"{name}: no page in it")
    if len(captures) > MOST_PAGES:
        raise Refused(
            gettext(
                "“%(name)s”有超过 %(most)s 个网页；这么多请用命令行收入。", name=name[:200], most=MOST_PAGES
            )
        )
    now = datetime.now(tz=UTC)
    is_page = suffix in PAGE_TYPES
    return Draft(
        captures=tuple(
            replace(
                one,
                origin=one.origin.replace(str(path), name),
                source_url=address if is_page else one.source_url,
                captured_at=now if is_page else one.captured_at,
            )
            for one in captures
        ),
        remarks=tuple(remarks),
    )


def _told(item: PassedOver | Exception) -> str:
    return f"{item.what}: {item.why}" if isinstance(item, PassedOver) else str(item)


def fetched(address: str, limit_bytes: int, *, private: bool, get: Callable[..., Capture] = fetch) -> Draft:
    """Fetch a page; from public hosts only unless `private`. Raises Refused."""
    try:
        capture = get(address, limit_bytes=limit_bytes, may_reach=None if private else is_public)
    except UnreadableSource as error:
        raise Refused(str(error)) from error
    if (why := refusal(capture.body, address, limit_bytes)) is not None:
        raise Refused(str(why))
    return Draft(captures=(capture,))
