"""The committed sample pages are what `python -m samples.make` writes, and there are enough of each kind."""

import gzip
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.model import Flag, Kind, Level, OrgType, Script, ScriptOrigin, YearStatus
from samples.make import CODECS, HERE, Dressed, dress, load_samples, made_files
from samples.script import GLOSSED, converted, gloss, traditional
from samples.styles import STYLES
from samples.text import SampleError, load_sample

MADE = ("pages", "warc", "expected")


@pytest.fixture(scope="module")
def dressed() -> list[Dressed]:
    return [dress(sample) for sample in load_samples()]


def _text_of(page: Dressed) -> str:
    encoding = page.sample.options.get("encoding", "utf-8")
    text = page.body.decode(CODECS.get(encoding, encoding))
    return re.sub(r"\s", "", text)


def _unpacked(body: bytes) -> bytes:
    # zlib and zlib-ng pack the same bytes differently; what is packed has to be identical.
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def test_making_the_samples_again_gives_identical_bytes(dressed: list[Dressed]) -> None:
    made = made_files(dressed)
    committed = {
        path.relative_to(HERE).as_posix(): path.read_bytes()
        for folder in MADE
        for path in (HERE / folder).rglob("*")
        if path.is_file()
    }
    assert sorted(made) == sorted(committed), "run `python -m samples.make` and commit what it writes"
    differing = [name for name, body in made.items() if _unpacked(committed[name]) != _unpacked(body)]
    assert not differing, "run `python -m samples.make` and commit what it writes"


def test_a_newcomer_finds_something_to_filter(dressed: list[Dressed]) -> None:
    facts = [report["facts"] for page in dressed for report in page.expected["reports"]]
    levels = Counter(fact.get("level") for fact in facts)
    years = {fact["year"] for fact in facts if fact.get("year")}
    scripts = Counter(fact.get("script") for fact in facts)
    assert len(dressed) >= 66
    assert {page.style.name for page in dressed} == set(STYLES)
    assert levels.keys() >= {"national", "province", "prefecture", "county", "township", "village"}
    assert years >= set(range(2009, 2025))
    assert scripts["hans"] >= 30
    assert scripts["hant"] >= 8
    assert {fact.get("org_type") for fact in facts} >= {"government", "bureau"}


def test_all_that_is_expected_stands_on_the_page(dressed: list[Dressed]) -> None:
    tags = re.compile(r"<[^>]*>")
    for page in dressed:
        text = tags.sub("", _text_of(page)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        for mark in _watermarks(page):
            text = text.replace(mark, "")
        for report in page.expected["reports"]:
            for paragraph in (line for row in report["paragraphs"] for line in row.split(" | ")):
                shown = gloss(paragraph) if page.sample.options.get("pinyin") else paragraph
                assert re.sub(r"\s", "", shown) in text, (page.sample.name, paragraph)


def _watermarks(page: Dressed) -> list[str]:
    if page.style.name != "wenku":
        return []
    return [
        re.sub(r"\s", "", line) for line in page.expected["boilerplate"] if "下载" in line or "可" in line
    ]


def test_no_line_of_boilerplate_is_expected(dressed: list[Dressed]) -> None:
    for page in dressed:
        kept = {line for report in page.expected["reports"] for line in report["paragraphs"]}
        assert kept.isdisjoint(page.expected["boilerplate"]), page.sample.name
        assert page.expected["boilerplate"], page.sample.name


def test_a_page_that_declares_gb2312_is_read_as_gb18030(dressed: list[Dressed]) -> None:
    pages = [page for page in dressed if page.sample.options.get("encoding") == "gb2312"]
    assert pages
    for page in pages:
        assert b"charset=gb2312" in page.body, page.sample.name


def test_the_bundle_holds_pages_that_live_nowhere_else(dressed: list[Dressed]) -> None:
    bundle = made_files(dressed)["warc/harvest.warc.gz"]
    records = ArchiveIterator(io.BytesIO(bundle))
    held = {
        record.rec_headers["WARC-Target-URI"]: record.content_stream().read()
        for record in records
        if record.rec_type == "response"
    }
    expected = {
        page.sample.options["address"]: page.body for page in dressed if page.sample.options.get("warc")
    }
    assert held == expected
    assert len(held) >= 4
    manifests = "".join(path.read_text("utf-8") for path in (HERE / "pages").rglob("addresses.tsv"))
    assert not [address for address in held if address in manifests]


def test_each_page_is_named_in_its_folder_s_manifest() -> None:
    pages = [path for path in (HERE / "pages").rglob("*") if path.is_file() and path.suffix != ".tsv"]
    for page in pages:
        lines = (page.parent / "addresses.tsv").read_text("utf-8").splitlines()
        assert [line for line in lines if line.startswith(f"{page.name}\t")], page


def test_expected_files_read_as_json() -> None:
    for path in (HERE / "expected").glob("*.json"):
        assert json.loads(path.read_text("utf-8"))["reports"], path.name


def test_facts_take_the_model_s_values(dressed: list[Dressed]) -> None:
    allowed: dict[str, set[object]] = {
        "level": {*get_args(Level), None},
        "org_type": {*get_args(OrgType), None},
        "year_status": set(get_args(YearStatus)),
        "kind": set(get_args(Kind)),
        "script": {*get_args(Script), None},
        "script_origin": set(get_args(ScriptOrigin)),
        "masked": {True, False},
    }
    for page in dressed:
        for report in page.expected["reports"]:
            facts = report["facts"]
            wrong = {key: facts[key] for key in allowed.keys() & facts if facts[key] not in allowed[key]}
            assert not wrong, (page.sample.name, wrong)
            assert set(facts.get("flags") or ()) <= set(get_args(Flag)), page.sample.name


def test_a_machine_converts_blind_to_phrases() -> None:
    assert converted("关于公开范围，签字后报县里") == "關于公開范圍，簽字后報縣里"
    assert traditional("关于公开范围，签字后报县里") == "關於公開範圍，簽字後報縣裡"


def test_a_gloss_stands_behind_each_glossed_character() -> None:
    assert gloss("務") == "務(wù)"
    assert "務" in GLOSSED
    assert gloss("务") == "务"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('title = "甲"\nparagraphs = [" 乙"]\n[page]\n', "white space"),
        ('title = "甲"\nparagraphs = [{ table = [["", "乙"]] }]\n[page]\n', "cell is empty"),
        ('title = "甲"\nparagraphs = ["乙"]\n[page]\n[facts]\nrank = "county"\n', "unknown facts: rank"),
        ('paragraphs = ["乙"]\n[page]\n', "'title' is missing"),
    ],
)
def test_a_text_that_is_not_as_the_readme_says_is_named_with_its_cause(
    tmp_path: Path, text: str, cause: str
) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SampleError, match=r"broken\.toml: .*" + cause):
        load_sample(path)


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        ('style = "gov-1999"', "unknown style 'gov-1999'"),
        ('style = "gov-2005"\npoints = 3', "gov-2005 has no option points"),
        ('style = "compilation-dump"', r"compilation-dump needs \[\[parts\]\]"),
        ('style = "gov-2005"\naddress = "http://www.nowhere.example/a"', "no site 'www.nowhere.example'"),
    ],
)
def test_a_page_that_cannot_be_dressed_is_named_with_its_cause(tmp_path: Path, page: str, cause: str) -> None:
    path = tmp_path / "broken.toml"
    head = 'title = "甲"\nparagraphs = ["乙"]\n'
    path.write_text(f'{head}[page]\nfile = "a/b.html"\n{page}\n', encoding="utf-8")
    with pytest.raises(SampleError, match=f"broken: .*{cause}"):
        dress(load_sample(path))
