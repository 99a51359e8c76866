"""docs/scaling.md against the code that it tells of."""

import re

import pytest

from tests.conftest import PROJECT

GUIDE = (PROJECT / "docs" / "scaling.md").read_text(encoding="utf-8")


def test_every_setting_of_the_cluster_is_told() -> None:
    code = (PROJECT / "index" / "opensearch_settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'"(OPENSEARCH_\w+)"', code))
    assert len(names) >= 10
    assert [name for name in sorted(names) if f"`{name}`" not in GUIDE] == []


@pytest.mark.parametrize("file", ["docs/compose.yaml", "tests/cluster/TestNode.java"])
def test_the_nodes_that_are_offered_take_as_many_clauses_as_the_guide_says(file: str) -> None:
    (clauses,) = re.findall(r"`indices\.query\.bool\.max_clause_count: (\d+)`", GUIDE)
    assert re.search(
        rf'indices\.query\.bool\.max_clause_count"?[:,] "?{clauses}',
        (PROJECT / file).read_text(encoding="utf-8"),
    )


def test_every_module_that_is_to_be_run_is_there() -> None:
    modules = set(re.findall(r"python -m ([\w.]+)", GUIDE))
    assert {"tests.cluster.run", "bench.cluster"} <= modules
    for module in modules:
        path = PROJECT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
