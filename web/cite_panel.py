"""The panel that cites a report: every style, with a choice of script and of the day of access."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import url_for

from archive.model import StoredReport
from web.addresses import frozen_path, public_address
from web.cite import STYLES, note_line
from web.cite_files import FILE_FORMATS
from web.cited_work import CitedWork, Script, to_work
from web.languages import gettext

_SCRIPTS: tuple[Script, ...] = ("stored", "hans", "hant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a reader wants citations; the defaults are left out of addresses."""

    script: Script = "stored"
    with_access_date: bool = True

    def arguments(self) -> dict[str, str]:
        """Return the parameters that choose it."""
        script: dict[str, str] = {} if self.script == "stored" else {"cite_script": self.script}
        return script if self.with_access_date else {**script, "accessed": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleLine:
    """One citation, ready to be copied."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A download for reference managers, with its content to be copied."""

    suffix: str
    label: str
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitePanel:
    """What the panel shows."""

    choice: Choice
    lines: tuple[StyleLine, ...]
    files: tuple[FileLink, ...]
    note: str


def read_choice(arguments: Mapping[str, str]) -> Choice:
    """Read the parameters `cite_script` and `accessed`; anything unknown is the default."""
    wanted = arguments.get("cite_script")
    script: Script = next((one for one in _SCRIPTS if one == wanted), "stored")
    return Choice(script=script, with_access_date=arguments.get("accessed") != "no")


def work_of(report: StoredReport, choice: Choice) -> CitedWork:
    """Return what is cited of a version today."""
    accessed_on = today() if choice.with_access_date else None
    return to_work(report, public_address(frozen_path(report)), accessed_on, choice.script)


def to_panel(report: StoredReport, choice: Choice) -> CitePanel:
    """Return every citation of a version."""
    work = work_of(report, choice)
    return CitePanel(
        choice=choice,
        lines=tuple(
            StyleLine(name=style.name, label=gettext(style.label), text=style.write(work)) for style in STYLES
        ),
        files=tuple(
            FileLink(
                suffix=form.suffix,
                label=form.label,
                path=url_for(
                    "versions.cite_file",
                    report_id=report.report_id,
                    version=report.version.version,
                    suffix=form.suffix,
                    cite_script=choice.arguments().get("cite_script"),
                    accessed=choice.arguments().get("accessed"),
                ),
                text=form.write(work),
            )
            for form in FILE_FORMATS
        ),
        note=note_line(work),
    )


def today() -> date:
    """Return the server's day: a citation carries the day of access."""
    return datetime.now(UTC).astimezone().date()
