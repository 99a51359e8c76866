"""The grammar of a reporter's name: a chain of divisions, then an organ, e.g. 沧溟省望舒市桂影县教育局.

No gazetteer stands behind it, so a name is only read where both its ends are held: by the start and end of a
line, by 《, by a verb that only a subject has. Masks (xx镇, ××县) are names too.
"""

import re
from dataclasses import dataclass

from archive.describe.tables import no_name_stems, verbs_before_ranks
from archive.describe.text import Line
from archive.model import Evidence, Level, OrgType

MASK = r"[x×*ⅹ✕○某_]"
KNOWN_STEM = "甲"  # what `known_names` writes for each character of a known division's stem
_HAN = r"[㐀-鿿]"
_PLACE_CHAR = r"(?:(?![的了在与及对将把被等我本各该其]|全[省市县区镇乡])[㐀-鿿]|[x×*ⅹ✕○某_])"  # a division's name has no function word
# A rank character inside a bureau's name is no rank: 市场监督管理局, 城乡建设局, 乡村振兴局, 农业农村局.
_CITY = r"市(?!场|容|政(?!务|府|办|法))"
_TOWNSHIP = r"(?:镇(?!化)|(?<!城)乡(?!村|镇)|(?<=城)乡(?!建设|规划|管理|居民|环境|统筹|村|镇)|街道|苏木)"
_VILLAGE = r"(?:(?<![农乡])村(?!镇|务)|社区(?!矫正))"
_CITY_CHAR = rf"(?:(?![省县区旗]){_PLACE_CHAR})"  # 桂影县城市管理局 is no 桂影县城市
_MUNICIPALITY = r"(?:北京|天津|上海|重庆)市"

GOVERNMENT_ORGAN = (
    r"人民政府(?:办公[室厅])?|政府(?!信息|政务|网站|门户)(?:办公[室厅]|办(?![事理]))?|街道办事处|办事处|管理委员会|管委会"
    r"|党政(?:综合)?办公室|村民委员会|村委会|社区居民委员会|居委会"
)
BUREAU_ORGAN = (
    rf"(?:供电公司|残疾人联合会|(?:{_HAN}{{2,16}}?|{MASK}{{1,4}})"
    r"(?:总局|局|厅|海关(?!总署)|调查队|(?<![省市县区州镇乡党纪政])委员会|(?<![省市县区州镇乡党纪法])委(?!员|会|托|派|办|、)"
    r"|(?<!委)办公室|(?<=[资安外侨贫改管口法府金招信融防编残])办(?![公事理法])|总队|支队|大队|中心))"
)
MINISTRY = (
    r"(?:外交|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和社会保障|自然资源|国土资源|生态环境|环境保护"
    r"|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理|卫生|铁道)部(?![门署分位队委长])"
)
"""Ministries by name: 组织部, 宣传部 and 武装部 end alike and are none."""

_ZONE = r"(?:开发|园|高新|保税|度假|示范|试验|管理|工业|风景|名胜)区"

_CHAIN = (
    rf"(?P<province>{_MUNICIPALITY}|{_PLACE_CHAR}{{1,7}}?(?:省|自治区))?"
    rf"(?:(?P<prefecture>{_PLACE_CHAR}{{1,10}}?(?:自治州|地区|盟)|{_PLACE_CHAR}{{2,6}}?州(?![市省区县镇乡]))"
    rf"|(?P<city>{_CITY_CHAR}{{1,6}}?{_CITY}))?"
    rf"(?:(?P<county>{_PLACE_CHAR}{{1,12}}?(?:自治县|县|(?<!社)区|旗))|(?P<city2>{_CITY_CHAR}{{1,6}}?{_CITY}))?"
    rf"(?:人民政府(?={_PLACE_CHAR}{{1,8}}?(?:街道|镇|乡)))?"
    rf"(?P<township>(?:{KNOWN_STEM}{{9,18}}|{_PLACE_CHAR}{{1,8}}?){_TOWNSHIP})?"
    rf"(?P<village>{_PLACE_CHAR}{{1,6}}?{_VILLAGE})?"
)
_PARENT_ORGAN = rf"(?:国家税务总局(?!\d)|国网(?={_PLACE_CHAR}{{1,20}}供电公司))"
_IN_ZONE = rf"(?P<zone>{_PLACE_CHAR}{{2,16}}?{_ZONE}(?=管委会|管理委员会))?"  # a zone of the place before it
_BRANCH = rf"(?P<branch>{_PLACE_CHAR}{{2,6}}?分局)?"
NAME = (
    rf"(?P<name>{_PARENT_ORGAN}?(?:{_CHAIN}(?<=[省市县区州盟旗镇乡道木村]){_IN_ZONE}|(?P<bare>[省市县区州镇乡]|街道))?"
    rf"(?:(?P<office>{GOVERNMENT_ORGAN})|(?P<bureau>{BUREAU_ORGAN}|{MINISTRY}){_BRANCH})?)"
)
"""One name; each use adds what must stand before and after it. May be empty: see `to_name`."""

LONGEST_IN_PROSE = 6  # characters of a division's name in running text; only 自治 names are longer
_SEGMENTS = ("province", "prefecture", "city", "county", "city2", "township", "village")
_LEVEL_OF: dict[str, Level] = {
    "province": "province",
    "prefecture": "prefecture",
    "county": "county",
    "township": "township",
    "village": "village",
}
_LEVEL_OF_BARE: dict[str, Level] = {
    "省": "province",
    "州": "prefecture",
    "县": "county",
    "区": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
}
_NEVER_IN_A_NAME = re.compile(r"公开|政务|政府|信息|工作|管理|服务|推进|指导|贯彻|落实")
_NATIONAL = re.compile(rf"国务院|国家(?!统计局..)|中华人民共和国(?!..海关)|全国|{MINISTRY}")
_ALL_ZONE = re.compile(rf"{_ZONE}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A reporter's name read by its parts; every part in match form, None where it is not written."""

    text: str
    province: str | None = None
    prefecture: str | None = None
    city: str | None = None  # a 市 whose rank the name does not settle
    county: str | None = None
    township: str | None = None
    village: str | None = None
    zone: str | None = None  # 经济开发区 of the division before it
    bare: str | None = None  # a rank without a name: 市环保局, 县教育局
    office: str | None = None  # a government's own organ: 人民政府
    bureau: str | None = None  # a department, with its branch
    evidence: Evidence | None = None

    @property
    def org_type(self) -> OrgType:
        """A department is a bureau, all else speaks for its government."""
        return "bureau" if self.bureau else "government"

    @property
    def divisions(self) -> tuple[str, ...]:
        """The places named, highest first."""
        parts = (self.province, self.prefecture, self.city, self.county, self.township, self.village)
        return tuple(part for part in parts if part)

    @property
    def is_zone(self) -> bool:
        """Whether a development zone's committee reports: its rank is not in its name."""
        is_committee = self.office in {"管委会", "管理委员会"}
        return is_committee and bool(self.zone or (self.county and _ALL_ZONE.search(self.county)))

    @property
    def level(self) -> Level | None:
        """The rank of the last division named; None for a lone 市, and for a development zone."""
        if self.is_zone:
            return None
        if self.bureau and self.bureau.endswith("分局"):
            return "county" if not self.township else "township"
        for field in ("village", "township", "county", "city", "prefecture", "province"):
            if getattr(self, field):
                return _LEVEL_OF.get(field)
        if self.bureau and _NATIONAL.match(self.bureau):
            return "national"
        return _LEVEL_OF_BARE.get(self.bare or "")

    @property
    def is_masked(self) -> bool:
        """Whether a mask stands for a place in it."""
        return any(re.search(MASK, part) for part in self.divisions)


def is_division(text: str) -> bool:
    """Whether a word that ends like a division can be a name: 城镇, 计划乡 and 全县 are refused."""
    if _NEVER_IN_A_NAME.search(text):
        return False
    for suffix, stems in no_name_stems().items():
        if text.endswith(suffix):
            stem = text.removesuffix(suffix)
            return bool(stem) and stem not in stems
    return True


def is_division_in_prose(text: str) -> bool:
    """Whether a division found in running text, where no line starts it, can be a name."""
    return is_division(text) and len(text) <= LONGEST_IN_PROSE and not text.startswith(verbs_before_ranks())


def to_name(match: re.Match[str], line: Line, *, written: str | None = None) -> Name | None:
    """Return the name a `NAME` pattern found, or None when it is empty or an ordinary word.

    `written` is the text itself where the pattern was matched on its neutral form; a division that the gazetteer
    knows is no ordinary word.
    """
    text = match.string if written is None else written
    keys = (*_SEGMENTS, "zone", "bare", "office", "bureau", "branch")
    groups = {key: text[slice(*match.span(key))] if match[key] else None for key in keys}
    if not any(groups.values()):
        return None
    parts = [(part, match[key]) for key in _SEGMENTS if (part := groups[key])]
    if not all(part != matched or is_division(part) for part, matched in parts):
        return None
    second_city = groups["city2"]
    is_municipality = bool(groups["province"] and groups["province"].endswith("市"))
    has_lower = bool(second_city or groups["county"])
    start, end = match.span("name")
    return Name(
        text=text[start:end],
        province=groups["province"],
        # A 市 with a county below it in the name is a prefecture; alone it stays open.
        prefecture=groups["prefecture"] or (groups["city"] if has_lower and not is_municipality else None),
        city=None if has_lower else groups["city"],
        county=groups["county"] or second_city,
        township=groups["township"],
        village=groups["village"],
        zone=groups["zone"],
        bare=groups["bare"],
        office=groups["office"],
        bureau=(groups["bureau"] or "") + (groups["branch"] or "") or None,
        evidence=line.evidence(start, end),
    )
