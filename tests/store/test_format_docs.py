"""docs/format.md says what the file is: every table and column, and examples that run."""

import doctest
import re
from pathlib import Path

import pytest

from archive.database import APPLICATION_ID, expected_objects
from archive.ids import report_id
from archive.settings import Settings
from archive.store import Store
from tests.store.made import NOW, a_compilation, a_single

PAGE = Path(__file__).resolve().parents[2] / "docs" / "format.md"
SAID_ONCE_FOR_ALL = {"capture_id", "report_id", "part", "withdrawn_at", "description", "compilation"}


def tables() -> dict[str, list[str]]:
    """Each table with its columns."""
    made = {name: sql for name, sql in expected_objects().items() if sql.startswith("CREATE TABLE")}
    return {
        name: re.findall(r"^  ([a-z_]+) +(?:TEXT|INTEGER|BLOB)", sql, flags=re.MULTILINE)
        for name, sql in made.items()
    }


def section_about(table: str) -> str:
    match = re.search(
        rf"^\*\*{table}\*\*:.*?(?=^\*\*|^## )", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert match, f"docs/format.md has no section about {table}"
    return match[0]


@pytest.mark.parametrize("table", sorted(tables()))
def test_every_table_is_explained_with_its_columns(table: str) -> None:
    columns = set(tables()[table])
    assert columns
    section = section_about(table)
    unexplained = {column for column in columns - SAID_ONCE_FOR_ALL if f"`{column}`" not in section}
    assert not unexplained


def test_the_application_id_is_the_one_that_is_written() -> None:
    assert f"0x{APPLICATION_ID:X}" in PAGE.read_text(encoding="utf-8")


def test_its_examples_run_and_prove_a_store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(settings, writable=True) as store:
        store.keep(a_single(), now=NOW)
        store.keep(a_compilation(), now=NOW)
    monkeypatch.chdir(settings.home)
    examples = doctest.DocTestParser().get_doctest(PAGE.read_text(encoding="utf-8"), {}, "format.md", None, 0)
    assert len(examples.examples) >= 6
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(examples, clear_globs=False)
    examples.globs["store"].close()
    assert runner.summarize(verbose=False).failed == 0
    assert report_id("http://www.guiying.gov.example/", 0) == "vee098y5z191"
