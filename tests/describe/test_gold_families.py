"""The copies among real pages, against a person's reading of them."""

from pathlib import Path

import pytest

from archive.families import Relation
from archive.pipeline import reports_of
from archive.settings import Settings
from archive.store import Store
from tests.conftest import make_capture
from tests.store.made import NOW

pytestmark = pytest.mark.shared

EXPECTED: set[tuple[Relation, str, str]] = {
    ("copy", "004#2", "004#3"),
    ("template", "004#13", "004#2"),
    ("template", "004#13", "004#3"),
}


def test_real_copies_and_templates_are_linked_and_no_other(shared_dir: Path, tmp_path: Path) -> None:
    names: dict[str, str] = {}
    with Store.open(Settings(home=tmp_path / "data"), writable=True) as store:
        for path in sorted((shared_dir / "seeds").glob("*.txt")):
            outcome = reports_of(make_capture(path.read_bytes(), origin=path.name))
            store.keep(outcome, now=NOW)
            number = path.name.partition("_")[0]
            names |= {one.report_id: f"{number}#{one.section.part}" for one in outcome.reports}
        found = {
            (relative.relation, *sorted((name, names[relative.report_id])))
            for report_id, name in names.items()
            for relative in store.relatives(report_id)
        }
        flagged = {
            names[one.report_id] for one in store.latest_reports() if "template_copy" in one.description.flags
        }
    assert len(names) == 19
    assert found == EXPECTED
    assert flagged == {"004#2", "004#3", "004#13"}
