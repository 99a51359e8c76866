"""Which reports share their text: near-copies, templates, families, and where two copies differ. Pure.

Swept on real pages (nineteen reports, one of them resold twice over, and a compilation made of one template):
the closest pair that no reader would call copies has a Jaccard index of .37, the loosest that all would .67.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rensa import RMinHash

from archive.hanzi import match_form
from archive.model import Flag, StoredReport

Relation = Literal["copy", "template"]

SHINGLE_CHARS = 4
PERMUTATIONS, BAND_ROWS = 128, 4
"""32 bands of 4 rows: a pair at the threshold shares a band with a probability of .998, one at .3 with .23."""

COPY_JACCARD = 0.65
"""Near-copies. At .8 a text that was resold with another bureau's name in it is missed (.71)."""

TEMPLATE_CONTAINMENT = 0.5
"""One template: half of the shorter text. Formulae of the genre give up to .37."""

LEAST_SHINGLES = 30
"""Texts shorter than that are a sentence or two, and alike without being copied."""

LEAST_TEMPLATE_SHINGLES = 140
"""What a template must share at least: a long paragraph. Short reports share their formulae and little else: two
statements of a hundred characters 53, two forms of two hundred 126; real templates begin at 165."""

SAMPLE_OF = 16
"""One shingle in so many is kept to find templates by, whose Jaccard index (.15) no band would find."""

LEAST_SAMPLES, LEAST_SAMPLED_SHARE = 2, 0.15
"""What must be shared of the samples before texts are compared. Of the smallest templates (half of 17 samples) one in
800 shares fewer; at .25 one in 40 would."""

_MINHASH_SEED = 1
_NO_CHARACTER = re.compile(r"[\W_]+")
_HOST = re.compile(r"[a-z]+://([^/?#:]+)", re.IGNORECASE)
_DAMAGED: frozenset[Flag] = frozenset({"truncated", "excerpt", "word_filtered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """What of a report is compared with another: its shingles, and the year that it is of beyond doubt."""

    shingles: frozenset[str]
    stated_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a text is found by: texts with much in common share `bands`, and those that share a part `samples`."""

    bands: tuple[int, ...]
    samples: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two reports share."""

    relation: Relation
    jaccard: float  # shared shingles over all of both
    containment: float  # shared shingles over those of the shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another report that shares text with one: of its family, or made from the same template.

    `likeness` is None for a member of the family that is only like others of its members.
    """

    report_id: str
    relation: Relation
    likeness: Likeness | None


def paragraph_shingles(text: str) -> frozenset[str]:
    """Return every run of four characters of a paragraph: simplified, half-width, lower-case, without marks."""
    bare = _NO_CHARACTER.sub("", match_form(text))
    return frozenset({bare[at : at + SHINGLE_CHARS] for at in range(len(bare) - SHINGLE_CHARS + 1)})


def shingles(report: StoredReport) -> frozenset[str]:
    """Return the shingles of a report's own prose.

    Titles name the issuer, and since 2019 all reports hold the same tables, which a regulation prescribes:
    with them every two reports of these years would share half of the shorter one.
    """
    texts = (one.text for one in report.paragraphs if one.role != "table")
    return frozenset().union(*map(paragraph_shingles, texts))


def shingled(report: StoredReport) -> Shingled:
    """Return what of a report is compared."""
    return Shingled(shingles=shingles(report), stated_year=stated_year(report))


def sketch(found: frozenset[str]) -> Sketch | None:
    """Return what texts with these shingles are found by; None where there are too few to tell anything."""
    if len(found) < LEAST_SHINGLES:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_MINHASH_SEED)
    minhash.update(list(found))
    digest = minhash.digest()
    rows = (digest[band : band + BAND_ROWS] for band in range(0, PERMUTATIONS, BAND_ROWS))
    bands = (_key(BAND_ROWS * band, ",".join(map(str, row))) for band, row in enumerate(rows))
    codes = map(zlib.crc32, map(str.encode, found))
    samples = (PERMUTATIONS << 32 | code for code in codes if not code % SAMPLE_OF)
    return Sketch(bands=tuple(bands), samples=tuple(sorted(samples)))


def _key(kind: int, text: str) -> int:
    """Return a number below 2 to the power of 40 that is the same on every machine."""
    return kind << 32 | zlib.crc32(text.encode())


def is_worth_comparing(shared_samples: int, samples: int, other_samples: int) -> bool:
    """Whether two texts that share so many samples may share a template."""
    fewest = min(samples, other_samples)
    return shared_samples >= max(LEAST_SAMPLES, LEAST_SAMPLED_SHARE * fewest)


def likeness(one: Shingled, other: Shingled) -> Likeness | None:
    """Compare two reports by their shingles; None where they share too little to speak of.

    Two years that are beyond doubt make two reports, however much one was copied from the other.
    """
    fewest, most = sorted((len(one.shingles), len(other.shingles)))
    if fewest < LEAST_SHINGLES:
        return None
    shared = len(one.shingles & other.shingles)
    jaccard, containment = shared / (fewest + most - shared), shared / fewest
    if jaccard >= COPY_JACCARD and len({one.stated_year, other.stated_year} - {None}) < 2:
        return Likeness(relation="copy", jaccard=jaccard, containment=containment)
    if containment >= TEMPLATE_CONTAINMENT and shared >= LEAST_TEMPLATE_SHINGLES:
        return Likeness(relation="template", jaccard=jaccard, containment=containment)
    return None


def standing(report: StoredReport) -> str:
    """Return what sorts a family: the most complete first, then official sources, then the earliest capture."""
    first = min((capture.captured_at for capture in report.captures), default=None)
    official = any(_is_official(capture.source_url) for capture in report.captures)
    when = first.isoformat() if first else "9"
    return f"{_loss(report)} {int(not official)} {when} {report.report_id}"


def _loss(report: StoredReport) -> int:
    """Grade what a copy has lost: 0 nothing, 1 names or numbers, 2 text."""
    description = report.description
    if report.gaps or report.damages or not _DAMAGED.isdisjoint(description.flags):
        return 2
    return int(description.masked)


def _is_official(address: str | None) -> bool:
    """Whether a page is of a government's own site: of a domain under gov."""
    host = _HOST.match(address or "")
    return host is not None and "gov" in host[1].lower().split(".")[1:]


def to_families(
    pairs: Iterable[tuple[float, str, str]], years: Mapping[str, int | None]
) -> tuple[frozenset[str], ...]:
    """Join pairs of copies (Jaccard index, one id, the other's), the closest first, into families of two and more.

    `years` are those beyond doubt: a pair that would bring two of them into one family joins nothing, or a copy
    of doubtful year would make one report of a town's reports of many years.
    """
    families: dict[str, set[str]] = {}
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], *sorted(pair[1:]))):
        here, there = families.get(one, {one}), families.get(other, {other})
        together = here | there
        if here is not there and len({years.get(member) for member in together} - {None}) < 2:
            families.update(dict.fromkeys(together, together))
    return tuple({id(family): frozenset(family) for family in families.values()}.values())


def stated_year(report: StoredReport) -> int | None:
    """Return the year that a report is of beyond doubt."""
    return report.description.year if report.description.year_status == "stated" else None
