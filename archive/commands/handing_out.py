"""`export`: what is chosen by ids, a list or a search is written out. Reads lists and the store, writes the export."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.bag import ToJson
from archive.errors import Refused
from archive.export import export_to
from archive.ids import read_id
from archive.settings import Settings
from archive.store import Store

Search = Callable[[Store], Iterable[str]]
"""Finds the ids of all reports that a search matches."""


def export_chosen(
    settings: Settings,
    form: str,
    output: Path | None,
    to_json: ToJson,
    *,
    ids: tuple[str, ...],
    listing: Path | None,
    search: Search | None,
) -> None:
    """Write what is chosen, or everything where nothing says what. Raises Refused when the choice is empty."""
    with Store.open(settings) as store:
        named = (*ids, *(() if listing is None else _read_list(listing)))
        chosen = dict.fromkeys(one for name in named for one in _held_ids(store, name))
        if search is not None:
            chosen |= dict.fromkeys(search(store))
        everything = not (named or listing or search)
        if not everything and not chosen:
            raise Refused("nothing is chosen: no report matches, or the list is empty")
        try:
            told = export_to(
                output, store, form, None if everything else tuple(chosen), to_json, now=datetime.now(tz=UTC)
            )
        except OSError as error:
            raise Refused(
                f"{output or 'standard output'}: {error.strerror}; choose another --output"
            ) from error
    if output is not None:
        click.echo(f"{told} written to {output}", err=True)


def _read_list(path: Path) -> list[str]:
    """Read the ids in a list, one to a line; blank lines and what follows # are left out."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}; check --list") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: not UTF-8 text; save the list as UTF-8") from error
    return [name for line in lines if (name := line.partition("#")[0].strip())]


def _held_ids(store: Store, name: str) -> tuple[str, ...]:
    """Return the report that an id names, or the parts of the compilation; raise where it is none that is given out."""
    report_id = read_id(name)
    if report_id is None:
        raise Refused(f"{name!r} is not a report id: these have 12 letters and digits")
    compilation = store.compilation(report_id)
    if compilation is not None:
        return tuple(store.reports(compilation.part_ids))
    return (store.report(report_id).report_id,)
