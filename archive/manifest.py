"""addresses.tsv: from where and when the files beside it were captured. Reads that file.

One line for each file: `file<TAB>address<TAB>captured_at`. The address may be empty (a page of unknown
source), the time may be empty (the file's own then), lines that are empty or begin with # are skipped.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import UnreadableSource
from archive.found import shown
from archive.ids import normalise_address

MANIFEST_NAME = "addresses.tsv"
_HEADER = ["file", "address", "captured_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one line says about one file."""

    address: str | None
    captured_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A folder's manifest. `faults` holds what is wrong, by file name; "" is the manifest as a whole.

    A file with a fault must not be added: without its address it would get another id, for ever.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    faults: dict[str, UnreadableSource] = field(default_factory=dict)

    def fault_of(self, name: str) -> UnreadableSource | None:
        """Return why the file of this name can't be added, None when it can."""
        return self.faults.get(name) or self.faults.get("")


def load_manifest(folder: Path) -> Manifest:
    """Read a folder's manifest; empty when there is none. Never raises: what is wrong is in `faults`."""
    path = folder / MANIFEST_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        advice = "mend or remove it; the files beside it were not read, their addresses are unknown"
        return Manifest(faults={"": UnreadableSource(f"{shown(path)}: {reason}; {advice}")})
    entries: dict[str, Entry] = {}
    faults: dict[str, UnreadableSource] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        columns = line.split("\t")
        if not line.strip() or line.startswith("#") or columns == _HEADER:
            continue
        name = columns[0]
        try:
            if name in entries:
                raise ValueError(f"{name} was named before")  # noqa: TRY301 - told like all that is wrong in a line
            entries[name] = _to_entry(columns)
        except ValueError as error:
            faults[name or f"line {number}"] = UnreadableSource(f"{shown(path)}, line {number}: {error}")
    return Manifest(entries=entries, faults=faults)


def _to_entry(columns: list[str]) -> Entry:
    if len(columns) not in {2, 3}:
        raise ValueError("not of the form file<TAB>address<TAB>captured_at")
    name, address, moment = (*(column.strip() for column in columns), "")[:3]
    if not name or "/" in name or "\\" in name:
        raise ValueError(f"{name!r} is not the name of a file beside it")
    if address:
        normalise_address(address)
    return Entry(address=address or None, captured_at=_to_time(moment) if moment else None)


def _to_time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; end it in Z for UTC")
    return moment.astimezone(UTC)
