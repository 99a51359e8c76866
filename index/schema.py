"""What an index holds, and whether one on disk still means what this program means by it.

=================  ==========================================================================================
postings
``report_id``      one term, the report's id
``words``          jieba's words of title and paragraphs, with frequencies: they rank
``grams``          neighbouring characters with positions: they decide exactness, and rank
``characters``     single characters with frequencies: they answer one-character queries, and rank
columns, one value for each document
``report_id``      the id that a hit gives back
each of FACETS     a JSON list of values, never empty
``title place bureau number initials spelling``  the short texts of `index.field_text`, folded
``family``         the id of its family's representative, its own for a text of its own
``standing``       sorts a family's members; empty for a text of its own
``date``           YYYYMMDD, zeros for what is unknown
``words_length grams_length characters_length``  how many terms, for BM25
=================  ==========================================================================================

No text is stored to be shown, and nothing is stored that can't be made again from the archive's store.
"""

import json
from pathlib import Path

from archive.errors import IndexDamaged, IndexMissing, IndexOutdated
from index.analysis import words_fingerprint
from index.durable import write_durably
from index.fold import fold_fingerprint

FORMAT_VERSION = 4
"""Raised with every change to the table above or to how its values are made."""

MANIFEST = "manifest.json"


def manifest(engine: str) -> dict[str, object]:
    """Return what must be equal for an index to be used: its format, engine, fold table and word dictionary."""
    return {
        "format": FORMAT_VERSION,
        "engine": engine,
        "fold": fold_fingerprint(),
        "words": words_fingerprint(),
    }


def write_manifest(folder: Path, engine: str) -> None:
    """Mark `folder` as an index made by this version."""
    write_durably(folder / MANIFEST, json.dumps(manifest(engine), indent=2) + "\n")


def check_manifest(folder: Path, engine: str) -> None:
    """Raise unless the index in `folder` was made by this version for this engine.

    Raises IndexMissing, IndexDamaged (the manifest can't be read) or IndexOutdated, which names what differs.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IndexMissing(f"no search index in {folder}; run `python ingest.py reindex`") from None
    except (OSError, ValueError) as error:
        raise IndexDamaged(
            f"cannot read {folder / MANIFEST} ({error}); run `python ingest.py reindex`"
        ) from error
    expected = manifest(engine)
    if found != expected:
        different = _differences(found, expected)
        raise IndexOutdated(
            f"the search index in {folder} was made with another {different}; run `python ingest.py reindex`"
        )


def _differences(found: object, expected: dict[str, object]) -> str:
    if not isinstance(found, dict):
        return "format"
    different = [name for name, value in expected.items() if found.get(name) != value]
    if different == ["words"]:  # most often a setting: ARCHIVE_WORDS
        there, here = (str(words)[:16].rstrip() for words in (found.get("words"), expected["words"]))
        return f"words ({there} there, {here} here)"
    return ", ".join(different) or "format"
