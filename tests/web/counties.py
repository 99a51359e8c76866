"""An invented county whose towns' reports are held, doubtful and missing, with numbers of every kind."""

from dataclasses import replace
from datetime import UTC, datetime

from archive.model import Evidence, Indicator, Outcome, Place, SumCheck
from archive.settings import Settings
from archive.store import Store
from index.catalogue import reindex
from tests.web import invented

KEPT_AT = datetime(2025, 1, 2, tzinfo=UTC)
COUNTY, YUCHU, CHANQIAO, DANGUI = "990121", "990121100", "990121101", "990121200"
TOWNS = {"玉杵镇": YUCHU, "蟾桥镇": CHANQIAO, "丹桂乡": DANGUI}


def report(name: str, year: int | None, *, number: int = 1, **changes: object) -> Outcome:
    """A report of a town of 桂影县, or of the county itself, at an address of its own."""
    town = name if name in TOWNS else None
    place = Place(
        **invented.WANGSHU, county="桂影县", township=town, code=TOWNS.get(name, COUNTY), status="resolved"
    )
    made = invented.township(year or 2018)
    section, description = made.reports[0].section, made.reports[0].description
    fields = {
        "place": place,
        "level": "township" if town else "county",
        "year": year,
        "issuer": f"{name}人民政府",
        **changes,
    }
    title = f"{name}{year or ''}年政府信息公开工作年度报告"
    return invented.outcome(
        f"http://www.guiying.gov.example/{TOWNS.get(name, COUNTY)}/{year}-{number}.html",
        (replace(section, title=title), replace(description, title_hans=title, **fields)),  # type: ignore[arg-type]
    )


def number(name: str, value: int | None, unit: str = "条", **changes: object) -> Indicator:
    """One number of a report; masked where it has no value."""
    one = Indicator(
        name=name,
        category="disclosed",
        value=value,
        unit=unit,
        status="masked" if value is None else "stated",
        evidence=Evidence(where="title", quote="", start=0, end=0),
    )
    return replace(one, **changes)  # type: ignore[arg-type]


SUSPECT = report("蟾桥镇", 2019, year_status="suspect", flags=("year_doubt",))
CONFLICT = report("丹桂乡", None, year_status="conflict", year_range=(2017, 2018), flags=("year_doubt",))
UNDATED = report("丹桂乡", None, number=2, year_status="absent", flags=("year_doubt",))
TOWN_2017 = report("玉杵镇", 2017)
BUREAU = report("丹桂乡", 2019, number=3, org_type="bureau")


def outcomes() -> tuple[Outcome, ...]:
    """Two towns' years, sure and doubtful, and the county's own numbers in four years."""
    return (
        TOWN_2017,
        report("玉杵镇", 2018),
        report("玉杵镇", 2018, number=2),
        SUSPECT,
        CONFLICT,
        UNDATED,
        BUREAU,
        report("桂影县", 2016, indicators=(number("disclosed", 120), number("requests_received", 0, "件"))),
        report("桂影县", 2017, indicators=(number("disclosed", None),)),
        report(
            "桂影县",
            2018,
            indicators=(number("disclosed", 90), number("disclosed", 300, qualifier="余")),
        ),
        report(
            "桂影县",
            2019,
            indicators=(number("disclosed", 58), number("disclosed", 40, part_of=0)),
            checks=(SumCheck(totals=(0,), parts=(1,), totals_sum=58, parts_sum=40),),
        ),
    )


def fill(settings: Settings) -> None:
    """Keep and index the county."""
    with Store.open(settings, writable=True) as store:
        for one in outcomes():
            store.keep(one, now=KEPT_AT)
        reindex(store, settings)
