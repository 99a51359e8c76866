"""What all tests share: the folder beside the checkout, and captures made by hand."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from archive.model import Capture

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
# No deadlines: a slow machine is no fault. In CI the examples are the same at each run; elsewhere they wander.
settings.register_profile("wander", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "wander")

CAPTURED_AT = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder `../shared` with real pages and gold; absent outside CI, where it must be there."""
    if not SHARED.is_dir():
        reason = (
            f"{SHARED} is not here: this test measures against real pages that are not part of the project"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


def make_capture(body: bytes | str, **values: object) -> Capture:
    """A capture of `body`; HTML when it looks like it."""
    content = body.encode() if isinstance(body, str) else body
    is_html = content.lstrip().startswith(b"<")
    defaults: dict[str, object] = {
        "captured_at": CAPTURED_AT,
        "media_type": "text/html" if is_html else "text/plain",
        "origin": "page.html" if is_html else "page.txt",
    }
    return Capture(body=content, **{**defaults, **values})  # type: ignore[arg-type]
