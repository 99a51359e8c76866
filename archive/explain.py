"""Why a page was cleaned as it was: every block kept or dropped, by which rule or by which features. Pure."""

from dataclasses import dataclass
from html import escape

from archive.body import judge, model_for
from archive.clean import names_of, prepare
from archive.corrections import clean_as_decided
from archive.decode import decode
from archive.errors import NoReportFound
from archive.features import see
from archive.lines import comparable
from archive.model import Block, Capture, CleanPage, Page
from archive.page import read_page
from archive.repair import repair
from archive.rulebook import RuleBook, SiteRules
from archive.walls import find_walls

_SHOWN_REASONS = 4
_SHOWN_CHARS = 60
_FIELDS = ("title", "site", "domain", "column", "source", "published_on", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockStory:
    """What became of one block. `reasons` are the features that said most, with what they added to its logit."""

    block: Block
    fate: str  # "title", "kept" or "dropped"
    rule: str = ""
    why: str = ""
    likelihood: float | None = None  # None when a rule took the block before it was judged
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A page's blocks in their order, and what else was learnt of it. `refusal` says why there is no report."""

    origin: str
    rule_sets: tuple[str, ...]
    stories: tuple[BlockStory, ...]
    page: CleanPage | None = None
    refusal: str = ""


def explain(capture: Capture, book: RuleBook) -> Explanation:
    """Clean a capture and tell of each block what became of it. Raises CaptureError when it is no page."""
    page = repair(read_page(capture, decode(capture)))
    rule_sets = book.rules_for(page)
    cleaned, refusal = None, ""
    try:
        cleaned = clean_as_decided(page, book, capture.decisions)
    except NoReportFound as error:
        refusal = str(error)
    return Explanation(
        origin=capture.origin,
        rule_sets=tuple(rules.site or "every site" for rules in rule_sets),
        stories=tuple(_stories(page, cleaned, rule_sets)),
        page=cleaned,
        refusal=refusal,
    )


def _stories(page: Page, cleaned: CleanPage | None, rule_sets: tuple[SiteRules, ...]) -> list[BlockStory]:
    judged = _judged(page, rule_sets)
    kept = {paragraph.block for paragraph in cleaned.paragraphs} if cleaned else set()
    dropped = {entry.block: entry for entry in cleaned.dropped} if cleaned else {}
    title = comparable(cleaned.title) if cleaned else ""
    stories = []
    for block in page.blocks:
        likelihood, reasons = judged.get(block.index, (None, ()))
        entry = dropped.get(block.index)
        fate = (
            "kept"
            if block.index in kept
            else "title"
            if title and comparable(block.text) == title
            else "dropped"
        )
        rule, why = (entry.rule, entry.why) if entry and fate == "dropped" else ("", "")
        stories.append(
            BlockStory(block=block, fate=fate, rule=rule, why=why, likelihood=likelihood, reasons=reasons)
        )
    return stories


def _judged(
    page: Page, rule_sets: tuple[SiteRules, ...]
) -> dict[int, tuple[float, tuple[tuple[str, float], ...]]]:
    """Return likelihood and weightiest features per judged block."""
    desk = prepare(page, rule_sets)
    walls, titles = find_walls(desk, rule_sets), names_of(page)
    verdicts = judge(desk.left, walls=walls, titles=titles)
    weights = model_for(desk.left).weights
    found = {}
    for seen in see(desk.left, walls=walls, titles=titles):
        parts = [(name, weights.get(name, 0.0) * value) for name, value in (*seen.text, *seen.around)]
        parts.sort(key=lambda part: -abs(part[1]))
        found[seen.index] = (verdicts[seen.index].likelihood, tuple(parts[:_SHOWN_REASONS]))
    return found


def to_lines(told: Explanation) -> list[str]:
    """Return the explanation as lines for a terminal: fate, likelihood, text, then rule or features."""
    lines = [f"{told.origin}  (rules: {', '.join(told.rule_sets)})"]
    marks = {"kept": "+", "title": "T", "dropped": "-"}
    for story in told.stories:
        share = "    " if story.likelihood is None else f"{story.likelihood:.2f}"
        text = (
            story.block.text
            if len(story.block.text) <= _SHOWN_CHARS
            else story.block.text[:_SHOWN_CHARS] + "…"
        )
        because = story.rule if story.rule and story.rule != "outside-text" else _told_reasons(story)
        lines.append(f"{marks[story.fate]} {story.block.index:4} {share} {text}  [{because}]")
    return lines + told_fields(told)


def told_fields(told: Explanation) -> list[str]:
    """Return what was learnt besides: gaps, fields with where each was read, or why there is no report."""
    if told.page is None:
        return [f"no report: {told.refusal}"]
    lines = [f"title: {told.page.title}"]
    lines += [f"gap after paragraph {gap.paragraph}: {gap.notice}" for gap in told.page.gaps]
    origins = dict(told.page.fields.origins)
    for name in _FIELDS:
        value = getattr(told.page.fields, name)
        if value:
            lines.append(f"{name}: {value}  [{origins.get(name.removesuffix('_on'), '')}]")
    return lines + [f"{name}: {value}  [metadata table]" for name, value in told.page.fields.extra]


def _told_reasons(story: BlockStory) -> str:
    return ", ".join(f"{name} {part:+.1f}" for name, part in story.reasons)


_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto}td{padding:.2em .6em;vertical-align:top}"
    ".kept{background:#e8f5e9}.title{background:#e3f2fd}.dropped{color:#666}small{color:#666}"
)


def to_html(told: Explanation, facts: str = "") -> str:
    """Return the explanation as one HTML page that needs nothing else; all text of the page is escaped.

    `facts` is HTML of what was found in the page's reports (fact_story.py), put above the blocks.
    """
    rows = []
    for story in told.stories:
        share = "" if story.likelihood is None else f"{story.likelihood:.2f}"
        because = (
            f"{escape(story.rule)}<br><small>{escape(story.why)}</small>" if story.rule else "the run of text"
        )
        rows.append(
            f'<tr class="{story.fate}"><td>{story.block.index}<td>{story.fate}<td>{share}'
            f"<td>{escape(story.block.text)}<br><small>{escape(' > '.join(story.block.path[-4:]))}</small>"
            f"<td>{because}<br><small>{escape(_told_reasons(story))}</small></tr>"
        )
    learnt = "".join(f"<li>{escape(line)}</li>" for line in told_fields(told))
    return (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(told.origin)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(told.origin)}</h1><ul>{learnt}</ul>{facts}<h2>blocks</h2>"
        "<table><tr><th>block<th>fate<th>likelihood<th>text and place<th>rule or features</tr>"
        f"{''.join(rows)}</table></html>\n"
    )
