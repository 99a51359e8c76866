"""Which script a report is written in, and whether a machine converted it from simplified."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archive.describe.tables import script_variants
from archive.describe.text import ReportText
from archive.hanzi import (
    merged_characters,
    simplified_only,
    to_simplified,
    to_traditional,
    traditional_only,
)
from archive.model import Evidence, Script, ScriptOrigin

# Counts of the five development pages: 0/568, 532/0, 0/972, 608/0, 0/3,070. Between 5 % and 95 % nothing was seen.
TRADITIONAL_SHARE = 0.95
SIMPLIFIED_SHARE = 0.05
MIN_HITS = 5

# Merged forms (關于 for 關於) per 1,000 Han characters: 9.8 and 9.7 on the two converted development pages. Measured on
# 2,000 native encyclopedia passages (757,063 characters) the mean is 0.3, all names and transliterations (范, 于, 公里),
# mostly one form repeated; on 1,500 simplified passages converted without phrases the median is 23. Asking for three
# different forms and 2 per 1,000 calls 0 of the 2,000 native passages converted, and finds 1,238 of the 1,500 (of 350
# characters), 300 of 300 at a report's length (1,750). Swept 1..3 forms and 1..8 per 1,000.
MERGED_PER_THOUSAND = 2.0
MIN_MERGED_FORMS = 3

_SHOWN = 3  # merged forms kept as evidence

_SENTENCE = re.compile(r"[^。!?;!?;]+[。!?;!?;]?")
_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The script (None under five telling characters), its origin, and examples of merged forms."""

    script: Script | None
    origin: ScriptOrigin
    evidence: tuple[Evidence, ...]


def find_writing(text: ReportText, *, has_glosses: bool) -> Writing:
    """Tell the script by characters that only one script has, the origin by forms a proper conversion would change.

    Pinyin glosses are the mark of the same machines: beside them a single merged form is enough.
    """
    lines = (*text.front, *text.own_words)
    whole = "".join(line.original for line in lines)
    script = script_of(whole)
    if script != "hant":
        return Writing(script=script, origin="native", evidence=())
    han_chars = len(_HAN.findall(whole))
    merged: list[Evidence] = []
    forms: set[str] = set()
    converted = False
    for line, at in ((each, at) for each in lines for at in merged_forms(each.original)):
        merged.append(line.evidence(at, at + 1))
        forms.add(line.original[at])
        converted = (
            len(forms) >= (1 if has_glosses else MIN_MERGED_FORMS)
            and len(merged) * 1000 >= MERGED_PER_THOUSAND * han_chars
        )
        # More can only add to the proof, and looking for it is the dearest part of describing.
        if converted and len(merged) >= _SHOWN:
            break
    return Writing(
        script=script,
        origin="converted" if converted else "native",
        evidence=tuple(merged[:_SHOWN]) if converted else (),
    )


def script_of(text: str) -> Script | None:
    """Return the script of a text, None when fewer than five of its characters belong to one script only."""
    counts = Counter(text)
    different = set(counts)  # 400 characters stand for the 2,000 of a report
    traditional = sum(counts[character] for character in different & traditional_only())
    simplified = sum(counts[character] for character in different & simplified_only())
    hits = traditional + simplified
    if hits < MIN_HITS:
        return None
    share = traditional / hits
    if share >= TRADITIONAL_SHARE:
        return "hant"
    return "hans" if share <= SIMPLIFIED_SHARE else "mixed"


@cache
def _telling_forms() -> frozenset[str]:
    return merged_characters() - script_variants()


def merged_forms(text: str) -> Iterator[int]:
    """Yield the offsets of characters left in a form that simplified writing merged (范圍, 簽字后).

    Each sentence is simplified and converted back by phrases; where that gives another character than stands
    here, and here stands the simplified one, a converter without phrases was at work.
    """
    for sentence in _SENTENCE.finditer(text):
        written = sentence[0]
        if _telling_forms().isdisjoint(written):
            continue
        simplified = to_simplified(written)
        proper = to_traditional(simplified)
        if len(proper) != len(written):
            continue  # a phrase changed its length: positions no longer face each other
        for at, (here, plain, right) in enumerate(zip(written, simplified, proper, strict=True)):
            if here != right and here == plain and here not in script_variants():
                yield sentence.start() + at
