"""Measures what is offered for slips of the pen, and what is offered where nothing was misspelt.

    python -m bench.slips

Reports are the samples' texts and made ones. bench/slips.toml has a hundred invented slips of two kinds in queries of two
to four words; every query spelt well is asked too, with pairs of words of one sample, apart,
run together and with 的 between them.
"""

import random
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.pinyin import everyday_characters, plain_readings
from bench.made_reports import made_reports
from index.analysis import cut_words
from index.engine import FACETS, UNKNOWN, Engine, IndexDocument, SearchRequest
from index.fold import fold
from index.query import parse
from index.whoosh_engine import WhooshEngine
from samples.text import load_sample

HERE = Path(__file__).parent
SLIPS = HERE / "slips.toml"
TEXTS = HERE.parent / "samples" / "texts"
MADE_REPORTS = 500
PAIRS = 200
SEED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Shares of the slips for which what was meant is offered first, or at all, and those for which it is not."""

    first: float
    offered: float
    missed: tuple[str, ...]


def documents() -> Iterator[IndexDocument]:
    """Yield the samples' reports, then made ones."""
    unknown = tuple((name, (UNKNOWN,)) for name in FACETS)
    for path in sorted(TEXTS.glob("*.toml")):
        for number, part in enumerate(load_sample(path).parts):
            yield IndexDocument(
                report_id=f"{path.stem}-{number}",
                title=part.title,
                paragraphs=part.paragraphs(),
                facets=unknown,
            )
    yield from made_reports(MADE_REPORTS)


def slips() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return for each kind what was typed and what was meant."""
    kinds = tomllib.loads(SLIPS.read_text(encoding="utf-8"))
    return {kind: tuple((typed, meant) for typed, meant in pairs) for kind, pairs in kinds.items()}


def drawn() -> tuple[tuple[str, str], ...]:
    """Return words run together in which one character is any everyday one that sounds like it: nobody chose them."""
    draw = random.Random(SEED)
    return tuple(_slipped("".join(pair), draw) for pair in _pairs(draw))


def _slipped(meant: str, draw: random.Random) -> tuple[str, str]:
    at = draw.randrange(len(meant))
    like = sorted(
        one for one in everyday_characters() if not plain_readings(one).isdisjoint(plain_readings(meant[at]))
    )
    one = draw.choice([other for other in like if fold(other) != meant[at]] or [meant[at]])
    return meant[:at] + one + meant[at + 1 :], meant


def offers(engine: Engine, typed: str) -> tuple[str, ...]:
    """Return the queries that are offered in place of `typed`."""
    page = engine.search(SearchRequest(query=parse(typed)))
    return tuple(typed.replace(one.typed, one.meant) for one in page.corrections)


def find(engine: Engine, pairs: Sequence[tuple[str, str]]) -> Found:
    """Ask each slip."""
    given = [(typed, meant, offers(engine, typed)) for typed, meant in pairs]
    return Found(
        first=sum(offered[:1] == (meant,) for _, meant, offered in given) / len(pairs),
        offered=sum(meant in offered for _, meant, offered in given) / len(pairs),
        missed=tuple(f"{typed} -> {offered}" for typed, meant, offered in given if meant not in offered),
    )


def _pairs(draw: random.Random) -> list[list[str]]:
    """Draw pairs of words that stand in one sample."""
    words = [
        sorted(
            {
                word
                for text in one.paragraphs()
                for word in cut_words(fold(text))
                if len(word) > 1 and word.isalpha()
            }
        )
        for path in sorted(TEXTS.glob("*.toml"))
        for one in load_sample(path).parts
    ]
    return [draw.sample(draw.choice(words), 2) for _ in range(PAIRS)]


def spelt_well() -> tuple[str, ...]:
    """Return queries that some report meets: those that were meant, and pairs of words of one sample."""
    pairs = _pairs(random.Random(SEED))
    meant = (meant for kind in slips().values() for _, meant in kind)
    return (*meant, *map(" ".join, pairs), *map("".join, pairs), *map("的".join, pairs))


def falsely_offered(engine: Engine) -> tuple[str, ...]:
    """Return the queries spelt well for which something else is offered, with the first of it."""
    given = ((typed, offers(engine, typed)) for typed in spelt_well())
    return tuple(f"{typed} -> {offered[0]}" for typed, offered in given if offered)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine.create(Path(folder) / "index")
        engine.add(documents(), change=1)
        for kind, pairs in (*slips().items(), ("drawn", drawn())):
            found = find(engine, pairs)
            print(f"{kind}: offered {found.offered:.2f}, first {found.first:.2f} of {len(pairs)}")
            print("\n".join(f"  missed {one}" for one in found.missed))
        wrong = falsely_offered(engine)
        print(f"spelt well: {len(wrong)} of {len(spelt_well())} offered something else")
        print("\n".join(f"  {one}" for one in wrong))


if __name__ == "__main__":
    main()
