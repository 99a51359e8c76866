"""The rank of the reporter and whether it is a government or one of its bureaus.

A bureau has the rank of the government it serves. A lone 市 has none: a prefecture and a county-level city are
written alike, so it stays None unless the text's structure settles it.
"""

import re
from dataclasses import dataclass, replace

from archive.describe.issuer import Issuer
from archive.describe.self_reference import SelfReferenceFound
from archive.describe.tables import rank_cues
from archive.describe.text import ReportText, find
from archive.model import Evidence, Level, OrgType

_BARE_TITLE = re.compile(
    r"^\s*+(?:[全我本](?P<whole>省|市|县|区|州|镇|乡|街道|局)|(?P<bare>镇|乡(?!镇|村)|街道|县(?!级)|局)|(?P<any>乡镇))"
    r"(?=(?:(?:19|20)?[\dx×*]{2,4}年|关于|政府信息|政府政务|政务|信息公开|依申请|年度))"
)
"""A title whose name was deleted (镇2016年…) or that says only the rank (全县…)."""

_RANK_OF_TITLE: dict[str, Level] = {
    "省": "province",
    "州": "prefecture",
    "县": "county",
    "区": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
    "乡镇": "township",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Rank and kind of the reporter with the spans that prove each."""

    org_type: OrgType | None = None
    level: Level | None = None
    org_evidence: tuple[Evidence, ...] = ()
    level_evidence: tuple[Evidence, ...] = ()


def find_standing(text: ReportText, issuer: Issuer | None, self_found: SelfReferenceFound | None) -> Standing:
    """Return rank and kind: from the name, else from the self-reference, else from a title that lost its name."""
    org_type, org_evidence = _org_type(issuer, self_found)
    if org_type is None:
        return _from_title(text)
    level, level_evidence = _level(text, org_type, issuer, self_found)
    return Standing(org_type=org_type, level=level, org_evidence=org_evidence, level_evidence=level_evidence)


def _org_type(
    issuer: Issuer | None, self_found: SelfReferenceFound | None
) -> tuple[OrgType | None, tuple[Evidence, ...]]:
    """Decide the kind. A government's office signs for its government when the text says 我县."""
    if issuer is None:
        return (self_found.cue.org_type, self_found.evidence) if self_found else (None, ())
    is_office = "办公" in (issuer.name.office or "")
    if is_office and self_found and self_found.cue.org_type == "bureau":
        return "bureau", self_found.evidence
    return issuer.name.org_type, issuer.evidence


def _level(
    text: ReportText, org_type: OrgType, issuer: Issuer | None, self_found: SelfReferenceFound | None
) -> tuple[Level | None, tuple[Evidence, ...]]:
    if issuer and issuer.name.is_zone:
        return (
            None,
            (),
        )  # 我区 says nothing here: a zone's committee may have the rank of a town or of a prefecture
    if issuer and issuer.name.level:
        return issuer.name.level, issuer.evidence
    if self_found and self_found.cue.level and self_found.cue.org_type == org_type:
        return self_found.cue.level, self_found.evidence
    return _by_structure(text, org_type)


def _by_structure(text: ReportText, org_type: OrgType) -> tuple[Level | None, tuple[Evidence, ...]]:
    """Return the one rank that the structural cues allow, None when they name none or several."""
    spans: dict[Level, list[Evidence]] = {}
    for cue in rank_cues():
        if cue.org_type == org_type:
            found = [each.evidence for each in find(cue.pattern, text.own_words)]
            if found:
                spans.setdefault(cue.level, []).extend(found)
    if len(spans) != 1:
        return None, ()
    ((level, evidence),) = spans.items()
    return level, tuple(evidence[:3])


def _from_title(text: ReportText) -> Standing:
    match = _BARE_TITLE.search(text.title.prose) if text.title else None
    if match is None or text.title is None:
        return Standing()
    rank = match["whole"] or match["bare"] or match["any"]
    evidence = (text.title.evidence(*match.span()),)
    if rank == "局":
        return Standing(org_type="bureau", org_evidence=evidence)
    level = _RANK_OF_TITLE.get(rank)
    return Standing(
        org_type="government", level=level, org_evidence=evidence, level_evidence=evidence if level else ()
    )


def with_city_level(standing: Standing, level: Level | None, evidence: tuple[Evidence, ...]) -> Standing:
    """Return the standing with the rank of the 市 in the reporter's name, where the gazetteer settles it."""
    return replace(standing, level=level, level_evidence=evidence) if level else standing


def has_deleted_name(text: ReportText) -> bool:
    """Whether the title starts with a bare rank where the reporter's name stood (镇2016年…)."""
    match = _BARE_TITLE.search(text.title.prose) if text.title else None
    return bool(match and match["bare"])
