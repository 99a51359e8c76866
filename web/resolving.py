"""The resolver's answers for pages, JSON and tables: each match with the address that leads to its paragraph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from archive.model import StoredReport
from archive.resolve import Certainty, Kind, Match, Resolution, resolve
from archive.store import Store
from index.engine import Engine
from index.finder import EngineFinder
from web.addresses import public_address
from web.filters import source_line
from web.holdings import current_engine, current_store
from web.languages import Texts, msgid
from web.quotes import anchor_of
from web.quoting import quotation_of, to_arguments

Json = dict[str, Any]

KIND_LABELS: Mapping[Kind, str] = Texts(
    {
        "id": msgid("编号"),
        "address": msgid("地址"),
        "number": msgid("文号"),
        "title": msgid("题名"),
        "citation": msgid("引文"),
        "passage": msgid("段落"),
        "nothing": "",
    }
)
CERTAINTY_LABELS: Mapping[Certainty, str] = Texts(
    {
        "exact": msgid("完全相符"),
        "folded": msgid("相符，但字体、标点或写法不同"),
        "fuzzy": msgid("相近"),
        "ambiguous": msgid("不止一份相符，请选择"),
        "none": msgid("不含这段文字"),
    }
)
MOST_PLACES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """One place of a passage: its paragraph and the words there, with what stands around."""

    number: int  # from 1
    path: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView:
    """One stored copy that was found."""

    report_id: str
    title: str
    report: StoredReport | None
    path: str
    source: str
    certainty: str
    score: str  # 93%, empty where it is certain
    places: tuple[PlaceView, ...]


def answer(text: str) -> Resolution:
    """Resolve a text with this request's store and index."""
    return resolve(text, current_store(), lambda: EngineFinder(current_engine()))


def answers(texts: Iterable[str], store: Store, engine: Engine) -> list[Resolution]:
    """Resolve many texts with one index."""
    finder = EngineFinder(engine)
    return [resolve(text, store, lambda: finder) for text in texts]


def path_of_match(match: Match) -> str:
    """Return the path that leads to a match: its passage, or the paragraph and version that were named."""
    if match.places and match.report:
        quoted = to_arguments(quotation_of(match.report, match.places[0]))
        return url_for("reports.latest", report_id=match.report_id, **quoted, _anchor="cited")  # type: ignore[arg-type]  # parameters of the address
    if match.version is not None:
        return url_for(
            "reports.frozen", report_id=match.report_id, version=match.version, _anchor=match.anchor
        )
    return url_for("reports.latest", report_id=match.report_id, _anchor=match.anchor)


def to_view(match: Match) -> MatchView:
    """Return what a page shows of a match."""
    return MatchView(
        report_id=match.report_id,
        title=match.title,
        report=match.report,
        path=path_of_match(match),
        source=source_line(match.report) if match.report else "",
        certainty=CERTAINTY_LABELS[match.certainty],
        score=f"{match.score:.0%}" if match.certainty == "fuzzy" else "",
        places=_places(match),
    )


_AROUND_CHARS = 24


def _places(match: Match) -> tuple[PlaceView, ...]:
    report = match.report
    if report is None:
        return ()
    views = []
    for place in match.places[:MOST_PLACES]:
        quotation = quotation_of(report, place)
        path = url_for(
            "reports.latest",
            report_id=match.report_id,
            **to_arguments(quotation),  # type: ignore[arg-type]  # parameters of the address
            _anchor="cited",
        )
        views.append(
            PlaceView(
                number=place.first + 1,
                path=path,
                before=quotation.prefix[-_AROUND_CHARS:],
                words=quotation.exact,
                after=quotation.suffix[:_AROUND_CHARS],
            )
        )
    return tuple(views)


def resolution_json(found: Resolution) -> Json:
    """Return an answer as a JSON object; `best` is null where nothing is held."""
    law = found.law
    return {
        "query": found.text,
        "kind": found.kind,
        "certainty": found.certainty,
        "score": round(found.score, 3),
        "total": found.total,
        "best": _match_json(found.best) if found.best else None,
        "copies": [_match_json(one) for one in found.copies],
        "candidates": [_match_json(one) for one in found.candidates],
        "law": {
            "title": law.title,
            "number": found.law_version.number if found.law_version else None,
            "address": public_address(url_for("laws.page", title=law.title)),
        }
        if law
        else None,
    }


def _match_json(match: Match) -> Json:
    report = match.report
    return {
        "id": match.report_id,
        "version": match.version or (report.version.version if report else None),
        "digest": report.version.digest if report else None,
        "title": match.title,
        "issuer": report.description.issuer if report else None,
        "certainty": match.certainty,
        "score": round(match.score, 3),
        "address": public_address(path_of_match(match)),
        "places": [
            {
                "paragraph": place.first,
                "anchor": anchor_of(place.first),
                "start": place.start,
                "end": place.end,
            }
            for place in match.places[:MOST_PLACES]
        ],
    }
