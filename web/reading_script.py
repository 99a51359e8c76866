"""Reading a report in the other script: converted for the eye only, while the stored text stays what is cited."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from flask import request

from archive.hanzi import to_reading_script
from archive.model import Description
from web.languages import Texts, gettext, msgid
from web.preferences import Choice, path_with
from web.present import html_language
from web.reading import Converter

NAME = "read"
READING_SCRIPTS: Mapping[str, str] = Texts({"hans": msgid("转为简体"), "hant": msgid("转为繁体")})
_LANGUAGES = {"hans": "zh-Hans", "hant": "zh-Hant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingScript:
    """How a report is shown: `script` is "hans" or "hant" where it is converted, empty for the stored text."""

    script: str
    language: str  # of the text shown, for `lang`
    stored_path: str
    choices: tuple[Choice, ...]

    @property
    def convert(self) -> Converter:
        """What is shown for a stored text."""
        return partial(to_reading_script, script=self.script) if self.script else str


def asked_script(description: Description) -> ReadingScript:
    """Read from the address which script is asked for; one that the report is stored in is no conversion."""
    offered = [script for script in READING_SCRIPTS if script != description.script]
    asked = request.args.get(NAME, "")
    script = asked if asked in offered else ""
    stored_path = path_with(NAME, None)
    stored = Choice(value="", name=gettext("原文"), short="", path=stored_path, is_current=not script)
    converted = (
        Choice(
            value=one,
            name=READING_SCRIPTS[one],
            short="",
            path=path_with(NAME, one),
            is_current=one == script,
        )
        for one in offered
    )
    return ReadingScript(
        script=script,
        language=_LANGUAGES.get(script) or html_language(description),
        stored_path=stored_path,
        choices=(stored, *converted),
    )
