"""Two texts beside each other, paragraph by paragraph, in reading order. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.differences import Piece, SharedParagraph, compare, shared_paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph of each text, or of one alone (None in the other); `pieces` are empty where one is alone.

    They are empty too where two that belong together are too long to be compared.
    """

    here: int | None
    there: int | None
    pieces: tuple[Piece, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both hold the same, but for script and width."""
        return bool(self.pieces) and not any(piece.is_slot for piece in self.pieces)


def side_by_side(here: Sequence[str], there: Sequence[str]) -> tuple[Row, ...]:
    """Return every paragraph of both texts once, in the order of `here`; those of `there` alone stand where they stood.

    A paragraph that was moved is beside its partner, at the place of `here`.
    """
    shared = {one.here: one for one in (*shared_paragraphs(here, there), *_equal_short(here, there))}
    return tuple(_rows(here, there, shared))


def _equal_short(here: Sequence[str], there: Sequence[str]) -> Iterator[SharedParagraph]:
    """Pair equal paragraphs too short to have a run of four characters (目录, 0 | 0), in order."""
    paired = shared_paragraphs(here, there)
    free_here = [at for at in range(len(here)) if at not in {one.here for one in paired}]
    free_there = [at for at in range(len(there)) if at not in {one.there for one in paired}]
    for at in free_here:
        other = next((one for one in free_there if there[one] == here[at]), None)
        if other is not None:
            free_there.remove(other)
            yield SharedParagraph(here=at, there=other, pieces=compare(here[at], there[other]))


def _rows(here: Sequence[str], there: Sequence[str], shared: dict[int, SharedParagraph]) -> Iterator[Row]:
    partners = {one.there for one in shared.values()}
    waiting = [at for at in range(len(there)) if at not in partners]
    for at in range(len(here)):
        pair = shared.get(at)
        if pair is None:
            yield Row(here=at, there=None)
            continue
        while waiting and waiting[0] < pair.there:
            yield Row(here=None, there=waiting.pop(0))
        yield Row(here=at, there=pair.there, pieces=pair.pieces)
    for left in waiting:
        yield Row(here=None, there=left)
