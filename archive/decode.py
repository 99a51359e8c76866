"""Bytes to text: the encodings that Chinese pages really come in, whatever they declare."""

import codecs
import re
import zlib
from dataclasses import replace
from functools import cache

from archive.errors import Undecodable
from archive.model import Capture, DecodedText
from archive.settings import MEBIBYTE

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A page that declares gb2312 holds characters of its supersets (WHATWG reads it as gbk, we as gb18030).
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "hz": "hz",
}
_UNDECLARED = ("utf-8", "gb18030", "big5hkscs")
_WITHOUT_MARK = (
    "utf-16-le",
    "utf-16-be",
)  # tried when nothing else explains the bytes: files saved from editors
_GZIP = b"\x1f\x8b\x08"
_MOST_UNPACKED_BYTES = 64 * MEBIBYTE  # a page of 64 KB of zeros' gzip would else fill the memory
_SAYS_NOTHING = frozenset({"ascii", "iso8859-1", "cp1252"})  # servers' defaults, never right for Han text
_NO_ENCODING_OF_PAGES = frozenset({"punycode", "unicode-escape", "raw-unicode-escape"})
_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)
_HEAD_BYTES = 8192  # a declaration further down would be ignored by browsers too (they look at 1024)
_SURE_SEQUENCES = 8  # this many valid multi-byte UTF-8 sequences in GBK text have odds below 1 in 10^6
_SAMPLE_CHARS = 20_000
_WIDE = re.compile(r"[^\x00-\x7f]")
_WIDE_RUN = re.compile(r"[^\x00-\x7f]+")
_MAX_UNDECODABLE_SHARE = 0.05
_FEWEST_COMMON_SHARE = 0.5  # Chinese text has over .9, random bytes below .3 in any of the encodings
_DECLARED_BONUS = 0.05  # breaks near-ties in favour of what the page says


def decode(capture: Capture) -> DecodedText:
    """Decode a capture, trusting evidence in the bytes over declarations.

    In order: a byte order mark; valid UTF-8; then, of the declared and the usual encodings, the one that
    yields the most common Han characters and the fewest undecodable bytes. Notes say where a declaration
    was wrong or unknown and how many byte sequences became U+FFFD.

    Bytes that a server packed and nobody unpacked (gzip) are unpacked first.

    Raises Undecodable when no encoding explains the bytes.
    """
    if capture.body.startswith(_GZIP):
        return _unpacked(capture)
    body = capture.body
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _decoded(body, codec, notes=())
    declared, notes = _declared_codec(capture)
    if body.isascii():
        return _decoded(body, "utf-8", notes=notes)
    codec = "utf-8" if _is_surely_utf8(body) else _best_codec(body, declared, capture.origin)
    if declared and codec != declared:
        notes = (*notes, f"declared as {declared}, but the bytes are {codec}")
    return _decoded(body, codec, notes=notes)


def _unpacked(capture: Capture) -> DecodedText:
    inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        body = inflate.decompress(capture.body, _MOST_UNPACKED_BYTES)
    except zlib.error as error:
        raise Undecodable(f"{capture.origin}: its gzip data is damaged ({error}); fetch it again") from error
    if not inflate.eof:
        raise Undecodable(
            f"{capture.origin}: its gzip data is cut off, or more than {_MOST_UNPACKED_BYTES} bytes; "
            "unpack it yourself and add what is inside"
        )
    if body.startswith(_GZIP):
        raise Undecodable(
            f"{capture.origin}: packed twice by gzip; unpack it yourself and add what is inside"
        )
    decoded = decode(replace(capture, body=body))
    return replace(decoded, notes=(*decoded.notes, "its bytes came packed by gzip"))


def _decoded(body: bytes, codec: str, *, notes: tuple[str, ...]) -> DecodedText:
    text = body.decode(codec, errors="replace")
    count = text.count("\ufffd")
    if count:
        notes = (*notes, f"{count} byte sequences could not be decoded as {codec} and are shown as U+FFFD")
    return DecodedText(text=text, encoding=codec, undecodable_count=count, notes=notes)


def _declared_codec(capture: Capture) -> tuple[str | None, tuple[str, ...]]:
    """Return the first declared encoding that Python knows, and a note for each that it does not."""
    match = _DECLARATION.search(capture.body[:_HEAD_BYTES]) if capture.media_type != "text/plain" else None
    notes = []
    for name in (capture.charset, match and match[1].decode("ascii")):
        if not name:
            continue
        try:
            codec = _text_codec(name)
        except (LookupError, UnicodeError):
            notes.append(f"declares the unknown charset {name!r}")
            continue
        if codec not in _SAYS_NOTHING:
            return _SUPERSETS.get(codec, codec), tuple(notes)
    return None, tuple(notes)


def _text_codec(name: str) -> str:
    """Return Python's name of an encoding of text.

    Raises LookupError for what Python does not know or does not count as text (a page that declares `uu`, `hex` or
    `zlib` stopped the whole pipeline: input 588,346 of the fuzz run), UnicodeError for what can't replace bad bytes.
    """
    codec = codecs.lookup(name.strip()).name
    if codec in _NO_ENCODING_OF_PAGES:
        raise LookupError(codec)
    b"a".decode(codec, errors="replace")
    return codec


def _is_valid_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_surely_utf8(body: bytes) -> bool:
    if not _is_valid_utf8(body):
        return False
    return len(_WIDE.findall(body.decode("utf-8"), 0, _SAMPLE_CHARS)) >= _SURE_SEQUENCES


def _best_codec(body: bytes, declared: str | None, origin: str) -> str:
    candidates: list[str] = list(dict.fromkeys((*((declared,) if declared else ()), *_UNDECLARED)))
    scores = {c: _plausibility(body, c) + (_DECLARED_BONUS if c == declared else 0) for c in candidates}
    best = max(candidates, key=lambda codec: scores[codec])
    if scores[best] <= 0:
        if _is_valid_utf8(body):  # a page in another language: readable, though no report will be on it
            return "utf-8"
        for codec in _WITHOUT_MARK:
            if _plausibility(body, codec) > 0:
                return codec
        tried = ", ".join(candidates)
        raise Undecodable(
            f"{origin}: none of {tried} decodes it into Chinese text; "
            "convert it to UTF-8 with the encoding it was written in, then add it again"
        )
    return best


def _plausibility(body: bytes, codec: str) -> float:
    """Share of common Han characters and CJK marks among non-ASCII characters; 0 or less is hopeless."""
    try:
        text = body.decode(codec, errors="replace")
    except (UnicodeError, LookupError):
        return 0.0
    wide = "".join(_WIDE_RUN.findall(text))
    if not wide:
        return 0.0
    broken = text.count("\ufffd") / len(wide)
    if broken > _MAX_UNDECODABLE_SHARE:
        return 0.0
    sample = wide[:_SAMPLE_CHARS]
    common = sum(map(common_characters().__contains__, sample)) / len(sample)
    return common - 2 * broken if common > _FEWEST_COMMON_SHARE else 0.0


@cache
def common_characters() -> frozenset[str]:
    """The 3,755 level-1 characters of GB 2312, the 5,401 of Big5, and CJK marks and full-width forms.

    A Big5 page read as GB 18030, or the reverse, decodes without an error but into rare characters; the
    share of these common ones tells the two apart.
    """
    rows = [(codec, first, last) for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))]
    found = set(map(chr, (*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F), *range(0x2010, 0x2027))))
    for codec, first, last in rows:
        for lead in range(first, last + 1):
            for trail in range(0x40, 0xFF):
                found.update(bytes((lead, trail)).decode(codec, errors="ignore"))
    return frozenset(found)
