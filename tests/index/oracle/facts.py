"""What the oracle knows of each document besides its text: plain tuples and dicts, one entry for each document."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.analysis import Analysis
from index.engine import FACETS, IndexDocument
from index.field_text import field_form
from index.spelling import initials, spelling
from index.titles import LONGEST, bare_title
from index.tree import TextField
from tests.index.oracle.reader import TERM_FIELDS, Facts

TEXT_FIELDS: tuple[TextField, ...] = ("title", "place", "bureau", "number", "initials", "spelling")


def by_bare_title(titles: Sequence[str], documents: Iterable[int]) -> Mapping[str, Sequence[int]]:
    """Return which of `documents`, numbers into the folded `titles`, have each bare title."""
    found: dict[str, list[int]] = {}
    for document in documents:
        bare = bare_title(titles[document])
        if 0 < len(bare) <= LONGEST:
            found.setdefault(bare, []).append(document)
    return found


def _date_number(order_key: str) -> int:
    """Turn YYYY-MM-DD or YYYY into YYYYMMDD, zeros for what is missing."""
    digits = order_key.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and digits.isascii() else 0


def _text(document: IndexDocument, name: TextField) -> str:
    match name:
        case "number":
            return " ".join(document.numbers)
        case "initials":
            return initials(document.title)
        case "spelling":
            return spelling(document.title)
        case _:
            return str(getattr(document, name))


def to_facts(documents: Sequence[IndexDocument], analyses: Sequence[Analysis]) -> Facts:
    """Number documents in their order."""
    families = tuple(one.family or one.report_id for one in documents)
    texts = {name: tuple(field_form(name, _text(one, name)) for one in documents) for name in TEXT_FIELDS}
    lengths = {field: tuple(len(getattr(one, field)) for one in analyses) for field in TERM_FIELDS}
    return Facts(
        live=frozenset(range(len(documents))),
        report_ids=tuple(one.report_id for one in documents),
        families=families,
        copied=frozenset(family for family, count in Counter(families).items() if count > 1),
        standings=tuple(one.standing for one in documents),
        facets={name: tuple(dict(one.facets)[name] for one in documents) for name in FACETS},
        texts=texts,
        titled=by_bare_title(texts["title"], range(len(documents))),
        dates=tuple(_date_number(one.order_key) for one in documents),
        lengths=lengths,
        mean_lengths={
            field: sum(lengths[field]) / len(documents) if documents else 0.0 for field in TERM_FIELDS
        },
    )
