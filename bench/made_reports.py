"""Made reports and made requests, the same for a seed: what two engines are compared and measured with."""

import random
from collections.abc import Iterator

from index.engine import FACETS, UNKNOWN, Filter, IndexDocument, SearchRequest, Sort
from index.query import parse

PLACES = (
    ("望舒市", "桂影县", "玉杵镇"),
    ("望舒市", "桂影县", "蟾桥镇"),
    ("望舒市", "银阙区", "广寒街道"),
    ("望舒市", "清晖县", "冰轮镇"),
    ("羲和市", "金乌县", "驭日镇"),
    ("羲和市", "旸谷区", ""),
    ("蓬壶市", "方壶县", ""),
    ("玄圃州", "阆风县", ""),
)
BUREAUS = ("教育", "生态环境", "财政", "交通运输", "卫生健康", "none")
WORDS = (
    "政府 信息 公开 工作 年度 报告 主动 依申请 申请 答复 办结 受理 网站 栏目 建设 制度 机制 保密 审查 培训 监督 考核 "
    "教育 环境 财政 预算 决算 交通 卫生 民政 就业 社会保障 扶贫 农业 水利 林业 土地 征收 拆迁 规划 项目 招标 采购 "
    "应急 安全 生产 食品 药品 价格 收费 行政 许可 处罚 复议 诉讼 举报 投诉 咨询 热线 微博 微信 新媒体 解读 回应 关切 "
    "鲛绡 若木 扶光 潮音 归墟 计划 资金 公示 群众 服务 中心 窗口 办理 事项 清单 流程 优化 提升 不足 改进 措施 下一步"
).split()
MARKS = ",。;、 \n"
COPIED_SHARE = 0.15
LEADING_SHARE = 0.05


def made_reports(count: int, *, characters: int = 300, seed: int = 1) -> Iterator[IndexDocument]:
    """Yield reports of about so many characters: common words often, rare ones seldom, a fifth with copies."""
    draw = random.Random(seed)
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]
    leader: IndexDocument | None = None
    for number in range(count):
        copied = leader is not None and draw.random() < COPIED_SHARE
        made = _made(number, draw, weights, characters, leader if copied else None)
        leader = made if made.family and not copied else leader
        yield made


def _made(
    number: int, draw: random.Random, weights: list[float], characters: int, copied: IndexDocument | None
) -> IndexDocument:
    prefecture, county, township = draw.choice(PLACES)
    year = draw.choice([UNKNOWN, *map(str, range(2008, 2026))])
    text = "".join(
        word + (draw.choice(MARKS) if draw.random() < 0.3 else "")
        for word in draw.choices(WORDS, weights, k=draw.randint(characters // 6, characters // 2))
    )
    report_id = f"m{number:08}"
    family = copied.family if copied else report_id if draw.random() < LEADING_SHARE else ""
    facets = {
        "level": "township" if township else "county",
        "year": year,
        "script": draw.choice(["hans", "hans", "hant", "mixed"]),
        "prefecture": prefecture,
        "county": county,
        "township": township or UNKNOWN,
        "bureau": draw.choice(BUREAUS),
        "kind": draw.choice(["annual_report", "summary", "other"]),
        "flag": " ".join(draw.sample(["masked", "truncated", "converted"], draw.randint(0, 2))) or UNKNOWN,
        "site": f"site{draw.randint(1, 40)}.gov.example",
    }
    return IndexDocument(
        report_id=report_id,
        title=draw.choice(
            [f"{county}{year}年政府信息公开工作年度报告", f"{township or county}政务公开总结", county]
        ),
        paragraphs=copied.paragraphs if copied and draw.random() < 0.7 else tuple(text.split("\n")),
        facets=tuple((name, tuple(facets.get(name, UNKNOWN).split())) for name in FACETS),
        place=" ".join(filter(None, ("沧溟省", prefecture, county, township))),
        order_key=draw.choice(
            ["", year if year != UNKNOWN else "", f"{draw.randint(2009, 2026)}-03-{draw.randint(10, 31)}"]
        ),
        family=family,
        standing=f"{draw.choice('0012')} {number:08}" if family else "",
    )


def made_requests(count: int, *, seed: int = 2) -> Iterator[SearchRequest]:
    """Yield requests of every kind that the query language and the filters know."""
    draw = random.Random(seed)
    for _ in range(count):
        yield SearchRequest(
            query=parse(made_query(draw)),
            filters=tuple(_filters(draw)),
            year_from=draw.choice([None, None, None, 2012]),
            year_to=draw.choice([None, None, None, 2020]),
            sort=draw.choice(SORTS),
            offset=draw.choice([0, 0, 0, 10, 200]),
            limit=10,
            all_copies=draw.random() < 0.3,
        )


SORTS: tuple[Sort, ...] = ("relevance", "relevance", "newest", "oldest")


def made_query(draw: random.Random) -> str:
    """Return what a person might type."""
    one, other, third = draw.sample(WORDS, 3)
    prefecture, county, township = draw.choice(PLACES)
    return draw.choice(
        (
            "", one, f"{one} {other}", f'"{one}{other}"', f'"{one[:1]}"', f'"{one[-1:]}{other[:1]}"', f"{one}{other}",
            f"{county}{one}", f"{one} -{other}", f"{one} OR {other}", f"({one} OR {other}) {third}",
            f"-{one}", f"标题:{county}", f"标题:总结 {one}", f"地区:{prefecture}{county}", f"层级:乡镇 {one}",
            f"年份:2012..2018 {one}", f"字体:繁体 {other}", f"{county}的{one}{other}{third}情况怎么样",
            f"哪些{one}和{other}没有按时{third}", f"{township or county}政务公开总结", f'"{one}" "{other}"',
            f"{one}槃{other}", f"{other[:1]}", f'"{one},{other}"', f'"{one} {other}"', f'标题:"{county}" -{third}',
            f"關於{one}{other}的規劃、資金與項目公示", f"{one} {other} {third} 槃",
        )
    )  # fmt: skip


def _filters(draw: random.Random) -> Iterator[Filter]:
    values = {
        "level": ("county", "township"),
        "county": tuple(county for _, county, _ in PLACES),
        "bureau": BUREAUS,
        "kind": ("annual_report", "summary"),
        "flag": ("masked", "truncated", UNKNOWN),
        "year": ("2012", "2018", UNKNOWN),
    }
    for facet in draw.sample(sorted(values), draw.choice([0, 0, 1, 2])):
        chosen = tuple(draw.sample(values[facet], 2))
        yield (
            Filter(facet=facet, include=chosen)
            if draw.random() < 0.7
            else Filter(facet=facet, exclude=chosen)
        )
