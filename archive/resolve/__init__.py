"""From a citation to the stored copy: an id, an address, a 文号, a title, a whole reference, a quoted passage.

Reads the store. What a search engine is needed for is asked of a `Finder`, which is opened only then, so that ids
and addresses are resolved without an index.
"""

from collections.abc import Callable, Sequence

from archive.resolve.answer import Certainty, Finder, Holders, Kind, Match, Resolution
from archive.resolve.held import of_address, of_id, of_misspelt_id
from archive.resolve.passages import find_passage
from archive.resolve.titles import of_citation, of_number, of_title
from archive.store import Store

__all__ = ["Certainty", "Finder", "Holders", "Kind", "Match", "Resolution", "resolve"]

MOST_CANDIDATES = 20
MOST_TITLE_CHARS = 120
"""A longer text is a passage or a reference, and asking for it as a title would only take time."""


def resolve(text: str, store: Store, open_finder: Callable[[], Finder]) -> Resolution:
    """Find what `text` names, the surest reading first. Never raises for what a person can type.

    Raises IndexFault where the index is needed and can't be used, and StoreError.
    """
    text = text.strip()
    if not text:
        return Resolution(text=text)
    for kind, find in (("id", of_id), ("address", of_address), ("id", of_misspelt_id)):
        found = find(text, store)
        if found:
            return settled(text, kind, found, store)  # type: ignore[arg-type]  # the three kinds above
    return _by_words(text, store, open_finder())


def _by_words(text: str, store: Store, finder: Finder) -> Resolution:
    numbered = of_number(text, store, finder)
    if numbered is not None:
        return numbered
    if len(text) <= MOST_TITLE_CHARS:
        titled = of_title(text, store, finder)
        if titled:
            return settled(text, "title", titled, store)
    passage = find_passage(text, store, finder)
    if passage and passage[0].certainty != "fuzzy":
        return settled(text, "passage", passage, store)
    cited = of_citation(text, store, finder)
    if cited and (not passage or cited[0].score >= passage[0].score):
        return settled(text, "citation", cited, store)
    return settled(text, "passage", passage, store) if passage else Resolution(text=text)


def settled(text: str, kind: Kind, found: Sequence[Match], store: Store) -> Resolution:
    """Choose among what was found: one text, with its copies, or several to choose from."""
    best = found[0]
    rivals = [one for one in found if one.score >= best.score]
    is_one_text = len({one.family for one in rivals}) == 1
    copies = [one for one in found[1:] if one.family == best.family]
    return Resolution(
        text=text,
        kind=kind,
        certainty=best.certainty if is_one_text else "ambiguous",
        score=best.score,
        best=best,
        copies=(*copies, *_family_of(best, {one.report_id for one in found}, store)),
        candidates=() if is_one_text else tuple(rivals[:MOST_CANDIDATES]),
        total=len(rivals),
    )


def _family_of(best: Match, known: set[str], store: Store) -> tuple[Match, ...]:
    """Return the other copies of the same text, which may lack the passage or word it otherwise."""
    if best.report is None or best.report.family is None:
        return ()
    ids = [one.report_id for one in store.relatives(best.report_id) if one.relation == "copy"]
    held = store.reports([one for one in ids if one not in known])
    return tuple(
        Match(report_id=one, title=held[one].title, report=held[one], certainty="none", score=0.0)
        for one in ids
        if one in held
    )
