"""The table of divisions: what it holds, how it is read, and that it can be made again."""

import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest

from archive.errors import RuleError
from archive.gazetteer.build import COUNTIES, EDITIONS, OUTPUT, build, division_name
from archive.gazetteer.names import find_names
from archive.gazetteer.shortening import is_same_name, short_name
from archive.gazetteer.table import Division, Gazetteer, load_gazetteer, read_rows


def made(text: str) -> Gazetteer:
    return Gazetteer(read_rows("made.tsv", text))


def test_the_last_edition_is_complete() -> None:
    # 31 provinces and 41,352 townships are what the edition of 2023-06-30 counts.
    standing = {row.code for row in load_gazetteer().divisions() if row.last >= 2023 and row.code[:2] != "99"}
    assert sum(len(code) == 2 for code in standing) == 31
    assert sum(len(code) == 9 for code in standing) >= 41_352
    assert sum(len(code) == 6 for code in standing) >= 2_800


def test_the_table_is_small_enough_to_be_shipped() -> None:
    assert OUTPUT.stat().st_size < 400_000


def test_no_name_of_the_invented_province_is_a_real_place() -> None:
    rows = tuple(load_gazetteer().divisions())
    invented = {row.name for row in rows if row.code.startswith("99")}
    assert len(invented) > 35
    assert invented.isdisjoint(row.name for row in rows if not row.code.startswith("99"))


def test_a_county_bears_the_name_and_prefecture_of_its_time() -> None:
    table = made(
        "88\t甲省\t1980\t2023\n8801\t乙地区\t1980\t1999\n8801\t乙市\t2000\t2023\n880121\t丙丁县\t1980\t2023\n"
    )
    (county,) = table.named("丙丁县")
    assert [row.name for row in table.chain(county, 1990)] == ["甲省", "乙地区", "丙丁县"]
    assert [row.name for row in table.chain(county, 2010)] == ["甲省", "乙市", "丙丁县"]
    assert [row.name for row in table.chain(county)] == ["甲省", "乙市", "丙丁县"]


def test_a_code_given_away_again_is_no_ancestor() -> None:
    table = made("88\t甲省\t1980\t2023\n8802\t后来市\t1994\t2023\n880201\t从前市\t1980\t1985\n")
    (city,) = table.named("从前市")
    assert [row.name for row in table.above(city)] == ["甲省"]


def test_a_code_has_its_latest_name_unless_a_year_is_asked_for() -> None:
    table = made("880121\t丙丁县\t1980\t2010\n880121\t丙丁市\t2011\t2023\n")
    latest, older = table.at("880121"), table.at("880121", 1995)
    assert latest is not None
    assert older is not None
    assert (latest.name, older.name) == ("丙丁市", "丙丁县")
    assert table.at("880199") is None


@pytest.mark.parametrize("line", ["88", "88\t甲省\tx\t2023", "888\t甲省\t1980\t2023", "88\t甲省\t2023\t1980"])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(RuleError, match=r"made\.tsv, line 2"):
        made(f"# comment\n{line}\n")


def test_a_place_stands_outside_the_tables_years_where_they_cut_it_off() -> None:
    town = Division(code="880121100", name="丙丁镇", first=2015, last=2023)
    assert town.stood_in(2008)
    assert town.stood_in(2026)
    gone = Division(code="880121100", name="丙丁镇", first=2016, last=2018)
    assert not gone.stood_in(2015)
    assert not gone.stood_in(2019)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("桂影县", "桂影"),
        ("玄圃自治州", "玄圃"),
        ("甲乙土家族苗族自治县", "甲乙"),
        ("沧溟壮族自治区", "沧溟"),
        ("甲县", ""),
        ("玉杵镇", ""),
    ],
)
def test_a_short_name_leaves_out_rank_and_peoples(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_reports_form_of_a_name_is_known_again() -> None:
    assert is_same_name("玄圃州", "玄圃自治州")
    assert not is_same_name("玄圃县", "玄圃自治州")
    assert not is_same_name("甲县", "乙县")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("沧溟省望舒市桂影县玉杵镇人民政府", ["沧溟省", "望舒市", "桂影县", "玉杵镇"]),
        ("中国桂影政府门户网站", ["桂影"]),
        ("xx玉杵镇", []),
        ("总结计划乡镇工作总结", []),
        ("中华人民共和国政府信息公开条例", []),
        ("中小城镇、中心镇、上山下乡、公共资源、惠民政策", []),
    ],
)
def test_names_are_found_and_ordinary_words_are_not(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_names(text)] == names


def test_names_are_written_as_reports_write_them() -> None:
    assert division_name("琼楼街道办事处") == "琼楼街道"
    assert division_name("琼楼街办事处") == "琼楼街道"
    assert division_name("夜珂镇（望舒开发区）") == "夜珂镇"


def _put(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    body = text.encode("utf-8")
    entry.size = len(body)
    archive.addfile(entry, io.BytesIO(body))


def test_the_table_is_made_from_the_packages(tmp_path: Path) -> None:
    for version, year in EDITIONS.items():
        name = "玉杵乡" if year < 2018 else "玉杵镇"
        zeros = "0000" if version == "1.0.4" else ""
        tables = {
            "provinces": [{"code": "65" + zeros, "name": "沧溟省"}],
            "cities": [{"code": "6501" + zeros[:2], "name": "市辖区"}],
            "areas": [{"code": "650121", "name": "桂影县"}],
            "streets": [{"code": "650121100" + zeros[:3], "name": name}],
        }
        with tarfile.open(tmp_path / f"china-division-{version}.tgz", "w:gz") as archive:
            for table, rows in tables.items():
                _put(archive, f"package/dist/{table}.json", json.dumps(rows))
    folder, member = COUNTIES
    header = "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode\n"
    with tarfile.open(tmp_path / f"{folder}.tar.gz", "w:gz") as archive:
        _put(archive, f"{folder}/{member}", f"{header}1987,沧溟省,县,桂影县,650000,650100,650121\n")
    assert lzma.decompress(build(tmp_path)).decode("utf-8").splitlines() == [
        "65\t沧溟省\t1987\t2023",
        "650121\t桂影县\t1987\t2023",
        "650121100\t玉杵乡\t2015\t2017",
        "650121100\t玉杵镇\t2018\t2023",
    ]


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"china-division-1\.0\.4\.tgz"):
        build(tmp_path)
