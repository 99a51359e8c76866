"""Bytes become the text that was written, whatever the page declares."""

import gzip

import pytest

from archive.decode import decode
from archive.errors import Undecodable
from tests.conftest import make_capture

HANS = "桂影县玉杵镇政府信息公开工作年度报告,关于后续范围的说明。"
HANT = "桂影縣玉杵鎮政府資訊公開工作年度報告,關於後續範圍的說明。"


@pytest.mark.parametrize("declared", ["gb2312", "big5", "utf-8", "iso-8859-1", "x-klingon", ""])
@pytest.mark.parametrize(
    ("text", "codec"),
    [(HANS, "utf-8"), (HANS, "gb18030"), (HANT, "big5"), (HANT, "gb18030"), (HANT, "utf-8")],
)
def test_the_bytes_are_believed_over_the_declaration(text: str, codec: str, declared: str) -> None:
    head = f'<meta charset="{declared}">'.encode()
    assert text in decode(make_capture(head + text.encode(codec), media_type="text/html")).text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_text(codec: str) -> None:
    assert decode(make_capture(HANS.encode(codec))).text == HANS


def test_a_page_that_declares_gb2312_may_hold_characters_beyond_it() -> None:
    text = "玉杵镇镕字号公开栏,㐀㙍两村。" + HANS
    body = b'<meta charset="gb2312">' + text.encode("gb18030")
    assert text in decode(make_capture(body)).text


def test_the_transport_charset_counts_before_the_one_in_the_page() -> None:
    decoded = decode(make_capture(HANT.encode("big5"), charset="Big5"))
    assert (decoded.encoding, decoded.notes) == ("big5hkscs", ())


def test_a_wrong_declaration_is_said() -> None:
    decoded = decode(make_capture(b'<meta charset="big5">' + HANS.encode("gb18030")))
    assert decoded.notes == ("declared as big5hkscs, but the bytes are gb18030",)


def test_an_unknown_charset_is_said_and_the_text_still_read() -> None:
    decoded = decode(make_capture(b'<meta charset="x-klingon">' + HANS.encode()))
    assert HANS in decoded.text
    assert decoded.notes == ("declares the unknown charset 'x-klingon'",)


@pytest.mark.parametrize(
    "name", ["uu", "hex", "zlib", "rot13", "base64", "idna", "undefined", "punycode", "unicode_escape"]
)
def test_a_codec_that_is_no_encoding_of_pages_is_unknown(name: str) -> None:
    for text in (HANS.encode(), b"plain"):
        decoded = decode(make_capture(f'<meta charset="{name}">'.encode() + text))
        assert text.decode() in decoded.text
        assert decoded.notes == (f"declares the unknown charset '{name}'",)


def test_what_could_not_be_decoded_is_counted_and_said() -> None:
    body = (HANS * 5).encode() + b"\xff" + HANS.encode()
    decoded = decode(make_capture(body))
    assert decoded.encoding == "utf-8"
    assert decoded.undecodable_count == 1
    assert "1 byte sequences could not be decoded" in decoded.notes[0]


def test_bytes_that_are_no_text_are_refused_with_the_name_of_the_file() -> None:
    noise = bytes((n * 37 + n // 7 * 91) % 128 + 128 for n in range(4000))
    with pytest.raises(Undecodable, match=r"noise\.txt: none of utf-8, gb18030, big5hkscs"):
        decode(make_capture(noise, origin="noise.txt"))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [HANS, HANT, f"<html><body><p>{HANS}</p></body></html>"])
def test_utf16_is_read_without_its_mark(codec: str, text: str) -> None:
    decoded = decode(make_capture(text.encode(codec), media_type="text/html"))
    assert (decoded.text, decoded.encoding) == (text, codec)


def test_a_page_still_packed_by_gzip_is_unpacked_and_that_is_said() -> None:
    decoded = decode(make_capture(gzip.compress(HANS.encode("gb18030"))))
    assert (decoded.text, decoded.encoding) == (HANS, "gb18030")
    assert decoded.notes == ("its bytes came packed by gzip",)


def test_gzip_that_is_damaged_cut_off_or_packed_twice_is_refused() -> None:
    packed = gzip.compress(HANS.encode())
    with pytest.raises(Undecodable, match=r"page\.txt: its gzip data is damaged .*fetch it again"):
        decode(make_capture(packed[:10] + b"\xff" * 20))
    with pytest.raises(Undecodable, match=r"page\.txt: its gzip data is cut off"):
        decode(make_capture(packed[:-9]))
    with pytest.raises(Undecodable, match=r"page\.txt: packed twice"):
        decode(make_capture(gzip.compress(packed)))


def test_a_bomb_of_gzip_is_not_unpacked_to_its_end() -> None:
    with pytest.raises(Undecodable, match="more than 67108864 bytes"):
        decode(make_capture(gzip.compress(bytes(80 << 20))))


def test_plain_ascii_is_utf8() -> None:
    assert decode(make_capture(b"an English page")).encoding == "utf-8"
