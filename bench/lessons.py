"""The pages that weights are learned from, as blocks with what is seen of them and which of them are text."""

import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import PreformattedString

from archive.clean import clean, names_of, prepare
from archive.decode import decode
from archive.errors import CaptureError
from archive.features import Seen, see
from archive.model import Block, Capture
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import load_rulebook
from archive.sources import Sources
from archive.surroundings import find_anchor
from archive.walls import find_walls
from bench.pages import NEVER, TRACKS, gold_pages, grams

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE_WEIGHT = 0.3  # 75 samples of one genre beside 66 pages of all; swept .1, .3, 1
MORE_WEIGHT = 0.5  # their truth is what the cleaner says; swept 0, .5
FIRST_TELLING_CHARS = 5  # shorter blocks have no 4-grams of their own: their neighbours tell
SILENT = frozenset({"script", "style", "noscript", "template"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A page's blocks, what is seen of them, and which are text (0 to 1 each)."""

    name: str
    track: str
    tune: bool
    weight: float
    blocks: Sequence[Block]
    seen: Sequence[Seen]
    truth: Sequence[float]
    gold: str
    walls: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    title: int | None = None  # index of the block that repeats the page's title


def shared_lessons() -> Iterator[Lesson]:
    """Yield the shared pages of both tracks, and of both halves."""
    for track in TRACKS:
        for page in gold_pages(track):
            lesson = read_lesson(page.capture(), page.gold, track, tune=page.tune, weight=1.0)
            if lesson:
                yield lesson


def sample_lessons() -> Iterator[Lesson]:
    """Yield the samples, as they are and without their markup; their expected paragraphs are their gold."""
    expected = {}
    for path in sorted((PROJECT / "samples" / "expected").glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        lines = [line for report in entry["reports"] for line in (report["title"], *report["paragraphs"])]
        expected[entry.get("address") or Path(entry["file"]).name] = "\n".join(lines)
    sources = Sources([PROJECT / "samples" / "pages"], limit_bytes=10**8)
    for capture in (item for file in sources.files for item in sources.read(file)):
        if isinstance(capture, Capture):
            gold = expected[capture.source_url or Path(capture.origin).name]
            lesson = read_lesson(capture, gold, "samples", tune=True, weight=SAMPLE_WEIGHT)
            if lesson:
                yield lesson
                if lesson.blocks[0].path:
                    yield without_markup(lesson)


def further_lessons(folder: Path) -> Iterator[Lesson]:
    """Yield the HTML pages of a folder as dumps; what the cleaner finds in their markup is their gold.

    A site's pages (those of one sub-folder) count together as much as two.
    """
    files = sorted(folder.rglob("*.html"))
    siblings = {path: sum(other.parent == path.parent for other in files) for path in files}
    for path in files:
        capture = Capture(body=path.read_bytes(), captured_at=NEVER, media_type="text/html", origin=str(path))
        try:
            kept = clean(repair(read_page(capture, decode(capture))), load_rulebook())
        except CaptureError:
            continue
        gold = "\n".join(paragraph.text for paragraph in kept.paragraphs)
        dump = dump_of(decode(capture).text).encode()
        weight = MORE_WEIGHT * min(1.0, 2 / siblings[path])
        lesson = read_lesson(
            replace(capture, body=dump, media_type="text/plain"), gold, "more", tune=True, weight=weight
        )
        if lesson:
            yield lesson


def dump_of(markup: str) -> str:
    """Return a page's texts, one a line, as the dumps of the shared pages were made."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        strings = BeautifulSoup(markup, "lxml").find_all(string=True)
    texts = [
        str(string).strip()
        for string in strings
        if not isinstance(string, PreformattedString) and string.parent.name not in SILENT
    ]
    return "\n".join(text for text in texts if text)


def read_lesson(capture: Capture, gold: str, track: str, *, tune: bool, weight: float) -> Lesson | None:
    """Return what a page teaches, None when it can't be read or nothing is left of it."""
    try:
        page = repair(read_page(capture, decode(capture)))
    except CaptureError:
        return None
    rule_sets = load_rulebook().rules_for(page)
    desk = prepare(page, rule_sets)
    if not desk.left:
        return None
    walls = frozenset(find_walls(desk, rule_sets))
    return _lesson(
        Lesson(
            name=capture.origin,
            track=track,
            tune=tune,
            weight=weight,
            blocks=desk.left,
            seen=(),
            truth=(),
            gold=gold,
            walls=walls,
            names=tuple(names_of(page)),
        )
    )


def without_markup(lesson: Lesson) -> Lesson:
    """Return a page's lesson as if it had been dumped block by block."""
    bare = [replace(block, path=(), elements=(), tag="", link_share=0.0) for block in lesson.blocks]
    return _lesson(replace(lesson, track="sample dumps", blocks=bare))


def _lesson(page: Lesson) -> Lesson:
    """Look at a page's blocks."""
    anchor = find_anchor(page.blocks, page.names)
    return replace(
        page,
        seen=tuple(see(page.blocks, walls=page.walls, titles=page.names)),
        truth=truth_of(page.blocks, page.gold),
        title=page.blocks[anchor].index if anchor >= 0 else None,
    )


def truth_of(blocks: Sequence[Block], gold: str) -> list[float]:
    """Return for each block how much of it is in the gold text; a short one that is in it follows its neighbours."""
    wanted, lines = grams(gold), {"".join(line.split()) for line in gold.splitlines()}
    whole = "".join(gold.split())
    squeezed = ["".join(block.text.split()) for block in blocks]
    truth: list[float | None] = []
    for text in squeezed:
        if len(text) >= FIRST_TELLING_CHARS:
            found = grams(text)
            truth.append((found & wanted).total() / found.total())
        else:
            truth.append(1.0 if text in lines else None if text in whole else 0.0)
    return [_by_neighbours(truth, squeezed, at) if known is None else known for at, known in enumerate(truth)]


def _by_neighbours(truth: Sequence[float | None], texts: Sequence[str], at: int) -> float:
    near = [
        known
        for position in range(max(0, at - 3), min(len(texts), at + 4))
        if (known := truth[position]) is not None and len(texts[position]) >= FIRST_TELLING_CHARS
    ]
    return float(bool(near) and sum(near) / len(near) > 0.6)
