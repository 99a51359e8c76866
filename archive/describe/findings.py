"""Everything found about one section, and by which rule each fact was settled. Pure."""

from dataclasses import dataclass

from archive.describe.claims import Role
from archive.describe.issuer import Issuer
from archive.describe.level import Standing
from archive.describe.place import PlaceFound
from archive.describe.published import Dates
from archive.describe.script import Writing
from archive.describe.self_reference import SelfReferenceFound
from archive.describe.text import ReportText
from archive.describe.year import YearFound
from archive.model import Bureau, Evidence, Kind

_ROLES: dict[Role, str] = {
    "title": "the title's year",
    "opening": "the opening formula",
    "period": "the period of the statistics",
    "until": "the day up to which is counted",
    "lead": "the head of a sentence about the work done",
    "plan": "a plan's year",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the rules found, before it is put together."""

    text: ReportText
    self_found: SelfReferenceFound | None
    issuer: Issuer | None
    standing: Standing
    place: PlaceFound
    bureau: tuple[Bureau | None, tuple[Evidence, ...]]
    kind: tuple[Kind, tuple[Evidence, ...]]
    dates: Dates
    year: YearFound
    writing: Writing
    masks: tuple[Evidence, ...]
    excerpt: tuple[Evidence, ...]


def rules_of(found: Findings) -> tuple[tuple[str, str], ...]:
    """Return each field that was settled with the rule that settled it, in English."""
    rules = {
        "issuer": f"the reporter's name: {found.issuer.source}" if found.issuer else "",
        "org_type": _rank_rule(found, found.standing.org_evidence),
        "level": _rank_rule(found, found.standing.level_evidence),
        "place": _place_rule(found),
        "bureau": _bureau_rule(found),
        "year": _year_rule(found),
        "published_on": _date_rule(found.dates),
        "script": "characters that only one script has" if found.writing.script else "",
        "script_origin": "merged forms" if found.writing.evidence else "",
        "kind": _kind_rule(found),
        "masked": "marks in place of names, years and numbers" if found.masks else "",
        "excerpt": "levels of headings, opening and closing" if found.excerpt else "",
    }
    return tuple((field, rule) for field, rule in rules.items() if rule)


def _rank_rule(found: Findings, proof: tuple[Evidence, ...]) -> str:
    if not proof:
        return ""
    if found.place.city_level and proof == found.place.evidence:
        return "the gazetteer's rank of the city"
    if found.issuer and proof == found.issuer.evidence:
        return "the reporter's name"
    if found.self_found and proof == found.self_found.evidence:
        return "how the reporter speaks of itself"
    return "the title's bare rank" if proof[0].where == "title" else "what stands under the reporter"


def _place_rule(found: Findings) -> str:
    place = found.place.place
    if place.status == "unknown":
        return ""
    named = found.issuer is not None and bool(found.issuer.name.divisions)
    source = "the reporter's name" if named else "the government it answers to"
    settled = "settled by the gazetteer" if place.status == "resolved" else place.status.replace("_", " ")
    return f"{source}, {settled}"


def _bureau_rule(found: Findings) -> str:
    if found.bureau[0] is None:
        return ""
    named = found.issuer is not None and found.bureau[1] == found.issuer.evidence
    return "the bureau's name" if named else "the subject that dominates"


def _year_rule(found: Findings) -> str:
    """Name the places of the claims that are shown; a doubt is told by the status."""
    return ", ".join(_ROLES[role] for role in found.year.roles)


def _date_rule(dates: Dates) -> str:
    if not dates.evidence:
        return ""
    return "the page's own date" if dates.evidence[0].where == "page" else "a date line with its signer"


def _kind_rule(found: Findings) -> str:
    proof = found.kind[1]
    if not proof:
        return "nothing about open information"
    return "the title's words" if proof[0].where == "title" else "how it opens and what it holds"
