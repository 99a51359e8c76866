"""Which words of a hit stand there in the other script than they were typed in."""

from collections.abc import Iterable

from archive.hanzi import match_form, narrow_table
from index.fold import fold

MAX_SHOWN = 3


def _as_written(text: str) -> str:
    """Half-width and lower-case: what is left to differ is the script."""
    return text.translate(narrow_table()).lower()


def matched_otherwise(typed: str, marked: Iterable[str]) -> tuple[str, ...]:
    """Return marked texts that were typed in other characters, e.g. 政務公開 for 政务公开, the first few of them.

    What was not typed at all, such as another region's wording, is no other script.
    """
    as_typed, folded = _as_written(typed), fold(typed)
    return tuple(
        dict.fromkeys(
            text
            for text in marked
            if _as_written(text) not in as_typed and fold(text) in folded and match_form(text)
        )
    )[:MAX_SHOWN]
