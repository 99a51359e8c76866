"""A quotation longer than what is proven gram by gram is exact all the same, in several segments too."""

import random
from pathlib import Path

import pytest

from index.engine import SearchRequest
from index.phrase import LONG
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.making import make_document

LETTERS = "桂影县望舒市政务公开申请答复要点年报"


def _texts() -> list[str]:
    """Return thirty texts of 300 characters of which each third differs from the one before in one character."""
    draw = random.Random(7)
    texts: list[str] = []
    for number in range(30):
        if number % 3:
            at = draw.randrange(300)
            texts.append(texts[-1][:at] + "沧" + texts[-1][at + 1 :])
        else:
            texts.append("".join(draw.choices(LETTERS, k=300)))
    return texts


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder: Path = tmp_path_factory.mktemp("long") / "index"
    engine = WhooshEngine.create(folder)
    documents = [make_document(f"r{number}", text) for number, text in enumerate(_texts())]
    engine.add(documents[:20], change=1)
    engine.add(documents[20:], change=2)
    return engine


@pytest.mark.parametrize("length", [2 * LONG - 2, 2 * LONG - 1, 2 * LONG, 2 * LONG + 1, 77, 150, 299])
@pytest.mark.parametrize("at_once", [0, 10, 1000])
def test_long_quotations_match_what_a_plain_scan_does(
    engine: WhooshEngine, length: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "index.phrase.MOST_AT_ONCE", at_once
    )  # no gram, some grams or all are looked at together
    engine._reader().quotations.forget()
    draw, texts = random.Random(length), _texts()
    for _ in range(12):
        start = draw.randrange(300 - length + 1)
        quoted = draw.choice(texts)[start : start + length]
        altered = quoted[: length // 3] + "溟" + quoted[length // 3 + 1 :]
        for wanted in (quoted, altered):
            hits = engine.search(SearchRequest(query=parse(f'"{wanted}"'), limit=50)).hits
            assert {hit.report_id for hit in hits} == {
                f"r{n}" for n, text in enumerate(texts) if wanted in text
            }
