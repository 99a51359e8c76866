"""Pages about 沧溟省, plain enough that every cleaner keeps their text, and the command line run on them."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from ingest import main

PROJECT = Path(__file__).resolve().parents[2]
TOWNSHIPS = (
    "玉杵镇",
    "蟾桥镇",
    "丹桂乡",
    "冰轮镇",
    "素娥乡",
    "露台乡",
    "夜珂镇",
    "星槎镇",
    "驭日镇",
    "火轮乡",
)


def page(number: int, *, condition: str = "") -> bytes:
    """A whole HTML page with one report; `condition` changes its text."""
    place, year = TOWNSHIPS[number % len(TOWNSHIPS)], 2010 + number % 14
    lines = (
        f"根据《中华人民共和国政府信息公开条例》的要求,现公布{place}{year}年政府信息公开工作年度报告。{condition}",
        "一、概述",
        f"{year}年,{place}党委、政府高度重视政府信息公开工作,明确专人负责,及时更新公开内容,方便群众查阅。",
        "二、主动公开政府信息情况",
        f"全年主动公开政府信息{100 + number}条,其中通过网站公开{60 + number}条,通过公开栏公开40条。",
        "三、依申请公开情况",
        f"{year}年我镇未收到政府信息公开申请,未发生行政复议和行政诉讼。",
        f"{place}人民政府",
        f"{year + 1}年1月15日",
    )
    title = f"{place}{year}年政府信息公开工作年度报告"
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1>{body}</body></html>"
    ).encode()


def write_pages(folder: Path, count: int, *, with_addresses: bool = True) -> Path:
    """A folder of pages with their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for number in range(count):
        (folder / f"{number:03}.html").write_bytes(page(number))
        lines.append(
            f"{number:03}.html\thttp://www.guiying.gov.example/{number}.html\t2021-03-04T05:06:07Z\n"
        )
    if with_addresses:
        (folder / "addresses.tsv").write_text("".join(lines), encoding="utf-8")
    return folder


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ARCHIVE_HOME": str(home), "PYTHONWARNINGS": "default", "PYTHONUTF8": "1"}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(PROJECT / "ingest.py"), *map(str, arguments)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def ingest(home: Path, *arguments: str | Path) -> Told:
    """Run the command line in this process, which is five times as fast; what escapes it fails the test."""
    result = CliRunner().invoke(main, [*map(str, arguments)], env={"ARCHIVE_HOME": str(home)})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Told(returncode=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def ingest_alone(home: Path, *arguments: str | Path, **options: Any) -> Told:
    """Run the command line in a process of its own; a traceback in what it says fails the test."""
    done = subprocess.run(
        command(*arguments),
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        **options,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Told(returncode=done.returncode, stdout=done.stdout, stderr=done.stderr)


def exported(home: Path) -> list[dict[str, Any]]:
    """All reports, as the archive gives them out."""
    done = ingest(home, "export", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def texts(records: Sequence[dict[str, Any]]) -> set[tuple[str, int, str]]:
    return {(record["id"], record["version"], record["digest"]) for record in records}
