"""docs/cleaning.md names each form that sites are known to use: every line of its tables is tried here."""

import re
import tomllib
from typing import Any

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.split import split
from tests.conftest import PROJECT, make_capture

TEXT = (PROJECT / "docs" / "cleaning.md").read_text(encoding="utf-8")
FIXTURE_FILE = PROJECT / "tests" / "fixtures" / "rules" / "every-site.toml"
FIXTURES: dict[str, Any] = tomllib.loads(FIXTURE_FILE.read_text(encoding="utf-8"))


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [
        [cell.strip().strip("`").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]


@pytest.mark.parametrize(("form", "rule", "example"), rows("Chrome") + rows("Paywalls"))
def test_the_form_is_in_the_fixture_of_the_rule_that_takes_it(form: str, rule: str, example: str) -> None:
    assert rule in {each.name for each in load_rulebook().every_site.rules}, form
    fixture = FIXTURES[rule]
    taken = [*fixture.get("dropped", []), *fixture.get("cut", [])]
    if "gaps" in fixture:
        taken += [line for line in fixture["page"] if line not in fixture.get("kept", [])]
    assert any(example in line for line in taken), f"{form}: the fixture of {rule} does not show {example}"


@pytest.mark.parametrize(("form", "second"), rows("Separators of a compilation"))
def test_the_separator_divides_a_page(form: str, second: str) -> None:
    headings = [
        re.sub("[二2]", {"二": "一三", "2": "13"}[re.findall("[二2]", second)[0]][i], second) for i in (0, 1)
    ]
    lines = ["政务公开工作总结(优秀3篇)"]
    for heading in (headings[0], second, headings[1]):
        lines += [
            heading,
            *FIXTURES["body"],
            f"以上是{heading.strip('()')}的台账,由镇党政办保管,随时接受群众查阅。",
        ]
    capture = make_capture("\n".join(lines))
    sections = split(clean(repair(read_page(capture, decode(capture))), load_rulebook()))
    assert [section.title for section in sections] == [headings[0], second, headings[1]], form


def test_the_tables_hold_the_forms_that_were_asked_for() -> None:
    assert [len(rows(name)) for name in ("Chrome", "Paywalls", "Separators of a compilation")] == [27, 9, 9]
