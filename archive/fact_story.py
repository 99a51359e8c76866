"""Every fact of a page's reports, with the words that prove it, the rule that found them, and its status. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from archive.model import Citation, Description, Evidence, Indicator, Report

_LONGEST_QUOTE = 40
_FIELDS = (
    "issuer",
    "org_type",
    "level",
    "place",
    "bureau",
    "year",
    "published_on",
    "script",
    "script_origin",
    "kind",
    "masked",
    "excerpt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactStory:
    """One fact: `proofs` are spans of the canonical text; `status` says how far it holds."""

    name: str
    value: str
    status: str
    rule: str
    proofs: tuple[Evidence, ...]


def facts_of(report: Report) -> tuple[FactStory, ...]:
    """Return every fact of one report: fields, indicators, checks of sums, citations, flags."""
    description = report.description
    return (
        *_fields(description),
        *(_indicator(one) for one in description.indicators),
        *_checks(description),
        *(_citation(one) for one in description.citations),
    )


def _fields(description: Description) -> Iterator[FactStory]:
    rules, proofs = dict(description.rules), dict(description.evidence)
    for name in _FIELDS:
        value, status = _value(description, name)
        yield FactStory(
            name=name, value=value, status=status, rule=rules.get(name, ""), proofs=proofs.get(name, ())
        )
    yield FactStory(name="flags", value=" ".join(description.flags) or "-", status="", rule="", proofs=())


def _value(description: Description, name: str) -> tuple[str, str]:
    """Return a field's value, - where there is none, and its status."""
    if name == "place":
        place = description.place
        names = (place.province, place.prefecture, place.county, place.township)
        told = " ".join(part for part in (*names, place.code, *place.candidates) if part)
        return told or "-", place.status
    if name == "year":
        span = description.year_range
        status = description.year_status + (f", {span[0]} to {span[1]}" if span else "")
        return str(description.year or "-"), status
    if name == "bureau":
        bureau = description.bureau
        return (f"{bureau.domain} ({bureau.name or 'unnamed'})", "stated") if bureau else ("-", "unknown")
    if name in {"masked", "excerpt"}:
        holds = name in description.flags
        return ("yes" if holds else "no"), "stated"
    value = getattr(description, name)
    return ("-", "unknown") if value is None else (str(value), "stated")


def _indicator(one: Indicator) -> FactStory:
    value = "masked" if one.value is None else str(one.value)
    label = f" ({one.label})" if one.label else ""
    return FactStory(
        name="indicator",
        value=f"{one.name}{label} = {one.qualifier}{value} {one.unit}",
        status=one.status,
        rule=_indicator_rule(one),
        proofs=(one.evidence,),
    )


def _indicator_rule(one: Indicator) -> str:
    if one.status == "from_negation":
        return f"words that mean none: {one.name}"
    return f"a part of a total of {one.name}" if one.part_of is not None else f"a cue or row of {one.name}"


def _checks(description: Description) -> Iterator[FactStory]:
    found = description.indicators
    for check in description.checks:
        members = (*check.totals, *check.parts)
        yield FactStory(
            name="sum",
            value=f"{check.totals_sum} = {'+'.join(str(found[part].value) for part in check.parts)}",
            status="holds" if check.holds else f"does not hold: {check.parts_sum}",
            rule="a total against its parts",
            proofs=tuple(found[number].evidence for number in members),
        )


def _citation(one: Citation) -> FactStory:
    known = f" -> {one.law_title} {one.law_number or ''}".rstrip() if one.law_title else ""
    may_be = f" (may be {', '.join(one.candidates)})" if one.candidates else ""
    return FactStory(
        name="citation",
        value=f"{one.title or ''} {one.number or ''}".strip() + known + may_be,
        status=one.state,
        rule="a title" if one.title else "a number that stands alone",
        proofs=one.mentions,
    )


def facts_to_lines(reports: tuple[Report, ...]) -> list[str]:
    """Return the facts as lines for a terminal: name, value, status, rule, then each proof with its place."""
    lines: list[str] = []
    for report in reports:
        lines.append(f"report {report.report_id}  {report.section.title}")
        for fact in facts_of(report):
            rule = f"  by {fact.rule}" if fact.rule else ""
            status = f"  [{fact.status}]" if fact.status else ""
            lines.append(f"  {fact.name}: {fact.value}{status}{rule}")
            lines += [f"    {place_of(proof)} {shorten(proof.quote)}" for proof in fact.proofs]
    return lines


def place_of(proof: Evidence) -> str:
    """Return where a proof stands, as paragraph (from 1) and characters: p3:12-25."""
    where = f"p{proof.paragraph + 1}" if proof.paragraph is not None else proof.where
    return f"{where}:{proof.start}-{proof.end}"


def shorten(quote: str) -> str:
    """Return a quotation of at most forty characters."""
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"


def facts_to_html(reports: tuple[Report, ...]) -> str:
    """Return the facts as tables, one for each report; all text of the page is escaped."""
    parts = []
    for report in reports:
        rows = "".join(_row(fact) for fact in facts_of(report))
        parts.append(
            f"<h2>{escape(report.section.title or report.report_id)}</h2><table><tr><th>fact<th>value<th>status"
            f"<th>rule<th>proof</tr>{rows}</table>"
        )
    return "".join(parts)


def _row(fact: FactStory) -> str:
    proofs = "<br>".join(
        f"<small>{place_of(proof)}</small> {escape(shorten(proof.quote))}" for proof in fact.proofs
    )
    cells = (fact.name, fact.value, fact.status, fact.rule)
    return f"<tr>{''.join(f'<td>{escape(cell)}' for cell in cells)}<td>{proofs}</tr>"
