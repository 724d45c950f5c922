"""How anchors are written: `20`, `log(100)`, `observed`, `q10`, `target`, `{unit: DEU}`, an item."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, Discriminator, Tag

from quanheng.findings.finding import Kind
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Amount, Form, Line, Number
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
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

_QUANTILE = bounded(r"q([0-9]{1,3}(?:\.[0-9]{1,6})?)")
_STATISTICS: Final[dict[str, Statistic]] = {
    "best": Statistic("best"),
    "mean": Statistic("mean"),
    "median": Statistic("median"),
}


class UnitForm(Form, zh="所写单位的指标值，`{unit: DEU}`。"):
    """The measure of a named unit, `{unit: DEU}`."""

    unit: Annotated[
        Line,
        BeforeValidator(lambda value: str(value) if type(value) is int else value),
        Text(en="The code of the unit.", zh="单位代码。"),
    ]


class ItemRefForm(Form, zh="本单位某数据项的值，`{item: county_mean}`。"):
    """The unit's own value of an item, `{item: county_mean}`."""

    item: Annotated[Line, Text(en="The code of the item.", zh="数据项代码。")]


def _anchor_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if isinstance(value, UnitForm) or (isinstance(value, Mapping) and "unit" in value):
        return "#unit"
    if isinstance(value, Mapping | ItemRefForm):
        return "#item"
    return "#text" if isinstance(value, str) else "#number"


AnchorForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")]
    | Annotated[Line, Tag("#text")]
    | Annotated[UnitForm, Tag("#unit")]
    | Annotated[ItemRefForm, Tag("#item")],
    Discriminator(_anchor_form),
]
"""A number, a formula of numbers (`log(100)`), `observed`, a quantile (`q10`), `target`, an item, a unit."""

ReferenceForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")] | Annotated[Line, Tag("#text")] | Annotated[ItemRefForm, Tag("#item")],
    Discriminator(lambda value: "#item" if _anchor_form(value) == "#unit" else _anchor_form(value)),
]
"""A number, a formula of numbers, `best`, `mean`, `median`, or an item."""

Pair: TypeAlias = tuple[Amount, Number]
"""`[x, points]`."""


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


def reference_of(form: ReferenceForm, path: Path, margin: Margin) -> Reference:
    """Return what a ratio is taken of: a statistic, a number or an item."""
    if isinstance(form, str) and form.strip() in _STATISTICS:
        return _STATISTICS[form.strip()]
    return _number_or_item(form, path, margin)


def _number_or_item(form: float | str | ItemRefForm, path: Path, margin: Margin) -> Constant | ItemAnchor:
    if isinstance(form, ItemRefForm):
        return ItemAnchor(form.item)
    if isinstance(form, str):
        word = form.strip()
        return ItemAnchor(word) if word.isidentifier() else Constant(margin.constant(word, path), word)
    return Constant(form, f"{form:.12g}")


BAD_QUANTILE: Final = Kind(
    code="QH231",
    severity="error",
    en="'{quantile}' is not a quantile",
    zh="“{quantile}”不是分位数",
    hint_en="quantiles go from q0 to q100",
    hint_zh="分位数为 q0 至 q100",
)


def _quantile(word: str, per_cent: str, path: Path, margin: Margin) -> Quantile:
    share = float(Decimal(per_cent) / 100)
    if share > 1:
        margin.note(BAD_QUANTILE, path, quantile=word)
        return Quantile(1.0)
    return Quantile(share)
