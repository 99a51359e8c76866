import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.ids import CROCKFORD, identity_of, normalise_address, read_id, report_id
from tests.conftest import make_capture


def test_an_id_is_the_first_sixty_bits_of_sha256_over_identity_line_feed_and_part() -> None:
    digest = hashlib.sha256(b"http://www.guiying.gov.example/a.html\n3").digest()
    bits = "".join(f"{byte:08b}" for byte in digest)[:60]
    expected = "".join(CROCKFORD[int(bits[n : n + 5], 2)] for n in range(0, 60, 5))
    assert report_id("http://www.guiying.gov.example/a.html", 3) == expected


def test_ids_that_were_given_out_never_change() -> None:
    """Printed addresses hang on these: if this fails, the code is wrong, not the test."""
    assert report_id("http://www.guiying.gov.example/", 0) == "vee098y5z191"
    assert report_id("http://www.fanwenku.example/gongzuo/83.html", 15) == "8t2d9ds8nt6b"


@given(st.text(alphabet=CROCKFORD, min_size=12, max_size=12))
def test_an_id_is_read_back_however_it_is_typed(text: str) -> None:
    assert read_id(text) == text
    assert read_id(f" {text.upper()}\n") == text
    for typed in (text.replace("1", "I"), text.replace("1", "l"), text.replace("0", "O")):
        assert read_id(typed) == text


@pytest.mark.parametrize(
    "text", ["", "abc", "0123456789abc", "01234567890u", "玉杵镇二〇一八年度报告书", "0123456789-a"]
)
def test_what_can_not_be_an_id_is_none(text: str) -> None:
    assert read_id(text) is None


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("HTTP://WWW.Guiying.GOV.example", "http://www.guiying.gov.example/"),
        ("https://www.guiying.gov.example/", "http://www.guiying.gov.example/"),
        ("http://www.guiying.gov.example:80/a", "http://www.guiying.gov.example/a"),
        ("https://www.guiying.gov.example:443/a", "http://www.guiying.gov.example/a"),
        ("http://www.guiying.gov.example:8080/a", "http://www.guiying.gov.example:8080/a"),
        ("http://www.guiying.gov.example./a#p12", "http://www.guiying.gov.example/a"),
        ("http://a.example/%7Ex/%e7%8e%89", "http://a.example/~x/%E7%8E%89"),
        ("http://a.example/玉杵 镇", "http://a.example/%E7%8E%89%E6%9D%B5%20%E9%95%87"),
        ("http://a.example/a/./b/../c", "http://a.example/a/c"),
        ("http://a.example/../../a/..", "http://a.example/"),
        ("http://a.example/50%", "http://a.example/50%25"),
        ("http://a.example/?b=2&a=1", "http://a.example/?b=2&a=1"),
        ("http://a.example/?q=a%2Fb|c", "http://a.example/?q=a%2Fb%7Cc"),
        ("http://桂影。example/", "http://xn--p3t29q.example/"),
        ("  http://a.example/a\n", "http://a.example/a"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_spellings_of_one_address_are_one(spelling: str, expected: str) -> None:
    assert normalise_address(spelling) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.example/", "http://a.example/"),
        ("http://a.example/?a=1&b=2", "http://a.example/?b=2&a=1"),
        ("http://a.example/A", "http://a.example/a"),
        ("http://a.example/a", "http://a.example/a/"),
        ("http://a.example/a%2Fb", "http://a.example/a/b"),
    ],
)
def test_what_may_be_two_pages_stays_two(one: str, other: str) -> None:
    assert normalise_address(one) != normalise_address(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "www.guiying.gov.example/a",
        "http:///a",
        "http://a.example:99999/",
        "http://a b.example/",
        "http://\ud800/",
    ],
)
def test_what_is_no_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not an address") as error:
        normalise_address(text)
    assert repr(text) in str(error.value)


addresses = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="hHtTpPsS:/.%2eEaA桂?#&=@[]|\\ 。:80\u3000", max_size=40).map(
        lambda tail: f"http://a{tail}"
    ),
)


@given(addresses)
@example("https://a.example:80/")
@example("http://a.example/%2e%2E/%252e")
def test_normalising_twice_changes_nothing(text: str) -> None:
    try:
        once = normalise_address(text)
    except ValueError:
        return
    assert normalise_address(once) == once
    assert once.isascii()


def test_a_page_without_an_address_is_known_by_its_digest() -> None:
    capture = make_capture(b"<p>x</p>")
    assert identity_of(capture) == "sha256:" + hashlib.sha256(b"<p>x</p>").hexdigest()


def test_a_page_with_an_address_is_known_by_it_whatever_it_holds() -> None:
    url = "https://www.guiying.gov.example/a#top"
    assert {identity_of(make_capture(body, source_url=url)) for body in (b"a", b"b")} == {
        "http://www.guiying.gov.example/a"
    }
