"""Who made the report: the names by which it calls its maker, strongest evidence first.

A body that is merely mentioned is not the author. So a name counts only where the text uses it as its own:
under the text, at the head of its own title, in the opening formula, in the titles of documents it says it
made, or as the subject of a sentence only the reporter would write.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from archive.describe.bureau import domain_of
from archive.describe.known_names import neutral_form
from archive.describe.names import MASK, NAME, Name, is_division_in_prose, to_name
from archive.describe.self_reference import SelfReferenceFound
from archive.describe.text import Found, Line, ReportText, find
from archive.describe.years import DATE, YEAR
from archive.hanzi import match_form
from archive.model import Evidence, PageFields

Source = Literal["signature", "title", "opening", "own document", "field", "subject", "mask"]

_AFTER_TITLE = (
    rf"(?=\s*+(?:{YEAR}|关于|政府信息|政务|信息公开|依申请|年度|度政|公开|村务|党务|全面|推进|贯彻|落实|重点|工作"
    r"|\(|$))"
)
_TITLE = re.compile(
    rf"^\s*+(?:[【(\[]?(?:第?[一二三四五六七八九十\d]+篇|[范例]文[一二三四五六七八九十\d]+|篇[一二三四五六七八九十\d]+)[】)\]]?[:\s]*)?"
    rf"(?:中共)?(?:关于)?(?:{YEAR}度?)?{NAME}{_AFTER_TITLE}"
)
_SIGNATURE = re.compile(
    rf"^\s*+(?:(?:发布|发文|报送|填报|编制|公开)(?:单位|机构|机关):\s*+)?{NAME}(?:\(盖?章\))?\s*+(?:{DATE})?[。.]?\s*+$"
)
# Openings, each behind what stands in every line that holds it: the patterns are tried at every clause.
_OPENINGS = tuple(
    (re.compile(telling), re.compile(pattern))
    for telling, pattern in (
        ("现[将就对]", rf"现[将就对]{NAME}(?=的?(?:{YEAR}|政府信息|政务|信息公开|本年|全年|一年来))"),
        (
            "公开[^。]{0,8}(?:报告|年报)",
            rf"(?:公布|公开|发布|编制|形成)了?(?:{YEAR}度?)?{NAME}(?=(?:{YEAR}度?)?(?:政府信息|信息|政务)公开[^。]{{0,8}}(?:报告|年报))",
        ),
        ("编制", rf"(?:^|[,。;])(?:本报告)?由{NAME}(?=[^。,]{{0,40}}编制)"),
        (
            "请|直接与|可与",
            rf"(?:请(?:与|同|向|联系)?|直接与|可与){NAME}(?=(?:办公室|信息公开|政务公开|党政|综合|\(|联系))",
        ),
        ("编制", rf"(?:^|[,。;:]){NAME}(?=(?:组织)?编制(?:了|完成)?(?:本|{YEAR}|政府信息))"),
    )
)
_OWN_DOCUMENT = re.compile(
    rf"《{NAME}(?=(?:关于)?(?:{YEAR}度?)?(?:政府信息|政务|信息公开|依申请|主动公开|保密|[^》《]{{0,20}}"
    r"(?:制度|办法|指南|目录|方案|细则|规定|规程|计划|规划|预案|机制|说明|说明书|报告)))[^》《]*》"
)
_MAKING = "(?:制定|制订|修订|完善|印发|出台|建立)"
_OWN_DOCUMENT_UNQUOTED = (
    re.compile(_MAKING),
    re.compile(rf"{_MAKING}了?{NAME}(?=[^。,;《》]{{0,16}}(?:方案|制度|办法|指南|目录|细则|规定|规程))"),
)
_ENDS = "省市县区州盟旗镇乡道木村社府室厅办处会局委队心关司部院所站"
"""Every name ends with one of these; the verb of a subject follows at once."""

_VERBS = (
    r"政府系统|(?:政府)?(?:下辖|辖|位于|地处|现有|总面积|高度重视|认真贯彻|认真落实|认真组织|认真按照|严格按照|严格落实"
    r"|坚持以|始终坚持|深入贯彻|紧紧围绕|扎实推进|切实加强|不断加强)"
)
_LOCAL_VERBS = r"将|把|共|全年|累计|建立|成立|制定|开展|通过|按照|负责"
_SUBJECT, _LOCAL_SUBJECT = (
    (re.compile(f"[{_ENDS}](?:{verbs})"), re.compile(rf"(?:^|[。;,]|{YEAR}度?){NAME}(?={verbs})"))
    for verbs in (_VERBS, _LOCAL_VERBS)
)
_SUPERIORS_WORD = re.compile(r"(?:根据|按照|依据|遵照|贯彻|落实|学习|对照|转发|收到|接到|结合)[^。;]*$")
_NOT_OWN_KIND = re.compile(r"(?:通知|函|批复|决定|通报|意见|条例|要求)》$")

_NO_SIGNATURE = re.compile(
    r"[,;、!?]|。\s*+\S"
)  # no mark stands inside one; the gazetteer is not asked about others

SIGNATURE_HEAD = 5  # a signer may stand under the title, or end a covering letter of four lines
SIGNATURE_TAIL = 6  # or under the text, before contact lines and attachments (last six lines)
NEAR = 120  # characters in which a list of 《…》、《…》 is introduced


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name with the place that makes it the reporter's."""

    name: Name
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The reporter's name; `name` holds all divisions that its other names add."""

    name: Name
    source: Source
    evidence: tuple[Evidence, ...]


def find_issuer(text: ReportText, fields: PageFields, self_found: SelfReferenceFound | None) -> Issuer | None:
    """Return the reporter's name, or None where the text does not give one."""
    candidates = list(_candidates(text, fields))
    accepted = [candidate for candidate in candidates if _agrees(candidate, self_found)]
    if not accepted and (masked := _masked_mention(text, self_found)):
        accepted = [masked]
    if not accepted:
        return None
    best = accepted[0]
    if best.source == "own document":
        best = _commonest(accepted)
    if best.name.is_masked and not _masks_agree(accepted):
        return None
    return Issuer(name=_completed(best.name, accepted), source=best.source, evidence=_evidence(best.name))


def _candidates(text: ReportText, fields: PageFields) -> Iterator[Candidate]:
    """Yield names from the strongest source to the weakest."""
    tail = text.body[-SIGNATURE_TAIL:]
    head = text.body[:SIGNATURE_HEAD]
    for line in (*reversed(tail), *text.front, *head):
        name = _name_in(_SIGNATURE, line)
        if name and not line.table and (name.office or name.bureau) and (name.divisions or name.bare):
            yield Candidate(name=name, source="signature")
    if text.title and (name := _name_in(_TITLE, text.title)) and (name.divisions or name.bureau):
        yield Candidate(name=name, source="title")
    for opening in _OPENINGS:
        yield from _matching(opening, text.body, "opening")
    yield from _own_documents(text)
    if not text.is_part:
        yield from _field_names(fields)
    subjects = list(_subjects(text))
    if len({candidate.name.text for candidate in subjects}) == 1:  # several: others act in this text too
        yield from subjects


def _name_in(pattern: re.Pattern[str], line: Line) -> Name | None:
    """Read a name whose divisions the gazetteer marks off where it knows them: in 旗山县玉杵镇 no 旗 ends."""
    if pattern is _SIGNATURE and _NO_SIGNATURE.search(line.prose):
        return None
    match = pattern.search(neutral_form(line.prose))
    return to_name(match, line, written=line.prose) if match else None


def _matching(
    telling_and_pattern: tuple[re.Pattern[str], re.Pattern[str]], lines: tuple[Line, ...], source: Source
) -> Iterator[Candidate]:
    telling, pattern = telling_and_pattern
    for found in find(pattern, lines, telling=telling):
        name = to_name(found.match, found.line)
        if name and _is_full(name):
            yield Candidate(name=name, source=source)


def _subjects(text: ReportText) -> Iterator[Candidate]:
    """Yield subjects of a report's own sentences; everyday verbs only after bureaus and towns, which end clearly."""
    yield from _matching(_SUBJECT, text.body, "subject")
    for candidate in _matching(_LOCAL_SUBJECT, text.body, "subject"):
        if (candidate.name.bureau and candidate.name.divisions) or candidate.name.township:
            yield candidate


def _is_full(name: Name) -> bool:
    """Whether a name found in running text can stand alone: a division, or a bureau of a known field.

    健全局, 工作办公室 and the like end as bureaus do; the table of fields tells them from 教育局.
    """
    if not all(is_division_in_prose(part) for part in name.divisions):
        return False
    return domain_of(name.bureau) is not None if name.bureau else bool(name.divisions)


def _own_documents(text: ReportText) -> Iterator[Candidate]:
    for found in find(_OWN_DOCUMENT, text.body, quoted=True):
        before = found.line.text[max(0, found.match.start() - NEAR) : found.match.start()]
        if _SUPERIORS_WORD.search(before) or _NOT_OWN_KIND.search(found.match[0]):
            continue
        name = to_name(found.match, found.line)
        if name and _is_full(name):
            yield Candidate(name=name, source="own document")
    for candidate in _matching(_OWN_DOCUMENT_UNQUOTED, text.body, "own document"):
        if candidate.name.bureau:
            yield candidate


def _field_names(fields: PageFields) -> Iterator[Candidate]:
    """Yield the 发布机构 of a page's metadata table; it speaks for the page, so not for a compilation's parts."""
    for key, value in fields.extra:
        if match_form(key).strip(" :") in {"发布机构", "发文机关", "发文机构", "发布单位", "公开机构"}:
            form = match_form(value)
            line = Line(where="paragraph", original=value, text=form, prose=form)
            name = _name_in(_SIGNATURE, line)
            if name and name.evidence and (name.divisions or name.bureau):
                yield Candidate(
                    name=replace(name, evidence=replace(name.evidence, where="page")), source="field"
                )


def _agrees(candidate: Candidate, self_found: SelfReferenceFound | None) -> bool:
    """Whether the reporter's way of speaking of itself allows this name.

    The title stands for itself. A signer of another rank than 我镇 is a site's owner, left under the text. Elsewhere
    a report that says 我镇 is not a bureau's, whatever bureau's document it names, and 我局 is none of the towns.
    """
    name = candidate.name
    if candidate.source == "title" or self_found is None:
        return True
    if candidate.source in {"signature", "opening"}:
        return name.level is None or self_found.cue.level in {None, name.level}
    last = name.bureau or (name.divisions or ("",))[-1]
    return last.endswith(self_found.cue.suffixes) or bool(name.bureau and self_found.cue.org_type == "bureau")


def masked_governments(text: ReportText, self_found: SelfReferenceFound | None) -> tuple[Found, ...]:
    """Return masked governments of the reporter's own rank (我镇 … xx镇政府): the mask shows where a name starts."""
    if self_found is None or self_found.cue.org_type == "bureau":
        return ()
    suffixes = "|".join(self_found.cue.suffixes)
    pattern = re.compile(rf"(?<![a-z\d]){MASK}{{1,4}}[㐀-鿿]?(?P<place>{suffixes})(?=(?:人民)?政府|委)")
    return tuple(find(pattern, text.body, quoted=True))


def _masked_mention(text: ReportText, self_found: SelfReferenceFound | None) -> Candidate | None:
    """Return the one masked government that can be the reporter; several forms name nobody."""
    found = masked_governments(text, self_found)
    if len({each.match[0] for each in found}) != 1:
        return None
    match = re.fullmatch(NAME, found[0].match[0])
    name = to_name(match, found[0].line) if match else None
    if name is None:
        return None
    return Candidate(name=replace(name, evidence=found[0].evidence), source="mask")


def _commonest(candidates: list[Candidate]) -> Candidate:
    """Return the name that most of its own documents bear."""
    own = [candidate for candidate in candidates if candidate.source == "own document"]
    counts = Counter(candidate.name.text for candidate in own)
    commonest, _ = counts.most_common(1)[0]
    return next(candidate for candidate in own if candidate.name.text == commonest)


def _masks_agree(candidates: list[Candidate]) -> bool:
    """Whether all masked names are one (xx县x镇, xx县xx镇 and x河镇 together name nobody)."""
    return len({candidate.name.divisions[-1] for candidate in candidates if candidate.name.is_masked}) == 1


def _completed(name: Name, candidates: list[Candidate]) -> Name:
    """Return the name with the divisions of a fuller form of it: 玉杵镇人民政府 and 桂影县玉杵镇."""
    for candidate in candidates:
        other = candidate.name
        if len(other.divisions) > len(name.divisions) and _same_body(name, other):
            return replace(
                other,
                text=name.text,
                office=name.office,
                bureau=name.bureau or other.bureau,
                evidence=name.evidence,
            )
    return name


def _same_body(name: Name, other: Name) -> bool:
    if name.divisions:
        return other.divisions[-len(name.divisions) :] == name.divisions and name.org_type == other.org_type
    return name.bureau is not None and name.bureau == other.bureau


def _evidence(name: Name) -> tuple[Evidence, ...]:
    return (name.evidence,) if name.evidence else ()
