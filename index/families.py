"""The families of copies of a state, each in its order. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array, Arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """The documents that have a copy in use; those of one family stand side by side, the representative first.

    `numbers` tell families apart, `grades` are the first characters of their standings' code points, `has_copies`
    is a flag for each document. `names` are the families' ids, also of documents that lost their other copies.
    """

    documents: Array
    numbers: Array
    grades: Array
    has_copies: Array
    names: Mapping[int, str]


class _Names(Mapping[int, str]):
    """The family's id of each document that has or had copies, found when it is asked for."""

    def __init__(self, documents: Array, names: Array) -> None:
        order = np.argsort(documents)
        self._documents, self._names = documents[order], names[order]

    def __getitem__(self, document: int) -> str:
        place = int(self._documents.searchsorted(document))
        if place == len(self._documents) or self._documents[place] != document:
            raise KeyError(document)
        return str(self._names[place].decode())

    def __iter__(self) -> Iterator[int]:
        return iter(self._documents.tolist())

    def __len__(self) -> int:
        return len(self._documents)


def to_families(segments: Sequence[tuple[int, Arrays]], deleted: Array | None, size: int) -> Families:
    """Join the members of all segments; one that lost its other copies is a report like any other."""

    def joined(name: str) -> Array:
        parts = [arrays[f"members.{name}"] for _, arrays in segments]
        return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.zeros(0, "S1")])

    documents = np.concatenate(
        [np.zeros(0, np.int64), *(a["members.documents"] + np.int64(b) for b, a in segments)]
    )
    keys, standings, names = joined("keys"), joined("standings"), joined("families")
    if len(segments) > 1:
        origins = np.repeat(np.arange(len(segments)), [len(a["members.keys"]) for _, a in segments])
        order = _order(keys, standings, origins)
        documents, keys, standings, names = documents[order], keys[order], standings[order], names[order]
    if deleted is not None:
        kept = ~deleted[documents]
        documents, keys, standings, names = documents[kept], keys[kept], standings[kept], names[kept]
    begins = (
        np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        if len(keys)
        else np.zeros(0, np.int64)
    )
    sizes = np.diff(begins, append=len(keys))
    several = np.repeat(sizes > 1, sizes)
    all_names = _Names(documents, names)
    documents = documents[several].astype(np.int64)
    has_copies = np.zeros(size, bool)
    has_copies[documents] = True
    return Families(
        documents=documents,
        numbers=np.repeat(np.arange(len(sizes)), sizes)[several],
        grades=_first_bytes(standings[several]),
        has_copies=has_copies,
        names=all_names,
    )


def _order(keys: Array, standings: Array, origins: Array) -> Array:
    """Return the order by family and standing; only families of several segments need their standings compared."""
    order = np.argsort(keys, kind="stable")
    in_order, whence = keys[order], origins[order]
    if not len(order) or not (meets := (in_order[1:] == in_order[:-1]) & (whence[1:] != whence[:-1])).any():
        return order
    mixed = np.isin(in_order, in_order[1:][meets]).nonzero()[0]
    again = order[mixed]
    order[mixed] = again[np.lexsort((standings[again], keys[again]))]
    return order


def _first_bytes(standings: Array) -> Array:
    if not len(standings):
        return np.zeros(0, np.uint8)
    return np.ascontiguousarray(standings).view(np.uint8).reshape(len(standings), -1)[:, 0]
