"""Pace and reviews: from their forms to their values."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import Final

from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.pace.form import (
    CurveForm,
    FoldForm,
    IndicatorPaceForm,
    LightsForm,
    OwnPaceForm,
    PaceForm,
    ReviewsForm,
    SeasonalForm,
)
from quanheng.scheme.pace.pace import Curve, Even, Fold, Given, Lights, Pace, Reviews, Seasonal

_PLAIN_KEYS: Final = ("at", "yellow", "red", "repeat", "due_soon", "every")


def pace_of(form: PaceForm | None, margin: Margin) -> Pace | None:
    """Return the pace of the whole scheme; None where it states none."""
    return None if form is None else _stated(Pace(), form, ("pace",), margin)


def own_pace(form: OwnPaceForm | None, scheme: Pace | None, path: Path, margin: Margin) -> Pace | None:
    """Return the pace of an indicator: the scheme's, with what `form` says of its own.

    An indicator with a curve of its own does not keep the shares `at` ends of periods that the scheme states
    beside its curve. `none` is no pace.
    """
    match form:
        case None:
            return scheme
        case IndicatorPaceForm():
            base = scheme or Pace()
            if form.curve is not None:
                base = replace(base, at={})
            return replace(_stated(base, form, path, margin), nature=form.target)
        case _:
            return None


def reviews_of(form: ReviewsForm | None, margin: Margin) -> Reviews | None:
    """Return the reviews `form` means."""
    if form is None:
        return None
    path: Path = ("reviews",)
    return Reviews(
        every=form.every,
        nodes=form.nodes,
        through=form.through,
        fold=_fold(form.fold),
        where=margin.at(path),
    )


def _stated(base: Pace, form: PaceForm, path: Path, margin: Margin) -> Pace:
    """Return `base` with what `form` states in its place."""
    stated = {key: getattr(form, key) for key in _PLAIN_KEYS if key in form.model_fields_set}
    pace = replace(base, **stated, where=margin.at(path))
    if form.curve is not None:
        pace = replace(pace, curve=_curve(form.curve))
    if form.when is not None:
        pace = replace(pace, lights=_lights(form.when, (*path, "when"), margin))
    return pace


def _curve(form: CurveForm) -> Curve:
    match form:
        case "even":
            return Even()
        case "seasonal":
            return Seasonal()
        case SeasonalForm():
            return Seasonal(years=form.seasonal)
        case _:
            return Given(form)


def _lights(form: LightsForm, path: Path, margin: Margin) -> Lights:
    return Lights(
        red=margin.formula_or_none(form.red, (*path, "red")),
        yellow=margin.formula_or_none(form.yellow, (*path, "yellow")),
        green=margin.formula_or_none(form.green, (*path, "green")),
    )


def _fold(form: FoldForm | None) -> Fold | None:
    if form is None:
        return None
    if isinstance(form.reviews, dict):
        return Fold(reviews=fsum(form.reviews.values()), year=form.year, each=form.reviews)
    return Fold(reviews=form.reviews, year=form.year)
