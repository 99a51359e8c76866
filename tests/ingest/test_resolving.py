"""`resolve` on the command line."""

import csv
import io
from pathlib import Path

import pytest

from archive.ids import report_id
from tests.ingest.pages import ingest, write_pages

FIRST = report_id("http://www.guiying.gov.example/0.html", 0)
PASSAGE = "全年主动公开政府信息100条，其中通过网站公开60条"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    assert ingest(folder / "data", "add", write_pages(folder / "pages", 3)).returncode == 0
    return folder / "data"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_passage_gives_a_row_with_its_paragraph(home: Path) -> None:
    done = ingest(home, "resolve", PASSAGE)
    (row,) = rows(done.stdout)
    assert (done.returncode, row["id"], row["certainty"], row["paragraph"]) == (0, FIRST, "folded", "5")
    assert row["address"] == f"/r/{FIRST}"


def test_a_list_gives_a_table_in_the_order_of_its_lines(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(
        f"query,page\nhttps://www.guiying.gov.example/0.html,3\n没有这样的一句话在里面,4\n{PASSAGE},5\n",
        encoding="utf-8",
    )
    out = tmp_path / "found.csv"
    done = ingest(home, "resolve", "--csv", table, "--output", out)
    assert done.returncode == 0
    assert [row["id"] for row in rows(out.read_text(encoding="utf-8"))] == [FIRST, "", FIRST]


def test_a_law_s_number_gives_the_path_of_its_page(home: Path) -> None:
    (row,) = rows(ingest(home, "resolve", "国务院令第711号").stdout)
    assert (row["kind"], row["id"]) == ("number", "")
    assert row["address"] == f"/law/{row['title']}" == "/law/中华人民共和国政府信息公开条例"


def test_what_can_t_be_done_is_said(home: Path, tmp_path: Path) -> None:
    for arguments in ((), ("text", "--csv", tmp_path / "list.csv")):
        done = ingest(home, "resolve", *arguments)
        assert (done.returncode, "give either a TEXT or --csv FILE" in done.stderr) == (2, True)
    missing = ingest(home, "resolve", "--csv", tmp_path / "none.csv")
    assert missing.returncode == 2
    assert "none.csv" in missing.stderr
    nothing = ingest(tmp_path / "nothing", "resolve", "公开")
    assert nothing.returncode == 2
    assert "no archive here" in nothing.stderr
