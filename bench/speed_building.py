"""Builds the indexes that `bench.speed` measures, and keeps what plain loops need to know of the reports."""

from __future__ import annotations

import math
import resource
import shutil
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from bench.corpus import reports
from bench.speed_ours import Ours
from bench.speed_queries import PAIRS
from index.arrays.building import Tokens
from index.fold import fold
from index.ranking import LENGTH_SHARE, SATURATION


@dataclass(kw_only=True)
class Clock:
    """CPU seconds that went into making what passes through."""

    seconds: float = 0.0

    def outside(self, items: Iterable[Tokens]) -> Iterator[Tokens]:
        iterator = iter(items)
        while True:
            started = process_time()
            one = next(iterator, None)
            self.seconds += process_time() - started
            if one is None:
                return
            yield one


@dataclass(kw_only=True)
class Oracle:
    """What plain loops need of every report: how often it has each term of PAIRS, and its length."""

    ids: list[str] = field(default_factory=list)
    lengths: array[int] = field(default_factory=lambda: array("I"))
    counts: dict[str, array[int]] = field(
        default_factory=lambda: {fold(term): array("I") for pair in PAIRS for term in pair}
    )

    def watched(self, items: Iterable[Tokens]) -> Iterator[Tokens]:
        for one in items:
            self.ids.append(one.document.report_id)
            self.lengths.append(len(one.words))
            for term, counts in self.counts.items():
                counts.append(one.words.count(term))
            yield one

    def best(self, terms: Sequence[str], *, is_any: bool) -> list[str]:
        """The first ten by BM25, every report scored; ties by id."""
        mean = sum(self.lengths) / len(self.lengths)
        scores = [0.0] * len(self.ids)
        held = [0] * len(self.ids)
        for term in terms:
            counts = self.counts[term]
            holders = sum(1 for count in counts if count)
            gain = (math.log(len(self.ids) / (holders + 1)) + 1) * (SATURATION + 1)
            for number, count in enumerate(counts):
                if count:
                    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * self.lengths[number] / mean)
                    scores[number] += gain * count / (count + norm)
                    held[number] += 1
        needed = 1 if is_any else len(terms)
        found = [number for number, count in enumerate(held) if count >= needed]
        return [
            self.ids[n] for n in sorted(found, key=lambda number: (-scores[number], self.ids[number]))[:10]
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What building took, and what the plain loops will need."""

    reports_per_second: float
    megabytes: float
    oracle: Oracle


def engine_of(name: str, folder: Path) -> Ours:
    """Return an engine on its folder, be there an index in it or not; all have the same methods."""
    if name == Ours.name:
        return Ours(folder)
    from bench.speed_peers import PEERS  # noqa: PLC0415 - the extra `bench` may not be installed

    return next(peer for peer in PEERS if peer.name == name)(folder)  # type: ignore[return-value]  # the same methods


def build(name: str, folder: Path, count: int, seed: int) -> Built:
    """Build one engine's index in `folder`. It gets its name when it is whole: what was broken off is built again."""
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    engine, made = engine_of(name, unfinished), reports(count, seed=seed)
    clock, oracle = Clock(), Oracle()
    if isinstance(engine, Ours):
        made = oracle.watched(engine.keep_texts(made))
    started = process_time()
    engine.build(clock.outside(made))
    seconds = process_time() - started - clock.seconds
    unfinished.rename(folder)
    return Built(reports_per_second=count / seconds, megabytes=_resident_megabytes(), oracle=oracle)


def _resident_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
