"""`verify` and `withdraw`: faults are named, tombstones set. Reads and writes the store."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import chain

import click

from archive.commands.ending import SOME_FAILED
from archive.commands.taking_in import Follow, open_existing
from archive.errors import Refused
from archive.fixity import Fault
from archive.ids import read_id
from archive.settings import Settings
from archive.store import Store


def tell_faults(settings: Settings, index_faults: Callable[[Store], Iterable[Fault]]) -> None:
    """Print a line for each fault of the store and then of the index; end the program where there is one."""
    count = 0
    with Store.open(settings) as store:
        for fault in chain(store.verify(), index_faults(store)):
            count += 1
            advice = "" if fault.advice in fault.message else f"; {fault.advice}"
            click.echo(f"{fault.what}: {fault.message}{advice}", err=True)
        if count:
            click.echo(
                f"{count} faults; what is not named here is whole and can be read and exported", err=True
            )
            sys.exit(SOME_FAILED)
        click.echo(f"{store.report_count()} reports, nothing wrong")


def set_tombstone(settings: Settings, report: str, reason: str, follow: Follow) -> None:
    """Withdraw a report. Raises Refused where the id or the reason says nothing."""
    report_id = read_id(report)
    if report_id is None:
        raise Refused(f"{report!r} is not a report id: these have 12 letters and digits")
    if not reason.strip():
        raise Refused("a tombstone needs a reason that a reader can understand")
    with open_existing(settings) as store:
        store.withdraw(report_id, reason=reason.strip(), now=datetime.now(tz=UTC))
        follow(store)
    click.echo(f"{report_id} withdrawn")
