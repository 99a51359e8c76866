import json
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import model
from archive.record import (
    Described,
    dump_compilation,
    dump_described,
    dump_time,
    load_compilation,
    load_described,
    load_time,
)

line = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=20)
maybe = st.none() | line
number = st.integers(min_value=0, max_value=10**6)
maybe_number = st.none() | number
maybe_date = st.none() | st.dates()


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


def one_of(literal: object) -> st.SearchStrategy[object]:
    return st.sampled_from(get_args(literal))


edits = st.builds(model.Edit, start=number, end=number, replacement=line, reason=line)
paragraphs = st.builds(
    model.Paragraph, text=line, block=number, role=one_of(model.Role), captured=line, edits=some(edits)
)
fields = st.builds(
    model.PageFields,
    site=maybe,
    address=maybe,
    published_on=maybe_date,
    outline=some(line),
    extra=some(st.tuples(line, line)),
)
gaps = st.builds(
    model.Gap,
    kind=st.just("paywall"),
    paragraph=st.integers(min_value=-1, max_value=9),
    offset=number,
    notice=line,
    total_chars=maybe_number,
    shown_chars=maybe_number,
    omitted_chars=maybe_number,
)
damages = st.builds(
    model.Damage,
    kind=st.sampled_from(["word_filter", "undecodable"]),
    paragraph=number,
    start=number,
    end=number,
)
dropped = st.builds(model.Dropped, block=number, text=line, rule=line, why=line)
sections = st.builds(
    model.Section,
    title=line,
    paragraphs=some(paragraphs),
    part=number,
    part_count=number,
    parent_title=maybe,
    gaps=some(gaps),
    damages=some(damages),
    fields=fields,
    dropped=some(dropped),
    notes=some(line),
)
evidence = st.builds(
    model.Evidence,
    where=st.sampled_from(["title", "paragraph", "page"]),
    quote=line,
    paragraph=maybe_number,
    start=number,
    end=number,
)
places = st.builds(
    model.Place,
    province=maybe,
    prefecture=maybe,
    county=maybe,
    township=maybe,
    code=maybe,
    status=one_of(model.PlaceStatus),
)
positions = some(st.integers(min_value=0, max_value=99))
values = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
indicators = st.builds(
    model.Indicator,
    name=line,
    category=line,
    value=st.none() | values,
    unit=line,
    status=one_of(model.IndicatorStatus),
    evidence=evidence,
    label=line,
    qualifier=line,
    part_of=maybe_number,
)
checks = st.builds(model.SumCheck, totals=positions, parts=positions, totals_sum=values, parts_sum=values)
citations = st.builds(
    model.Citation,
    title=maybe,
    state=one_of(model.CitationState),
    mentions=some(evidence),
    aliases=some(line),
    number=maybe,
    number_as_written=maybe,
    law_title=maybe,
    law_number=maybe,
    source=maybe,
    candidates=some(line),
)
descriptions = st.builds(
    model.Description,
    title_hans=line,
    issuer=maybe,
    org_type=st.none() | one_of(model.OrgType),
    level=st.none() | one_of(model.Level),
    place=places,
    bureau=st.none() | st.builds(model.Bureau, name=maybe, domain=line),
    year=maybe_number,
    year_status=one_of(model.YearStatus),
    year_as_written=some(line),
    year_range=st.none() | st.tuples(number, number),
    published_on=maybe_date,
    script=st.none() | one_of(model.Script),
    script_origin=one_of(model.ScriptOrigin),
    kind=one_of(model.Kind),
    masked=st.booleans(),
    flags=some(one_of(model.Flag)),
    evidence=some(st.tuples(line, some(evidence))),
    indicators=some(indicators),
    checks=some(checks),
    citations=some(citations),
)
compilations = st.builds(
    model.Compilation, report_id=line, title=line, part_ids=some(line), declared_count=maybe_number
)


@given(sections, descriptions)
def test_a_described_section_is_loaded_as_it_was_dumped(
    section: model.Section, description: model.Description
) -> None:
    described = Described(section=section, description=description)
    texts = tuple(p.text for p in section.paragraphs)
    loaded = load_described(
        dump_described(described), title=section.title, paragraphs=texts, part=section.part
    )
    assert loaded == described


def test_a_description_written_before_there_were_indicators_is_loaded_without_any() -> None:
    section = model.Section(title="玉杵镇", paragraphs=())
    described = Described(section=section, description=model.Description(title_hans="玉杵镇"))
    record = json.loads(dump_described(described))
    for field in ("indicators", "checks", "citations"):
        del record["description"][field]
    assert load_described(json.dumps(record), title="玉杵镇", paragraphs=(), part=0) == described


@given(compilations)
def test_a_compilation_is_loaded_as_it_was_dumped(compilation: model.Compilation) -> None:
    assert load_compilation(dump_compilation(compilation)) == compilation


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])))
def test_a_time_is_loaded_as_it_was_dumped(moment: datetime) -> None:
    text = dump_time(moment)
    assert load_time(text) == moment
    assert text.endswith("Z")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        dump_time(datetime(2021, 3, 4))  # noqa: DTZ001 - the point of the test


def test_a_text_that_needed_no_repair_is_not_stored_twice() -> None:
    paragraph = model.Paragraph(text="全年主动公开三百条", block=1, captured="全年主动公开三百条")
    section = model.Section(title="玉杵镇", paragraphs=(paragraph,))
    assert "三百" not in dump_described(
        Described(section=section, description=model.Description(title_hans="玉杵镇"))
    )


def test_json_of_another_number_of_paragraphs_is_refused() -> None:
    section = model.Section(title="玉杵镇", paragraphs=(model.Paragraph(text="一", block=1),))
    text = dump_described(Described(section=section, description=model.Description(title_hans="玉杵镇")))
    with pytest.raises(ValueError, match="argument"):
        load_described(text, title="玉杵镇", paragraphs=("一", "二"), part=0)
