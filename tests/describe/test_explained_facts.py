"""`ingest.py explain` tells every fact with its words, its rule and how far it holds."""

import subprocess
import sys
from dataclasses import replace
from html import escape
from pathlib import Path

from archive.describe import describe
from archive.fact_story import FactStory, facts_of, facts_to_html, facts_to_lines
from archive.model import Report
from archive.pipeline import reports_of
from tests.conftest import PROJECT, make_capture
from tests.describe.sections import make_part

PAGE = """桂影县教育局2018年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》规定,现公布桂影县教育局2018年政府信息公开工作年度报告,数据截至2018年12月31日。
2018年,我局共主动公开信息三十条,其中招生类十八条,收费类12条,做到应公开尽公开,群众满意度不断提高。
全年没有收到政府信息公开申请,培训干部xx人次,我局将继续做好政府信息公开工作,更好地服务群众。
桂影县教育局
2019年1月15日
"""


def report() -> Report:
    (found,) = reports_of(make_capture(PAGE)).reports
    return found


def by_name(stories: tuple[FactStory, ...]) -> dict[str, FactStory]:
    return {story.name: story for story in stories}


def test_every_field_is_told_with_value_status_rule_and_proof() -> None:
    told = by_name(facts_of(report()))
    assert (told["issuer"].value, told["issuer"].rule) == ("桂影县教育局", "the reporter's name: signature")
    assert (told["level"].value, told["level"].rule) == ("county", "the reporter's name")
    assert told["place"].value == "沧溟省 望舒市 桂影县 990121"
    assert (told["place"].status, told["place"].rule) == (
        "resolved",
        "the reporter's name, settled by the gazetteer",
    )
    assert told["bureau"].value == "教育 (教育局)"
    assert (told["year"].value, told["year"].status) == ("2018", "stated, 2018 to 2018")
    assert told["year"].rule.startswith("the title's year, the opening formula")
    assert (told["published_on"].value, told["published_on"].rule) == (
        "2019-01-15",
        "a date line with its signer",
    )
    assert (told["kind"].value, told["kind"].rule) == ("annual_report", "the title's words")
    assert all(
        told[name].proofs for name in ("issuer", "org_type", "level", "place", "bureau", "year", "kind")
    )


def test_indicators_sums_and_citations_are_told_too() -> None:
    told = facts_of(report())
    values = [(story.value, story.status) for story in told if story.name == "indicator"]
    assert ("disclosed (我局共主动公开信息) = 30 条", "stated") in values
    assert ("requests_received = 0 件", "from_negation") in values
    assert any(status == "masked" and "masked 人次" in value for value, status in values)
    (check,) = [story for story in told if story.name == "sum"]
    assert (check.value, check.status) == ("30 = 18+12", "holds")
    (law,) = [story for story in told if story.name == "citation"]
    assert law.value.endswith("国务院令第492号")
    assert law.status == "version_by_date"


def test_each_proof_is_a_span_of_the_canonical_text() -> None:
    found = report()
    for story in facts_of(found):
        for proof in story.proofs:
            if proof.where == "page":
                continue
            number = proof.paragraph
            text = found.section.title if number is None else found.section.paragraphs[number].text
            assert text[proof.start : proof.end] == proof.quote


def test_what_is_not_known_is_told_as_unknown() -> None:
    section = make_part("我局及时公开各类信息。")
    told = by_name(facts_of(replace(report(), section=section, description=describe(section))))
    assert (told["issuer"].value, told["issuer"].status, told["issuer"].rule) == ("-", "unknown", "")
    assert (told["place"].value, told["place"].status) == ("-", "unknown")
    assert (told["year"].value, told["year"].status) == ("-", "absent")
    assert told["org_type"].rule == "how the reporter speaks of itself"


def test_the_terminal_and_the_page_tell_the_same() -> None:
    found = report()
    lines, page = "\n".join(facts_to_lines((found,))), facts_to_html((found,))
    for story in facts_of(found):
        assert f"{story.name}: {story.value}" in lines
        assert escape(story.value) in page
        assert escape(story.rule) in page
        assert all(escape(proof.quote[:20]) in page for proof in story.proofs)


def test_a_page_that_would_run_a_script_is_shown_as_text() -> None:
    found = report()
    hostile = replace(found, section=replace(found.section, title="<script>alert(1)</script>"))
    assert "<script>" not in facts_to_html((hostile,))


def test_the_command_prints_the_facts_behind_the_blocks(tmp_path: Path) -> None:
    path, html = tmp_path / "page.txt", tmp_path / "out.html"
    path.write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "ingest.py", "explain", str(path)]
    shown = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert "  issuer: 桂影县教育局  [stated]  by the reporter's name: signature" in shown
    subprocess.run([*command, "--html", str(html)], cwd=PROJECT, capture_output=True, check=True)
    assert "settled by the gazetteer" in html.read_text(encoding="utf-8")
