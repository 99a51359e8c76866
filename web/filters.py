"""Filters of the templates: each names what a template may ask of a value."""

import re
from datetime import datetime

from flask import Flask, url_for
from markupsafe import Markup, escape

from archive.model import Dropped, StoredReport
from web.badges import badges
from web.labels import VERSION_CAUSES
from web.languages import current_language, dated, gettext, grouped
from web.long_queries import addition, is_long, is_pasted
from web.params import Arguments, SearchState, on_page, to_arguments, without_any_year, without_years
from web.present import byline, html_language
from web.reasons import Reason, to_reason
from web.ways import search_query, spelled_out
from web.year_words import year_label, year_sentence

OPENING_CHARS = 72
_PHRASE = re.compile("公[开開]")
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(rf"[{_HAN}](?:[{_HAN}\uff00-\uffef0-9 ]*[{_HAN}\uff00-\uffef])?")


def shortened(text: str, length_chars: int = 40) -> str:
    """Cut a text for display, with an ellipsis where something went."""
    return text if len(text) <= length_chars else f"{text[: length_chars - 1]}…"


def day(moment: datetime) -> str:
    """Write a moment's day in UTC, the zone that everything is stored in."""
    return dated(moment.date())


def han(text: object) -> Markup:
    """Say of Chinese words on an English page that they are Chinese, as WCAG 2.2 asks (3.1.2)."""
    markup = escape(text)
    if current_language() != "en":
        return markup
    return Markup(_HAN_RUN.sub(r'<span lang="zh">\g<0></span>', str(markup)))


def in_phrases(name: str) -> Markup:
    """Let the archive's name break behind 公开 and nowhere else, where it is too wide for a line."""
    return Markup(_PHRASE.sub(r"\g<0><wbr>", str(escape(name))))


def opening(report: StoredReport) -> str:
    """Return the first words of a report's running text."""
    texts = (one.text for one in report.paragraphs if one.role == "text")
    return shortened(next(texts, ""), OPENING_CHARS)


def source_line(report: StoredReport) -> str:
    """Name where a report was found: site, or host, or the file it came in."""
    captures = report.captures
    address = next((one.source_url for one in reversed(captures) if one.source_url), None)
    host = address.split("//", 1)[-1].split("/", 1)[0] if address else None
    named = [part for part in (report.fields.site, host) if part]
    return " · ".join(named) if named else gettext("来源网站不详")


def without_scheme(address: str) -> str:
    """Leave out http:// where the address is shown and not followed."""
    return address.split("://", 1)[-1]


def search_address(state: SearchState) -> str:
    """Return the address of the search page in this state."""
    return url_for("pages.search") + search_query(state)


def search_link(state: SearchState) -> str:
    """Return the address of the search page in this state, spelled out."""
    return spelled_out(search_address(state))


def from_first_page(state: SearchState) -> Arguments:
    """Return the whole state but its page, for a form of buttons that each add one choice."""
    return to_arguments(on_page(state, 1))


def kept_arguments(state: SearchState) -> Arguments:
    """Return what a new query keeps of the state: all but the words and the page."""
    return tuple(pair for pair in to_arguments(on_page(state, 1)) if pair[0] != "q")


def all_arguments(state: SearchState) -> Arguments:
    """Return the whole state, for a form that changes nothing of it."""
    return to_arguments(state)


def arguments_without_years(state: SearchState) -> Arguments:
    """Return what new year limits keep of the state."""
    return to_arguments(without_years(state))


def version_cause(cause: str) -> str:
    """Say why a version was made."""
    return VERSION_CAUSES.get(cause, cause)


def reason(dropped: Dropped) -> Reason:
    """Say why something was stripped."""
    return to_reason(dropped.rule, dropped.why)


def register(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(
        all_arguments=all_arguments,
        arguments_without_years=arguments_without_years,
        badges=badges,
        byline=byline,
        addition=addition,
        day=day,
        from_first_page=from_first_page,
        dated=dated,
        grouped=grouped,
        is_long=is_long,
        is_pasted=is_pasted,
        han=han,
        in_phrases=in_phrases,
        kept_arguments=kept_arguments,
        language=html_language,
        on_page=on_page,
        opening=opening,
        reason=reason,
        search_address=search_address,
        search_link=search_link,
        spelled_out=spelled_out,
        shortened=shortened,
        source_line=source_line,
        version_cause=version_cause,
        without_any_year=without_any_year,
        without_scheme=without_scheme,
        year_label=year_label,
        year_sentence=year_sentence,
    )
