"""Where the reporter is, as far as its own words say; names simplified, as written, never completed.

There is no gazetteer here: a name is what stands in the reporter's own name. A town's report adds the one county
whose government it answers to. A wrong place is worse than none.
"""

import re
from collections.abc import Iterable

from archive.describe.issuer import Issuer
from archive.describe.names import MASK, is_division, is_division_in_prose
from archive.describe.text import Found, ReportText, find
from archive.hanzi import to_simplified
from archive.model import Evidence, Level, OrgType, Place

_NAME = r"(?P<county>(?![各全我本该外两省市上])[一-鿿]{2,3}[县旗区])"
_SUPERIOR_COUNTY = (
    re.compile(r"《(?P<county>[一-鿿]{2,3}[县旗])"),  # the county's own document
    re.compile(rf"《{_NAME}(?=(?:人民)?政府)"),
    re.compile(
        rf"(?:规定和|按照|根据|对照|通过|依托|在|由|向|经){_NAME}"
        r"(?=人民政府|政府门户网站|政府网站|政务公开|公布的|印发的|委、)"
    ),
    re.compile(rf"(?:位于|地处){_NAME}"),
)
_ANY_COUNTY_GOVERNMENT = re.compile(r"[一-鿿]{2}[县旗](?=人民政府)")


def find_place(
    text: ReportText,
    issuer: Issuer | None,
    org_type: OrgType | None,
    level: Level | None,
    *,
    name_is_hidden: bool,
) -> tuple[Place, tuple[Evidence, ...]]:
    """Return the place with its evidence; the status is as_written, masked or unknown."""
    named = dict(_named(issuer, level))
    shown = {field: to_simplified(name) for field, name in named.items() if not re.search(MASK, name)}
    evidence = list(issuer.evidence) if issuer and shown else []
    if "county" not in named and (level == "township" or (org_type == "bureau" and level == "county")):
        superior = _superior_county(text)
        if superior:
            shown["county"] = superior.match["county"]
            evidence.append(superior.group_evidence("county"))
    if shown:
        return Place(status="as_written", **shown), tuple(evidence)
    if named or name_is_hidden or (issuer and issuer.name.is_masked):
        return Place(status="masked"), issuer.evidence if issuer else ()
    return Place(), ()


def _named(issuer: Issuer | None, level: Level | None) -> Iterable[tuple[str, str]]:
    """Yield field and name of each division in the reporter's name; a lone 市 only when its rank is settled."""
    if issuer is None:
        return
    name = issuer.name
    for field in ("province", "prefecture", "county", "township"):
        value = getattr(name, field)
        if value:
            yield field, value
    if name.city and not name.township and level in {"prefecture", "county"}:
        yield ("prefecture" if level == "prefecture" else "county"), name.city


def _superior_county(text: ReportText) -> Found | None:
    """Return the county whose government the text names, when it names one only and the left end is held."""
    found = [
        each
        for pattern in _SUPERIOR_COUNTY
        for each in find(pattern, text.body, quoted=True)
        if is_division_in_prose(each.match["county"])
    ]
    names = {each.match["county"] for each in found}
    if len(names) != 1:
        return None
    (name,) = names
    others = {each.match[0] for each in find(_ANY_COUNTY_GOVERNMENT, text.body, quoted=True)}
    return found[0] if all(name.endswith(other) for other in others if is_division(other)) else None
