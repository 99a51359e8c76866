"""The JSON of a place, a bureau, a site and a year, under /api/."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, url_for

from web.holdings import current_store
from web.labels import facet_value_label
from web.overview import Holdings, PlaceHoldings, Subject, SubjectKind
from web.overview_reading import coverage_of, held, place_held, subject_of
from web.overview_words import title_of
from web.records import Json, to_summary

overview_api = Blueprint("overview_api", __name__)


@overview_api.get("/api/places/<code>")
def place(code: str) -> Response:
    """Give a place's counts, the matrix of the divisions below it and its numbers over the years."""
    return _answer("place", code)


@overview_api.get("/api/bureaus/<name>")
def bureau(name: str) -> Response:
    """Give the counts of a bureau's field."""
    return _answer("bureau", name)


@overview_api.get("/api/sites/<path:site>", merge_slashes=False)  # a site's name may have any characters
def site(site: str) -> Response:
    """Give a site's counts."""
    return _answer("site", site)


@overview_api.get("/api/years/<year>")
def year(year: str) -> Response:
    """Give a year's counts, and how many counties of each province they come from."""
    return _answer("year", year)


_PARAMETERS: Mapping[SubjectKind, str] = {"place": "code", "bureau": "name", "site": "site", "year": "year"}


def json_path(subject: Subject) -> str:
    """Return the path of a subject's JSON."""
    values: dict[str, Any] = {_PARAMETERS[subject.kind]: subject.value}
    return url_for(f"overview_api.{subject.kind}", **values)


def _answer(kind: SubjectKind, value: str) -> Response:
    subject = subject_of(kind, value)
    holdings = held(subject)
    counts: Json = {
        "kind": subject.kind,
        "value": subject.value,
        "label": title_of(subject),
        "total": holdings.total,
        "years": [{"year": year, "count": count} for year, count in sorted(holdings.years.items())],
        "levels": {
            level: [{"year": year, "count": count} for year, count in sorted(counts.items())]
            for level, counts in holdings.level_years.items()
        },
        "facets": {
            facet: [
                {"value": one.value, "label": facet_value_label(facet, one.value), "count": one.count}
                for one in counts
            ]
            for facet, counts in holdings.facets.items()
            if facet != subject.filter.facet
        },
        "newest": [to_summary(one) for one in current_store().reports(holdings.newest_ids).values()],
    }
    found = place_held(subject)
    return jsonify(counts | (_place_json(found) if found else {}) | _coverage_json(subject, holdings))


def _place_json(place: PlaceHoldings) -> Json:
    return {
        "matrix": {
            "years": list(place.matrix.years),
            "rows": [
                {
                    "code": row.code or None,
                    "name": row.name,
                    "cells": [
                        {"year": cell.year, "state": cell.state, "reports": list(cell.report_ids)}
                        for cell in row.cells
                    ],
                }
                for row in place.matrix.rows
            ],
            "missing": place.matrix.missing_count,
            "unread": place.unread,
        },
        "indicators": [
            {
                "name": one.name,
                "title": one.title,
                "unit": one.unit,
                "points": [
                    {
                        "year": point.year,
                        "value": point.value,
                        "label": point.label,
                        "state": point.state,
                        "doubts": list(point.doubts),
                        "report": point.report_id,
                    }
                    for point in one.points
                ],
            }
            for one in place.series
        ],
    }


def _coverage_json(subject: Subject, holdings: Holdings) -> Json:
    if subject.kind != "year":
        return {}
    rows = coverage_of(subject, holdings)
    return {
        "coverage": [
            {"province": row.code, "label": row.name, "counties_held": row.held, "counties": row.standing}
            for row in rows
        ]
    }
