"""The copies among the samples are found, and nothing else is held to be one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.families import Relation
from archive.model import Capture
from archive.pipeline import reports_of
from archive.settings import Settings
from archive.sources import Sources
from archive.store import Store
from tests.store.made import NOW

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

EXPECTED = {
    # One audit report on the bureau's own site and on the province's.
    ("copy", "cangming:n55120", "xuanpu:c102833"),
    # The environment bureau's report, and the same masked and redated by a resale site.
    ("copy", "gongwenhui:20440", "jinwu:t20160105_3317"),
    # One text sold twice in a compilation, as parts 2 and 5.
    ("copy", "gongwenhui:3021#2", "gongwenhui:3021#5"),
    # Two townships of one year that differ in names and numbers only.
    ("copy", "aobei:show", "fanghu:t20111219_4102"),
    # A statistics and an audit bureau that filled in one template.
    ("template", "jinwu:t20111221_208", "mishuwo:show_1094"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings = Settings(home=tmp_path_factory.mktemp("samples"))
    with Store.open(settings, writable=True) as store:
        sources = Sources([SAMPLES / "pages", SAMPLES / "warc"], limit_bytes=10**8)
        for path in sources.files:
            for item in sources.read(path):
                if isinstance(item, Capture):
                    store.keep(reports_of(item), now=NOW)
    with Store.open(settings) as filled:
        yield filled


def name_of(store: Store, report_id: str) -> str:
    """The site and the page, with the part of a compilation."""
    report = store.report(report_id)
    address = report.captures[0].source_url or ""
    found = re.match(r"http://(?:www\.)?(\w+)\..*/([^/.]+)\.", address)
    assert found is not None, address
    return f"{found[1]}:{found[2]}" + (f"#{report.part}" if report.part else "")


def test_the_copies_among_the_samples_are_found_and_nothing_else(store: Store) -> None:
    found: set[tuple[Relation, str, str]] = set()
    for report in store.latest_reports():
        for relative in store.relatives(report.report_id):
            one, other = sorted((name_of(store, report.report_id), name_of(store, relative.report_id)))
            found.add((relative.relation, one, other))
    assert found == EXPECTED


def test_a_government_s_own_page_stands_for_the_copy_that_was_sold(store: Store) -> None:
    copied = {name_of(store, one.report_id): one for one in store.latest_reports() if one.family}
    sold, own = copied["gongwenhui:20440"], copied["jinwu:t20160105_3317"]
    assert sold.family is not None
    assert (sold.family.representative, sold.family.size) == (own.report_id, 2)
    assert "template_copy" in own.description.flags
