"""The kinds of error that programs are told of, each with a name for ever (RFC 9457). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from archive.errors import (
    ArchiveError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    NotHeld,
    StoreError,
    Withdrawn,
)


class EmptyArchive(ArchiveError):  # noqa: N818 - reads as a sentence, as archive/errors.py has it
    """The archive holds no report yet. Known to the web alone: a store may well be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One kind of error: `title` never changes, so that a program may go by it; `error` shows what raises it."""

    status: HTTPStatus
    title: str
    error: ArchiveError | None = None


PROBLEMS: Mapping[str, Problem] = {
    "not-held": Problem(
        status=HTTPStatus.NOT_FOUND, title="No such report or version is held", error=NotHeld()
    ),
    "withdrawn": Problem(
        status=HTTPStatus.GONE, title="The report was withdrawn", error=Withdrawn("", "0001-01-01", "")
    ),
    "empty-archive": Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE, title="The archive is empty", error=EmptyArchive()
    ),
    "index-missing": Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title="The search index has not been made",
        error=IndexMissing(),
    ),
    "index-outdated": Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title="The search index was made by another version",
        error=IndexOutdated(),
    ),
    "index-damaged": Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE, title="The search index is damaged", error=IndexDamaged()
    ),
    "store-unreadable": Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE, title="The archive can't be read now", error=StoreError()
    ),
    "bad-request": Problem(status=HTTPStatus.BAD_REQUEST, title="The request can't be read"),
    "no-such-address": Problem(status=HTTPStatus.NOT_FOUND, title="There is nothing at this address"),
    "method-not-allowed": Problem(
        status=HTTPStatus.METHOD_NOT_ALLOWED, title="This address is for reading only"
    ),
    "address-too-long": Problem(status=HTTPStatus.REQUEST_URI_TOO_LONG, title="The address is too long"),
    "too-many-requests": Problem(status=HTTPStatus.TOO_MANY_REQUESTS, title="Too many requests"),
    "internal-error": Problem(status=HTTPStatus.INTERNAL_SERVER_ERROR, title="An error of the program"),
}
"""Every kind, by the name that ends its address."""


def name_of(error: ArchiveError) -> str:
    """Return the name of an error's kind, `internal-error` for one that readers are not meant to meet."""
    for name, problem in PROBLEMS.items():
        if problem.error is not None and isinstance(error, type(problem.error)):
            return name
    return "internal-error"


def name_of_status(status: int) -> str | None:
    """Return the name of the kind that only an HTTP status tells, None where there is none."""
    return next((name for name, one in PROBLEMS.items() if one.error is None and one.status == status), None)
