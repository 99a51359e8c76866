"""Why nothing was found: each word, field and filter with how many reports it leaves alone, and the way without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.engine import Engine, SearchRequest
from index.query import Query, parse
from index.tree import And, Everything, Node
from index.wording import to_text
from web.facets import to_chips
from web.languages import gettext
from web.params import SearchState, to_request

MAX_PARTS = 8
"""Parts that are looked into; each takes two searches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that was asked for: `alone` reports meet it, and `without` it the search finds so many."""

    label: str
    alone: int
    without: int
    state: SearchState

    @property
    def is_empty(self) -> bool:
        """Whether no report meets this part, whatever else is asked."""
        return self.alone == 0


def _total(state: SearchState, query: Query, engine: Engine) -> int:
    return engine.search(replace(to_request(state, query), offset=0, limit=0)).total


def _alone(node: Node, engine: Engine) -> int:
    """Count the reports that meet a part as it was asked: those that have only some of its words do not."""
    query = Query(text=to_text(node), tree=node)
    found = engine.search(SearchRequest(query=query, limit=0))
    return 0 if any(note.code == "partial" for note in found.notes) else found.total


def _of_query(state: SearchState, tree: Node, engine: Engine) -> Iterator[Part]:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    for number, part in enumerate(parts[:MAX_PARTS]):
        if isinstance(part, Everything):
            continue
        rest = [to_text(one) for at, one in enumerate(parts) if at != number]
        without = replace(state, text=" ".join(rest), page=1)
        yield Part(
            label=to_text(part),
            alone=_alone(part, engine),
            without=_total(without, parse(without.text), engine),
            state=without,
        )


def _of_filters(state: SearchState, query: Query, engine: Engine) -> Iterator[Part]:
    for chip in to_chips(state)[:MAX_PARTS]:
        with_it_alone = replace(
            SearchState(),
            filters=tuple(one for one in state.filters if one not in chip.state.filters),
            year_from=state.year_from if chip.state.year_from is None else None,
            year_to=state.year_to if chip.state.year_to is None else None,
        )
        yield Part(
            label=gettext("不要 %(label)s", label=chip.label) if chip.is_exclusion else chip.label,
            alone=_total(with_it_alone, parse(""), engine),
            without=_total(chip.state, query, engine),
            state=chip.state,
        )


def diagnose(state: SearchState, query: Query, engine: Engine) -> tuple[Part, ...]:
    """Return the parts of a search that found nothing, those that no report meets first."""
    parts = (*_of_query(state, query.tree, engine), *_of_filters(state, query, engine))
    return tuple(sorted(parts, key=lambda part: (not part.is_empty, -part.without)))
