"""`explain` and `new-site`: what the rules make of a page, and a first rule file. Reads a page, writes files."""

from collections.abc import Iterator
from pathlib import Path

import click

from archive.carried import Carried
from archive.errors import Refused
from archive.explain import explain, to_html, to_lines
from archive.fact_story import facts_to_html, facts_to_lines
from archive.fetch import fetch
from archive.model import Capture
from archive.new_site import draft, host_of, write
from archive.pipeline import reports_of
from archive.rulebook import load_rulebook
from archive.settings import load_settings
from archive.sources import Sources


def explain_file(path: Path, html: Path | None) -> None:
    """Print what the rules make of a file's pages, or write it of the first as an HTML page."""
    for capture in _captures_of(path):
        told = explain(capture, load_rulebook())
        reports = () if told.page is None else reports_of(capture).reports
        if html is None:
            click.echo("\n".join([*to_lines(told), *facts_to_lines(reports)]))
            continue
        try:
            html.write_text(to_html(told, facts_to_html(reports)), encoding="utf-8")
        except OSError as error:
            raise Refused(f"{html}: {error.strerror}; choose another --html") from error
        click.echo(f"written to {html}", err=True)
        return  # one file, one page


def draft_site(source: str, host: str | None, *, project: Path) -> None:
    """Write the rule file and fixture of the site that an address or a file is of."""
    is_address = source.startswith(("http://", "https://"))
    named = host_of(source, host)
    limit = load_settings().max_capture_bytes
    capture = fetch(source, limit_bytes=limit) if is_address else next(_captures_of(Path(source)))
    final = host_of(capture.source_url or source, host) if is_address else named
    if final != named:
        click.echo(f"redirected to {capture.source_url}", err=True)
    made = draft(capture, host=final, project=project)
    write(made)
    click.echo(f"{made.rules_path}\n{made.fixture_path}")
    click.echo(
        "Fill in both, set confirmed = true in the fixture, then: make test ARGS=tests/cleaning", err=True
    )


def _captures_of(path: Path) -> Iterator[Capture]:
    """Yield the pages of a file. Raises Refused when it holds none."""
    sources = Sources([path], limit_bytes=load_settings().max_capture_bytes)
    found = [item for file in sources.files for item in sources.read(file)]
    captures = [
        item if isinstance(item, Capture) else item.capture
        for item in found
        if isinstance(item, Capture | Carried)
    ]
    if not captures:
        raise Refused(
            "; ".join(str(item) for item in (*sources.remarks, *found)) or f"{path}: no page to read there"
        )
    yield from captures
