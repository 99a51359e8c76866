"""Light or dark: as the reader's system has it, or as the reader chose."""

from collections.abc import Mapping

from flask import Flask

from web.languages import Texts, msgid
from web.preferences import Choice, chosen, declare, path_with

NAME = "theme"
THEMES: Mapping[str, str] = Texts({"auto": msgid("随系统"), "light": msgid("浅色"), "dark": msgid("深色")})


def current_theme() -> str:
    """Return the request's theme, `auto` where none was chosen."""
    return chosen(NAME, THEMES) or "auto"


def theme_choices() -> tuple[Choice, ...]:
    """Return the links of the theme switch."""
    current = current_theme()
    return tuple(
        Choice(value=theme, name=name, short=name, path=path_with(NAME, theme), is_current=theme == current)
        for theme, name in THEMES.items()
    )


def register(app: Flask) -> None:
    """Tell every template the theme. It is in the page itself, so that nothing flashes before it is known."""
    declare(app, NAME, THEMES)
    app.context_processor(lambda: {"theme": current_theme(), "theme_choices": theme_choices()})
