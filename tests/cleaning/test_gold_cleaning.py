"""The five seeds against their gold: no chrome line leaked, no body line lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from archive.clean import clean
from archive.decode import decode
from archive.model import Section
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.split import split
from tests.conftest import make_capture

pytestmark = pytest.mark.shared
SEEDS = ["000", "001", "002", "003", "004"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def gold_of(shared_dir: Path, seed: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((shared_dir / "gold" / "cleaning" / f"{seed}.json").read_text("utf-8"))
    return data


def sections_of(shared_dir: Path, seed: str) -> tuple[Section, ...]:
    (path,) = (shared_dir / "seeds").glob(f"{seed}_*.txt")
    capture = make_capture(path.read_bytes(), origin=path.name)
    return split(clean(repair(read_page(capture, decode(capture))), load_rulebook()))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_chrome_line_leaks(shared_dir: Path, seed: str) -> None:
    gold = gold_of(shared_dir, seed)
    sections = sections_of(shared_dir, seed)
    body_count = {squeezed(line): 0 for line in gold["body"].split("\n")}
    kept = [squeezed(p.captured) for section in sections for p in section.paragraphs]
    # A line that is chrome in one place and body in another (an outline's entry) is told by its number.
    kept_lines = {p.block + 1 for section in sections for p in section.paragraphs}
    leaked = [line["text"] for line in gold["chrome_lines"] if line["line"] in kept_lines]
    assert leaked == []
    inline = [piece["text"] for piece in gold["inline_chrome"]]
    text = "".join(p.text for section in sections for p in section.paragraphs)
    assert [piece for piece in inline if squeezed(piece) in squeezed(text)] == []
    assert len(kept) == len(gold["body"].split("\n")), body_count


@pytest.mark.parametrize("seed", SEEDS)
def test_no_body_line_is_lost(shared_dir: Path, seed: str) -> None:
    gold = gold_of(shared_dir, seed)
    kept = [
        (squeezed(p.text), section, number)
        for section in sections_of(shared_dir, seed)
        for number, p in enumerate(section.paragraphs)
    ]
    texts = [text for text, _, _ in kept]
    for line, (text, section, number) in zip(gold["body"].split("\n"), kept, strict=True):
        if squeezed(line) not in texts:
            # The gold writes □□ for characters that are lost: marked damage must stand in their place.
            assert "□" in line
            damages = [damage for damage in section.damages if damage.paragraph == number]
            assert damages
            before, _, after = line.partition("□□")
            assert text.endswith(squeezed(after))
            assert text[:8] == squeezed(before)[:8]


def test_the_compilation_splits_at_the_gold_s_lines(shared_dir: Path) -> None:
    parts = json.loads((shared_dir / "gold" / "cleaning" / "004.parts.json").read_text("utf-8"))
    sections = sections_of(shared_dir, "004")
    assert [section.title for section in sections] == [part["heading"] for part in parts]
    assert ["\n".join(p.text for p in section.paragraphs) for section in sections] == [
        part["body"] for part in parts
    ]


def test_paywall_notices_become_gaps_with_their_counts(shared_dir: Path) -> None:
    (section,) = sections_of(shared_dir, "003")
    counts = [(gap.total_chars, gap.shown_chars, gap.omitted_chars) for gap in section.gaps]
    assert counts == [(None, None, 663), (2929, 1862, None)]
