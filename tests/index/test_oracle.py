"""The engine on arrays gives exactly what the plain evaluation gives, scores included."""

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from index.engine import Engine, Filter, SearchRequest, Sort
from index.query import parse
from index.whoosh_engine import WhooshEngine
from tests.index.engine_contract import (
    COPIES,
    REPORTS,
    EngineContract,
    common_and_middling,
    in_families,
    scattered,
)
from tests.index.oracle.engine import OracleEngine

QUERIES = (
    "",
    "公开",
    "公",
    "政务公开 信息",
    "办结 OR 受理",
    "-公开",
    '"公开办结"',
    '"开 "',
    '"公开 办"',
    "办结受理 -答复",
    "有关公开办结的全部情况说明材料",
    "标题:小结",
    '标题:"公开总结"',
    "标题:年",
    "年份:2011..2013 公开",
    "层级:乡镇 OR 受理",
    "公开总结",
    "(公开 OR 标题:小结) -受理",
    "年報",
    "哪些答复按时办结",
    "为什么设立「公开」的专栏并且办结受理",
    "归墟镇公开总结",
    "工开",
)
CHOICES: tuple[dict[str, object], ...] = (
    {},
    {"filters": (Filter(facet="level", include=("county", "township")),)},
    {
        "filters": (
            Filter(facet="flag", exclude=("masked",)),
            Filter(facet="kind", include=("summary",)),
            Filter(facet="kind", exclude=("nothing",)),
        ),
        "year_to": 2013,
    },
    {"filters": (Filter(facet="flag", include=("masked", "pinyin")),), "year_from": 2011},
)
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")


class TestOracle(EngineContract):
    def make(self, folder: Path) -> Engine:
        return OracleEngine()


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Engine]:
    """The same reports in both, the arrays' in several segments with deletions."""
    documents = [*in_families(scattered(400)), *REPORTS, *COPIES, *common_and_middling(200)]
    random.Random(2).shuffle(documents)
    folder: Path = tmp_path_factory.mktemp("oracle") / "index"
    arrays, oracle = WhooshEngine.create(folder), OracleEngine()
    for change, start in enumerate(range(0, len(documents), 100), start=1):
        batch = documents[start : start + 100]
        arrays.add([replace(one, title="旧题", paragraphs=("公开办结",)) for one in batch[:9]], change=change)
        for engine in (arrays, oracle):
            engine.add(batch, remove=["s0007"], change=change)
    return arrays, oracle


@pytest.mark.parametrize("typed", QUERIES)
def test_every_answer_is_the_oracles(engines: tuple[Engine, Engine], typed: str) -> None:
    arrays, oracle = engines
    for choice, sort, all_copies in product(CHOICES, SORTS, (False, True)):
        for offset, limit in ((0, 10), (5, 7), (0, 1000), (3, 0)):
            request = SearchRequest(
                query=parse(typed),
                sort=sort,
                all_copies=all_copies,
                offset=offset,
                limit=limit,
                **choice,  # type: ignore[arg-type]
            )
            assert arrays.search(request) == oracle.search(request), request
