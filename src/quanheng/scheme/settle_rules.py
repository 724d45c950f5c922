"""Rules: from their forms to their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from quanheng.scheme import kinds, rule_kinds
from quanheng.scheme.margin import Margin
from quanheng.scheme.places import Path
from quanheng.scheme.rule_forms import (
    AnchorForm,
    ItemRefForm,
    PlaceForm,
    ReferenceForm,
    RuleForm,
    TargetForm,
    UnitForm,
)
from quanheng.scheme.rules.anchors import (
    Anchor,
    Constant,
    ItemAnchor,
    Observed,
    Quantile,
    Reference,
    Statistic,
    TargetAnchor,
    UnitAnchor,
)
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Slope, Target
from quanheng.scheme.rules.zscore import ZScore

_QUANTILE = re.compile(r"q([0-9]{1,3}(?:\.[0-9]{1,6})?)")
_STATISTICS: Final[dict[str, Statistic]] = {
    "best": Statistic("best"),
    "mean": Statistic("mean"),
    "median": Statistic("median"),
}


def rule_of(form: RuleForm, path: Path, margin: Margin) -> AnyRule:
    """Return the rule `form` means."""
    if form.scale is not None:
        return Scale(
            worst=anchor_of(form.scale.worst, (*path, "scale", "worst"), margin),
            best=anchor_of(form.scale.best, (*path, "scale", "best"), margin),
            base=form.scale.base,
            clamp=form.scale.clamp,
            curve=form.scale.curve,
            round_ratio=form.scale.round_ratio,
        )
    if form.target is not None:
        return _target(form.target, (*path, "target"), margin)
    if form.bands is not None:
        return Bands(points=form.bands)
    if form.steps is not None:
        return Steps(steps=form.steps.table, otherwise=form.steps.otherwise)
    if form.place is not None:
        return _place(form.place, (*path, "place"), margin)
    if form.ratio is not None:
        return Ratio(ref=_reference(form.ratio.ref, (*path, "ratio", "ref"), margin), cap=form.ratio.cap)
    if form.zscore is not None:
        return ZScore(center=form.zscore.center, spread=form.zscore.spread, ddof=form.zscore.ddof)
    if form.deduct is not None:
        deduct = form.deduct
        return Deduct(start=deduct.start, each=deduct.each, free=deduct.free, floor=deduct.floor)
    if form.ideal is not None:
        low, high = form.ideal.between
        return Ideal(low=low, high=high, width=form.ideal.width)
    if form.met is not None:
        return Met(condition=margin.formula(form.met, (*path, "met")))
    if form.given is not None:
        low, high = form.given.range
        return Given(low=low, high=high)
    return Percentile()


def anchor_of(form: AnchorForm, path: Path, margin: Margin) -> Anchor:
    """Return the anchor `form` means: a bare word that is no other anchor is an item."""
    if isinstance(form, UnitForm):
        return UnitAnchor(form.unit)
    if isinstance(form, str):
        word = form.strip()
        quantile = _QUANTILE.fullmatch(word)
        if word == "observed":
            return Observed()
        if word == "target":
            return TargetAnchor()
        if quantile is not None:
            return _quantile(word, quantile[1], path, margin)
    return _number_or_item(form, path, margin)


def _target(form: TargetForm, path: Path, margin: Margin) -> Target:
    _note_target_clashes(form, path, margin)
    over, short = form.over, form.short
    return Target(
        met_only=form.met_only,
        floor=0.0 if form.floor is None else form.floor,
        cap=100.0 if form.cap is None else form.cap,
        base=form.base,
        over=None
        if over is None
        else Slope(per=over.per, amount=over.add, limit=over.up_to, whole=over.whole),
        short=None
        if short is None
        else Slope(per=short.per, amount=short.take, limit=short.down_to, whole=short.whole),
        compare=form.compare,
    )


def _note_target_clashes(form: TargetForm, path: Path, margin: Margin) -> None:
    given = [key for key in ("floor", "cap", "base", "over", "short") if getattr(form, key) is not None]
    if form.met_only:
        for key in given:
            margin.note(kinds.KEYS_CLASH, (*path, key), key=key, other="met_only")
    elif form.base is not None:
        for key in {"floor", "cap"}.intersection(given):
            margin.note(kinds.KEYS_CLASH, (*path, key), key=key, other="base")
    else:
        for key in {"over", "short"}.intersection(given):
            margin.note(kinds.KEY_NEEDS, (*path, key), key=key, other="base")
        if form.compare == "difference":
            margin.note(kinds.KEY_NEEDS, (*path, "compare"), key="compare: difference", other="base")


def _place(form: PlaceForm, path: Path, margin: Margin) -> PlaceEvenly | PlaceByStep | PlaceTable:
    if form.table is not None:
        _note_clashes(form, ("first", "last", "step", "floor"), "table", path, margin)
        table = tuple(sorted((*_range(places), points) for places, points in form.table.items()))
        return PlaceTable(table=table, otherwise=form.otherwise or 0.0)
    if form.otherwise is not None:
        margin.note(kinds.KEY_NEEDS, (*path, "otherwise"), key="otherwise", other="table")
    first = 100.0 if form.first is None else form.first
    if form.step is not None:
        _note_clashes(form, ("last",), "step", path, margin)
        return PlaceByStep(first=first, step=form.step, floor=form.floor or 0.0)
    if form.floor is not None:
        margin.note(kinds.KEY_NEEDS, (*path, "floor"), key="floor", other="step")
    return PlaceEvenly(first=first, last=form.last or 0.0)


def _note_clashes(form: PlaceForm, keys: Sequence[str], other: str, path: Path, margin: Margin) -> None:
    for key in keys:
        if getattr(form, key) is not None:
            margin.note(kinds.KEYS_CLASH, (*path, key), key=key, other=other)


def _range(places: str) -> tuple[int, int]:
    first, _, last = places.partition("-")
    return int(first), int(last or first)


def _reference(form: ReferenceForm, path: Path, margin: Margin) -> Reference:
    if isinstance(form, str) and form.strip() in _STATISTICS:
        return _STATISTICS[form.strip()]
    return _number_or_item(form, path, margin)


def _number_or_item(form: float | str | ItemRefForm, path: Path, margin: Margin) -> Constant | ItemAnchor:
    if isinstance(form, ItemRefForm):
        return ItemAnchor(form.item)
    if isinstance(form, str):
        word = form.strip()
        return ItemAnchor(word) if word.isidentifier() else margin.constant(word, path)
    return Constant(form, f"{form:.12g}")


def _quantile(word: str, per_cent: str, path: Path, margin: Margin) -> Quantile:
    share = float(Decimal(per_cent) / 100)
    if share > 1:
        margin.note(rule_kinds.BAD_QUANTILE, path, quantile=word)
        return Quantile(1.0)
    return Quantile(share)
