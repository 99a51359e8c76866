"""`add` and `reclean`: pages are read, kept or previewed, and counted. Reads files, writes the store."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import click

from archive.carried import Carried
from archive.commands.ending import SOME_FAILED, STOPPED, print_failures
from archive.errors import Refused
from archive.found import Found
from archive.intake import Tally, preview, summary, take_in
from archive.model import Capture, Outcome
from archive.recleaning import reclean
from archive.settings import Settings
from archive.shard import Shard
from archive.sources import Sources
from archive.store import Store
from archive.workers import Failure, read_all

Follow = Callable[[Store], object]
"""Brings the search index up to a store's last change."""


def add_pages(
    settings: Settings, paths: tuple[Path, ...], follow: Follow, *, dry_run: bool, jobs: int, shard: Shard
) -> None:
    """Keep or, with `dry_run`, preview this shard's share of the pages; end the program with what came of it."""
    sources = Sources(paths, limit_bytes=settings.max_capture_bytes)
    tally = Tally()
    for remark in shard.share(sources.remarks):
        if not isinstance(remark, Capture | Carried):
            tally.note(remark)
    if not sources.files:
        print_failures(tally)
        raise Refused("no page to read there; pages are .html, .htm, .txt, .warc and .warc.gz files")
    try:
        if dry_run:
            _print_preview(shard.share(_read_files(sources)), tally, jobs)
        else:
            _keep_pages(settings, shard.share(_read_files(sources)), tally, follow, jobs)
    except KeyboardInterrupt:
        click.echo("stopped; what is counted here is kept, and the same command goes on from there", err=True)
        sys.exit(STOPPED)
    finally:
        print_failures(tally)
    sys.exit(SOME_FAILED if tally.failures else 0)


def clean_again(store: Store, follow: Follow, *, jobs: int) -> None:
    """Read every capture with today's rules; end the program with what came of it."""
    tally = Tally()
    try:
        try:
            reclean(store, tally, jobs=jobs)
            follow(store)
        finally:
            click.echo(summary(tally))
    finally:
        print_failures(tally)
    sys.exit(SOME_FAILED if tally.count_failures("failed") else 0)


def holds_reports(settings: Settings) -> bool:
    """Whether there is an archive with anything in it."""
    if not settings.store_path.exists():
        return False
    with Store.open(
        settings, writable=True
    ) as store:  # a writer: a store cut short at its making is completed
        return store.report_count() > 0


def open_existing(settings: Settings) -> Store:
    """Open the archive for writing, without making one where there is none."""
    Store.open(settings).close()
    return Store.open(settings, writable=True)


def _keep_pages(settings: Settings, found: Iterable[Found], tally: Tally, follow: Follow, jobs: int) -> None:
    """Take the pages in, let the index follow, and say what came of it however it ends."""
    with Store.open(settings, writable=True) as store:
        try:
            take_in(store, found, tally, jobs=jobs)
            follow(store)
        finally:
            click.echo(summary(tally))


def _read_files(sources: Sources) -> Iterator[Found]:
    """Read the files one after another, with a progress bar on a terminal."""
    quiet = not sys.stderr.isatty()
    with click.progressbar(
        sources.files, label="Reading", file=sys.stderr, hidden=quiet, show_pos=True
    ) as files:
        for file in files:
            yield from sources.read(file)


def _print_preview(found: Iterable[Found], tally: Tally, jobs: int) -> None:
    """Print what would be stored."""
    with closing(read_all(found, jobs=jobs)) as results:
        for item, result in results:
            if isinstance(result, Outcome):
                click.echo("\n  ".join((result.capture.origin, *map(preview, result.reports))))
            elif isinstance(item, Carried):
                click.echo("\n  ".join((item.capture.origin, *(one.name for one in item.versions))))
            elif isinstance(result, Failure):
                tally.failures.append(result)
            elif not isinstance(item, Capture):
                tally.note(item)
