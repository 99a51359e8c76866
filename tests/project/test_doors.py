"""The house rules that no linter knows: one door for each library, names that others depend on."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from archive.errors import BadSetting
from archive.settings import MEBIBYTE, load_settings
from tests.conftest import PROJECT

DOORS = {
    "whoosh": "index/whoosh_files.py",
    "opensearchpy": "index/opensearch_client.py",
    "jieba": "index/analysis.py",
    "rjieba": "index/analysis.py",
    "opencc": "archive/hanzi.py",
    "bs4": "archive/soup.py",
    "lxml": "archive/markup.py",
    "sqlite3": "archive/database.py",
    "filelock": "archive/lock.py",
    "warcio": "archive/warc.py",
    "pypinyin": "archive/pinyin.py",
    "rensa": "archive/families.py",
    "rapidfuzz": "archive/resolve/alignment.py",
    "flask_babel": "web/languages.py",
    "babel": "web/languages.py",
    "ahocorasick_rs": "archive/gazetteer/names.py",
    "flask_limiter": "web/limiting.py",
}


def modules() -> list[Path]:
    return [
        path for folder in ("archive", "index", "web") for path in sorted((PROJECT / folder).rglob("*.py"))
    ]


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_each_library_is_imported_in_one_place(library: str, door: str) -> None:
    imports = re.compile(rf"^\s*(?:import|from)\s+{library}\b", re.MULTILINE)
    found = [str(p.relative_to(PROJECT)) for p in modules() if imports.search(p.read_text(encoding="utf-8"))]
    assert found == [door]


def test_arrays_are_for_the_index_alone() -> None:
    imports = re.compile(r"^\s*(?:import|from)\s+numpy\b", re.MULTILINE)
    found = {
        p.relative_to(PROJECT).parts[0] for p in modules() if imports.search(p.read_text(encoding="utf-8"))
    }
    assert found == {"index"}


def test_the_terminal_is_for_commands_alone() -> None:
    imports = re.compile(r"^\s*(?:import|from)\s+click\b", re.MULTILINE)
    paths = [p.relative_to(PROJECT) for p in modules() if imports.search(p.read_text(encoding="utf-8"))]
    assert {str(p) for p in paths if p.parts[:2] != ("archive", "commands")} == {"web/__main__.py"}
    assert len(paths) > 1


def test_nothing_imports_the_command_line() -> None:
    imports = re.compile(r"^\s*(?:import|from)\s+ingest\b", re.MULTILINE)
    assert [path.name for path in modules() if imports.search(path.read_text(encoding="utf-8"))] == []


def test_every_dependency_says_what_it_is_for() -> None:
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.match(r'\s+"[\w-]+[<>=]', line)]
    assert len(lines) > 10
    assert [line for line in lines if "#" not in line] == []


def test_make_lists_its_targets() -> None:
    done = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True)
    for target in ("run", "test", "lint", "bench"):
        assert re.search(rf"^{target} ", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("value", ["abc", "", "-1", "0", "nan", "inf"])
def test_a_setting_that_can_t_be_used_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ARCHIVE_MAX_PAGE_MIB", value)
    with pytest.raises(BadSetting, match="ARCHIVE_MAX_PAGE_MIB is"):
        load_settings()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARCHIVE_HOME", str(tmp_path))
    monkeypatch.setenv("ARCHIVE_MAX_PAGE_MIB", "0.5")
    settings = load_settings()
    assert (settings.home, settings.max_capture_bytes) == (tmp_path, MEBIBYTE // 2)


def test_the_readme_names_every_command() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "ingest.py", "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    commands = re.findall(r"^  ([a-z-]+)  ", shown.stdout.partition("Commands:")[2], re.MULTILINE)
    assert len(commands) >= 5
    assert [command for command in commands if f"ingest.py {command}" not in readme] == []


def test_every_package_that_is_installed_is_in_the_checkout() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {
        str(p.parent.relative_to(PROJECT)).replace("/", ".")
        for f in ("archive", "index", "web")
        for p in (PROJECT / f).rglob("__init__.py")
    }
    assert set(settings["packages"]) == folders
