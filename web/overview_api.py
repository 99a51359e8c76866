"""The JSON of a place, a bureau, a site and a year, under /api/."""

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify

from web.holdings import current_store
from web.labels import facet_value_label
from web.overview import Holdings, PlaceHoldings, Subject, SubjectKind
from web.overview_reading import coverage_of, held, place_held, subject_of
from web.overview_words import title_of
from web.records import Json, to_summary

overview_api = Blueprint("overview_api", __name__)
_PLURALS: Mapping[str, SubjectKind] = {
    "places": "place",
    "bureaus": "bureau",
    "sites": "site",
    "years": "year",
}


@overview_api.get("/api/<any(places, bureaus, sites, years):plural>/<path:value>")
def as_json(plural: str, value: str) -> Response:
    """Give a subject's counts, and of a place the matrix and the numbers over the years, as JSON."""
    subject = subject_of(_PLURALS[plural], value)
    holdings = held(subject)
    answer: Json = {
        subject.kind: subject.value,
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
    place = place_held(subject)
    return jsonify(answer | (_place_json(place) if place else {}) | _coverage_json(subject, holdings))


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
