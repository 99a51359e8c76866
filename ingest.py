"""The archive's command line: add, reclean, reindex, verify, withdraw, resolve, export, explain, new-site.

Exit status: 0 all went well; 1 some captures gave no report, or `verify` found faults; 2 nothing could be
done; 130 stopped by Ctrl-C, with everything kept that was read until then.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import IO, NoReturn, ParamSpec

import click

from archive.carried import Carried
from archive.errors import ArchiveError, IndexFault, StoreError
from archive.explain import explain as tell
from archive.explain import to_html, to_lines
from archive.export import FORMS, export_to
from archive.fact_story import facts_to_html, facts_to_lines
from archive.fetch import fetch
from archive.fixity import REINDEX, Fault
from archive.found import Found
from archive.ids import read_id
from archive.intake import Tally, preview, summary, take_in
from archive.model import Capture, Outcome
from archive.new_site import draft, host_of, write
from archive.pipeline import reports_of
from archive.recleaning import reclean as clean_again
from archive.resolve import resolve as find_cited
from archive.resolve.listing import COLUMNS, read_lines, to_row
from archive.rulebook import load_rulebook
from archive.settings import Settings, load_settings
from archive.shard import Shard
from archive.sources import Sources
from archive.store import Store
from archive.workers import Failure, read_all
from index.choosing import find_ids
from index.current import index_faults as damage_of
from index.current import keep_in_step, open_current
from index.current import reindex as rebuild
from index.finder import EngineFinder
from index.inspecting import inspect

SOME_FAILED, NOTHING_DONE, STOPPED = 1, 2, 130

Arguments = ParamSpec("Arguments")


def plainly(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Tell an error that was raised on purpose in its own words, without a traceback."""

    @wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ArchiveError as error:
            refuse(str(error))
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            sys.exit(STOPPED)

    return told


def refuse(message: str) -> NoReturn:
    """Say why nothing could be done, and end."""
    click.echo(f"error: {message}", err=True)
    sys.exit(NOTHING_DONE)


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
    sources = Sources(paths, limit_bytes=settings.max_capture_bytes)
    tally = Tally()
    for remark in shard.share(sources.remarks):
        if not isinstance(remark, Capture | Carried):
            tally.note(remark)
    if not sources.files:
        print_failures(tally)
        refuse("no page to read there; pages are .html, .htm, .txt, .warc and .warc.gz files")
    try:
        if dry_run:
            print_preview(shard.share(read_files(sources)), tally, jobs)
        else:
            keep_pages(settings, shard.share(read_files(sources)), tally, jobs)
    except KeyboardInterrupt:
        click.echo("stopped; what is counted here is kept, and the same command goes on from there", err=True)
        sys.exit(STOPPED)
    finally:
        print_failures(tally)
    sys.exit(SOME_FAILED if tally.failures else 0)


def holds_reports(settings: Settings) -> bool:
    """Whether there is an archive with anything in it."""
    if not settings.store_path.exists():
        return False
    with Store.open(
        settings, writable=True
    ) as store:  # a writer: a store cut short at its making is completed
        return store.report_count() > 0


def keep_pages(settings: Settings, found: Iterable[Found], tally: Tally, jobs: int) -> None:
    """Take the pages in, let the index follow, and say what came of it however it ends."""
    with Store.open(settings, writable=True) as store:
        try:
            take_in(store, found, tally, jobs=jobs)
            keep_in_step(store, settings, jobs=jobs)
        finally:
            click.echo(summary(tally))


def read_files(sources: Sources) -> Iterator[Found]:
    """Read the files one after another, with a progress bar on a terminal."""
    quiet = not sys.stderr.isatty()
    with click.progressbar(
        sources.files, label="Reading", file=sys.stderr, hidden=quiet, show_pos=True
    ) as files:
        for file in files:
            yield from sources.read(file)


def print_preview(found: Iterable[Found], tally: Tally, jobs: int) -> None:
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


def print_failures(tally: Tally) -> None:
    """Name every failure with its cause, bugs with their traceback."""
    for failure in tally.failures:
        click.echo(f"{failure.kind}: {failure.message}", err=True)
        if failure.details:
            click.echo(failure.details, err=True)


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
    tally = Tally()
    try:
        with open_existing(settings) as store:
            try:
                clean_again(store, tally, jobs=jobs)
                keep_in_step(store, settings)
            finally:
                click.echo(summary(tally))
    finally:
        print_failures(tally)
    sys.exit(SOME_FAILED if tally.count_failures("failed") else 0)


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
    if (text is None) == (table is None):
        refuse("give either a TEXT or --csv FILE")
    settings = load_settings()
    try:
        lines = read_lines(table.read_bytes(), limit=None) if table else (text or "",)
        with Store.open(settings) as store, open_output(output) as out:
            rows = csv.DictWriter(out, COLUMNS)
            rows.writeheader()
            finder = EngineFinder(open_current(settings))
            for line in lines:
                found = find_cited(line, store, lambda: finder)
                rows.writerow(to_row(found, f"/r/{found.best.report_id}" if found.best else ""))
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}")


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[str]]:
    """Open a table to write, or standard output for None."""
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        yield out


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


def open_existing(settings: Settings) -> Store:
    """Open the archive for writing, without making one where there is none."""
    Store.open(settings).close()
    return Store.open(settings, writable=True)


@main.command()
@plainly
def verify() -> None:
    """Recompute every digest, check every row, and the index against the store."""
    settings = load_settings()
    count = 0
    with Store.open(settings) as store:
        for fault in chain(store.verify(), index_faults(store, settings)):
            count += 1
            advice = "" if fault.advice in fault.message else f"; {fault.advice}"
            click.echo(f"{fault.what}: {fault.message}{advice}", err=True)
        if count:
            click.echo(
                f"{count} faults; what is not named here is whole and can be read and exported", err=True
            )
            sys.exit(SOME_FAILED)
        click.echo(f"{store.report_count()} reports, nothing wrong")


def index_faults(store: Store, settings: Settings) -> Iterator[Fault]:
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
    report_id = read_id(report)
    if report_id is None:
        refuse(f"{report!r} is not a report id: these have 12 letters and digits")
    if not reason.strip():
        refuse("a tombstone needs a reason that a reader can understand")
    settings = load_settings()
    with open_existing(settings) as store:
        store.withdraw(report_id, reason=reason.strip(), now=datetime.now(tz=UTC))
        keep_in_step(store, settings)
    click.echo(f"{report_id} withdrawn")


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
    with Store.open(settings) as store:
        named = (*ids, *(() if listing is None else read_list(listing)))
        chosen = dict.fromkeys(one for name in named for one in held_ids(store, name))
        if query is not None or where:
            chosen |= dict.fromkeys(search_ids(settings, store, query or "", where))
        everything = not (named or listing or query is not None or where)
        if not everything and not chosen:
            refuse("nothing is chosen: no report matches, or the list is empty")
        try:
            told = export_to(
                output, store, form, None if everything else tuple(chosen), to_json, now=datetime.now(tz=UTC)
            )
        except OSError as error:
            refuse(f"{output or 'standard output'}: {error.strerror}; choose another --output")
    if output is not None:
        click.echo(f"{told} written to {output}", err=True)


def read_list(path: Path) -> list[str]:
    """Read the ids in a list, one to a line; blank lines and what follows # are left out."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        refuse(f"{path}: {error.strerror}; check --list")
    except UnicodeDecodeError:
        refuse(f"{path}: not UTF-8 text; save the list as UTF-8")
    return [name for line in lines if (name := line.partition("#")[0].strip())]


def held_ids(store: Store, name: str) -> tuple[str, ...]:
    """Return the report that an id names, or the parts of the compilation; raise where it is none that is given out."""
    report_id = read_id(name)
    if report_id is None:
        refuse(f"{name!r} is not a report id: these have 12 letters and digits")
    compilation = store.compilation(report_id)
    if compilation is not None:
        return tuple(store.reports(compilation.part_ids))
    return (store.report(report_id).report_id,)


def search_ids(settings: Settings, store: Store, query: str, where: tuple[str, ...]) -> tuple[str, ...]:
    """Return all reports that match, by an index that knows all of the store."""
    engine = open_current(settings)
    if engine.last_change() != store.last_change():
        refuse("the search index is behind the store; run `python ingest.py reindex` first")
    try:
        return find_ids(engine, query, where, limit=max(1, store.report_count()))
    except ValueError as error:
        refuse(f"--where {error}")


@main.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write an HTML page instead.")
@plainly
def explain(path: Path, html: Path | None) -> None:
    """Show a page block by block, kept or dropped and why, then every fact of its reports with rule and proof."""
    for capture in captures_of(path):
        told = tell(capture, load_rulebook())
        reports = () if told.page is None else reports_of(capture).reports
        if html is None:
            click.echo("\n".join([*to_lines(told), *facts_to_lines(reports)]))
            continue
        try:
            html.write_text(to_html(told, facts_to_html(reports)), encoding="utf-8")
        except OSError as error:
            refuse(f"{html}: {error.strerror}; choose another --html")
        click.echo(f"written to {html}", err=True)
        return  # one file, one page


def captures_of(path: Path) -> Iterator[Capture]:
    """Yield the pages of a file; end with a message when it holds none."""
    sources = Sources([path], limit_bytes=load_settings().max_capture_bytes)
    found = [item for file in sources.files for item in sources.read(file)]
    captures = [
        item if isinstance(item, Capture) else item.capture
        for item in found
        if isinstance(item, Capture | Carried)
    ]
    if not captures:
        refuse(
            "; ".join(str(item) for item in (*sources.remarks, *found)) or f"{path}: no page to read there"
        )
    yield from captures


@main.command("new-site")
@click.argument("source", metavar="URL-OR-FILE")
@click.option("--host", help="The site's host, where a file doesn't say it.")
@plainly
def new_site(source: str, host: str | None) -> None:
    """Write a rule file and a fixture for a site, to be filled in and confirmed by a human."""
    is_address = source.startswith(("http://", "https://"))
    named = host_of(source, host)
    limit = load_settings().max_capture_bytes
    capture = fetch(source, limit_bytes=limit) if is_address else next(captures_of(Path(source)))
    final = host_of(capture.source_url or source, host) if is_address else named
    if final != named:
        click.echo(f"redirected to {capture.source_url}", err=True)
    made = draft(capture, host=final, project=Path(__file__).resolve().parent)
    write(made)
    click.echo(f"{made.rules_path}\n{made.fixture_path}")
    click.echo(
        "Fill in both, set confirmed = true in the fixture, then: make test ARGS=tests/cleaning", err=True
    )


if __name__ == "__main__":
    main()
