"""Rounding: from its forms to its values, those of the whole scheme and those of one node."""

from __future__ import annotations

from quanheng.scheme.rounding.form import (
    ByLevelForm,
    DecimalsByLevel,
    DecimalsPrinted,
    NodeRoundingForm,
    PrintForm,
    RoundingForm,
)
from quanheng.scheme.rounding.rounding import NodeRounding, Printed, Rounding


def rounding_of(form: RoundingForm | None, *, by_nodes: bool) -> Rounding:
    """Return the rounding `form` means; `by_nodes` says whether some node states decimals of its own."""
    if form is None:
        form = RoundingForm()
    points, scores = _by_level(form.points), _by_level(form.scores)
    stages = (form.ratio, form.aggregate, form.total, *_stated(points), *_stated(scores))
    anywhere = by_nodes or any(decimals is not None for decimals in stages)
    return Rounding(
        total=form.total,
        printed=_printed(form.printed),
        indicators=NodeRounding(
            ratio=form.ratio, points=points.indicators, scores=scores.indicators, is_anywhere=anywhere
        ),
        dimensions=NodeRounding(
            aggregate=form.aggregate, points=points.dimensions, scores=scores.dimensions, is_anywhere=anywhere
        ),
        root=NodeRounding(
            aggregate=form.aggregate, points=points.total, scores=scores.total, is_anywhere=anywhere
        ),
    )


def node_rounding(form: NodeRoundingForm | None, otherwise: NodeRounding) -> NodeRounding:
    """Return the decimals of a node: those that `form` states, for other stages what holds `otherwise`."""
    if form is None:
        return otherwise
    return NodeRounding(
        ratio=_first(form.ratio, otherwise.ratio),
        aggregate=_first(form.aggregate, otherwise.aggregate),
        points=_first(form.points, otherwise.points),
        scores=_first(form.scores, otherwise.scores),
        is_anywhere=otherwise.is_anywhere,
    )


def _first(stated: int | None, otherwise: int | None) -> int | None:
    return otherwise if stated is None else stated


def _by_level(stated: DecimalsByLevel | None) -> ByLevelForm:
    if isinstance(stated, ByLevelForm):
        return stated
    return ByLevelForm(indicators=stated, dimensions=stated, total=stated)


def _stated(apart: ByLevelForm) -> tuple[int | None, ...]:
    return apart.indicators, apart.dimensions, apart.total


def _printed(stated: DecimalsPrinted | None) -> Printed:
    if isinstance(stated, PrintForm):
        return Printed(points=stated.points, scores=stated.scores, total=stated.total)
    return Printed(points=stated, scores=stated, total=stated)
