"""The documents that a report cites: 《titles》 with one nested level, 文号, orders, and the short forms bound to them.

Media names and the report's own title are no documents; a title counts when it ends as documents do, or has a
number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from archive.describe.citation_states import Resolved, When, resolve
from archive.describe.document_numbers import DocumentNumber, find_document_numbers
from archive.describe.laws import law_by_title, names_of_laws, title_form
from archive.describe.text import Line, ReportText
from archive.hanzi import match_form, to_simplified
from archive.model import Citation, Evidence

_TITLE = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,80})*|[^《》]*《[^《》]{1,80}》[^《》]{1,80})》"
)
_DOCUMENT_END = re.compile(
    r"(?:条例|办法|规定|规程|规则|细则|准则|通知|通告|公告|通报|决定|决议|意见|方案|制度|指南|目录|要点|安排|计划|规划|纲要"
    r"|[^民]法|章程|批复|复函|函|命令|令|清单|标准|规范|报告|说明|说明书|预案|程序|流程|机制|守则|办法|解释|格式|指引|基本法|答复|请示|纪要|议定书|合同书?|责任书)$"
)
_TRIAL = re.compile(r"\s*[(][^()]{1,12}[)]$")
_SHORT_FORM = re.compile(
    r"^[^《》。;]{0,40}?(?:以下|下|下面|后)?(?:统|均|一律)?(?:简称|称)(?:为|作)?\s*[:,]?\s*"
    r"(?:[《“\"‘](?P<short>[^《》“”\"’]{2,30})[》”\"’]|(?P<bare>[^《》“”\"‘’,。;()]{2,12})\))"
)
_SHORT_WORDS = frozenset("条例 办法 规定 细则 意见 通知 要点 方案 规划 决定 指南 目录 制度".split())
_MAY_CITE = re.compile(r"[《号]|条例|法")
_BETWEEN = re.compile(r"^[\s(,]*(?:中华人民共和国)?(?:[^《》。;,()]{0,12}[(])?$")
_JOINT = re.compile(r"^\s*(?:文件)?[,:]?\s*$")
_LEAST_OWN = 8  # characters from which a title that the report's own contains is the report's own
_BEFORE = 24


@dataclass(slots=True)
class _Cited:
    """One document in the making."""

    title: str | None
    number: DocumentNumber | None = None
    number_as_written: str | None = None
    is_quoted: bool = True  # in 《》, at one of its mentions at least
    before: str = ""  # the words that stand before the first mention
    is_unclear: bool = False  # a short form that several documents cited before could have
    mentions: list[Evidence] = field(default_factory=list)
    aliases: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    own_title: str
    cited: list[_Cited] = field(default_factory=list)
    by_title: dict[str, _Cited] = field(default_factory=dict)
    by_number: dict[str, _Cited] = field(default_factory=dict)
    bound: dict[str, _Cited] = field(default_factory=dict)

    def read(self, line: Line) -> None:
        """Collect the citations of one line."""
        numbers = list(find_document_numbers(line.text)) if "号" in line.text else []
        for match in _titles(line):
            self._read_title(line, match, numbers)
        for number in numbers:
            if not _is_inside_title(line.text, number.start):
                self._add_number(line, number)

    def _read_title(self, line: Line, match: re.Match[str], numbers: list[DocumentNumber]) -> None:
        number = _number_of(line.text, match, numbers)
        title = match["title"]
        mention = line.evidence(match.start(), match.end())
        known = self._known(title)
        if known is None:
            if self._is_own(title) or not (number or _is_document(title)):
                return
            known = self._new(line, match)
        written = line.original[match.start("title") : match.end("title")]
        is_quoted = match.string[match.start()] == "《"
        if is_quoted and not known.is_quoted and law_by_title(title):
            known.title, written, known.is_quoted = written, known.title or written, True
        if title_form(written) != title_form(known.title or ""):
            known.aliases[to_simplified(written)] = None
        known.mentions.append(mention)
        if number:
            numbers.remove(number)
            if known.number is None:
                self._set_number(known, line, number)
        short = _SHORT_FORM.match(line.text[match.end() : match.end() + 80])
        if short:
            self.bound[title_form(short["short"] or short["bare"])] = known

    def _known(self, title: str) -> _Cited | None:
        """Return the document that a title or a short form stands for, if it was cited before."""
        form = title_form(title)
        known = self.bound.get(form) or self.by_title.get(form)
        if known:
            return known
        found = law_by_title(title)
        if found and title_form(found[0].title) in self.by_title:
            return self.by_title[title_form(found[0].title)]
        possible = self._ending_in(form) if form in _SHORT_WORDS else []
        return possible[0] if len(possible) == 1 else None

    def _ending_in(self, word: str) -> list[_Cited]:
        """Return the documents cited before that a lone 《条例》 or 《办法》 could mean."""
        return [
            one for one in self.cited if one.title and title_form(_without_trial(one.title)).endswith(word)
        ]

    def _new(self, line: Line, match: re.Match[str]) -> _Cited:
        cited = _Cited(
            title=line.original[match.start("title") : match.end("title")],
            is_quoted=match.string[match.start()] == "《",
            before=line.text[max(0, match.start() - _BEFORE) : match.start()],
            is_unclear=match["title"] in _SHORT_WORDS and bool(self._ending_in(match["title"])),
        )
        self.cited.append(cited)
        self.by_title[title_form(match["title"])] = cited
        law = law_by_title(match["title"])
        if law:
            self.by_title.setdefault(title_form(law[0].title), cited)
        return cited

    def _set_number(self, cited: _Cited, line: Line, number: DocumentNumber) -> None:
        cited.number = number
        cited.number_as_written = line.original[number.start : number.end]
        self.by_number.setdefault(number.normal, cited)

    def _add_number(self, line: Line, number: DocumentNumber) -> None:
        """Keep a number that stands alone, or add it to the document that has it."""
        known = self.by_number.get(number.normal)
        if known is None:
            known = _Cited(title=None)
            self.cited.append(known)
            self._set_number(known, line, number)
        known.mentions.append(line.evidence(number.start, number.end))

    def _is_own(self, title: str) -> bool:
        form = title_form(title)
        return form == self.own_title or (
            len(form) >= _LEAST_OWN
            and len(self.own_title) >= _LEAST_OWN
            and (self.own_title.endswith(form) or form.endswith(self.own_title))
        )


def find_citations(text: ReportText, when: When) -> tuple[Citation, ...]:
    """Return the documents that a report cites, each once, in the order of their first mention."""
    reader = _Reader(own_title=title_form(text.title.text) if text.title else "")
    for line in _lines(text):
        if _MAY_CITE.search(line.text):
            reader.read(line)
    return tuple(_to_citation(cited, when) for cited in reader.cited)


def _titles(line: Line) -> list[re.Match[str]]:
    """Return the titles in 《》, and the names of known laws that stand without, in reading order."""
    found = list(_TITLE.finditer(line.text)) if "《" in line.text else []
    if _ends_of_names().search(line.prose):
        found += _bare_names().finditer(line.prose)
    return sorted(found, key=lambda match: match.start())


@cache
def _ends_of_names() -> re.Pattern[str]:
    """Match what any law's name ends with: most lines hold none of them, and are not searched name by name."""
    return re.compile("|".join(sorted({re.escape(match_form(name)[-3:]) for name in names_of_laws()})))


@cache
def _bare_names() -> re.Pattern[str]:
    """Match a law's name that is nobody else's: not 沧溟省政府信息公开条例, not 档案法规; 国家保密法 and the like are a kind of law."""
    names = "|".join(re.escape(match_form(name)) for name in names_of_laws())
    return re.compile(
        rf"(?<![省市县区州盟旗镇“‘\"□])(?<!国家)(?P<title>{names})(?![律规制定治院官学人□]|实施|施行|细则|解释|修订草案)"
    )


def _lines(text: ReportText) -> Iterator[Line]:
    yield from text.front
    yield from text.body


def _is_document(title: str) -> bool:
    return bool(_DOCUMENT_END.search(_without_trial(title)))


def _is_inside_title(text: str, position: int) -> bool:
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


def _without_trial(title: str) -> str:
    return _TRIAL.sub("", title)


def _number_of(text: str, match: re.Match[str], numbers: list[DocumentNumber]) -> DocumentNumber | None:
    """Return the number that belongs to a title: in brackets behind it, or right before it."""
    for number in numbers:
        if number.start >= match.end() and _BETWEEN.match(text[match.end() : number.start]):
            return number
        if number.end <= match.start() and _JOINT.match(text[number.end : match.start()]):
            return number
    return None


def _to_citation(cited: _Cited, when: When) -> Citation:
    title = to_simplified(cited.title) if cited.title else None
    found = (
        Resolved(state="ambiguous") if cited.is_unclear else resolve(title, cited.number, cited.before, when)
    )
    return Citation(
        title=cited.title,
        state=found.state,
        mentions=tuple(cited.mentions),
        aliases=tuple(cited.aliases),
        number=cited.number.normal if cited.number else None,
        number_as_written=cited.number_as_written,
        law_title=found.law.title if found.law else None,
        law_number=found.version.number if found.version else None,
        source=found.version.source if found.version else None,
        candidates=found.candidates,
    )
