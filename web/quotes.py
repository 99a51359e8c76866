"""The words of a report that prove something, and where they stand. Pure."""

from dataclasses import dataclass

from archive.model import Description, Evidence
from web.languages import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A span of text that proves something; `anchor` is its paragraph's, empty for the title or the page."""

    text: str
    source: str  # the title, a paragraph's number or the page, in words
    anchor: str


def anchor_of(paragraph: int) -> str:
    """Return a paragraph's anchor; people count from 1."""
    return f"p{paragraph + 1}"


def quotes_of(description: Description, fact: str) -> tuple[Quote, ...]:
    """Return what proves one fact, each wording once."""
    found: dict[tuple[str, str], Quote] = {}
    for evidence in (proof for name, proofs in description.evidence if name == fact for proof in proofs):
        quote = to_quote(evidence)
        found.setdefault((quote.text, quote.anchor), quote)
    return tuple(found.values())


def to_quote(evidence: Evidence) -> Quote:
    """Say where a span of evidence stands."""
    if evidence.where == "paragraph" and evidence.paragraph is not None:
        number = evidence.paragraph
        return Quote(
            text=evidence.quote, source=gettext("第%(number)s段", number=number + 1), anchor=anchor_of(number)
        )
    return Quote(
        text=evidence.quote,
        source=gettext("题名") if evidence.where == "title" else gettext("原网页"),
        anchor="",
    )
