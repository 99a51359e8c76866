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


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(CSS.partition(":root {")[2].partition("}")[0])
DARK = {**LIGHT, **tokens(CSS.partition("prefers-color-scheme: dark) {")[2].partition("}")[0])}


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
