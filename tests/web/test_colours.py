"""Colours can be told apart: WCAG 2.2 asks 4.5 to 1 for text (success criterion 1.4.3)."""

import re

import pytest

from tests.conftest import PROJECT

CSS = (PROJECT / "web" / "static" / "style.css").read_text(encoding="utf-8")
PAIRS = [
    ("ink", "paper"),
    ("ink", "panel"),
    ("ink", "raised"),
    ("ink-soft", "paper"),
    ("ink-soft", "panel"),
    ("ink-soft", "raised"),
    ("accent", "paper"),
    ("accent", "panel"),
    ("accent", "raised"),
    ("accent-strong", "accent-wash"),
    ("ink", "accent-wash"),
    ("paper", "accent"),
    ("mark-ink", "mark"),
    ("loss", "loss-wash"),
    ("loss", "paper"),
    ("doubt", "doubt-wash"),
    ("doubt", "paper"),
    ("plain", "plain-wash"),
    ("seal", "paper"),
]


TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS)
}
LIGHT = {name: light for name, (light, _) in TOKENS.items()}
DARK = {name: dark for name, (_, dark) in TOKENS.items()}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(scheme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(scheme[text], scheme[ground]) >= 4.5


def test_every_colour_is_a_token_with_a_light_and_a_dark_value() -> None:
    """But on paper, which is white, and behind a dialog."""
    rules = CSS.partition("/* Ground */")[2].partition("/* Paper")[0]
    assert len(TOKENS) > 15
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_no_selector_is_set_twice_in_one_medium() -> None:
    medium, selectors, text = "", [], ""
    for character in re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL):
        if character == "{":
            name, text = " ".join(text.split()), ""
            if name.startswith("@media"):
                medium = name
            else:
                selectors.append((medium, name))
        elif character == "}":
            medium, text = ("" if not text.strip() else medium), ""
        else:
            text += character
    assert len(selectors) > 200
    assert [pair for pair in set(selectors) if selectors.count(pair) > 1] == []
