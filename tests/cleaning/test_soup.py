"""The tree that pages are read from is BeautifulSoup's own, made faster: every node and link is where bs4 puts it."""

import pytest
from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder
from bs4.element import NavigableString, PageElement, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.decode import decode
from archive.soup import to_soup
from tests.conftest import PROJECT, make_capture

PAGES = sorted((PROJECT / "samples" / "pages").rglob("*.htm*"))
PIECES = [
    "<!DOCTYPE html>",
    "<html>",
    "<body class='a  b' id=x>",
    "<p hidden>",
    "</p>",
    "<div><table><tr><td>",
    "</td></table>",
    "<br/>",
    "<b><i>",
    "</b>",
    "<!-- 注 -->",
    "<?php 一 ?>",
    "<script>var a = '<p>';</script>",
    "<style>p {}</style>",
    "<template><p>二</template>",
    "<pre> \n </pre>",
    "<textarea><p></textarea>",
    "<svg xmlns:x='y'><x:g x:h=1/></svg>",
    "<a href='?a=1&amp;b' title>",
    "<![CDATA[三]]>",
    "我镇公开信息三十条。",
    "&nbsp;&lt;&#x4e2d;",
    " \n ",
]


def facts(node: PageElement) -> tuple[object, ...]:
    if isinstance(node, Tag):
        attributes = {name: value.split() for name, value in node.attrs.items() if isinstance(value, str)}
        return "tag", node.name, attributes, [facts(child) for child in node.contents]
    assert isinstance(node, NavigableString)
    text = str(node)
    return type(node).__name__, text if text.strip(" \n\t\r\f") else " "


def bs4s_own(markup: str) -> BeautifulSoup:
    builder = LXMLTreeBuilder(multi_valued_attributes=None, string_containers={})
    return BeautifulSoup(markup, builder=builder)


def links(soup: BeautifulSoup) -> list[tuple[object, ...]]:
    """Every node in the order of the page, with the places of its neighbours in that order."""
    nodes: list[PageElement] = [soup, *soup.contents[:1]]
    while (following := nodes[-1].next_element) is not None:
        nodes.append(following)
    places = {id(node): place for place, node in enumerate(nodes)}
    return [
        tuple(
            None if other is None else places[id(other)]
            for other in (node.parent, node.previous_element, node.previous_sibling, node.next_sibling)
        )
        for node in nodes[1:]
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_samples_tree_is_the_one_that_bs4_makes(path: object) -> None:
    (page,) = (candidate for candidate in PAGES if candidate is path)
    markup = decode(make_capture(page.read_bytes())).text
    ours, theirs = to_soup(markup), bs4s_own(markup)
    assert facts(ours) == facts(theirs)
    assert links(ours) == links(theirs)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(deadline=None)
def test_any_markups_tree_is_the_one_that_bs4_makes(pieces: list[str]) -> None:
    markup = "<html>" + "".join(pieces)
    ours, theirs = to_soup(markup), bs4s_own(markup)
    assert facts(ours) == facts(theirs)
    assert links(ours) == links(theirs)


def test_bs4s_own_searches_work_on_the_tree() -> None:
    soup = to_soup("<!DOCTYPE html><div id=a><p>一</p><p class=x>二</p></div><p>三</p>")
    assert [found.get_text() for found in soup.find_all("p")] == ["一", "二", "三"]
    assert [found.get_text() for found in soup.select("#a > p + p")] == ["二"]
