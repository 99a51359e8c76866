"""What readers ask for under load: a fixed set of addresses, drawn from what an archive holds. Pure."""

import random
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

SHARES: Mapping[str, int] = {
    "search": 34,
    "report": 28,
    "front": 8,
    "suggest": 10,
    "api search": 6,
    "api report": 4,
    "cite": 4,
    "place": 3,
    "year": 1,
    "feed": 2,
}
"""How often each kind of address is asked for, in percent: a search, two or three reports, then another search."""

WORDS = (
    "公开 政府信息 依申请公开 主动公开 行政复议 行政诉讼 政务公开 年度报告 工作总结 领导小组 保密审查 网站 微信公众号 公开栏 "
    "财政预算 招标投标 环境保护 教育 卫生 土地征收 扶贫 农村 村务公开 群众 培训 监督 考核 热线 政策解读 存在的问题 下一步"
).split()
PHRASES = (
    "政務公開",
    '"依申请公开"',
    "标题:总结",
    "层级:乡镇 公开",
    "年份:2015..2018 复议",
    "公开 -行政",
    "行政复议 OR 行政诉讼",
)
TYPED = ("政府", "公开", "jy", "cz", "huanjing", "年度", "总结", "2018", "镇", "桂影")
FACETS: Mapping[str, tuple[str, ...]] = {
    "level": ("county", "township", "prefecture"),
    "year": ("2012", "2016", "2018", "2019"),
    "kind": ("annual_report", "summary"),
    "flag": ("masked", "-masked", "truncated"),
    "script": ("hans", "hant"),
}
SEARCHES, REPORTS = 150, 100


def addresses(held: Sequence[tuple[str, str, str]], *, seed: int = 1) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each kind; `held` are ids, titles and place codes of reports."""
    draw = random.Random(seed)
    chosen = draw.sample(list(held), min(REPORTS, len(held)))
    places = sorted({code[:length] for _, _, code in held for length in (2, 4, 6) if len(code) >= length})
    return {
        "front": ("/",),
        "search": tuple(f"/search?{_search(draw)}" for _ in range(SEARCHES)),
        "api search": tuple(f"/api/search?{_search(draw)}" for _ in range(SEARCHES // 5)),
        "report": tuple(f"/r/{report}?{urlencode({'q': draw.choice(WORDS)})}" for report, *_ in chosen),
        "api report": tuple(f"/api/reports/{report}" for report, *_ in chosen[: REPORTS // 4]),
        "suggest": tuple(f"/api/suggest?{urlencode({'q': one})}" for one in TYPED),
        "cite": tuple(f"/cite?{urlencode({'q': title})}" for _, title, _ in chosen[: REPORTS // 5]),
        "place": tuple(f"/place/{quote(code)}" for code in draw.sample(places, min(20, len(places)))),
        "year": tuple(f"/year/{year}" for year in ("2012", "2016", "2019")),
        "feed": tuple(f"/search.atom?{urlencode({'q': word})}" for word in WORDS[:5]),
    }


def _search(draw: random.Random) -> str:
    """Return a search as people make them: a word or two, sometimes narrowed, seldom beyond the first page."""
    words = (
        draw.choice(PHRASES) if draw.random() < 0.2 else " ".join(draw.sample(WORDS, draw.choice((1, 1, 2))))
    )
    asked = [("q", words)]
    facets = draw.sample(sorted(FACETS), draw.choice((0, 0, 0, 1, 2)))
    asked += [(facet, draw.choice(FACETS[facet])) for facet in facets]
    if draw.random() < 0.2:
        asked.append(("page", str(draw.choice((2, 3, 5)))))
    if draw.random() < 0.15:
        asked.append(("sort", draw.choice(("newest", "oldest"))))
    return urlencode(asked)
