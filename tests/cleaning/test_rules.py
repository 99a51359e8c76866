"""Every boilerplate rule has a fixture that proves it, and every fixture a rule."""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.errors import RuleError
from archive.model import CleanPage
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import RuleBook, Selector, SiteRules, load_rulebook, read_rules
from tests.conftest import make_capture

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "rules"
RULE_FILES = {"every-site": load_rulebook().every_site, **{s.site: s for s in load_rulebook().sites}}


def load_fixture(file: str) -> dict[str, Any]:
    return tomllib.loads((FIXTURES / f"{file}.toml").read_text(encoding="utf-8"))


def page_of(fixture: dict[str, Any], body: list[str]) -> str:
    lines = []
    for line in fixture["page"]:
        lines += body if line == "{body}" else [line]
    return "\n".join(lines)


def cleaned(text: str, book: RuleBook, address: str | None = None) -> CleanPage:
    capture = make_capture(text, source_url=address)
    return clean(repair(read_page(capture, decode(capture))), book)


CASES = [
    (file, name)
    for file in sorted(RULE_FILES)
    for name, entry in load_fixture(file).items()
    if isinstance(entry, dict)
]


@pytest.mark.parametrize(("file", "name"), CASES, ids=[f"{file}:{name}" for file, name in CASES])
def test_a_rule_takes_what_its_fixture_says_and_nothing_that_looks_like_it(file: str, name: str) -> None:
    data = load_fixture(file)
    fixture, body = data[name], data["body"]
    page = cleaned(page_of(fixture, body), load_rulebook(), data.get("address"))
    texts = [paragraph.text for paragraph in page.paragraphs]
    taken = [(dropped.rule, dropped.text) for dropped in page.dropped]
    rule = fixture.get("dropped_by", name)
    for line in fixture.get("dropped", []):
        assert (rule, line) in taken
    for piece in fixture.get("cut", []):
        assert (name, piece) in taken
    for line in fixture.get("kept", []):
        assert line in texts
    if "{body}" in fixture["page"]:
        assert [line for line in body if line not in texts] == []
    assert fixture.keys() & {"dropped", "cut", "gaps"}, f"{name} proves nothing"
    check_what_was_learnt(fixture, page)


def check_what_was_learnt(fixture: dict[str, Any], page: CleanPage) -> None:
    for field, value in fixture.get("fields", {}).items():
        assert str(getattr(page.fields, field)) == value
    assert list(page.fields.outline) == fixture.get("outline", list(page.fields.outline))
    for pair in fixture.get("extra", []):
        assert tuple(pair) in page.fields.extra
    for expected, gap in zip(fixture.get("gaps", []), page.gaps, strict=bool(fixture.get("gaps"))):
        for field, value in expected.items():
            assert getattr(gap, field) == value


@pytest.mark.parametrize("file", sorted(RULE_FILES))
def test_every_rule_has_a_fixture_and_every_fixture_a_rule(file: str) -> None:
    rules = RULE_FILES[file]
    names = [rule.name for rule in rules.rules]
    assert len(names) == len(set(names))
    proved = {name for name, entry in load_fixture(file).items() if isinstance(entry, dict)}
    assert proved == {*names, *(["body-container"] if rules.body else [])}


@pytest.mark.parametrize("name", [rule.name for rule in load_rulebook().every_site.rules])
def test_every_rule_for_every_site_has_a_look_alike_that_stays_in_the_text(name: str) -> None:
    fixture = load_fixture("every-site")[name]
    assert fixture.get("kept"), f"{name} shows no line of a report that resembles what it takes"
    taken = {*fixture.get("dropped", []), *fixture.get("cut", [])}
    assert taken.isdisjoint(fixture["kept"])


@pytest.mark.parametrize(
    "rule", [r for s in RULE_FILES.values() for r in s.rules], ids=lambda rule: rule.name
)
def test_without_a_rule_its_fixture_fails(rule: Any) -> None:
    book = load_rulebook()
    weaker = RuleBook(
        every_site=without(book.every_site, rule), sites=tuple(without(s, rule) for s in book.sites)
    )
    file = next(file for file, rules in RULE_FILES.items() if rule in rules.rules)
    data = load_fixture(file)
    fixture = data[rule.name]
    page = cleaned(page_of(fixture, data["body"]), weaker, data.get("address"))
    assert not any(dropped.rule == rule.name for dropped in page.dropped)
    assert len(page.gaps) < len(fixture.get("gaps", [None]))


def unconfirmed(folder: Path) -> list[str]:
    """Fixtures that `new-site` drafted and no human has looked through."""
    return [
        path.name
        for path in sorted(folder.glob("*.toml"))
        if tomllib.loads(path.read_text(encoding="utf-8")).get("confirmed", True) is not True
    ]


def test_every_fixture_is_confirmed_by_a_human() -> None:
    assert unconfirmed(FIXTURES) == []


def without(rules: SiteRules, rule: Any) -> SiteRules:
    return dataclasses.replace(rules, rules=tuple(other for other in rules.rules if other is not rule))


def test_a_bookmark_rule_stands_in_one_line_of_one_rule_file() -> None:
    archive = Path(__file__).resolve().parents[2] / "archive"
    hits = [
        path.name
        for path in sorted(archive.rglob("*"))
        if path.suffix in {".py", ".toml"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if "收藏此页" in line
    ]
    assert hits == ["every-site.toml"]


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("rule = [", "not valid TOML"),
        ("[[rule]]\nname = 'a'\naction = 'drop'\npattern = 'x'", "'why' is missing"),
        ("[[rule]]\nname = 'a'\naction = 'eat'\npattern = 'x'\nwhy = 'y'", "action is 'eat'"),
        ("[[rule]]\nname = 'a'\naction = 'drop'\npattern = '('\nwhy = 'y'", "not a regular expression"),
        ("[[rule]]\nname = 'a'\naction = 'drop'\nwhy = 'y'", "needs a 'pattern'"),
        ("[[rule]]\nname = 'a'\naction = 'drop'\nwithin = ['a > b']\nwhy = 'y'", "'within'"),
        ("[[rule]]\nname = 'a'\naction = 'drop'\npatern = 'x'\nwhy = 'y'", "unknown key 'patern'"),
    ],
)
def test_a_wrong_rule_file_is_named_with_rule_and_field(tmp_path: Path, toml: str, complaint: str) -> None:
    (tmp_path / "wrong.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(RuleError, match=r"wrong\.toml") as caught:
        read_rules(tmp_path / "wrong.toml")
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("selector", "step", "fits"),
    [
        ("#zoom", "div#zoom.text", True),
        ("div.text", "div#zoom.text.big", True),
        ("td.text", "div.text", False),
        (".text.small", "div.text", False),
        ("nav", "nav", True),
    ],
)
def test_a_selector_fits_one_step_of_a_path(selector: str, step: str, fits: bool) -> None:
    assert Selector.parse(selector).matches(step) is fits
