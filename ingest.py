"""The archive's command line: add, reclean, reindex, verify, withdraw, resolve, export, explain, new-site.

Each command's options and help; what it does is in `archive/commands/`. Exit status: 0 all went well; 1 some
captures gave no report, or `verify` found faults; 2 nothing could be done; 130 stopped by Ctrl-C, with
everything kept that was read until then.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from archive.commands.checking import set_tombstone, tell_faults
from archive.commands.citing import resolve_list
from archive.commands.ending import plainly
from archive.commands.handing_out import export_chosen
from archive.commands.ruling import draft_site, explain_file
from archive.commands.taking_in import add_pages, clean_again, holds_reports, open_existing
from archive.errors import IndexFault, Refused, StoreError
from archive.export import FORMS
from archive.fixity import REINDEX, Fault
from archive.settings import Settings, load_settings
from archive.shard import Shard
from archive.store import Store
from index.choosing import find_ids
from index.current import index_faults as damage_of
from index.current import keep_in_step, open_current
from index.current import reindex as rebuild
from index.finder import EngineFinder
from index.inspecting import inspect


def read_shard(_: click.Context, __: click.Parameter, value: str) -> Shard:
    """Read `--shard I/N`."""
    try:
        return Shard.read(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Put pages into the archive and look after it.

    The data folder is ./data, or what the environment variable ARCHIVE_HOME names.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would come out of each page.")
@click.option(
    "--jobs", default=1, type=click.IntRange(1, 64), show_default=True, help="Processes that read pages."
)
@click.option(
    "--shard",
    default="1/1",
    metavar="I/N",
    callback=read_shard,
    help="Take only the I-th of N shares of the pages.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing when the archive holds reports already.")
@plainly
def add(paths: tuple[Path, ...], dry_run: bool, jobs: int, shard: Shard, if_empty: bool) -> None:
    """Add pages: .html, .htm, .txt, .warc and .warc.gz files, and folders of them.

    A file addresses.tsv beside pages (file, address and time of capture, tabs between) says where they are
    from. Adding the same page twice changes nothing. With --shard several machines share the work: a page's
    address decides whose it is.
    """
    settings = load_settings()
    if if_empty and holds_reports(settings):
        return
    follow = partial(keep_in_step, settings=settings, jobs=jobs)
    add_pages(settings, paths, follow, dry_run=dry_run, jobs=jobs, shard=shard)


@main.command()
@click.option(
    "--jobs", default=1, type=click.IntRange(1, 64), show_default=True, help="Processes that read pages."
)
@plainly
def reclean(jobs: int) -> None:
    """Read every capture again with today's rules; a new version is made only where a text changed.

    It can be stopped at any time and started again: what is done is kept.
    """
    settings = load_settings()
    with open_existing(settings) as store:
        clean_again(store, partial(keep_in_step, settings=settings), jobs=jobs)


@main.command()
@click.argument("text", required=False)
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="A list to resolve instead."
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: standard output."
)
@plainly
def resolve(text: str | None, table: Path | None, output: Path | None) -> None:
    """Find the stored copy that TEXT names: an id, address, 文号, title, citation, or a passage of ten characters and more.

    The answer is a CSV row; of a list (lines, or a CSV with a column "query") one for each.
    """
    settings = load_settings()
    resolve_list(settings, text, table, output, lambda: EngineFinder(open_current(settings)))


@main.command()
@click.option(
    "--jobs", default=1, type=click.IntRange(1, 64), show_default=True, help="Processes that read reports."
)
@plainly
def reindex(jobs: int) -> None:
    """Compare all reports for copies anew, build the search index from the store, then switch to it."""
    settings = load_settings()
    with open_existing(settings) as store:
        store.relink(now=datetime.now(tz=UTC))
        click.echo(f"{rebuild(store, settings, jobs=jobs)} reports indexed")


@main.command()
@plainly
def verify() -> None:
    """Recompute every digest, check every row, and the index against the store."""
    settings = load_settings()
    tell_faults(settings, partial(index_faults, settings))


def index_faults(settings: Settings, store: Store) -> Iterator[Fault]:
    """Yield where the index does not hold exactly what the store lists."""
    try:
        for message in damage_of(settings):
            yield Fault(what="index", message=message, advice=REINDEX)
        for found in inspect(store, open_current(settings)):
            yield Fault(what=found.what, message=found.message, advice=REINDEX)
    except IndexFault as error:
        yield Fault(what="index", message=str(error), advice=REINDEX)
    except StoreError as error:
        yield Fault(what="index", message=f"can't be compared with a store so damaged ({error})")


@main.command()
@click.argument("report", metavar="ID")
@click.option("--reason", required=True, help="Shown to whoever follows the report's address.")
@plainly
def withdraw(report: str, reason: str) -> None:
    """Put a tombstone over a report; its text stays in the store and is shown no more."""
    settings = load_settings()
    set_tombstone(settings, report, reason, partial(keep_in_step, settings=settings))


@main.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--format", "form", required=True, type=click.Choice(FORMS))
@click.option(
    "--list", "listing", type=click.Path(path_type=Path, dir_okay=False), help="A file of ids, one to a line."
)
@click.option("--query", help="What to search for, as in the search field.")
@click.option(
    "--where",
    multiple=True,
    metavar="FACET=VALUE",
    help="A choice of a facet, as in a search page's address.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file, a new folder for bagit; default: standard output.",
)
@plainly
def export(
    *,
    ids: tuple[str, ...],
    form: str,
    listing: Path | None,
    query: str | None,
    where: tuple[str, ...],
    output: Path | None,
) -> None:
    """Write out everything, or the reports chosen by ID, list or search.

    jsonl: the latest versions with their texts. csv: a table of them without texts. warc: pages as received and
    all versions of their reports, which `add` makes the same archive from. bagit: a folder for digital preservation.
    """
    from web.records import to_json  # noqa: PLC0415 - only here, so that no other command needs the web application

    settings = load_settings()
    searched = query is not None or where
    search = partial(search_ids, settings, query or "", where) if searched else None
    export_chosen(settings, form, output, to_json, ids=ids, listing=listing, search=search)


def search_ids(settings: Settings, query: str, where: tuple[str, ...], store: Store) -> tuple[str, ...]:
    """Return all reports that match, by an index that knows all of the store."""
    engine = open_current(settings)
    if engine.last_change() != store.last_change():
        raise Refused("the search index is behind the store; run `python ingest.py reindex` first")
    try:
        return find_ids(engine, query, where, limit=max(1, store.report_count()))
    except ValueError as error:
        raise Refused(f"--where {error}") from error


@main.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write an HTML page instead.")
@plainly
def explain(path: Path, html: Path | None) -> None:
    """Show a page block by block, kept or dropped and why, then every fact of its reports with rule and proof."""
    explain_file(path, html)


@main.command("new-site")
@click.argument("source", metavar="URL-OR-FILE")
@click.option("--host", help="The site's host, where a file doesn't say it.")
@plainly
def new_site(source: str, host: str | None) -> None:
    """Write a rule file and a fixture for a site, to be filled in and confirmed by a human."""
    draft_site(source, host, project=Path(__file__).resolve().parent)


if __name__ == "__main__":
    main()
