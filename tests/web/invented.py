"""An invented archive: every kind of report that a page has to show, made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from archive.ids import identity_of, report_id
from archive.model import (
    Bureau,
    Capture,
    Compilation,
    Damage,
    Description,
    Dropped,
    Edit,
    Evidence,
    Gap,
    Outcome,
    PageFields,
    Paragraph,
    Place,
    Report,
    Section,
)
from archive.store import Store

KEPT_AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
WANGSHU = {"province": "沧溟省", "prefecture": "望舒市"}
HOSTILE = "<script>alert('公开')</script>&<b>粗</b>"


def capture(address: str | None, text: str) -> Capture:
    """A text dump of `text`, received from `address`."""
    return Capture(
        body=text.encode(),
        captured_at=datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC),
        media_type="text/plain",
        origin="pages/page.txt",
        source_url=address,
    )


def paragraphs(*lines: str, first_block: int = 1) -> tuple[Paragraph, ...]:
    """Paragraphs as a dump gives them, one a line; those that begin with a number are headings."""
    return tuple(
        Paragraph(
            text=line,
            block=first_block + number,
            captured=line,
            role="heading" if line[0] in "一二三四五六（(" and len(line) < 24 else "text",
        )
        for number, line in enumerate(lines)
    )


def row(text: str, block: int) -> Paragraph:
    """A table's row."""
    return Paragraph(text=text, block=block, captured=text, role="table")


def outcome(address: str, *parts: tuple[Section, Description], title: str | None = None) -> Outcome:
    """What one page gave; a compilation when it has a `title` of its own."""
    lines = {0: title or parts[0][0].title}
    for section, _ in parts:
        lines[section.paragraphs[0].block - 1] = section.title
        lines |= {one.block: one.captured for one in section.paragraphs}
        lines |= {one.block: one.text for one in section.dropped}
    page = capture(address, "\n".join(lines.get(number, "") for number in range(max(lines) + 1)))
    identity = identity_of(page)
    reports = tuple(
        Report(report_id=report_id(identity, section.part), section=section, description=description)
        for section, description in parts
    )
    compilation = None
    if title:
        compilation = Compilation(
            report_id=report_id(identity, 0),
            title=title,
            part_ids=tuple(one.report_id for one in reports),
            declared_count=5,
        )
    return Outcome(capture=page, reports=reports, compilation=compilation)


def township(year: int = 2018) -> Outcome:
    """A whole report of a town, its year beyond doubt."""
    title = f"桂影县玉杵镇{year}年政府信息公开工作年度报告"
    section = Section(
        title=title,
        paragraphs=(
            *paragraphs(
                f"根据上级部署，我镇对{year}年政府信息公开工作作了梳理，现报告如下。",
                "一、主动公开情况",
                f"{year}年，我镇主动公开政府信息九十八条，其中重点领域信息四十一条，通过公开栏发布。",
                "二、依申请公开情况",
                "全年收到依申请公开三件，均按时答复，没有发生行政复议和行政诉讼。",
                "三、存在的问题",
                "公开栏更新不够及时，便民服务大厅的查询点还没有专人值守。",
            ),
            row("信息内容 | 本年制发件数", 8),
            row("规范性文件 | 2", 9),
        ),
        dropped=(
            Dropped(
                block=10, text="打印本页 关闭窗口", rule="print-links", why="Links of the page's toolbar."
            ),
        ),
        fields=PageFields(
            site="桂影县人民政府网",
            published_on=date(year + 1, 1, 21),
            extra=(("索引号", f"GY-YC-{year}-7"),),
        ),
    )
    description = Description(
        title_hans=title,
        issuer="桂影县玉杵镇人民政府",
        org_type="government",
        level="township",
        place=Place(**WANGSHU, county="桂影县", township="玉杵镇", status="as_written"),
        year=year,
        year_status="stated",
        year_as_written=(f"{year}年",),
        published_on=date(year + 1, 1, 21),
        script="hans",
        kind="annual_report",
        evidence=(
            ("issuer", (Evidence(where="page", quote="桂影县玉杵镇人民政府"),)),
            ("level", (Evidence(where="paragraph", quote="我镇", paragraph=0, start=6, end=8),)),
            ("year", (Evidence(where="title", quote=f"{year}年", start=6, end=11),)),
        ),
    )
    return outcome(f"http://www.guiying.gov.example/yuchu/{year}.html", (section, description))


def bureau(domain: str, name: str, year: int, county: str = "桂影县") -> Outcome:
    """A report of a county's bureau."""
    title = f"{county}{name}{year}年政府信息公开工作总结"
    section = Section(
        title=title,
        paragraphs=paragraphs(
            f"{year}年，我局围绕群众关心的事项推进政务公开，各科室分工落实。",
            f"（一）加强组织领导，{domain}领域信息及时发布，全年公开一百二十条。",
            "（二）规范依申请公开的登记、审核和答复流程。",
        ),
        fields=PageFields(site=f"{county}人民政府网"),
    )
    description = Description(
        title_hans=title,
        issuer=f"{county}{name}",
        org_type="bureau",
        level="county",
        place=Place(**WANGSHU, county=county, status="as_written"),
        bureau=Bureau(name=name, domain=domain),
        year=year,
        year_status="stated",
        year_as_written=(f"{year}年",),
        script="hans",
        kind="summary",
    )
    return outcome(f"http://www.guiying.gov.example/ju/{domain}/{year}.html", (section, description))


def damaged() -> Outcome:
    """A resale site's page: machine-made traditional script, pinyin, two gaps, a word filter, a doubtful year."""
    title = "鎮2017年政務公開工作小結"
    glossed = "一年來，我鎮的政務(wù)公開工作按照縣里的部署推進，設立了公開欄。"
    edits = (Edit(start=9, end=13, replacement="", reason="pinyin gloss"),)
    first = glossed[:9] + glossed[13:]
    section = Section(
        title=title,
        paragraphs=(
            Paragraph(text=first, block=3, captured=glossed, edits=edits),
            Paragraph(
                text="貫徹黨的十七屆五中全會精神，從嚴_要求寫入制度，公開事項二十項。",
                block=4,
                captured="貫徹黨的十七屆五中全會精神，從嚴_要求寫入制度，公開事項二十項。",
            ),
            Paragraph(text="關于下一步的打算，", block=6, captured="關于下一步的打算，"),
        ),
        gaps=(
            Gap(
                kind="paywall", paragraph=1, offset=14, notice="……（省略412字，會員可見）", omitted_chars=412
            ),
            Gap(
                kind="paywall",
                paragraph=2,
                offset=9,
                notice="未完，全文共1875字，當前僅顯示903字",
                total_chars=1875,
                shown_chars=903,
            ),
        ),
        damages=(Damage(kind="word_filter", paragraph=1, start=16, end=17),),
        dropped=(
            Dropped(block=1, text="您的位置：範文庫>>工作小結", rule="breadcrumb", why="A breadcrumb."),
            Dropped(block=7, text="相關文章", rule="related-list", why="Heading of related links."),
        ),
        fields=PageFields(site="範文庫"),
    )
    description = Description(
        title_hans="镇2017年政务公开工作小结",
        org_type="government",
        level="township",
        place=Place(status="masked"),
        year=None,
        year_status="conflict",
        year_as_written=("2017年",),
        year_range=(2010, 2011),
        script="hant",
        script_origin="converted",
        kind="brief_summary",
        masked=True,
        flags=("truncated", "masked", "word_filtered", "pinyin", "converted", "year_doubt"),
        evidence=(
            (
                "year",
                (
                    Evidence(where="title", quote="2017年", start=1, end=6),
                    Evidence(where="paragraph", quote="十七屆五中全會", paragraph=1, start=4, end=11),
                ),
            ),
            (
                "masked",
                (Evidence(where="title", quote="鎮2017年", start=0, end=6),),
            ),
        ),
    )
    return outcome("http://www.fanwenku.example/xiaojie/88.html", (section, description))


def compilation() -> Outcome:
    """A page of three parts, which promises five."""
    parts = []
    for number, (place, kind) in enumerate(
        (("××县教育局", "summary"), ("扶光乡", "annual_report"), ("某市", "problems_section")), start=1
    ):
        title = f"政务公开工作总结 篇{'一二三'[number - 1]}"
        section = Section(
            title=title,
            paragraphs=paragraphs(
                f"20xx年，{place}推行政务公开，工作有序开展。",
                f"公开政策文件{number}十件，回应群众来信xx封。",
                first_block=2 + number * 3,
            ),
            part=number,
            part_count=3,
            parent_title="政务公开工作总结（优秀5篇）",
            fields=PageFields(site="范文库"),
            notes=("the heading promises 5 parts, the page holds 3",),
        )
        description = Description(
            title_hans=title,
            org_type="bureau" if number == 1 else "government",
            level="county" if number == 1 else "township" if number == 2 else None,
            bureau=Bureau(name=None, domain="教育") if number == 1 else None,
            place=Place(township="扶光乡", status="as_written") if number == 2 else Place(status="masked"),
            year_status="masked",
            year_as_written=("20xx年",),
            script="hans",
            kind=kind,
            masked=True,
            flags=("excerpt", "masked", "year_doubt"),
        )
        parts.append((section, description))
    return outcome("http://www.fanwenku.example/heji/5.html", *parts, title="政务公开工作总结（优秀5篇）")


def hostile() -> Outcome:
    """A report whose title, text, site and notes try to be markup."""
    section = Section(
        title=f"方壶县{HOSTILE}2015年信息公开总结",
        paragraphs=paragraphs(
            f"我县{HOSTILE}政务公开工作。", "“引号”与'撇号'和\"双引号\"，反斜杠\\，星号**，政务公开。"
        ),
        dropped=(Dropped(block=5, text=f"{HOSTILE}分享", rule="share", why="Share links."),),
        fields=PageFields(site=f"网站{HOSTILE}", extra=(("文号", HOSTILE),)),
    )
    description = Description(
        title_hans=section.title,
        level="county",
        org_type="government",
        place=Place(province="沧溟省", prefecture="蓬壶市", county="方壶县", status="as_written"),
        year=2015,
        year_status="stated",
        year_as_written=("2015年",),
        script="hans",
        kind="summary",
    )
    return outcome("http://www.fanghu.gov.example/x?a=1&b=<2>", (section, description))


def recaptured(first: Outcome) -> Outcome:
    """The same page, later and with other words."""
    report = first.reports[0]
    changed = replace(
        report.section,
        paragraphs=(
            replace(
                report.section.paragraphs[0], text="本页文字已由我镇更正。", captured="本页文字已由我镇更正。"
            ),
            *report.section.paragraphs[1:],
        ),
    )
    page = replace(first.capture, body=first.capture.body + "\n更正".encode())
    return replace(first, capture=page, reports=(replace(report, section=changed),))


def outcomes() -> tuple[Outcome, ...]:
    """The whole invented archive: 3 towns' reports, 6 of bureaus, a damaged one, a compilation, a hostile one."""
    bureaus = (
        bureau("教育", "教育局", 2016),
        bureau("教育", "教育局", 2017),
        bureau("生态环境", "环境保护局", 2012),
        bureau("财政", "财政局", 2019, county="清晖县"),
        bureau("民政", "民政局", 2014, county="清晖县"),
        bureau("科学技术", "科技局", 2011, county="清晖县"),
    )
    return (township(2018), township(2019), township(2021), *bureaus, damaged(), compilation(), hostile())


REPORT_COUNT = 14


def fill(store: Store) -> None:
    """Keep the whole invented archive."""
    for one in outcomes():
        store.keep(one, now=KEPT_AT)
