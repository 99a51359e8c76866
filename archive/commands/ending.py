"""How a command ends: its exit statuses, errors in their own words, failures by name. Writes to the terminal."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from archive.errors import ArchiveError
from archive.intake import Tally

SOME_FAILED, NOTHING_DONE, STOPPED = 1, 2, 130

Arguments = ParamSpec("Arguments")


def plainly(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Tell an error that was raised on purpose in its own words, without a traceback."""

    @wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ArchiveError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(NOTHING_DONE)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            sys.exit(STOPPED)

    return told


def print_failures(tally: Tally) -> None:
    """Name every failure with its cause, bugs with their traceback."""
    for failure in tally.failures:
        click.echo(f"{failure.kind}: {failure.message}", err=True)
        if failure.details:
            click.echo(failure.details, err=True)
