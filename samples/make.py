"""Dresses the texts: writes samples/pages, samples/warc and samples/expected, the same bytes every time.

python -m samples.make [--into FOLDER]
"""

import argparse
import json
import shutil
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from samples.bundle import Harvested, to_warc
from samples.headings import heading_of
from samples.script import Voice, gloss, voice_of
from samples.styles import STYLES
from samples.styles.sheet import COMMON_OPTIONS, Chrome, Sheet, Style
from samples.text import Item, Part, Sample, SampleError, Table, load_sample

HERE = Path(__file__).parent
# As real sites do: a page that says gb2312 or gbk holds what GB 18030 can write.
CODECS = {"gb2312": "gb18030", "gbk": "gb18030"}
WARC_FILE = "warc/harvest.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressed:
    """A finished page: its bytes and what must come out of it."""

    sample: Sample
    style: Style
    body: bytes
    expected: dict[str, Any]


@cache
def _site_file() -> dict[str, Any]:
    return tomllib.loads((HERE / "sites.toml").read_text(encoding="utf-8"))


def site_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return the wording of a page's site. Raises ValueError for a host that sites.toml doesn't know."""
    host = options.get("site") or options.get("address", "").removeprefix("http://").partition("/")[0]
    sites, shared = _site_file()["site"], _site_file()["wording"]
    parent = "www." + host.partition(".")[2]
    known = sites.get(host) or (sites.get(parent) if "site_name" in options else None)
    if known is None:
        raise ValueError(f"sites.toml has no site {host!r} (a bureau's own host needs site_name)")
    own = {"name": options["site_name"]} if "site_name" in options else {}
    site = {**shared.get(known.get("wording"), {}), **known, **own, "host": host}
    return {**site, "n": site.get("number", 0)}


def _spoken(part: Part, voice: Voice, title: str) -> Part:
    def spoken(item: Item) -> Item:
        if isinstance(item, Table):
            rows = tuple(tuple(replace(cell, text=voice(cell.text)) for cell in row) for row in item.rows)
            return Table(rows=rows)
        return voice(item)

    return Part(title=voice(title), items=tuple(spoken(item) for item in part.items), facts=part.facts)


def sheet_of(sample: Sample) -> Sheet:
    """Return the text in its final script, with its site and options."""
    voice = voice_of(sample.options)
    encoding = sample.options.get("encoding", "utf-8")
    declared = sample.options.get("declared", "utf-8" if encoding == "utf-8-sig" else encoding)
    titles = (
        [heading_of(sample, number) for number in range(1, len(sample.parts) + 1)]
        if sample.is_compilation
        else [sample.title]
    )
    return Sheet(
        title=voice(sample.title),
        parts=tuple(_spoken(part, voice, title) for part, title in zip(sample.parts, titles, strict=True)),
        options={**sample.options, "encoding": encoding, "declared": declared},
        site=site_of(sample.options),
        say=Chrome(voice=voice),
    )


def _gaps(options: dict[str, Any]) -> list[dict[str, int | None]]:
    notices = [options[key] for key in ("paywall", "end") if key in options]
    return [
        {"total_chars": n.get("total"), "shown_chars": n.get("shown"), "omitted_chars": n.get("omitted")}
        for n in notices
    ]


def expected_of(sample: Sample, sheet: Sheet) -> dict[str, Any]:
    """Return what must come out of a page, after it was dressed."""
    text = {line for part in sheet.parts for line in part.paragraphs()}
    first = 1 if sample.is_compilation else 0
    return {
        "file": WARC_FILE if sample.options.get("warc") else f"pages/{sample.options['file']}",
        "address": sample.options.get("address"),
        "style": sample.options["style"],
        "reports": [
            {
                "part": number,
                "title": part.title,
                "paragraphs": list(part.paragraphs()),
                "facts": part.facts,
                "gaps": _gaps(sheet.options),
            }
            for number, part in enumerate(sheet.parts, start=first)
        ],
        # A site's header can read like the text's signature: then only its place tells them apart.
        "boilerplate": [line for line in sheet.say.lines if line not in text],
    }


def _style_of(sample: Sample) -> Style:
    style = STYLES.get(sample.options["style"])
    if style is None:
        raise ValueError(f"unknown style {sample.options['style']!r}")
    unknown = set(sample.options) - COMMON_OPTIONS - style.options
    if unknown:
        raise ValueError(f"{style.name} has no option {', '.join(sorted(unknown))}")
    if style.is_compilation != sample.is_compilation:
        raise ValueError(f"{style.name} needs " + ("[[parts]]" if style.is_compilation else "one text"))
    if style.media_type == "text/plain" and any(isinstance(i, Table) for p in sample.parts for i in p.items):
        raise ValueError(f"{style.name} is a dump and shows no tables")
    return style


def dress(sample: Sample) -> Dressed:
    """Dress one sample. Raises SampleError, naming it, when its page can't be made."""
    try:
        style = _style_of(sample)
        sheet = sheet_of(sample)
        page = style.dress(sheet)
        page = gloss(page) if sample.options.get("pinyin") else page
        encoding = sheet.options["encoding"]
        body = page.encode(CODECS.get(encoding, encoding))
        return Dressed(sample=sample, style=style, body=body, expected=expected_of(sample, sheet))
    except (KeyError, ValueError, IndexError, SampleError) as error:
        cause = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise SampleError(f"{sample.name}: {cause}; see samples/README.md") from error


def _harvested(page: Dressed) -> Harvested:
    options = page.sample.options
    charset = f"; charset={options['http_charset']}" if "http_charset" in options else ""
    return Harvested(
        address=options["address"],
        captured_at=options["captured_at"],
        content_type=page.style.media_type + charset,
        body=page.body,
    )


def made_files(pages: Iterable[Dressed]) -> dict[str, bytes]:
    """Return all that is made: path under samples/ to bytes. Raises SampleError when two pages share a file."""
    files: dict[str, bytes] = {}
    manifests: dict[str, list[str]] = {}
    harvested: list[Harvested] = []
    for page in pages:
        options = page.sample.options
        text = json.dumps(page.expected, ensure_ascii=False, indent=1)
        files[f"expected/{page.sample.name}.json"] = f"{text}\n".encode()
        if options.get("warc"):
            harvested.append(_harvested(page))
            continue
        path = f"pages/{options['file']}"
        if path in files:
            raise SampleError(f"{page.sample.name}: {path} is taken; choose another file")
        files[path] = page.body
        folder, _, name = path.rpartition("/")
        line = "\t".join((name, options.get("address", ""), options["captured_at"]))
        manifests.setdefault(folder, []).append(line)
    for folder, lines in manifests.items():
        files[f"{folder}/addresses.tsv"] = "".join(f"{line}\n" for line in sorted(lines)).encode()
    if harvested:
        files[WARC_FILE] = to_warc(harvested)
    return files


def load_samples(folder: Path = HERE / "texts") -> list[Sample]:
    """Read all texts, in the order of their names."""
    return [load_sample(path) for path in sorted(folder.glob("*.toml"))]


def main(arguments: list[str] | None = None) -> int:
    """Write everything that is made below `--into`, replacing what stood there."""
    parser = argparse.ArgumentParser(description="Dress the sample texts.")
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to (samples/ itself)")
    into: Path = parser.parse_args(arguments).into
    try:
        files = made_files(dress(sample) for sample in load_samples())
    except SampleError as error:
        print(error, file=sys.stderr)
        return 1
    for made in ("pages", "warc", "expected"):
        shutil.rmtree(into / made, ignore_errors=True)
    for name, body in files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
