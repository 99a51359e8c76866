"""Where the reporter is: its own name's divisions, settled by the gazetteer; else the government it answers to.

Names stand in simplified characters. A wrong place is worse than none: what the gazetteer lacks stays as written,
what may be several places stays ambiguous, and a name in the text is not the reporter's for being there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from archive.describe.divisions import Settled, Surroundings, settle
from archive.describe.issuer import Issuer
from archive.describe.mentions import Named, find_mentions, sole
from archive.describe.names import MASK, is_division, is_division_in_prose
from archive.describe.text import Found, ReportText, find
from archive.gazetteer.table import Division, Gazetteer, Rank
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
_CITY_RANKS: tuple[Rank, ...] = ("prefecture", "county")
_HIGHER: dict[Level | None, tuple[Rank, ...]] = {
    "village": ("township", "county", "prefecture", "province"),
    "township": ("county", "prefecture", "province"),
    "county": ("prefecture", "province"),
    "prefecture": ("province",),
    None: ("province",),
}
"""Ranks of the governments that a reporter of each level answers to, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFound:
    """The place with its evidence; `city_level` is the rank of a lone 市, where the gazetteer settles it."""

    place: Place
    evidence: tuple[Evidence, ...] = ()
    city_level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """One division of the reporter's name and the ranks that it may have."""

    name: str
    ranks: tuple[Rank, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """All that finding a place looks at."""

    gazetteer: Gazetteer
    text: ReportText
    issuer: Issuer | None
    org_type: OrgType | None
    level: Level | None
    year: int | None
    mentions: tuple[Named, ...]
    is_hidden: bool

    def around(self, *own: str) -> Surroundings:
        """Return what is named beside the reporter's own names."""
        names = [each.mention for each in self.mentions if each.mention.name not in own]
        return Surroundings(
            full=frozenset(each.name for each in names if each.is_full),
            short=frozenset(each.name for each in names if not each.is_full),
            year=self.year,
        )


def find_place(
    gazetteer: Gazetteer,
    text: ReportText,
    issuer: Issuer | None,
    org_type: OrgType | None,
    level: Level | None,
    *,
    name_is_hidden: bool,
    year: int | None,
) -> PlaceFound:
    """Return the place with its evidence; `year` is the report's year where nothing speaks against it."""
    scene = _Scene(
        gazetteer=gazetteer,
        text=text,
        issuer=issuer,
        org_type=org_type,
        level=level,
        year=year,
        mentions=find_mentions(text),
        is_hidden=name_is_hidden,
    )
    own = _own_names(scene)
    if own:
        return _from_own_names(scene, own)
    return _from_superiors(scene)


def _own_names(scene: _Scene) -> tuple[_Written, ...]:
    """Return the divisions of the reporter's name that are not masked, the largest first."""
    if scene.issuer is None:
        return ()
    name = scene.issuer.name
    parts: tuple[tuple[str | None, tuple[Rank, ...]], ...] = (
        (name.province, ("province",)),
        (name.prefecture, ("prefecture",)),
        (name.city, _CITY_RANKS),
        (name.county, ("county",)),
        (name.township, ("township",)),
    )
    return tuple(
        _Written(name=to_simplified(part), ranks=ranks)
        for part, ranks in parts
        if part and not re.search(MASK, part)
    )


def _from_own_names(scene: _Scene, own: tuple[_Written, ...]) -> PlaceFound:
    superior = _superior_county(scene) if own[-1].ranks == ("township",) and len(own) == 1 else None
    if superior:
        own = (_Written(name=to_simplified(superior.match["county"]), ranks=("county",)), *own)
    evidence = (
        *(scene.issuer.evidence if scene.issuer else ()),
        *((superior.group_evidence("county"),) if superior else ()),
    )
    settled = _settled(scene, own)
    if settled.division:
        place = _resolved(scene, settled.division)
        return PlaceFound(
            place=place,
            evidence=(*evidence, *_supporting(scene, settled.division, own)),
            city_level=_city_level(scene, own, settled.division),
        )
    return PlaceFound(place=_as_written(scene, own, settled.candidates), evidence=evidence)


def _settled(scene: _Scene, own: tuple[_Written, ...]) -> Settled:
    lowest = own[-1]
    return settle(
        scene.gazetteer,
        lowest.name,
        lowest.ranks,
        above=[each.name for each in own[:-1]],
        around=scene.around(*(each.name for each in own)),
    )


def _resolved(scene: _Scene, division: Division) -> Place:
    """Return a settled place: every rank's name in the report's time."""
    names = {row.rank: row.name for row in scene.gazetteer.chain(division, scene.year)}
    return replace(_named(names), code=division.code, status="resolved")


def _named(names: Mapping[Rank, str]) -> Place:
    return Place(
        province=names.get("province"),
        prefecture=names.get("prefecture"),
        county=names.get("county"),
        township=names.get("township"),
    )


def _as_written(scene: _Scene, own: tuple[_Written, ...], candidates: tuple[Division, ...]) -> Place:
    """Return what the name says, under the lowest division above it that is settled."""
    names = {rank: each.name for each in own if (rank := _plain_rank(scene, each))}
    code = None
    for count in range(len(own) - 1, 0, -1):
        above = _settled(scene, own[:count]).division
        if above:
            code = above.code
            names = {**{row.rank: row.name for row in scene.gazetteer.chain(above, scene.year)}, **names}
            break
    if not names and not candidates:
        return Place()
    codes = tuple(dict.fromkeys(row.code for row in candidates))
    return replace(_named(names), code=code, status="ambiguous" if codes else "as_written", candidates=codes)


def _plain_rank(scene: _Scene, written: _Written) -> Rank | None:
    """Return the rank of a written name; a lone 市 has the one that the text gives its government."""
    if len(written.ranks) == 1:
        return written.ranks[0]
    return next((rank for rank in _CITY_RANKS if rank == scene.level), None)


def _city_level(scene: _Scene, own: tuple[_Written, ...], division: Division) -> Level | None:
    """Return the rank of a lone 市 where the name has no rank of its own; a city's branch in a county has one."""
    name = scene.issuer.name if scene.issuer else None
    has_rank = name is not None and (name.level is not None or name.is_zone)
    return division.rank if own[-1].ranks == _CITY_RANKS and not has_rank else None


def _supporting(scene: _Scene, division: Division, own: tuple[_Written, ...]) -> Iterable[Evidence]:
    """Yield the first mention of each ancestor that the text names and the reporter's name does not."""
    written = {each.name for each in own}
    for ancestor in scene.gazetteer.above(division):
        if ancestor.key not in written:
            yield from [each.evidence for each in scene.mentions if each.mention.name == ancestor.key][:1]


def _from_superiors(scene: _Scene) -> PlaceFound:
    """Return the place that a report without a name of its own answers to, as low as the text proves it."""
    is_masked = scene.is_hidden or bool(scene.issuer and scene.issuer.name.is_masked)
    proof = scene.issuer.evidence if scene.issuer else ()
    ranks = _HIGHER.get(scene.level, ()) if scene.org_type else ()
    if scene.org_type == "bureau" and scene.level == "county":
        ranks = ("county", *ranks)
    if scene.is_hidden and scene.level == "township":
        ranks = ("township", *ranks)
    for rank in ranks:
        found = _superior(scene, rank)
        if found:
            return PlaceFound(place=found[0], evidence=(*proof, *found[1]))
    return (
        PlaceFound(place=Place(status="masked"), evidence=proof) if is_masked else PlaceFound(place=Place())
    )


def _superior(scene: _Scene, rank: Rank) -> tuple[Place, tuple[Evidence, ...]] | None:
    """Return the one place of `rank` that the report answers to."""
    named = sole(scene.gazetteer, scene.mentions, scene.text, rank)
    if named:
        name = named[0].mention.name
        settled = settle(scene.gazetteer, name, (rank,), around=scene.around(name))
        if settled.division:
            return _resolved(scene, settled.division), tuple(each.evidence for each in named[:2])
    superior = _superior_county(scene) if rank == "county" else None
    if superior is None:
        return None
    own = (_Written(name=to_simplified(superior.match["county"]), ranks=("county",)),)
    settled = _settled(scene, own)
    place = (
        _resolved(scene, settled.division)
        if settled.division
        else _as_written(scene, own, settled.candidates)
    )
    return place, (superior.group_evidence("county"),)


def _superior_county(scene: _Scene) -> Found | None:
    """Return the county whose government the text names, when it names one only and the left end is held."""
    if scene.level != "township" and not (scene.org_type == "bureau" and scene.level == "county"):
        return None
    body = scene.text.body
    found = [
        each
        for pattern in _SUPERIOR_COUNTY
        for each in find(pattern, body, quoted=True)
        if is_division_in_prose(each.match["county"])
    ]
    names = {each.match["county"] for each in found}
    if len(names) != 1:
        return None
    (name,) = names
    others = {each.match[0] for each in find(_ANY_COUNTY_GOVERNMENT, body, quoted=True)}
    return found[0] if all(name.endswith(other) for other in others if is_division(other)) else None
